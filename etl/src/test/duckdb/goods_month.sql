SELECT store, goods, month, min(business_date) AS first_sale, max(business_date) AS last_sale,
    count(DISTINCT business_date) AS days_sold, count(*) AS lines, sum(quantity) AS quantity, sum(list_sales) AS list_sales,
    sum(retail_discount) AS retail_discount, sum(net_sales) AS net_sales
FROM line
GROUP BY 1, 2, 3
