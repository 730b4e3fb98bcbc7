SELECT store, business_date, coalesce(sum(points) FILTER (kind = 'earn'), 0) AS earned,
    coalesce(sum(points) FILTER (kind = 'adjust' AND points > 0), 0) AS granted,
    coalesce(-sum(points) FILTER (kind = 'adjust' AND points < 0), 0) AS taken,
    coalesce(sum(points) FILTER (kind = 'redeem_gift'), 0) AS redeemed_gift,
    coalesce(sum(points) FILTER (kind = 'redeem_cash'), 0) AS redeemed_cash, coalesce(sum(points) FILTER (kind = 'expire'), 0) AS expired,
    coalesce(sum(cash) FILTER (kind = 'redeem_cash'), 0) AS cash, count(*) AS events
FROM points_event
GROUP BY store, business_date
