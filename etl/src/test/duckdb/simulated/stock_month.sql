-- What counts found is what the evening of the month has beyond the evening before and the flow.
WITH month AS
(
    SELECT store, goods, first_moved_on AS since, unnest(generate_series(date_trunc('month', least(first_moved_on, first_entry)),
        (SELECT max(month) FROM stock_evening), INTERVAL 1 MONTH))::DATE AS month
    FROM kept JOIN (SELECT store, goods, min(business_date) AS first_entry FROM stock_evening GROUP BY ALL) USING (store, goods)
),
flow AS
(
    SELECT store, goods, month, sum(received) AS received, sum(transferred_in) - sum(transferred_out) AS transferred,
        sum(written_off) AS written_off, sum(sold) AS sold, sum(returned) AS returned
    FROM stock_evening GROUP BY ALL
),
evening AS
(
    SELECT month.store, month.goods, month.month, coalesce(before.evening, 0) AS opening, coalesce(after.evening, 0) AS closing
    FROM month
    ASOF LEFT JOIN stock_evening AS before ON before.store = month.store AND before.goods = month.goods
        AND before.business_date < month.month
    ASOF LEFT JOIN stock_evening AS after ON after.store = month.store AND after.goods = month.goods
        AND after.business_date < month.month + INTERVAL 1 MONTH
)
SELECT store, goods, month, if(since < month + INTERVAL 1 MONTH, since, NULL) AS since, opening, coalesce(received, 0) AS received, coalesce(transferred, 0) AS transferred,
    coalesce(written_off, 0) AS written_off, coalesce(sold, 0) AS sold, coalesce(returned, 0) AS returned,
    closing - opening - coalesce(received + transferred + returned - written_off - sold, 0) AS count_difference, closing
FROM month
JOIN evening USING (store, goods, month)
LEFT JOIN flow USING (store, goods, month)
