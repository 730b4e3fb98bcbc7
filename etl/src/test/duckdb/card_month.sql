SELECT month, store, card, count(*) AS receipts, sum(DISTINCT 1 << (day(business_date) - 1)) AS purchase_days,
    min(business_date) AS first_purchase, max(business_date) AS last_purchase, max("at") AS last_shown, sum(lines) AS lines,
    sum(quantity) AS quantity, sum(list_sales) AS list_sales, 0 AS returns, sum(net_sales) AS net_sales
FROM receipt
GROUP BY month, store, card
