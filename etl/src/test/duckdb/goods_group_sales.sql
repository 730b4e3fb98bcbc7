SELECT store, business_date, level, department, category, type, brand, count(DISTINCT receipt) AS receipts, count(*) AS lines,
    sum(quantity) AS quantity, sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount,
    sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, sum(net_sales) AS net_sales
FROM line_of_group
GROUP BY ALL
