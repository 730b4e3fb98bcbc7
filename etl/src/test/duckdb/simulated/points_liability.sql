-- within 0.000001
WITH span AS (SELECT min(business_date) AS first, max(business_date) AS last FROM points_event),
day AS (SELECT unnest(generate_series(first, last, INTERVAL 1 DAY))::DATE AS day FROM span),
moved AS
(
    SELECT business_date AS day, sum(change) AS change, sum(if(kind = 'earn', points, 0)) AS earned,
        sum(if(kind = 'adjust', greatest(points, 0), 0)) AS granted, sum(if(kind = 'adjust', greatest(-points, 0), 0)) AS taken,
        sum(if(kind = 'redeem_gift', points, 0)) AS redeemed_gift, sum(if(kind = 'redeem_cash', points, 0)) AS redeemed_cash,
        sum(if(kind = 'expire', points, 0)) AS expired, sum(if(kind = 'redeem_cash', cash, 0)) AS cash
    FROM points_event GROUP BY business_date
)
SELECT day, coalesce(sum(change) OVER so_far, 0) - coalesce(change, 0) AS opening, coalesce(earned, 0) AS earned,
    coalesce(granted, 0) AS granted, coalesce(taken, 0) AS taken, coalesce(redeemed_gift, 0) AS redeemed_gift,
    coalesce(redeemed_cash, 0) AS redeemed_cash, coalesce(expired, 0) AS expired, coalesce(sum(change) OVER so_far, 0) AS closing,
    coalesce(cash, 0) AS cash, (sum(cash) OVER so_far)::DOUBLE / nullif((sum(redeemed_cash) OVER so_far)::DOUBLE, 0) AS value_of_point
FROM day LEFT JOIN moved USING (day)
WINDOW so_far AS (ORDER BY day)
