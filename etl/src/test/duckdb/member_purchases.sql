SELECT card AS member, min(business_date) AS first_purchase, max(business_date) AS last_purchase, count(*) AS receipts,
    count(DISTINCT business_date) AS active_days, count(DISTINCT store) AS stores, sum(lines) AS lines, sum(quantity) AS quantity,
    sum(net_sales) AS net_sales, sum(list_sales) AS list_sales, 0 AS returns, sum(net_sales)::DOUBLE / count(*) AS average_receipt,
    date_diff('day', max(business_date), (SELECT max(business_date) FROM receipt)) AS recency_days,
    date_diff('day', min(business_date), (SELECT max(business_date) FROM receipt)) AS tenure_days
FROM receipt
GROUP BY card
