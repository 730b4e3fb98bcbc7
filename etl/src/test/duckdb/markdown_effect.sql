WITH days AS
(
    SELECT goods, business_date AS day, sum(quantity) AS quantity, sum(list_sales) AS list, sum(retail_discount) AS discount,
        if(sum(list_sales) = 0, 0, sum(retail_discount)::DOUBLE / sum(list_sales)::DOUBLE) AS rate, rate >= 0.05 AS marked
    FROM line GROUP BY 1, 2
),
steps AS (SELECT *, lag(marked) OVER w AS was, lag(day) OVER w AS last, lag(rate) OVER w AS last_rate FROM days WINDOW w AS (PARTITION BY goods ORDER BY day)),
runs AS
(
    SELECT goods, min(day) AS starts_on, max(day) AS ends_on, sum(quantity) AS quantity, sum(list) AS list, sum(discount) AS discount
    FROM
    (
        SELECT *, sum((coalesce(NOT (was AND day - last <= 4 AND abs(rate - last_rate) <= 0.05), true))::INT) OVER (PARTITION BY goods ORDER BY day) AS number
        FROM steps WHERE marked
    )
    GROUP BY goods, number HAVING count(*) >= 3
),
chain AS (SELECT business_date AS day, count(DISTINCT (store, receipt)) AS receipts FROM line GROUP BY 1),
sides AS
(
    SELECT r.goods, r.starts_on, d.day < r.starts_on AS earlier, coalesce(sum(d.quantity) FILTER (NOT marked), 0) AS quantity, count(*) FILTER (marked) AS marked,
        coalesce(sum(d.list) FILTER (NOT marked), 0) AS list, coalesce(sum(d.discount) FILTER (NOT marked), 0) AS discount
    FROM runs AS r JOIN days AS d ON d.goods = r.goods AND (d.day BETWEEN r.starts_on - 28 AND r.starts_on - 1 OR d.day BETWEEN r.ends_on + 1 AND r.ends_on + 28)
    GROUP BY 1, 2, 3
),
figures AS
(
    SELECT r.*, coalesce(b.quantity, 0) AS before_quantity, coalesce(a.quantity, 0) AS after_quantity,
        (SELECT count(*) FROM chain WHERE day BETWEEN r.r.starts_on - 28 AND r.starts_on - 1) AS before_days,
        (SELECT count(*) FROM chain WHERE day BETWEEN ends_on + 1 AND ends_on + 28) AS after_days,
        coalesce((SELECT sum(receipts) FROM chain WHERE day BETWEEN r.r.starts_on - 28 AND r.starts_on - 1), 0) AS before_receipts,
        coalesce((SELECT sum(receipts) FROM chain WHERE day BETWEEN ends_on + 1 AND ends_on + 28), 0) AS after_receipts,
        (SELECT sum(receipts) FROM chain WHERE day BETWEEN r.starts_on AND ends_on) AS receipts,
        before_days - coalesce(b.marked, 0) AS free_before, after_days - coalesce(a.marked, 0) AS free_after,
        coalesce(b.list, 0) + coalesce(a.list, 0) AS free_list, coalesce(b.discount, 0) + coalesce(a.discount, 0) AS free_discount
    FROM runs AS r LEFT JOIN sides AS b ON b.goods = r.goods AND b.starts_on = r.starts_on AND b.earlier
    LEFT JOIN sides AS a ON a.goods = r.goods AND a.starts_on = r.starts_on AND NOT a.earlier
),
compared AS
(
    SELECT *, (before_quantity + after_quantity)::DOUBLE / (if(before_days = 0, 0, before_receipts * free_before / before_days)
        + if(after_days = 0, 0, after_receipts * free_after / after_days)) * receipts AS baseline,
        if(list = 0 OR free_list = 0 OR free_list = free_discount, NULL, ((list - discount) / list)::DOUBLE / ((free_list - free_discount) / free_list)::DOUBLE) AS price_ratio
    FROM figures
    WHERE free_before + free_after >= 14
)
SELECT goods, starts_on, ends_on, ends_on - starts_on + 1 AS days, discount::DOUBLE / list::DOUBLE AS discount_rate,
    if(free_before = 0, NULL, before_quantity::DOUBLE / free_before) AS before_per_day, quantity::DOUBLE / (ends_on - starts_on + 1) AS during_per_day,
    if(free_after = 0, NULL, after_quantity::DOUBLE / free_after) AS after_per_day, quantity, baseline,
    if(baseline = 0, NULL, quantity / baseline - 1) AS uplift, price_ratio,
    if(quantity > 0 AND baseline > 0 AND price_ratio > 0 AND price_ratio < 1, ln(quantity / baseline) / ln(price_ratio), NULL) AS elasticity, discount AS discount_cost
FROM compared
