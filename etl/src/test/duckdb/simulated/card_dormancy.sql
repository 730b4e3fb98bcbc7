-- within 0.000001
WITH today AS (SELECT max(business_date) AS today FROM card_event),
-- A balance lies from one day on which it moved to the next, or until now; months are whole ones.
move AS
(
    SELECT card, business_date, "at", event, sum(change) OVER life AS balance, lead(business_date) OVER life AS moved_on
    FROM card_move
    WHERE change != 0
    WINDOW life AS (PARTITION BY card ORDER BY "at", business_date, event)
),
lie AS
(
    SELECT card, balance, moved_on IS NOT NULL AS moved, business_date,
        datesub('month', business_date, coalesce(moved_on, today)) AS months
    FROM move, today
    WHERE balance > 0
),
hazard AS
(
    SELECT month, sum(balance) FILTER (moved AND months = month)::DOUBLE AS moved, sum(balance)::DOUBLE AS lay
    FROM lie, (SELECT unnest(range(0, 1200)) AS month)
    WHERE months >= month
    GROUP BY month
),
valid AS
(
    SELECT card,
        arg_max(valid_until, ("at", business_date, event)) FILTER (valid_until IS NOT NULL) AS valid_until FROM card_move GROUP BY card
),
now AS
(
    SELECT months AS months_unused, count(*) AS cards, sum(balance) AS balance, count(*) FILTER (valid_until < today) AS expired_cards,
        coalesce(sum(balance) FILTER (valid_until < today), 0) AS expired_balance
    FROM lie LEFT JOIN valid USING (card), today
    WHERE NOT moved
    GROUP BY months
)
SELECT now.*, balance::DOUBLE / (sum(balance) OVER ())::DOUBLE AS share, expected_rate,
    round(balance::DOUBLE * expected_rate, 2) AS expected_to_stay
FROM now
LEFT JOIN LATERAL
(
    SELECT coalesce(product(1 - coalesce(moved, 0) / lay), 1) AS expected_rate FROM hazard WHERE month >= months_unused
) ON true
