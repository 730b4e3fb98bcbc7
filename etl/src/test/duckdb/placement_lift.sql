-- The same likelihood, found step by step instead of by the quadratic equation: a factor given the other one.
-- Departments that were never on display apart from the mailer, or the other way round, have no two factors; and what
-- sold in both without any baseline tells nothing of either.
-- where display_baseline > 0 AND mailer_baseline > 0
-- within 0.01
WITH RECURSIVE
    placed AS
    (
        SELECT coalesce(department, '') AS department, display != '' AS displayed, mailer != '' AS mailed, quantity, baseline_quantity
        FROM effect
        LEFT JOIN article USING (goods)
        WHERE baseline_quantity IS NOT NULL
    ),
    sums AS
    (
        SELECT if(grouping(department) = 1, 'all', department) AS department,
            coalesce(sum(quantity) FILTER (displayed AND NOT mailed), 0) AS display_quantity,
            coalesce(sum(baseline_quantity) FILTER (displayed AND NOT mailed), 0) AS display_baseline,
            coalesce(sum(quantity) FILTER (mailed AND NOT displayed), 0) AS mailer_quantity,
            coalesce(sum(baseline_quantity) FILTER (mailed AND NOT displayed), 0) AS mailer_baseline,
            coalesce(sum(quantity) FILTER (displayed AND mailed), 0) AS both_quantity,
            coalesce(sum(baseline_quantity) FILTER (displayed AND mailed), 0) AS both_baseline
        FROM placed
        GROUP BY GROUPING SETS ((department), ())
    ),
    steps AS
    (
        SELECT department, 0 AS step, 1::DOUBLE AS display_lift, 1::DOUBLE AS mailer_lift FROM sums
        WHERE display_baseline > 0 AND mailer_baseline > 0
        UNION ALL
        SELECT department, step + 1,
            (display_quantity + if(both_baseline > 0, both_quantity, 0))::DOUBLE / (display_baseline + both_baseline * steps.mailer_lift) AS next_display_lift,
            (mailer_quantity + if(both_baseline > 0, both_quantity, 0))::DOUBLE / (mailer_baseline + both_baseline * next_display_lift)
        FROM steps
        JOIN sums USING (department)
        WHERE step < 500
    )
SELECT department, display_quantity, display_baseline, mailer_quantity, mailer_baseline, both_quantity, both_baseline,
    display_lift, mailer_lift
FROM sums
JOIN steps USING (department)
WHERE step = 500
