WITH told AS
(
    SELECT level, area, slip.*, holder.member, if(holder.member IS NULL, 'others', 'members') AS customers
    FROM slip JOIN area_of_store USING (store) LEFT JOIN holder USING (card)
)
SELECT level, area, month, customers,
    if(customers = 'members', count(DISTINCT member) FILTER (kind = 'sale'), count(*) FILTER (kind = 'sale')) AS number,
    count(*) FILTER (kind = 'sale') AS receipts, coalesce(sum(lines) FILTER (kind = 'sale'), 0) AS lines,
    coalesce(-sum(net_sales) FILTER (kind = 'return'), 0) AS returns, sum(net_sales) AS net_sales
FROM told
GROUP BY level, area, month, customers
