WITH ends AS (SELECT date_trunc('month', max(business_date) + 1)::DATE AS over FROM line),
bought AS
(
    SELECT DISTINCT month, business_date, store, receipt, card, department, category, type, goods FROM line JOIN article USING (goods), ends WHERE type != '' AND month < over
),
receipt_goods AS
(
    SELECT *, row_number() OVER (PARTITION BY store, business_date, receipt, department, category, type ORDER BY goods) AS place FROM bought
),
card_goods AS
(
    SELECT *, row_number() OVER (PARTITION BY month, card, department, category, type ORDER BY goods) AS place
    FROM (SELECT DISTINCT month, card, department, category, type, goods FROM bought)
),
pairs AS
(
    SELECT month, department, category, type, '' AS goods, goods AS other, 1 AS receipts, 0 AS cards FROM receipt_goods WHERE place <= 20
    UNION ALL
    SELECT a.month, a.department, a.category, a.type, a.goods, b.goods, 1, 0
    FROM receipt_goods AS a JOIN receipt_goods AS b USING (store, business_date, receipt, department, category, type)
    WHERE a.goods < b.goods AND a.place <= 20 AND b.place <= 20
    UNION ALL
    SELECT month, department, category, type, '', goods, 0, 1 FROM card_goods WHERE place <= 20
    UNION ALL
    SELECT a.month, a.department, a.category, a.type, a.goods, b.goods, 0, 1
    FROM card_goods AS a JOIN card_goods AS b USING (month, card, department, category, type)
    WHERE a.goods < b.goods AND a.place <= 20 AND b.place <= 20
)
SELECT month, department, category, type, goods, other, sum(receipts) AS receipts, sum(cards) AS cards FROM pairs GROUP BY ALL
