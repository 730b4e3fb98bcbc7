-- within 0.000001
WITH months AS
(
    SELECT month, g.level, g.department, g.category, g.type, g.brand, sum(net_sales) AS net_sales
    FROM turn JOIN group_of_goods AS g USING (goods) GROUP BY ALL
),
targets AS
(
    SELECT month, department, sum(net_amount) AS target FROM target WHERE department != 'all' GROUP BY ALL
),
sold AS -- of stores with a target for the department
(
    SELECT month, department, sum(net_sales) AS sold FROM turn SEMI JOIN target USING (store, month, department) GROUP BY ALL
)
SELECT now.month, now.level, now.department, now.category, now.type, now.brand, now.net_sales,
    coalesce(month_ago.net_sales, 0) AS month_before,
    (now.net_sales::DOUBLE - month_ago.net_sales::DOUBLE) / nullif(month_ago.net_sales, 0)::DOUBLE AS growth_on_month,
    coalesce(year_ago.net_sales, 0) AS year_before,
    (now.net_sales::DOUBLE - year_ago.net_sales::DOUBLE) / nullif(year_ago.net_sales, 0)::DOUBLE AS growth_on_year,
    if(now.level = 'department', coalesce(target, 0), 0) AS target,
    if(now.level = 'department', sold::DOUBLE / nullif(target, 0)::DOUBLE, NULL) AS target_reached
FROM months AS now
LEFT JOIN months AS month_ago ON month_ago.month = now.month - INTERVAL 1 MONTH
    AND (month_ago.level, month_ago.department, month_ago.category, month_ago.type, month_ago.brand)
        = (now.level, now.department, now.category, now.type, now.brand)
LEFT JOIN months AS year_ago ON year_ago.month = now.month - INTERVAL 1 YEAR
    AND (year_ago.level, year_ago.department, year_ago.category, year_ago.type, year_ago.brand)
        = (now.level, now.department, now.category, now.type, now.brand)
LEFT JOIN targets ON targets.month = now.month AND targets.department = now.department
LEFT JOIN sold ON sold.month = now.month AND sold.department = now.department
