-- The same likelihood, its top found by halving an interval of elasticities instead of by Newton's method.
-- within 0.000001
WITH RECURSIVE
    told AS
    (
        SELECT level, if(level = 'all', '', department) AS department, if(level = 'all', '', category) AS category,
            quantity::DOUBLE AS sold, baseline, ln(price_ratio) AS price
        FROM markdown, (VALUES ('all'), ('category')) AS levels(level)
        WHERE elasticity IS NOT NULL
    ),
    halved AS
    (
        SELECT DISTINCT level, department, category, 0 AS step, -64::DOUBLE AS low, 64::DOUBLE AS high FROM told
        UNION ALL
        SELECT level, department, category, step + 1, if(slope > 0, middle, low), if(slope > 0, high, middle)
        FROM
        (
            SELECT level, department, category, step, low, high, (low + high) / 2 AS middle,
                sum(price * (sold - baseline * exp(middle * price))) AS slope
            FROM halved JOIN told USING (level, department, category)
            WHERE step < 55
            GROUP BY ALL
        )
    )
SELECT level, department, category, count(*) AS markdowns, sum(sold) AS quantity, sum(baseline) AS baseline, low AS elasticity,
    if(count(*) = 1, NULL, sqrt(greatest(1, sum((sold - baseline * exp(low * price)) ^ 2 / (baseline * exp(low * price))) / (count(*) - 1))
        / sum(baseline * exp(low * price) * price ^ 2))) AS standard_error
FROM halved JOIN told USING (level, department, category)
WHERE step = 55
GROUP BY level, department, category, low
