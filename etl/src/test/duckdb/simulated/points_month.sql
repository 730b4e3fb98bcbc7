SELECT member, month, coalesce(sum(points) FILTER (kind = 'earn'), 0) AS earned,
    coalesce(sum(points) FILTER (kind = 'adjust' AND points > 0), 0) AS granted,
    coalesce(-sum(points) FILTER (kind = 'adjust' AND points < 0), 0) AS taken,
    coalesce(sum(points) FILTER (kind LIKE 'redeem%'), 0) AS redeemed, coalesce(sum(points) FILTER (kind = 'expire'), 0) AS expired,
    arg_max(balance, ("at", business_date, event)) AS balance, count(*) AS events, count(*) FILTER (wrong) AS faults,
    max(business_date) AS last_event
FROM points_judged
GROUP BY member, month
