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
