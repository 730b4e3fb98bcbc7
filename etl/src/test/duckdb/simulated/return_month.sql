-- within 0.000001
WITH sold AS
(
    SELECT month, store, department, category, count(*) AS lines,
        sum(net_amount) AS amount
    FROM sale JOIN article USING (goods)
    GROUP BY ALL
),
came_in AS
(
    SELECT month, store, department, category, count(*) AS lines, sum(net_amount) AS amount,
        coalesce(sum(net_amount) FILTER (sold_lines = 0), 0) AS unknown
    FROM back_of_sale GROUP BY ALL
),
came_of AS
(
    SELECT sold_month AS month, original_store AS store, department, category, count(*) AS lines, sum(net_amount) AS amount
    FROM back_of_sale WHERE sold_lines > 0 GROUP BY ALL
)
SELECT month, store, department, category, coalesce(sold.lines, 0) AS sold_lines, coalesce(sold.amount, 0) AS sold_amount,
    coalesce(came_in.lines, 0) AS returned_lines_in_month, coalesce(came_in.amount, 0) AS returns_in_month,
    coalesce(unknown, 0) AS returns_of_unknown_sale, coalesce(came_of.lines, 0) AS returned_lines_of_month,
    coalesce(came_of.amount, 0) AS returns_of_month, coalesce(came_of.lines, 0) / nullif(sold.lines, 0) AS line_return_rate,
    coalesce(came_of.amount, 0)::DOUBLE / nullif(sold.amount, 0)::DOUBLE AS amount_return_rate
FROM sold
FULL JOIN came_in USING (month, store, department, category)
FULL JOIN came_of USING (month, store, department, category)
