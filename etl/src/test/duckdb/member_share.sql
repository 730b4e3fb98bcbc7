SELECT store, month, sum(net_sales) AS net_sales, sum(net_sales) AS member_sales, count(*) AS receipts,
    count(*) AS member_receipts, count(DISTINCT card) AS active_members
FROM receipt
GROUP BY store, month
