SELECT goods, card AS member, month, bit_or(1::BIGINT << (day(business_date) - 1)::BIGINT) AS days,
    first(store ORDER BY business_date, sold_at, store) AS first_store
FROM line
GROUP BY 1, 2, 3
