-- within 0.000001
SELECT store, date_trunc('month', business_date)::DATE AS month,
    count(DISTINCT card) FILTER (kind IN ('issue', 'deposit') AND amount + bonus > 0) AS cards_depositing,
    coalesce(sum(amount) FILTER (kind IN ('issue', 'deposit')), 0) AS deposits, coalesce(sum(bonus) FILTER (kind IN ('issue', 'deposit')), 0) AS bonus,
    count(DISTINCT card) FILTER (kind = 'spend') AS cards_spending, count(*) FILTER (kind = 'spend') AS payments,
    coalesce(sum(amount) FILTER (kind = 'spend'), 0) AS spent, coalesce(sum(amount) FILTER (kind IN ('withdraw', 'cancel')), 0) AS withdrawn,
    sum(bonus) FILTER (kind IN ('issue', 'deposit'))::DOUBLE / nullif(sum(amount) FILTER (kind IN ('issue', 'deposit')), 0)::DOUBLE AS bonus_rate,
    coalesce(sum(amount) FILTER (kind = 'spend'), 0)::DOUBLE
        / nullif(sum(amount + bonus) FILTER (kind IN ('issue', 'deposit')), 0)::DOUBLE AS spent_per_deposit
FROM card_event
WHERE kind IN ('issue', 'deposit', 'spend', 'withdraw', 'cancel')
GROUP BY ALL
