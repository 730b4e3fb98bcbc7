WITH ends AS (SELECT date_trunc('month', max(business_date) + 1)::DATE AS over FROM line),
spent AS
(
    SELECT coalesce(department, '') AS department, coalesce(category, '') AS category, card AS member, coalesce(brand, '') AS brand,
        sum(if(month >= over - INTERVAL 3 MONTH, net_sales, -net_sales)) AS change,
        bool_or(month < over - INTERVAL 3 MONTH) AS before, bool_or(month >= over - INTERVAL 3 MONTH) AS later
    FROM line LEFT JOIN article USING (goods), ends
    WHERE month >= over - INTERVAL 6 MONTH AND month < over
    GROUP BY 1, 2, 3, 4
),
moves AS
(
    SELECT *, greatest(-change, 0)::DOUBLE AS loss, greatest(change, 0)::DOUBLE AS gain, sum(greatest(-change, 0)) OVER m::DOUBLE AS lost,
        sum(greatest(change, 0)) OVER m::DOUBLE AS gained, bool_or(before) OVER m AS had, bool_or(later) OVER m AS has
    FROM spent WINDOW m AS (PARTITION BY department, category, member)
),
flows AS
(
    SELECT l.department, l.category, l.member, 'switched' AS kind, l.brand AS from_brand, g.brand AS to_brand, l.loss * g.gain / greatest(l.lost, l.gained) AS amount
    FROM moves AS l JOIN moves AS g USING (department, category, member)
    WHERE l.loss > 0 AND g.gain > 0
    UNION ALL
    SELECT department, category, member, if(had, 'bought more', 'new buyers'), '', brand, gain * (1 - lost / gained) FROM moves WHERE gain > 0 AND gained > lost
    UNION ALL
    SELECT department, category, member, if(has, 'bought less', 'lost buyers'), brand, '', loss * (1 - gained / lost) FROM moves WHERE loss > 0 AND lost > gained
)
SELECT department, category, kind, from_brand, to_brand, any_value((over - INTERVAL 3 MONTH)::DATE) AS since, count(DISTINCT member) AS members,
    round(sum(amount), 2) AS amount
FROM flows, ends
GROUP BY 1, 2, 3, 4, 5
