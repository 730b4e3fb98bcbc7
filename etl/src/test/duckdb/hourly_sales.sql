SELECT store, business_date, hour, count(*) AS receipts, sum(lines) AS lines, sum(quantity) AS quantity, 0 AS returns,
    sum(net_sales) AS net_sales, sum(lines)::DOUBLE / count(*) AS lines_per_receipt
FROM receipt
GROUP BY store, business_date, hour
