WITH ends AS (SELECT date_trunc('month', max(business_date) + 1)::DATE AS over FROM line),
recent AS
(
    SELECT line.* FROM line, ends WHERE month >= over - INTERVAL 6 MONTH AND month < over
),
chain AS (SELECT count(DISTINCT (store, business_date, receipt))::DOUBLE AS receipts, count(DISTINCT (card, month))::DOUBLE AS cards FROM recent),
bought AS (SELECT DISTINCT month, business_date, store, receipt, card, department, category, type, goods FROM recent JOIN article USING (goods) WHERE type != ''),
receipt_goods AS
(
    SELECT * FROM bought QUALIFY row_number() OVER (PARTITION BY store, business_date, receipt, department, category, type ORDER BY goods) <= 20
),
card_goods AS
(
    SELECT * FROM (SELECT DISTINCT month, card, department, category, type, goods FROM bought)
    QUALIFY row_number() OVER (PARTITION BY month, card, department, category, type ORDER BY goods) <= 20
),
alone AS
(
    SELECT department, category, type, goods, receipts, cards
    FROM (SELECT department, category, type, goods, count(*) AS receipts FROM receipt_goods GROUP BY ALL)
    JOIN (SELECT department, category, type, goods, count(*) AS cards FROM card_goods GROUP BY ALL) USING (department, category, type, goods)
),
both_receipts AS
(
    SELECT a.goods, b.goods AS other, count(*) AS receipts
    FROM receipt_goods AS a JOIN receipt_goods AS b USING (store, business_date, receipt, department, category, type)
    WHERE a.goods < b.goods GROUP BY 1, 2
),
both_cards AS
(
    SELECT a.goods, b.goods AS other, count(*) AS cards
    FROM card_goods AS a JOIN card_goods AS b USING (month, card, department, category, type)
    WHERE a.goods < b.goods GROUP BY 1, 2
),
of_stores AS
(
    SELECT store, goods, lines, receipts, sum(lines) OVER (PARTITION BY goods) AS all_lines
    FROM (SELECT store, goods, count(*) AS lines FROM recent GROUP BY ALL)
    JOIN (SELECT store, count(DISTINCT (business_date, receipt)) AS receipts FROM recent GROUP BY ALL) USING (store)
),
met AS
(
    SELECT a.goods, b.goods AS other, sum(a.lines * b.lines / a.receipts) / (any_value(a.all_lines) * any_value(b.all_lines)) AS chance
    FROM of_stores AS a JOIN alone AS x USING (goods) JOIN alone AS y USING (department, category, type)
    JOIN of_stores AS b ON b.goods = y.goods AND b.store = a.store, chain
    WHERE x.goods < y.goods AND x.receipts * y.receipts >= 5 * chain.receipts GROUP BY 1, 2
),
figures AS
(
    SELECT a.department, a.category, a.type, a.goods, b.goods AS other, a.receipts AS goods_receipts, b.receipts AS other_receipts,
        coalesce(r.receipts, 0) AS receipts_together, a.receipts * b.receipts * m.chance AS expected,
        coalesce(c.cards, 0) * chain.cards / (a.cards * b.cards) AS card_lift, chain.receipts AS n
    FROM alone AS a JOIN alone AS b USING (department, category, type) LEFT JOIN both_receipts AS r ON r.goods = a.goods AND r.other = b.goods
    LEFT JOIN both_cards AS c ON c.goods = a.goods AND c.other = b.goods JOIN met AS m ON m.goods = a.goods AND m.other = b.goods, chain
    WHERE a.goods < b.goods AND a.receipts * b.receipts >= 5 * chain.receipts AND a.receipts * b.receipts * m.chance >= 5
)
SELECT department, category, type, goods, other, goods_receipts, other_receipts, receipts_together, expected, receipts_together / expected AS receipt_lift, card_lift,
    (receipts_together - expected) / sqrt(expected * (1 - goods_receipts / n) * (1 - other_receipts / n)) AS deviations
FROM figures
