-- Gained sales: what was shown and did not sell has no price of its own, it is that of the goods wherever it was shown and sold.
-- within 0.000001
WITH
    price AS
    (
        SELECT goods, sum(list_sales)::DOUBLE / sum(quantity)::DOUBLE AS list_price FROM effect WHERE quantity > 0 GROUP BY goods
    ),
    shown AS
    (
        SELECT effect.*, coalesce(department, '') AS department,
            net_sales::DOUBLE - if(quantity = 0, coalesce(list_price, 0), list_sales::DOUBLE / quantity::DOUBLE) * baseline_quantity AS gained
        FROM effect LEFT JOIN article USING (goods) LEFT JOIN price USING (goods)
    ),
    buyers AS
    (
        SELECT promotion, if(grouping(department) = 1, 'all', department) AS department, count(*) AS new_buyers
        FROM (SELECT promotion, coalesce(department, '') AS department FROM new_buyer LEFT JOIN article USING (goods))
        GROUP BY GROUPING SETS ((promotion, department), (promotion))
    ),
    sums AS
    (
        SELECT promotion, if(grouping(department) = 1, 'all', department) AS department, count(DISTINCT goods) AS goods, sum(quantity) AS quantity,
            coalesce(sum(quantity) FILTER (baseline_quantity IS NOT NULL), 0) AS measured_quantity, coalesce(sum(baseline_quantity), 0) AS baseline_quantity,
            sum(list_sales) AS list_sales, sum(discount) AS discount, sum(net_sales) AS net_sales, coalesce(sum(gained), 0) AS gained_sales
        FROM shown
        GROUP BY GROUPING SETS ((promotion, department), (promotion))
    )
SELECT promotion, department, '' AS kind, goods, quantity, measured_quantity, baseline_quantity,
    if(baseline_quantity = 0, NULL, measured_quantity::DOUBLE / baseline_quantity) AS lift, list_sales, discount, net_sales, gained_sales,
    NULL::DOUBLE AS gross_margin, coalesce(new_buyers, 0) AS new_buyers, 0 AS followed_buyers, 0 AS repeat_buyers, NULL::DOUBLE AS repeat_rate
FROM sums LEFT JOIN buyers USING (promotion, department)
