-- within 0.000001
WITH event AS
(
    SELECT store, date_trunc('month', business_date)::DATE AS month, card, kind, if(kind IN ('issue', 'deposit'), amount, 0) AS deposit,
        if(kind IN ('issue', 'deposit'), bonus, 0) AS bonus, if(kind = 'spend', amount, 0) AS spent,
        if(kind IN ('withdraw', 'cancel'), amount, 0) AS withdrawn
    FROM card_event
    WHERE kind IN ('issue', 'deposit', 'spend', 'withdraw', 'cancel')
)
SELECT store, month, count(DISTINCT card) FILTER (deposit + bonus > 0) AS cards_depositing, sum(deposit) AS deposits, sum(bonus) AS bonus,
    count(DISTINCT card) FILTER (kind = 'spend') AS cards_spending, count(*) FILTER (kind = 'spend') AS payments, sum(spent) AS spent,
    sum(withdrawn) AS withdrawn, sum(bonus)::DOUBLE / nullif(sum(deposit), 0)::DOUBLE AS bonus_rate,
    sum(spent)::DOUBLE / nullif(sum(deposit + bonus), 0)::DOUBLE AS spent_per_deposit
FROM event
GROUP BY store, month
