SELECT store, business_date, count(*) AS lines, sum(quantity) AS quantity, 0 AS returned_quantity, sum(list_sales) AS list_sales,
    sum(retail_discount) AS retail_discount, sum(coupon_discount) AS coupon_discount,
    sum(coupon_match_discount) AS coupon_match_discount, 0 AS returns, sum(net_sales) AS net_sales, 0 AS costed_sales
FROM line
GROUP BY store, business_date
