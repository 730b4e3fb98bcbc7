WITH slips AS
(
    SELECT store, business_date, department, category, count(DISTINCT (till, receipt)) AS receipts
    FROM sale JOIN article USING (goods) GROUP BY ALL
)
SELECT store, business_date, department, category, sum(lines) AS lines, sum(quantity) AS quantity,
    sum(returned_quantity) AS returned_quantity,
    sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount, sum(coupon_discount) AS coupon_discount,
    sum(coupon_match_discount) AS coupon_match_discount, sum(returns) AS returns, sum(net_sales) AS net_sales, sum(cost) AS cost,
    sum(costed_sales) AS costed_sales, sum(costed_sales) - sum(cost) AS gross_margin, coalesce(any_value(receipts), 0) AS receipts
FROM turn LEFT JOIN slips USING (store, business_date, department, category)
GROUP BY store, business_date, department, category
