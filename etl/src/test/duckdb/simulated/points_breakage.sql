-- A month has ended where the last event of all comes after the last day on which points of the month lapse.
-- within 0.000001
WITH today AS (SELECT max(business_date) AS today, max(month) AS last_month FROM points_event),
cohort AS
(
    SELECT earned_month, sum(earned) AS earned, sum(used) AS used, sum(lapsed) AS lapsed, max(lapses_by) AS lapses_by,
        any_value(date_diff('month', earned_month, last_month)) AS age, coalesce(max(lapses_by) < any_value(today), false) AS ended
    FROM points_age, today
    GROUP BY earned_month
),
rates AS -- of ended months: what lapsed at that age or later, of what had not been used by its end and had not lapsed before it
(
    SELECT young.earned_month,
        sum(if(cell.age >= young.age, cell.lapsed, 0))::DOUBLE
            / nullif(sum(cell.earned - if(cell.age <= young.age, cell.used, 0) - if(cell.age < young.age, cell.lapsed, 0)), 0)::DOUBLE
            AS rate
    FROM cohort AS young, cohort AS old
    JOIN points_age AS cell ON cell.earned_month = old.earned_month
    WHERE old.ended
    GROUP BY ALL
)
SELECT earned_month, age, ended, earned, used, lapsed, earned - used - lapsed AS open, lapsed::DOUBLE / earned::DOUBLE AS lapsed_share,
    rate AS expected_rate, round(coalesce(rate, 0) * (earned - used - lapsed)::DOUBLE, 2) AS expected_to_lapse
FROM cohort LEFT JOIN rates USING (earned_month)
