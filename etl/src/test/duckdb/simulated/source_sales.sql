-- Sales and returns of goods by day, each return on its own day, with the cost of what was kept by the customers: whole cents of
-- each store, day and goods, at the unit cost that held then.
CREATE OR REPLACE TABLE turn AS
WITH sold AS
(
    SELECT store, business_date, month, goods, count(*) AS lines, sum(quantity) AS sold_quantity,
        sum(net_amount + retail_discount + coupon_match_discount) AS list_sales, sum(retail_discount) AS retail_discount,
        sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, sum(net_amount) AS sold_amount
    FROM sale GROUP BY ALL
),
returned AS
(
    SELECT store, business_date, month, goods, sum(quantity) AS returned_quantity, sum(net_amount) AS returns FROM back GROUP BY ALL
),
joined AS
(
    SELECT store, business_date, month, goods, coalesce(lines, 0) AS lines,
        coalesce(sold_quantity, 0) - coalesce(returned_quantity, 0) AS quantity,
        coalesce(returned_quantity, 0) AS returned_quantity, coalesce(list_sales, 0) AS list_sales,
        coalesce(retail_discount, 0) AS retail_discount, coalesce(coupon_discount, 0) AS coupon_discount,
        coalesce(coupon_match_discount, 0) AS coupon_match_discount, coalesce(returns, 0) AS returns,
        coalesce(sold_amount, 0) - coalesce(returns, 0) AS net_sales
    FROM sold FULL JOIN returned USING (store, business_date, month, goods)
)
SELECT joined.*, round(quantity * known.unit_cost, 2) AS cost, if(known.unit_cost IS NULL, 0, net_sales) AS costed_sales,
    article.department, article.category, article.type, article.brand
FROM joined
LEFT JOIN goods_then AS known ON known.goods = joined.goods AND business_date BETWEEN known.holds_from AND known.holds_to
JOIN article ON article.goods = joined.goods;

-- Receipts of sales and of returns, and whose they were: members are known by their cards.
CREATE OR REPLACE TABLE slip AS
SELECT store, business_date, month, 'sale' AS kind, till, receipt, min(sold_at) AS "at", any_value(cashier) AS cashier,
    any_value(card) AS card,
    any_value(payment) AS payment, count(*) AS lines, sum(quantity) AS quantity,
    sum(net_amount + retail_discount + coupon_match_discount) AS list_sales, sum(retail_discount) AS retail_discount,
    sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, sum(net_amount) AS net_sales
FROM sale GROUP BY ALL
UNION ALL
SELECT store, business_date, month, 'return', till, receipt, min(returned_at), '', any_value(card), '', count(*), -sum(quantity), 0, 0,
    0, 0,
    -sum(net_amount)
FROM back GROUP BY ALL;

-- Each store in the areas that it belongs to.
CREATE OR REPLACE VIEW area_of_store AS
SELECT store, 'chain' AS level, '' AS area FROM branch
UNION ALL
SELECT store, 'region', region FROM branch
UNION ALL
SELECT store, 'format', format FROM branch
UNION ALL
SELECT store, 'store', store FROM branch;

-- Each article in the groups that it belongs to.
CREATE OR REPLACE VIEW group_of_goods AS
SELECT goods, 'department' AS level, department, '' AS category, '' AS type, '' AS brand FROM article
UNION ALL
SELECT goods, 'category', department, category, '', '' FROM article
UNION ALL
SELECT goods, 'type', department, category, type, '' FROM article
UNION ALL
SELECT goods, 'brand', '', '', '', brand FROM article;

-- What markdowns and seasons are told from: goods by day, sales of areas, and how busy the days were whose week is over.
CREATE OR REPLACE VIEW goods_of_day AS
SELECT goods, business_date AS day, sum(quantity + returned_quantity) AS quantity, sum(list_sales) AS list_sales,
    sum(retail_discount) AS retail_discount, sum(costed_sales) - sum(cost) AS margin
FROM turn
GROUP BY goods, business_date
HAVING sum(lines) > 0;

CREATE OR REPLACE VIEW sale_of_area AS
SELECT unnest(['all', region]) AS area, store, business_date AS day, goods, net_amount AS sales FROM sale JOIN branch USING (store);

CREATE OR REPLACE VIEW settled_day AS
SELECT business_date AS day, count(*) FILTER (kind = 'sale') AS receipts
FROM slip
GROUP BY business_date
QUALIFY business_date < date_trunc('week', max(business_date) OVER () + 1);
