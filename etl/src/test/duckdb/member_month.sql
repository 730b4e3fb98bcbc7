SELECT card AS member, month, card, min(business_date) AS first_purchase, max(business_date) AS last_purchase,
    count(*) AS receipts, count(DISTINCT business_date) AS active_days, list_sort(list(DISTINCT store)) AS stores,
    sum(lines) AS lines, sum(quantity) AS quantity, sum(list_sales) AS list_sales, 0 AS returns, sum(net_sales) AS net_sales
FROM receipt
GROUP BY card, month
