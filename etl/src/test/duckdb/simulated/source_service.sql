-- Passes and what became of them until the last business day in the data.
CREATE OR REPLACE TABLE sold_pass AS
SELECT concat_ws('-', sale.store, business_date, receipt, line) AS "pass", sale.*, type, kind, coalesce(holder.member, '') AS member,
    if(kind = 'count', floor(uses * quantity)::BIGINT, 0) AS gives, days
FROM sale
JOIN article USING (goods)
LEFT JOIN holder ON holder.card = sale.card
WHERE kind IN ('count', 'time');

CREATE OR REPLACE TABLE pass_now AS
WITH used AS
(
    SELECT "pass", sum(uses) AS taken, min(business_date) AS first_use, max(business_date) AS last_use FROM service_use GROUP BY "pass"
),
life AS
(
    SELECT sold_pass.*, coalesce(taken, 0) AS taken, first_use, last_use, if(days = 0, NULL, business_date + days::INTEGER) AS ends_on,
        kind = 'count' AND gives > 0 AND coalesce(taken, 0) >= gives AS used_up,
        EXISTS (SELECT 1 FROM back WHERE original_store = sold_pass.store AND original_business_date = sold_pass.business_date
            AND original_till = sold_pass.till AND original_receipt = sold_pass.receipt AND original_line = sold_pass.line
            AND back.quantity > 0) AS returned, -- quantity 0 is money given back, not the pass
        (SELECT max(business_date) FROM sale) AS today
    FROM sold_pass LEFT JOIN used USING ("pass")
),
later AS
(
    SELECT one."pass", min(other.business_date) AS next_purchase
    FROM sold_pass AS one
    JOIN sold_pass AS other ON other.member = one.member AND other.type = one.type AND other."pass" != one."pass"
        AND (other.sold_at, other.store, other.till, other.receipt, other.line) > (one.sold_at, one.store, one.till, one.receipt, one.line)
    WHERE one.member != ''
    GROUP BY one."pass"
)
SELECT life.*, next_purchase, if(used_up, last_use, ends_on) AS ended_on,
    CASE WHEN returned THEN 'returned' WHEN used_up THEN 'used up' WHEN ends_on < today THEN 'expired' ELSE 'active' END AS state
FROM life LEFT JOIN later USING ("pass");
