SELECT store, business_date, coalesce(department, '') AS department, coalesce(category, '') AS category, count(*) AS lines,
    sum(quantity) AS quantity, 0 AS returned_quantity, sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount,
    sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, 0 AS returns,
    sum(net_sales) AS net_sales, count(DISTINCT receipt) AS receipts
FROM line LEFT JOIN article USING (goods)
GROUP BY 1, 2, 3, 4
