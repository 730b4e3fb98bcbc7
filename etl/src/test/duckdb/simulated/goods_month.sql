-- within 0.000001
SELECT store, goods, month, min(business_date) FILTER (lines > 0) AS first_sale, max(business_date) FILTER (lines > 0) AS last_sale,
    count(*) FILTER (lines > 0) AS days_sold, sum(lines) AS lines, sum(quantity) AS quantity, sum(returned_quantity) AS returned_quantity,
    sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount, sum(net_sales) AS net_sales, sum(cost) AS cost,
    sum(costed_sales) AS costed_sales, (sum(costed_sales) - sum(cost))::DOUBLE / nullif(sum(costed_sales), 0)::DOUBLE AS margin_rate
FROM turn
GROUP BY store, goods, month
