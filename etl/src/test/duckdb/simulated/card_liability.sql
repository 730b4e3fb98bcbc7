-- within 0.000001
WITH span AS (SELECT min(business_date) AS first, max(business_date) AS last FROM card_event),
day AS (SELECT unnest(generate_series(first, last, INTERVAL 1 DAY))::DATE AS day FROM span),
moved AS
(
    SELECT business_date AS day, sum(if(kind IN ('issue', 'deposit'), amount, 0)) AS deposits,
        sum(if(kind IN ('issue', 'deposit'), bonus, 0)) AS bonus, sum(if(kind = 'spend', amount, 0)) AS spent,
        sum(if(kind IN ('withdraw', 'cancel'), amount, 0)) AS withdrawn, sum(if(kind = 'replace' AND new_card = '', amount, 0)) AS dropped
    FROM card_event GROUP BY business_date
),
book AS
(
    SELECT day, coalesce(deposits, 0) AS deposits, coalesce(bonus, 0) AS bonus, coalesce(spent, 0) AS spent,
        coalesce(withdrawn, 0) AS withdrawn, coalesce(dropped, 0) AS dropped,
        (SELECT coalesce(sum(change), 0) FROM card_move WHERE business_date < day) AS opening,
        (SELECT coalesce(sum(change), 0) FROM card_move WHERE business_date <= day) AS closing
    FROM day LEFT JOIN moved USING (day)
)
SELECT day, opening, deposits, bonus, spent, withdrawn, dropped, closing,
    sum(spent) OVER (ORDER BY day)::DOUBLE / nullif(sum(deposits + bonus) OVER (ORDER BY day), 0)::DOUBLE AS spent_share
FROM book
