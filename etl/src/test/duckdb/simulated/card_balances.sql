-- A fault is an event that should not have been possible: on a card that was never issued, is not active or has expired, or
-- beyond what is on it. Whether a card is active follows from its last issue, freeze, loss and so on before.
WITH known AS
(
    SELECT *, sum(change) OVER so_far AS balance, last_value(valid_until IGNORE NULLS) OVER so_far AS valid,
        last_value(if(kind IN ('issue', 'taken over', 'unfreeze', 'freeze', 'report_loss', 'replace', 'cancel'), kind, NULL) IGNORE NULLS)
            OVER (so_far ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_kind
    FROM card_move
    WINDOW so_far AS (PARTITION BY card ORDER BY "at", business_date, event)
),
judged AS
(
    SELECT *, (balance < 0 AND change < 0)
        OR (last_kind IS NULL AND kind NOT IN ('issue', 'taken over'))
        OR (kind IN ('deposit', 'spend', 'withdraw') AND last_kind NOT IN ('issue', 'taken over', 'unfreeze'))
        OR (kind = 'spend' AND valid < business_date) AS wrong
    FROM known
)
SELECT card, coalesce(arg_max(member, ("at", business_date, event)) FILTER (member != ''), '') AS member,
    coalesce(sum(change) FILTER (kind IN ('issue', 'deposit')), 0) AS paid_in,
    coalesce(sum(change) FILTER (kind IN ('taken over', 'replace')), 0) AS carried,
    coalesce(-sum(change) FILTER (kind = 'spend'), 0) AS spent,
    coalesce(-sum(change) FILTER (kind IN ('withdraw', 'cancel')), 0) AS withdrawn, sum(change) AS balance, count(*) AS events,
    count(*) FILTER (wrong) AS faults, max(business_date) AS last_event
FROM judged
GROUP BY card
