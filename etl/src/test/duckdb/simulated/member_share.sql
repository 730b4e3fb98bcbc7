-- within 0.000001
SELECT store, month, sum(net_sales) AS net_sales, coalesce(sum(net_sales) FILTER (member IS NOT NULL), 0) AS member_sales,
    coalesce(sum(net_sales) FILTER (member IS NOT NULL)::DOUBLE / nullif(sum(net_sales), 0)::DOUBLE, 0) AS member_share,
    count(*) FILTER (kind = 'sale') AS receipts, count(member) FILTER (kind = 'sale') AS member_receipts,
    count(DISTINCT member) FILTER (kind = 'sale') AS active_members
FROM slip LEFT JOIN holder USING (card)
GROUP BY store, month
