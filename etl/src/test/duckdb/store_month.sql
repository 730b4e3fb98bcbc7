SELECT store, month, count(DISTINCT business_date) AS days, count(*) AS receipts, sum(lines) AS lines, sum(quantity) AS quantity,
    sum(list_sales) AS list_sales, 0 AS returns, sum(net_sales) AS net_sales, 0 AS costed_sales,
    sum(net_sales)::DOUBLE / count(*) AS average_receipt, sum(lines)::DOUBLE / count(*) AS lines_per_receipt
FROM receipt
GROUP BY store, month
