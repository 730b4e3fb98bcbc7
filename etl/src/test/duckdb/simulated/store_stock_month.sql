-- within 0.01
WITH month AS
(
    SELECT store, unnest(generate_series(min(month), (SELECT max(month) FROM stock_evening), INTERVAL 1 MONTH))::DATE AS month
    FROM stock_evening GROUP BY store
),
shelf AS
(
    SELECT store, month, count(*) AS days, count(*) FILTER (out) AS days_out FROM shelf_day GROUP BY ALL
),
lost AS
(
    SELECT store, month, sum(lost_sales) AS lost_sales FROM availability GROUP BY ALL
),
gone AS
(
    SELECT store, month, sum(written_off) AS written_off, sum(evening - opening - change) AS count_difference
    FROM (SELECT *, coalesce(lag(evening) OVER (PARTITION BY store, goods ORDER BY business_date), 0) AS opening FROM stock_evening)
    GROUP BY ALL
)
SELECT store, month, coalesce(days, 0) AS days, coalesce(days_out, 0) AS days_out, 1 - days_out / days AS availability, lost_sales,
    coalesce(written_off, 0) AS written_off, coalesce(count_difference, 0) AS count_difference
FROM month
LEFT JOIN shelf USING (store, month)
LEFT JOIN lost USING (store, month)
LEFT JOIN gone USING (store, month)
