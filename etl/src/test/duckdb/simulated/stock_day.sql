SELECT store, business_date, goods, month, opening, change, sold, evening - opening - change AS count_difference, evening AS closing
FROM
(
    SELECT *, coalesce(lag(evening) OVER (PARTITION BY store, goods ORDER BY business_date), 0) AS opening FROM stock_evening
)
