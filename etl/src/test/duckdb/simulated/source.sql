-- The simulated chain as its own files tell it; variable drop is their folder. What came twice, late, corrected, taken back
-- or spoiled is settled by the contracts of the streams alone (storefact.event). Run this before any other file here.

CREATE OR REPLACE VIEW branch AS
SELECT store, coalesce(region, '') AS region, coalesce(format, '') AS format
FROM read_ndjson(getvariable('drop') || '/*/store-*.ndjson', columns = {'store': 'VARCHAR', 'region': 'VARCHAR', 'format': 'VARCHAR'});

-- Each text of a till that is a sales line by its contract. A line that is no UTF-8 is skipped while reading.
CREATE OR REPLACE TABLE told AS
SELECT *, json_keys(text)::VARCHAR AS names
FROM read_csv(getvariable('drop') || '/*/sales_line-*.ndjson', columns = {'text': 'VARCHAR'}, delim = '\x01', quote = '', escape = '',
    header = false, auto_detect = false, strict_mode = false, ignore_errors = true)
WHERE json_valid(text) AND NOT contains(text, '":-'); -- nothing is negative on a sales line, -0 included

CREATE OR REPLACE TABLE shape AS SELECT DISTINCT names FROM told;

-- A table of its own: within the next statement each column would parse the text again.
CREATE OR REPLACE TABLE field AS
SELECT unnest(from_json(text, '{"store":"VARCHAR","business_date":"VARCHAR","till":"VARCHAR","receipt":"VARCHAR","line":"BIGINT",
    "sold_at":"VARCHAR","cashier":"VARCHAR","card":"VARCHAR","goods":"VARCHAR","quantity":"VARCHAR","net_amount":"DECIMAL(18,2)",
    "retail_discount":"DECIMAL(18,2)","coupon_discount":"DECIMAL(18,2)","coupon_match_discount":"DECIMAL(18,2)",
    "promotion":"VARCHAR","payment":"VARCHAR","version":"BIGINT","voided":"BOOLEAN"}'))
FROM told
WHERE names IN
(
    SELECT names
    FROM
    (
        SELECT names, names::VARCHAR[] AS those, ['store', 'business_date', 'till', 'receipt', 'line', 'sold_at', 'goods', 'quantity',
            'net_amount'] AS required, ['cashier', 'card', 'unit_price', 'list_price', 'retail_discount', 'coupon_discount',
            'coupon_match_discount', 'promotion', 'payment', 'version', 'voided'] AS optional
        FROM shape
    )
    WHERE list_has_all(those, required) AND list_has_all(required || optional, those) AND len(those) = len(list_distinct(those))
);

CREATE OR REPLACE TABLE sale AS
SELECT store, business_date, date_trunc('month', business_date)::DATE AS month, till, receipt, line, sold_at,
    coalesce(cashier, '') AS cashier,
    coalesce(card, '') AS card, goods, quantity::DECIMAL(18, 3) AS quantity, net_amount, coalesce(retail_discount, 0) AS retail_discount,
    coalesce(coupon_discount, 0) AS coupon_discount, coalesce(coupon_match_discount, 0) AS coupon_match_discount,
    coalesce(promotion, '') AS promotion, coalesce(payment, '') AS payment
FROM
(
    SELECT * REPLACE (TRY_CAST(business_date AS DATE) AS business_date, TRY_CAST(sold_at AS TIMESTAMP) AS sold_at) FROM field
    WHERE len(receipt) <= 64
        AND regexp_full_match(quantity, '[0-9]+([.][0-9]{1,3})?')
        AND abs(TRY_CAST(business_date AS DATE) - TRY_CAST(sold_at AS TIMESTAMP)::DATE) <= 2
        AND store IN (SELECT store FROM branch)
    QUALIFY row_number() OVER (PARTITION BY store, business_date, till, receipt, line ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);

DROP TABLE told;

DROP TABLE shape;

DROP TABLE field;

CREATE OR REPLACE VIEW back AS
SELECT store, business_date, date_trunc('month', business_date)::DATE AS month, till, receipt, line, returned_at,
    coalesce(original_store, '') AS original_store, original_business_date, coalesce(original_till, '') AS original_till,
    coalesce(original_receipt, '') AS original_receipt, coalesce(original_line, 0) AS original_line, coalesce(card, '') AS card, goods,
    quantity, net_amount, coalesce(reason, '') AS reason
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/return_line-*.ndjson', columns = {'store': 'VARCHAR', 'business_date': 'DATE',
        'till': 'VARCHAR', 'receipt': 'VARCHAR', 'line': 'BIGINT', 'returned_at': 'TIMESTAMP', 'original_store': 'VARCHAR',
        'original_business_date': 'DATE', 'original_till': 'VARCHAR', 'original_receipt': 'VARCHAR', 'original_line': 'BIGINT',
        'card': 'VARCHAR', 'goods': 'VARCHAR', 'quantity': 'DECIMAL(18,3)', 'net_amount': 'DECIMAL(18,2)', 'reason': 'VARCHAR',
        'version': 'BIGINT', 'voided': 'BOOLEAN'})
    QUALIFY row_number() OVER (PARTITION BY store, business_date, till, receipt, line ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);

-- Goods from day to day; the first row holds before its day, too.
CREATE OR REPLACE TABLE goods_then AS
SELECT goods, coalesce(department, '') AS department, coalesce(category, '') AS category, coalesce(type, '') AS type,
    coalesce(brand, '') AS brand, coalesce(kind, 'physical') AS kind, coalesce(uses, 0) AS uses, coalesce(days, 0) AS days, list_price,
    unit_cost, lead_time, if(row_number() OVER life = 1, DATE '1900-01-01', valid_from) AS holds_from,
    coalesce(lead(valid_from) OVER life - 1, DATE '2200-01-01') AS holds_to
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/goods-*.ndjson', columns = {'goods': 'VARCHAR', 'department': 'VARCHAR',
        'category': 'VARCHAR', 'type': 'VARCHAR', 'brand': 'VARCHAR', 'kind': 'VARCHAR', 'uses': 'BIGINT', 'days': 'BIGINT',
        'list_price': 'DECIMAL(18,4)', 'unit_cost': 'DECIMAL(18,4)', 'lead_time': 'DECIMAL(18,3)', 'valid_from': 'DATE',
        'version': 'BIGINT'})
    QUALIFY row_number() OVER (PARTITION BY goods, valid_from ORDER BY coalesce(version, 1) DESC) = 1
)
WINDOW life AS (PARTITION BY goods ORDER BY valid_from);

-- Goods as they are now; those that nobody told of have no place and no cost.
CREATE OR REPLACE TABLE article AS
SELECT * FROM goods_then WHERE holds_to = DATE '2200-01-01'
UNION ALL BY NAME
SELECT goods, '' AS department, '' AS category, '' AS type, '' AS brand, 'physical' AS kind, 0 AS uses, 0 AS days
FROM (SELECT goods FROM sale UNION SELECT goods FROM back) ANTI JOIN goods_then USING (goods);

-- Each card ever given out to a member.
CREATE OR REPLACE TABLE holder AS
SELECT card, arg_max(member, valid_from) AS member
FROM read_ndjson(getvariable('drop') || '/*/member-*.ndjson', columns = {'member': 'VARCHAR', 'card': 'VARCHAR', 'valid_from': 'DATE'})
GROUP BY card;

-- Targets of whole stores and of departments.
CREATE OR REPLACE VIEW target AS
SELECT store, month, coalesce(department, 'all') AS department, net_amount
FROM read_ndjson(getvariable('drop') || '/*/sales_target-*.ndjson', columns = {'store': 'VARCHAR', 'month': 'DATE',
    'department': 'VARCHAR', 'net_amount': 'DECIMAL(18,2)', 'version': 'BIGINT'})
QUALIFY row_number() OVER (PARTITION BY store, month, department ORDER BY coalesce(version, 1) DESC) = 1;

CREATE OR REPLACE TABLE card_event AS
SELECT business_date, event, card, kind, "at", coalesce(member, '') AS member, coalesce(store, '') AS store,
    coalesce(receipt, '') AS receipt, coalesce(amount, 0) AS amount, coalesce(bonus, 0) AS bonus, coalesce(new_card, '') AS new_card,
    valid_until
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/card_event-*.ndjson', columns = {'business_date': 'DATE', 'event': 'VARCHAR',
        'card': 'VARCHAR', 'kind': 'VARCHAR', 'at': 'TIMESTAMP', 'member': 'VARCHAR', 'store': 'VARCHAR', 'receipt': 'VARCHAR',
        'amount': 'DECIMAL(18,2)', 'bonus': 'DECIMAL(18,2)', 'new_card': 'VARCHAR', 'valid_until': 'DATE', 'version': 'BIGINT',
        'voided': 'BOOLEAN'})
    QUALIFY row_number() OVER (PARTITION BY business_date, event ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);

-- What moves the balance of a card: + what is paid in with its bonus, - what is spent or paid out; a cancelled card pays out
-- what it held, a replaced one hands it to the new card.
CREATE OR REPLACE TABLE card_move AS
SELECT card, member, business_date, event, kind, "at", store, valid_until,
    CASE WHEN kind IN ('issue', 'deposit') THEN amount + bonus
        WHEN kind IN ('spend', 'withdraw', 'cancel', 'replace') THEN -amount
        ELSE 0 END AS change
FROM card_event
UNION ALL
SELECT new_card, member, business_date, event, 'taken over', "at", store, NULL, amount
FROM card_event
WHERE kind = 'replace' AND new_card != '';

CREATE OR REPLACE TABLE points_event AS
SELECT business_date, date_trunc('month', business_date)::DATE AS month, event, member, kind, "at", points, coalesce(store, '') AS store,
    coalesce(receipt, '') AS receipt, coalesce(cash, 0) AS cash, expires_on,
    points * if(kind IN ('earn', 'adjust'), 1, -1) AS change
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/points_event-*.ndjson', columns = {'business_date': 'DATE', 'event': 'VARCHAR',
        'member': 'VARCHAR', 'kind': 'VARCHAR', 'at': 'TIMESTAMP', 'points': 'DECIMAL(18,2)', 'store': 'VARCHAR', 'receipt': 'VARCHAR',
        'cash': 'DECIMAL(18,2)', 'expires_on': 'DATE', 'version': 'BIGINT', 'voided': 'BOOLEAN'})
    QUALIFY row_number() OVER (PARTITION BY business_date, event ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);

CREATE OR REPLACE TABLE service_use AS
SELECT store, business_date, "use", used_at, "pass", goods, coalesce(member, '') AS member, coalesce(uses, 1) AS uses
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/service_use-*.ndjson', columns = {'store': 'VARCHAR', 'business_date': 'DATE',
        'use': 'VARCHAR', 'used_at': 'TIMESTAMP', 'pass': 'VARCHAR', 'goods': 'VARCHAR', 'member': 'VARCHAR', 'uses': 'BIGINT',
        'version': 'BIGINT', 'voided': 'BOOLEAN'})
    QUALIFY row_number() OVER (PARTITION BY store, business_date, "use" ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);

CREATE OR REPLACE TABLE movement AS
SELECT store, business_date, movement, kind, "at", goods, quantity
FROM
(
    SELECT * FROM read_ndjson(getvariable('drop') || '/*/stock_movement-*.ndjson', columns = {'store': 'VARCHAR', 'business_date': 'DATE',
        'movement': 'VARCHAR', 'kind': 'VARCHAR', 'at': 'TIMESTAMP', 'goods': 'VARCHAR', 'quantity': 'DECIMAL(18,3)', 'version': 'BIGINT',
        'voided': 'BOOLEAN'})
    QUALIFY row_number() OVER (PARTITION BY store, business_date, movement ORDER BY coalesce(version, 1) DESC) = 1
)
WHERE NOT coalesce(voided, false);
