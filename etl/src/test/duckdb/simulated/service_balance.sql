SELECT member, goods, any_value(kind) AS kind, count(*) AS passes, sum(greatest(gives - taken, 0)) AS uses_left,
    min(ends_on) AS ends_first,
    if(count(*) = count(ends_on), max(ends_on), NULL) AS ends_last, max(last_use) AS last_use
FROM pass_now
WHERE state = 'active' AND member != ''
GROUP BY member, goods
