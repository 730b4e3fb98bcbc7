-- within 0.000001
-- cents discount_cost, margin_change
WITH day AS
(
    -- Those that the demand of stock_now is of, the last month and the one before, and those to come.
    SELECT as_of, unnest(generate_series(date_trunc('month', as_of) - INTERVAL 1 MONTH, as_of + INTERVAL 28 DAY, INTERVAL 1 DAY))::DATE AS day
    FROM (SELECT max(as_of) AS as_of FROM stock_now)
),
-- A month that nobody can tell is a mean one.
seasons AS
(
    SELECT place.department, place.category, avg(coalesce("index", 1)) FILTER (day <= as_of) AS so_far,
        avg(coalesce("index", 1)) FILTER (day > as_of) AS to_come
    FROM (SELECT DISTINCT department, category FROM article) AS place
    CROSS JOIN day
    LEFT JOIN season ON season.department = place.department AND season.category = place.category AND area = 'all'
        AND level = 'category' AND kind = 'month' AND position = month(day)
    GROUP BY ALL
),
sold AS
(
    SELECT store, goods, max(business_date) AS last_sale FROM sale GROUP BY ALL
),
stock AS
(
    SELECT stock_now.*, department, category, list_price::DOUBLE AS price, unit_cost::DOUBLE AS cost, last_sale, lead_time + 8 AS planned_days,
        if(so_far > 0, to_come / so_far, 1) AS season_factor, coalesce(daily_demand, 0) * 28 * season_factor AS demand,
        28 * on_hand::DOUBLE / nullif(demand, 0) AS days_to_sell
    FROM stock_now
    JOIN (SELECT goods, department, category, list_price, unit_cost FROM article) AS article USING (goods)
    JOIN seasons USING (department, category)
    LEFT JOIN sold USING (store, goods)
),
-- Its own where that is sharp enough and below 0, else that of all.
answer AS
(
    SELECT place.department, place.category, coalesce(own.elasticity, every.elasticity) AS elasticity,
        CASE WHEN own.elasticity IS NOT NULL THEN 'category' WHEN every.elasticity IS NOT NULL THEN 'all' ELSE '' END AS elasticity_of
    FROM seasons AS place
    LEFT JOIN elasticity AS own ON own.department = place.department AND own.category = place.category AND own.level = 'category'
        AND own.elasticity < 0 AND own.standard_error <= 0.5
    LEFT JOIN elasticity AS every ON every.level = 'all' AND every.elasticity < 0
),
candidate AS
(
    SELECT *,
        if(demand > 0, least(0.5, ceil(100 * (1 - (on_hand::DOUBLE / demand) ^ (1 / elasticity)) - 1e-9) / 100), NULL) AS markdown,
        if(markdown IS NULL, NULL, least(on_hand::DOUBLE, demand * (1 - markdown) ^ elasticity)) AS sells
    FROM stock
    JOIN kept USING (store, goods)
    JOIN answer USING (department, category)
    WHERE on_hand > 0 AND first_moved_on <= as_of - 28 AND (days_to_sell IS NULL OR days_to_sell > greatest(28, 3 * planned_days))
)
SELECT store, goods, department, category, as_of, on_hand, stock_value, last_sale, as_of - last_sale AS days_since_sale, planned_days,
    season_factor, demand, days_to_sell AS days_of_supply, as_of + 28 AS sell_by, elasticity, elasticity_of, markdown, sells,
    sells * price * markdown AS discount_cost,
    sells * (price * (1 - markdown) - cost) - demand * (price - cost) AS margin_change
FROM candidate
