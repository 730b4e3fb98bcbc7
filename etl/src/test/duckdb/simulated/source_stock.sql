-- Stock as a book: each row is a moment at which the stock of a store changed, or was counted.
CREATE OR REPLACE TABLE kept AS
SELECT store, goods, min(business_date) AS first_moved_on FROM movement GROUP BY store, goods;

CREATE OR REPLACE TABLE stock_entry AS
SELECT store, goods, business_date, "at", kind, quantity AS counted, if(kind = 'count', 0, quantity) AS quantity,
    CASE WHEN kind IN ('receipt', 'transfer_in') THEN quantity WHEN kind = 'count' THEN 0 ELSE -quantity END AS change, movement
FROM movement
UNION ALL
SELECT store, goods, business_date, sold_at, 'sale', NULL, quantity, -quantity, '' FROM sale SEMI JOIN kept USING (store, goods)
UNION ALL
SELECT store, goods, business_date, returned_at, 'return', NULL, quantity, quantity, '' FROM back SEMI JOIN kept USING (store, goods);

-- Days with an entry: evening is what lay there, by the last count of all until then and what came after it, by moment within the
-- day of the count and by business day after it.
CREATE OR REPLACE TABLE stock_evening AS
WITH last_count AS
(
    SELECT store, goods, business_date, arg_max(counted, ("at", movement)) AS counted, max("at") AS counted_at
    FROM stock_entry WHERE kind = 'count' GROUP BY ALL
),
day AS
(
    SELECT e.store, e.goods, e.business_date, any_value(c.counted) AS counted, sum(change) AS change,
        if(any_value(c.counted) IS NULL, 0, coalesce(sum(change) FILTER (e."at" > counted_at), 0)) AS after_count,
        coalesce(sum(quantity) FILTER (kind = 'receipt'), 0) AS received, coalesce(sum(quantity) FILTER (kind = 'transfer_in'), 0) AS transferred_in,
        coalesce(sum(quantity) FILTER (kind = 'transfer_out'), 0) AS transferred_out,
        coalesce(sum(quantity) FILTER (kind IN ('issue', 'spoilage')), 0) AS written_off,
        coalesce(sum(quantity) FILTER (kind = 'sale'), 0) AS sold, coalesce(sum(quantity) FILTER (kind = 'return'), 0) AS returned
    FROM stock_entry AS e LEFT JOIN last_count AS c USING (store, goods, business_date)
    GROUP BY ALL
),
summed AS
(
    SELECT *, sum(change) OVER life AS so_far, if(counted IS NULL, NULL, counted + after_count - sum(change) OVER life) AS base
    FROM day WINDOW life AS (PARTITION BY store, goods ORDER BY business_date)
)
SELECT * EXCLUDE (so_far, base), date_trunc('month', business_date)::DATE AS month,
    so_far + coalesce(last_value(base IGNORE NULLS) OVER (PARTITION BY store, goods ORDER BY business_date), 0) AS evening
FROM summed;
