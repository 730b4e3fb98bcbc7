-- within 0.000001
SELECT store, business_date, cashier, count(DISTINCT till) AS tills, count(*) AS receipts,
    count(*) FILTER (card != '') AS member_receipts,
    sum(lines) AS lines, sum(quantity) AS quantity, sum(net_sales) AS sold_amount, sum(retail_discount) AS retail_discount,
    avg(net_sales::DOUBLE) AS average_receipt, avg(lines) AS lines_per_receipt
FROM slip
WHERE kind = 'sale'
GROUP BY store, business_date, cashier
