WITH slips AS
(
    SELECT month, g.level, g.department, g.category, g.type, g.brand, count(DISTINCT (store, business_date, till, receipt)) AS receipts
    FROM sale JOIN group_of_goods AS g USING (goods) GROUP BY ALL
),
sums AS
(
    SELECT month, g.level, g.department, g.category, g.type, g.brand, sum(lines) AS lines, sum(quantity) AS quantity,
        sum(returns) AS returns,
        sum(net_sales) AS net_sales, sum(costed_sales) AS costed_sales, sum(costed_sales) - sum(cost) AS gross_margin,
        coalesce(sum(net_sales) FILTER (g.level = 'department' AND EXISTS (SELECT 1 FROM target
            WHERE target.store = turn.store AND target.month = turn.month AND target.department = g.department)), 0) AS targeted_sales
    FROM turn JOIN group_of_goods AS g USING (goods) GROUP BY ALL
)
SELECT sums.*, coalesce(receipts, 0) AS receipts
FROM sums LEFT JOIN slips USING (month, level, department, category, type, brand)
