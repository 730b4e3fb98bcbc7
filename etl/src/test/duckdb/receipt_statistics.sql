SELECT store, business_date, count(*) AS receipts, count(*) AS member_receipts, sum(lines) AS lines, sum(quantity) AS quantity,
    sum(net_sales) AS net_sales, sum(list_sales) AS list_sales, 0 AS returns, sum(net_sales)::DOUBLE / count(*) AS average_receipt,
    quantile_cont(net_sales::DOUBLE, 0.5) AS median_receipt, quantile_cont(net_sales::DOUBLE, 0.9) AS p90_receipt,
    sum(lines)::DOUBLE / count(*) AS lines_per_receipt
FROM receipt
GROUP BY store, business_date
