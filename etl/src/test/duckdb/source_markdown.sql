-- Markdowns and price elasticities, after what a source has of goods_of_day, settled_day and article. In whole cents, so that 5
-- points are 5 points and not a bit more.
CREATE OR REPLACE TABLE markdown AS
WITH
    day AS
    (
        SELECT goods, day, quantity, (100 * list_sales)::BIGINT AS list, (100 * retail_discount)::BIGINT AS discount, margin,
            list > 0 AND 20 * discount >= list AS marked
        FROM goods_of_day SEMI JOIN settled_day USING (day)
    ),
    marked_day AS
    (
        -- The next one belongs to the same markdown if nothing was sold at the full price between them.
        SELECT *, row_number() OVER goods_days - row_number() OVER (PARTITION BY goods, marked ORDER BY day) AS streak
        FROM day
        WINDOW goods_days AS (PARTITION BY goods ORDER BY day)
        QUALIFY marked
    ),
    begun AS
    (
        SELECT *, coalesce(day - lag(day) OVER streaks > 4
            OR 20 * abs(discount * lag(list) OVER streaks - lag(discount) OVER streaks * list) > list * lag(list) OVER streaks, true) AS begins
        FROM marked_day
        WINDOW streaks AS (PARTITION BY goods, streak ORDER BY day)
    ),
    run AS
    (
        SELECT goods, min(day) AS starts_on, max(day) AS ends_on, sum(quantity) AS quantity, sum(list) AS list,
            sum(discount) AS discount, sum(margin) AS margin
        FROM (SELECT *, count_if(begins) OVER (PARTITION BY goods ORDER BY day) AS number FROM begun)
        GROUP BY goods, number
        HAVING count(*) >= 3
    ),
    during AS
    (
        SELECT goods, starts_on, sum(receipts) AS receipts
        FROM run JOIN settled_day AS busy ON busy.day BETWEEN starts_on AND ends_on
        GROUP BY 1, 2
    ),
    around AS
    (
        SELECT goods, starts_on, count_if(before) AS days_before, count_if(NOT before) AS days_after,
            coalesce(sum(quantity) FILTER (before), 0) AS quantity_before, coalesce(sum(quantity) FILTER (NOT before), 0) AS quantity_after,
            sum(receipts) AS receipts, sum(list) AS list, sum(discount) AS discount, count(quantity) AS days_sold,
            sum(margin)::DOUBLE / nullif(sum(quantity) FILTER (margin IS NOT NULL), 0)::DOUBLE AS margin_a_piece
        FROM
        (
            SELECT run.goods, starts_on, busy.day < starts_on AS before, receipts, day.quantity, day.list, day.discount, day.margin, marked
            FROM run JOIN settled_day AS busy ON busy.day BETWEEN starts_on - 28 AND ends_on + 28 AND busy.day NOT BETWEEN starts_on AND ends_on
            LEFT JOIN day ON day.goods = run.goods AND day.day = busy.day
        )
        WHERE marked IS NOT TRUE
        GROUP BY 1, 2
    ),
    figures AS
    (
        SELECT run.goods, starts_on, ends_on, run.quantity, run.list, run.discount, margin, margin_a_piece,
            if(days_before = 0, NULL, quantity_before::DOUBLE / days_before) AS before_per_day,
            if(days_after = 0, NULL, quantity_after::DOUBLE / days_after) AS after_per_day,
            (quantity_before + quantity_after)::DOUBLE / around.receipts * during.receipts AS baseline,
            days_sold / (days_before + days_after) AS sold_share,
            if(run.list = 0 OR around.list IS NULL OR around.list = around.discount, NULL,
                (1 - run.discount / run.list) / (1 - around.discount / around.list)) AS price_ratio
        FROM run JOIN during USING (goods, starts_on) JOIN around USING (goods, starts_on)
        WHERE days_before + days_after >= 14
    )
SELECT goods, starts_on, ends_on, coalesce(department, '') AS department, coalesce(category, '') AS category,
    ends_on - starts_on + 1 AS days, discount / list AS discount_rate, before_per_day,
    quantity::DOUBLE / (ends_on - starts_on + 1) AS during_per_day, after_per_day, quantity, baseline, sold_share,
    if(baseline > 0 AND sold_share >= 0.5, quantity::DOUBLE / baseline - 1, NULL) AS uplift, price_ratio,
    CASE WHEN quantity > 0 AND baseline > 0 AND price_ratio > 0 AND price_ratio < 1 AND sold_share >= 0.5
        THEN ln(quantity::DOUBLE / baseline) / ln(price_ratio) END AS elasticity,
    (discount / 100)::DECIMAL(18, 2) AS discount_cost, margin,
    if(sold_share >= 0.5, margin::DOUBLE - margin_a_piece * baseline, NULL) AS margin_change
FROM figures LEFT JOIN article USING (goods);

-- The same likelihood, its top found by halving an interval of elasticities instead of by Newton's method.
CREATE OR REPLACE TABLE elasticity AS
WITH RECURSIVE
    told AS
    (
        SELECT level, if(level = 'all', '', department) AS department, if(level = 'all', '', category) AS category,
            quantity::DOUBLE AS sold, baseline, ln(price_ratio) AS price
        FROM markdown, (VALUES ('all'), ('category')) AS levels(level)
        WHERE elasticity IS NOT NULL
    ),
    halved AS
    (
        SELECT DISTINCT level, department, category, 0 AS step, -64::DOUBLE AS low, 64::DOUBLE AS high FROM told
        UNION ALL
        SELECT level, department, category, step + 1, if(slope > 0, middle, low), if(slope > 0, high, middle)
        FROM
        (
            SELECT level, department, category, step, low, high, (low + high) / 2 AS middle,
                sum(price * (sold - baseline * exp(middle * price))) AS slope
            FROM halved JOIN told USING (level, department, category)
            WHERE step < 55
            GROUP BY ALL
        )
    )
SELECT level, department, category, count(*) AS markdowns, sum(sold) AS quantity, sum(baseline) AS baseline, low AS elasticity,
    if(count(*) = 1, NULL, sqrt(greatest(1, sum((sold - baseline * exp(low * price)) ^ 2 / (baseline * exp(low * price))) / (count(*) - 1))
        / sum(baseline * exp(low * price) * price ^ 2))) AS standard_error
FROM halved JOIN told USING (level, department, category)
WHERE step = 55
GROUP BY level, department, category, low;
