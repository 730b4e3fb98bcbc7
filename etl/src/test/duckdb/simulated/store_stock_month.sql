-- within 0.01
WITH shelf AS
(
    SELECT store, month, count(*) AS days, count(*) FILTER (out) AS days_out FROM shelf_day GROUP BY ALL
),
spoiled AS
(
    SELECT store, month, sum(written_off) AS written_off FROM stock_evening GROUP BY ALL
),
counted AS
(
    SELECT store, month, sum(evening - opening - change) AS count_difference
    FROM (SELECT *, coalesce(lag(evening) OVER (PARTITION BY store, goods ORDER BY business_date), 0) AS opening FROM stock_evening)
    GROUP BY ALL
),
lost AS (SELECT store, month, sum(lost_sales) AS lost_sales FROM availability GROUP BY ALL)
SELECT store, month, days, days_out, 1 - days_out / days AS availability, lost_sales, coalesce(written_off, 0) AS written_off,
    coalesce(count_difference, 0) AS count_difference
FROM shelf
LEFT JOIN spoiled USING (store, month)
LEFT JOIN counted USING (store, month)
LEFT JOIN lost USING (store, month)
