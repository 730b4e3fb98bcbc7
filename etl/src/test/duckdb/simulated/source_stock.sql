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
        coalesce(sum(quantity) FILTER (kind = 'receipt'), 0) AS received,
        coalesce(sum(quantity) FILTER (kind = 'transfer_in'), 0) AS transferred_in,
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

-- Each day of business of goods whose stock is kept, with what lay there in its evening and whether it was out: less than a line
-- of the month usually buys, rounded down to whole pieces where whole pieces are sold.
CREATE OR REPLACE TABLE line_of_month AS
SELECT store, goods, month, avg(quantity) AS mean_line,
    if(bool_and(quantity = floor(quantity)), floor(avg(quantity)), avg(quantity)) AS usual, sum(quantity) AS quantity,
    sum(net_amount) AS net_amount
FROM sale GROUP BY store, goods, month;

CREATE OR REPLACE TABLE shelf_day AS
WITH trade AS
(
    SELECT store, business_date, month, count(*) AS traffic FROM sale GROUP BY ALL
),
evening AS
(
    SELECT kept.store, kept.goods, trade.business_date, trade.month, traffic, coalesce(stock_evening.evening, 0) AS evening,
        if(stock_evening.business_date = trade.business_date, sold, 0) AS sold
    FROM kept
    JOIN trade ON trade.store = kept.store AND trade.business_date >= kept.first_moved_on
    ASOF LEFT JOIN stock_evening ON stock_evening.store = kept.store AND stock_evening.goods = kept.goods
        AND stock_evening.business_date <= trade.business_date
)
SELECT evening.*, mean_line, evening <= 0 OR coalesce(evening < usual, false) AS out
FROM evening LEFT JOIN line_of_month USING (store, goods, month);

-- Of Poisson demand with mean m that was at least s, m - s + s / H is to be expected beyond s, where H is the sum over j of
-- p(s + j) / p(s) = m^j / ((s + 1) ... (s + j)): sum k p(k) over k >= s is m (sum p(k) + p(s - 1)), and p(s - 1) = p(s) s / m.
CREATE OR REPLACE TABLE availability AS
WITH of_month AS
(
    SELECT store, goods, month, count(*) AS days, count(*) FILTER (out) AS days_out,
        coalesce(sum(sold) FILTER (NOT out), 0) AS quantity_in_stock,
        coalesce(sum(sold::DOUBLE ^ 2) FILTER (NOT out), 0) AS squares_in_stock, coalesce(sum(sold) FILTER (out), 0) AS quantity_out,
        sum(traffic) FILTER (NOT out) AS traffic_in, coalesce(sum(traffic) FILTER (out), 0) AS traffic_out
    FROM shelf_day GROUP BY ALL
),
short AS
(
    SELECT store, goods, month, business_date, sold / mean_line AS s, mean_line,
        quantity_in_stock::DOUBLE / traffic_in * traffic / mean_line AS m
    FROM shelf_day JOIN of_month USING (store, goods, month)
    WHERE out AND traffic_in > 0 AND quantity_in_stock > 0
),
sums AS
(
    SELECT store, goods, month, business_date, sum(exp(j * ln(m) + lgamma(s + 1) - lgamma(s + 1 + j))) AS h
    FROM short, LATERAL (SELECT unnest(range((40 + m + 12 * sqrt(m))::BIGINT)) AS j)
    WHERE s > 0
    GROUP BY ALL
),
lost AS
(
    SELECT store, goods, month, sum(mean_line * (m - s + coalesce(s / h, 0))) AS lost
    FROM short LEFT JOIN sums USING (store, goods, month, business_date)
    GROUP BY ALL
),
price AS
(
    SELECT store, goods, month, (net_amount - coalesce(returned, 0))::DOUBLE / (quantity - coalesce(brought_back, 0))::DOUBLE AS price
    FROM line_of_month
    LEFT JOIN
    (
        SELECT store, goods, month, sum(net_amount) AS returned, sum(quantity) AS brought_back FROM back GROUP BY ALL
    ) AS returns USING (store, goods, month)
    WHERE quantity > coalesce(brought_back, 0)
)
SELECT store, goods, month, days, days_out, (days - days_out) / days AS availability, quantity_in_stock, squares_in_stock, quantity_out,
    quantity_in_stock::DOUBLE / traffic_in * traffic_out AS expected_out,
    if(traffic_in IS NULL, NULL, coalesce(lost, 0)) AS lost_quantity,
    if(traffic_in IS NULL, NULL, coalesce(lost, 0)) * price AS lost_sales
FROM of_month
LEFT JOIN lost USING (store, goods, month)
LEFT JOIN price USING (store, goods, month);

-- Stock now, and what to order, in whole pieces: rounded up.
CREATE OR REPLACE TABLE stock_now AS
WITH today AS (SELECT max(business_date) AS as_of FROM stock_evening),
on_hand AS
(
    SELECT store, goods, arg_max(evening, business_date) AS on_hand FROM stock_evening GROUP BY ALL
),
demand AS
(
    SELECT store, goods, avg(sold) AS mean, stddev_samp(sold) AS deviation
    FROM shelf_day, today
    WHERE NOT out AND month >= date_trunc('month', as_of) - INTERVAL 1 MONTH
    GROUP BY ALL
),
-- Newest deliveries first: what came after one, and it with them.
delivery AS
(
    SELECT store, goods, as_of - business_date AS age, received + transferred_in AS quantity,
        sum(received + transferred_in) OVER (PARTITION BY store, goods ORDER BY business_date DESC) AS newest
    FROM stock_evening, today
    WHERE received + transferred_in > 0
),
left_of AS
(
    SELECT store, goods, coalesce(sum(part) FILTER (age <= 30), 0) AS to_30,
        coalesce(sum(part) FILTER (age BETWEEN 31 AND 60), 0) AS to_60,
        coalesce(sum(part) FILTER (age BETWEEN 61 AND 90), 0) AS to_90
    FROM
    (
        SELECT store, goods, age, greatest(least(quantity, on_hand - (newest - quantity)), 0) AS part
        FROM delivery JOIN on_hand USING (store, goods)
    )
    GROUP BY ALL
),
level AS
(
    SELECT store, goods, as_of, on_hand, unit_cost, mean, deviation, coalesce(lead_time, 3)::DOUBLE AS lead_time,
        mean * (coalesce(lead_time, 3)::DOUBLE + 1) + 1.645 * deviation * sqrt(coalesce(lead_time, 3)::DOUBLE + 1) AS reorder_point
    FROM on_hand LEFT JOIN demand USING (store, goods) JOIN article USING (goods), today
)
SELECT store, goods, as_of, on_hand, round(greatest(on_hand, 0) * unit_cost, 2) AS stock_value, mean AS daily_demand,
    deviation AS demand_deviation, on_hand::DOUBLE / nullif(mean, 0) AS days_of_supply, lead_time, reorder_point,
    if(on_hand <= reorder_point, ceil(reorder_point + 7 * mean - on_hand::DOUBLE), 0) AS order_quantity, coalesce(to_30, 0) AS age_to_30,
    coalesce(to_60, 0) AS age_to_60, coalesce(to_90, 0) AS age_to_90,
    greatest(on_hand, 0) - coalesce(to_30 + to_60 + to_90, 0) AS age_over_90
FROM level LEFT JOIN left_of USING (store, goods);
