-- Days on display or in the mailer, as bits. A twentieth of the goods: all of them are eleven million rows.
-- where toUInt64(goods) % 20 = 7
SELECT store::VARCHAR AS store, goods::VARCHAR AS goods, date_trunc('month', starts_on + i::INTEGER)::DATE AS month,
    '' AS promotion, display, mailer, bit_or(1::BIGINT << (day(starts_on + i::INTEGER) - 1)) AS days
FROM placement, range(7) AS week(i)
WHERE goods::BIGINT % 20 = 7
GROUP BY ALL
