-- Whole pieces: what is ordered is rounded up.
-- within 0.001
WITH today AS (SELECT max(business_date) AS as_of FROM stock_evening),
on_hand AS
(
    SELECT store, goods, arg_max(evening, business_date) AS on_hand FROM stock_evening GROUP BY ALL
),
demand AS
(
    SELECT store, goods, avg(sold) AS mean, stddev_samp(sold) AS deviation
    FROM shelf_day, today
    WHERE NOT out AND month >= date_trunc('month', as_of) - INTERVAL 1 MONTH
    GROUP BY ALL
),
-- Newest deliveries first: what came after one, and it with them.
delivery AS
(
    SELECT store, goods, as_of - business_date AS age, received + transferred_in AS quantity,
        sum(received + transferred_in) OVER (PARTITION BY store, goods ORDER BY business_date DESC) AS newest
    FROM stock_evening, today
    WHERE received + transferred_in > 0
),
left_of AS
(
    SELECT store, goods, coalesce(sum(part) FILTER (age <= 30), 0) AS to_30,
        coalesce(sum(part) FILTER (age BETWEEN 31 AND 60), 0) AS to_60,
        coalesce(sum(part) FILTER (age BETWEEN 61 AND 90), 0) AS to_90
    FROM
    (
        SELECT store, goods, age, greatest(least(quantity, on_hand - (newest - quantity)), 0) AS part
        FROM delivery JOIN on_hand USING (store, goods)
    )
    GROUP BY ALL
),
level AS
(
    SELECT store, goods, as_of, on_hand, unit_cost, mean, deviation, coalesce(lead_time, 3)::DOUBLE AS lead_time,
        mean * (coalesce(lead_time, 3)::DOUBLE + 1) + 1.645 * deviation * sqrt(coalesce(lead_time, 3)::DOUBLE + 1) AS reorder_point
    FROM on_hand LEFT JOIN demand USING (store, goods) JOIN article USING (goods), today
)
SELECT store, goods, as_of, on_hand, round(greatest(on_hand, 0) * unit_cost, 2) AS stock_value, mean AS daily_demand,
    deviation AS demand_deviation, on_hand::DOUBLE / nullif(mean, 0) AS days_of_supply, lead_time, reorder_point,
    if(on_hand <= reorder_point, ceil(reorder_point + 7 * mean - on_hand::DOUBLE), 0) AS order_quantity, coalesce(to_30, 0) AS age_to_30,
    coalesce(to_60, 0) AS age_to_60, coalesce(to_90, 0) AS age_to_90,
    greatest(on_hand, 0) - coalesce(to_30 + to_60 + to_90, 0) AS age_over_90
FROM level LEFT JOIN left_of USING (store, goods)
