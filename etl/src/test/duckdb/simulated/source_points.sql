-- Each points event with the balance after it, and whether it should not have been possible: more drawn than was there, or
-- more lapsed than was due. The oldest points are drawn first, so what is due are those whose day to lapse has come, less all
-- that was drawn before. A day to lapse comes with its evening's events: on expires_on the points lapse.
CREATE OR REPLACE TABLE points_judged AS
WITH numbered AS
(
    SELECT *, row_number() OVER life AS n, sum(change) OVER life AS balance, sum(greatest(-change, 0)) OVER life AS drawn
    FROM points_event
    WINDOW life AS (PARTITION BY member ORDER BY "at", business_date, event)
),
due AS
(
    SELECT lapse.member, lapse.n, sum(lot.change) AS due
    FROM numbered AS lapse
    JOIN numbered AS lot ON lot.member = lapse.member AND lot.n < lapse.n AND lot.change > 0 AND lot.expires_on <= lapse.business_date
    WHERE lapse.kind = 'expire'
    GROUP BY ALL
)
SELECT numbered.*, (balance < 0 AND change < 0) OR (kind = 'expire' AND drawn > coalesce(due, 0)) AS wrong
FROM numbered LEFT JOIN due USING (member, n);

-- Oldest first, point by point: on a member's axis of points, what an event brought is the stretch up to all that was brought by
-- then, and what one drew the stretch up to all that was drawn by then. Where they overlap it drew from what was brought.
CREATE OR REPLACE TABLE points_age AS
WITH numbered AS
(
    SELECT member, month, change, kind = 'expire' AS lapse,
        sum(greatest(change, 0)) OVER life AS brought_to, sum(greatest(-change, 0)) OVER life AS drawn_to
    FROM points_event
    WINDOW life AS (PARTITION BY member ORDER BY "at", business_date, event)
),
taken AS
(
    SELECT lot.month AS earned_month, draw.month, draw.lapse,
        least(lot.brought_to, draw.drawn_to) - greatest(lot.brought_to - lot.change, draw.drawn_to + draw.change) AS points
    FROM numbered AS lot
    JOIN numbered AS draw ON draw.member = lot.member AND draw.change < 0
        AND draw.drawn_to > lot.brought_to - lot.change AND draw.drawn_to + draw.change < lot.brought_to
    WHERE lot.change > 0
),
brought AS
(
    SELECT month AS earned_month, sum(change) AS earned, if(count(*) = count(expires_on), max(expires_on), NULL) AS lapses_by
    FROM points_event WHERE change > 0 GROUP BY month
),
drawn AS
(
    SELECT earned_month, month, sum(points) FILTER (NOT lapse) AS used, sum(points) FILTER (lapse) AS lapsed FROM taken GROUP BY ALL
)
SELECT earned_month, date_diff('month', earned_month, month) AS age, month, if(earned_month = month, coalesce(earned, 0), 0) AS earned,
    coalesce(used, 0) AS used, coalesce(lapsed, 0) AS lapsed, if(earned_month = month, lapses_by, NULL) AS lapses_by
FROM drawn
FULL JOIN (SELECT *, earned_month AS month FROM brought) AS brought USING (earned_month, month);
