-- Displays and mailers of the Complete Journey, after source.sql.
-- A row of promotions holds for a week from Monday to Sunday; 0 is no place. Of the weeks that the home has.
CREATE OR REPLACE VIEW placement AS
SELECT
    store_id AS store,
    product_id AS goods,
    DATE '2016-12-26' + 7 * (week - 1)::INTEGER AS starts_on,
    if(display_location::VARCHAR = '0', '', display_location::VARCHAR) AS display,
    if(mailer_location::VARCHAR = '0', '', mailer_location::VARCHAR) AS mailer
FROM promotions
WHERE starts_on BETWEEN getvariable('placed_from') AND getvariable('placed_to');

-- What sold on display or in the mailer in weeks that are over, and the rate of the month's other days on the same number of lines.
CREATE OR REPLACE TABLE effect AS
WITH
    sold AS
    (
        SELECT store, goods, month, business_date, sum(quantity) AS quantity, sum(list_sales) AS list_sales,
            sum(retail_discount + coupon_match_discount) AS discount, sum(net_sales) AS net_sales
        FROM line
        WHERE business_date < (SELECT date_trunc('week', max(business_date) + 1) FROM line)
        GROUP BY ALL
    ),
    trading AS
    (
        SELECT store, month, business_date, count(*) AS lines
        FROM line
        WHERE business_date < (SELECT date_trunc('week', max(business_date) + 1) FROM line)
        GROUP BY ALL
    ),
    sellers AS (SELECT DISTINCT store, goods FROM sold),
    shown AS
    (
        SELECT store, goods, starts_on + i::INTEGER AS business_date, max(display) AS display, max(mailer) AS mailer
        FROM
        (
            SELECT p.store::VARCHAR AS store, p.goods::VARCHAR AS goods, starts_on, display, mailer
            FROM placement AS p
            SEMI JOIN sellers AS s ON s.store = p.store::VARCHAR AND s.goods = p.goods::VARCHAR
        ), range(7) AS week(i)
        GROUP BY ALL
    ),
    exposed AS
    (
        SELECT shown.store, shown.goods, trading.month, display, mailer, count(*) AS days, sum(lines) AS lines,
            coalesce(sum(sold.quantity), 0) AS quantity, coalesce(sum(list_sales), 0) AS list_sales,
            coalesce(sum(discount), 0) AS discount, coalesce(sum(net_sales), 0) AS net_sales
        FROM shown
        JOIN trading USING (store, business_date)
        LEFT JOIN sold ON sold.store = shown.store AND sold.goods = shown.goods AND sold.business_date = shown.business_date
        GROUP BY ALL
    ),
    of_goods AS (SELECT store, goods, month, sum(quantity) AS quantity FROM sold GROUP BY ALL),
    of_store AS (SELECT store, month, sum(lines) AS lines FROM trading GROUP BY ALL),
    of_pair AS (SELECT store, goods, month, sum(lines) AS lines, sum(quantity) AS quantity FROM exposed GROUP BY ALL)
SELECT exposed.store, exposed.goods, exposed.month, '' AS promotion, display, mailer, exposed.days, exposed.quantity,
    if(of_store.lines > of_pair.lines,
        (of_goods.quantity - of_pair.quantity)::DOUBLE / (of_store.lines - of_pair.lines) * exposed.lines,
        NULL) AS baseline_quantity,
    exposed.list_sales, exposed.discount, exposed.net_sales
FROM exposed
JOIN of_goods USING (store, goods, month)
JOIN of_store USING (store, month)
JOIN of_pair USING (store, goods, month);

-- Whose first purchase of a goods in the data fell on a day and in a store that showed it.
CREATE OR REPLACE TABLE new_buyer AS
SELECT goods, card AS member, month, business_date AS first_day, '' AS promotion
FROM (SELECT * FROM line QUALIFY row_number() OVER (PARTITION BY goods, card ORDER BY sold_at, store) = 1) AS first_purchase
SEMI JOIN placement AS p
ON p.store::VARCHAR = first_purchase.store AND p.goods::VARCHAR = first_purchase.goods
    AND p.starts_on = date_trunc('week', first_purchase.business_date);
