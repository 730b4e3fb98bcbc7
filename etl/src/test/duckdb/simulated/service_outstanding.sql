SELECT goods, any_value(kind) AS kind, count(DISTINCT member) AS members,
    count(DISTINCT member) - count(DISTINCT member) FILTER (taken > 0) AS members_without_use, count(*) AS passes,
    sum(greatest(gives - taken, 0)) AS uses_left
FROM pass_now
WHERE state = 'active' AND member != ''
GROUP BY goods
