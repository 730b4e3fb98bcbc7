WITH last_count AS
(
    SELECT store, goods, month, arg_max(evening, business_date) AS counted_close
    FROM stock_evening
    WHERE business_date >= (SELECT max(business_date) FROM stock_evening AS c
        WHERE c.store = stock_evening.store AND c.goods = stock_evening.goods AND c.month = stock_evening.month AND counted IS NOT NULL)
    GROUP BY ALL
),
first_movement AS
(
    SELECT store, goods, date_trunc('month', business_date)::DATE AS month, min(business_date) AS first_moved_on
    FROM movement
    GROUP BY ALL
)
SELECT store, goods, month, any_value(first_moved_on) AS first_moved_on, sum(received) AS received,
    sum(transferred_in - transferred_out) AS transferred,
    sum(written_off) AS written_off, sum(sold) AS sold, sum(returned) AS returned, sum(change) AS change,
    any_value(counted_close) AS counted_close
FROM stock_evening
LEFT JOIN last_count USING (store, goods, month)
LEFT JOIN first_movement USING (store, goods, month)
GROUP BY store, goods, month
