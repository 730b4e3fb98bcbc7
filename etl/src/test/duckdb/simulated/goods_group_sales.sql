WITH slips AS
(
    SELECT store, business_date, g.level, g.department, g.category, g.type, g.brand, count(DISTINCT (till, receipt)) AS receipts
    FROM sale JOIN group_of_goods AS g USING (goods) GROUP BY ALL
),
sums AS
(
    SELECT store, business_date, g.level, g.department, g.category, g.type, g.brand, sum(lines) AS lines, sum(quantity) AS quantity,
        sum(returned_quantity) AS returned_quantity, sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount,
        sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, sum(returns) AS returns,
        sum(net_sales) AS net_sales, sum(cost) AS cost, sum(costed_sales) AS costed_sales, sum(costed_sales) - sum(cost) AS gross_margin
    FROM turn JOIN group_of_goods AS g USING (goods) GROUP BY ALL
)
SELECT sums.*, coalesce(receipts, 0) AS receipts
FROM sums LEFT JOIN slips USING (store, business_date, level, department, category, type, brand)
