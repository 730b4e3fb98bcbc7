-- The Complete Journey as the marts' words have it, from its own tables alone: sales (transactions),
-- goods (products), members (demographics). Run this before any other file here.
CREATE OR REPLACE VIEW line AS
SELECT
    store_id::VARCHAR AS store,
    local_time::DATE AS business_date,
    date_trunc('month', local_time)::DATE AS month,
    hour(local_time) AS hour,
    basket_id::VARCHAR AS receipt,
    transaction_timestamp AS sold_at,
    household_id::VARCHAR AS card,
    product_id::VARCHAR AS goods,
    quantity::DECIMAL(18, 3) AS quantity,
    round(sales_value, 2)::DECIMAL(18, 2) AS net_sales,
    round(retail_disc, 2)::DECIMAL(18, 2) AS retail_discount,
    round(coupon_disc, 2)::DECIMAL(18, 2) AS coupon_discount,
    round(coupon_match_disc, 2)::DECIMAL(18, 2) AS coupon_match_discount,
    round(sales_value, 2)::DECIMAL(18, 2) + round(retail_disc, 2)::DECIMAL(18, 2)
        + round(coupon_match_disc, 2)::DECIMAL(18, 2) AS list_sales
FROM (SELECT *, timezone('America/New_York', timezone('UTC', transaction_timestamp)) AS local_time FROM sales);

CREATE OR REPLACE VIEW article AS
SELECT
    product_id::VARCHAR AS goods,
    coalesce(department, '') AS department,
    coalesce(product_category, '') AS category,
    coalesce(product_type, '') AS type,
    coalesce(brand, '') AS brand
FROM goods;

CREATE OR REPLACE VIEW receipt AS
SELECT store, business_date, month, receipt, card, min(sold_at) AS "at", count(*) AS lines, sum(quantity) AS quantity,
    sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount, sum(coupon_discount) AS coupon_discount,
    sum(coupon_match_discount) AS coupon_match_discount, sum(net_sales) AS net_sales, min(hour) AS hour
FROM line
GROUP BY store, business_date, month, receipt, card;

-- Each line once for every group that its goods are in.
CREATE OR REPLACE VIEW line_of_group AS
SELECT line.*, 'department' AS level, coalesce(department, '') AS department, '' AS category, '' AS type, '' AS brand
FROM line LEFT JOIN article USING (goods)
UNION ALL
SELECT line.*, 'category', coalesce(department, ''), coalesce(category, ''), '', '' FROM line LEFT JOIN article USING (goods)
UNION ALL
SELECT line.*, 'type', coalesce(department, ''), coalesce(category, ''), coalesce(type, ''), ''
FROM line LEFT JOIN article USING (goods)
UNION ALL
SELECT line.*, 'brand', '', '', '', coalesce(brand, '') FROM line LEFT JOIN article USING (goods);

-- What markdowns and seasons are told from: goods by day, which have no cost here; sales of areas; and how busy the days were
-- whose week is over.
CREATE OR REPLACE VIEW goods_of_day AS
SELECT goods, business_date AS day, sum(quantity) AS quantity, sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount,
    NULL::DECIMAL(18, 2) AS margin
FROM line
GROUP BY goods, business_date;

CREATE OR REPLACE VIEW sale_of_area AS SELECT 'all' AS area, store, business_date AS day, goods, net_sales AS sales FROM line;

CREATE OR REPLACE VIEW settled_day AS
SELECT business_date AS day, count(*) AS receipts
FROM receipt
GROUP BY business_date
QUALIFY business_date < date_trunc('week', max(business_date) OVER () + 1);
