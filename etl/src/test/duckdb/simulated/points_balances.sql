SELECT member, coalesce(sum(points) FILTER (kind = 'earn'), 0) AS earned, coalesce(sum(points) FILTER (kind = 'adjust'), 0) AS adjusted,
    coalesce(sum(points) FILTER (kind LIKE 'redeem%'), 0) AS redeemed, coalesce(sum(points) FILTER (kind = 'expire'), 0) AS expired,
    sum(change) AS balance, count(*) AS events, count(*) FILTER (wrong) AS faults, max(business_date) AS last_event
FROM points_judged
GROUP BY member
