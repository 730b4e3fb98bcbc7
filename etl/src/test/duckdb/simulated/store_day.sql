SELECT store, business_date, sum(lines) AS lines, sum(quantity) AS quantity, sum(returned_quantity) AS returned_quantity,
    sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount, sum(coupon_discount) AS coupon_discount,
    sum(coupon_match_discount) AS coupon_match_discount, sum(returns) AS returns, sum(net_sales) AS net_sales, sum(cost) AS cost,
    sum(costed_sales) AS costed_sales, sum(costed_sales) - sum(cost) AS gross_margin
FROM turn
GROUP BY store, business_date
