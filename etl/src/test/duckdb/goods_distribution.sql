WITH weights AS
(
    SELECT store, month, net_sales, count(*) OVER (PARTITION BY month) AS stores, sum(net_sales) OVER (PARTITION BY month) AS everything
    FROM (SELECT store, month, sum(net_sales) AS net_sales FROM line GROUP BY store, month)
),
sold AS
(
    SELECT 'goods' AS level, goods AS item, store, month, sum(net_sales) AS net_sales FROM line GROUP BY goods, store, month
    UNION ALL
    SELECT 'brand', coalesce(brand, ''), store, month, sum(net_sales) FROM line LEFT JOIN article USING (goods) GROUP BY 2, 3, 4
)
SELECT level, item, month, count(*) AS stores_selling, max(stores) AS stores, count(*)::DOUBLE / max(stores) AS share_of_stores,
    if(max(everything) = 0, 0, sum(weights.net_sales)::DOUBLE / max(everything)::DOUBLE) AS acv_share, sum(sold.net_sales) AS net_sales
FROM sold JOIN weights USING (store, month)
GROUP BY level, item, month
