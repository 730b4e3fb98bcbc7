-- Markdowns of the Complete Journey, after source.sql. In whole cents, so that 5 points are 5 points and not a bit more.
CREATE OR REPLACE TABLE markdown AS
WITH
    -- Told by the week: up to the last Sunday that is over.
    busy AS
    (
        SELECT business_date AS day, count(*) AS receipts
        FROM receipt
        WHERE business_date < (SELECT date_trunc('week', max(business_date) + 1) FROM receipt)
        GROUP BY 1
    ),
    day AS
    (
        SELECT goods, business_date AS day, sum(quantity) AS quantity, (100 * sum(list_sales))::BIGINT AS list,
            (100 * sum(retail_discount))::BIGINT AS discount, list > 0 AND 20 * discount >= list AS marked
        FROM line
        WHERE business_date < (SELECT date_trunc('week', max(business_date) + 1) FROM receipt)
        GROUP BY 1, 2
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
        SELECT goods, min(day) AS starts_on, max(day) AS ends_on, sum(quantity) AS quantity, sum(list) AS list, sum(discount) AS discount
        FROM (SELECT *, count_if(begins) OVER (PARTITION BY goods ORDER BY day) AS number FROM begun)
        GROUP BY goods, number
        HAVING count(*) >= 3
    ),
    during AS
    (
        SELECT goods, starts_on, sum(receipts) AS receipts
        FROM run JOIN busy ON busy.day BETWEEN starts_on AND ends_on
        GROUP BY 1, 2
    ),
    around AS
    (
        SELECT goods, starts_on, count_if(before) AS days_before, count_if(NOT before) AS days_after,
            coalesce(sum(quantity) FILTER (before), 0) AS quantity_before, coalesce(sum(quantity) FILTER (NOT before), 0) AS quantity_after,
            sum(receipts) AS receipts, sum(list) AS list, sum(discount) AS discount, count(quantity) AS days_sold
        FROM
        (
            SELECT run.goods, starts_on, busy.day < starts_on AS before, receipts, day.quantity, day.list, day.discount, marked
            FROM run JOIN busy ON busy.day BETWEEN starts_on - 28 AND ends_on + 28 AND busy.day NOT BETWEEN starts_on AND ends_on
            LEFT JOIN day ON day.goods = run.goods AND day.day = busy.day
        )
        WHERE marked IS NOT TRUE
        GROUP BY 1, 2
    ),
    figures AS
    (
        SELECT run.goods, starts_on, ends_on, run.quantity, run.list, run.discount,
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
    (discount / 100)::DECIMAL(18, 2) AS discount_cost, NULL::DOUBLE AS margin, NULL::DOUBLE AS margin_change
FROM figures LEFT JOIN article USING (goods);
