-- within 0.000001
WITH came_in AS
(
    SELECT month, store, department, reason, count(*) AS lines, sum(net_amount) AS amount FROM back_of_sale GROUP BY ALL
),
came_of AS
(
    SELECT sold_month AS month, original_store AS store, department, reason, count(*) AS lines, sum(net_amount) AS amount
    FROM back_of_sale WHERE sold_lines > 0 GROUP BY ALL
),
sold AS
(
    SELECT month, store, department, sum(net_amount) AS amount FROM sale JOIN article USING (goods) GROUP BY ALL
)
SELECT month, store, department, reason, coalesce(came_in.lines, 0) AS returned_lines_in_month,
    coalesce(came_in.amount, 0) AS returns_in_month,
    coalesce(came_in.amount::DOUBLE / nullif(sum(came_in.amount) OVER (PARTITION BY month, store, department), 0)::DOUBLE, 0)
        AS share_in_month,
    coalesce(came_of.lines, 0) AS returned_lines_of_month, coalesce(came_of.amount, 0) AS returns_of_month,
    coalesce(sold.amount, 0) AS sold_amount, coalesce(came_of.amount, 0)::DOUBLE / nullif(sold.amount, 0)::DOUBLE AS amount_return_rate
FROM came_in
FULL JOIN came_of USING (month, store, department, reason)
LEFT JOIN sold USING (month, store, department)
