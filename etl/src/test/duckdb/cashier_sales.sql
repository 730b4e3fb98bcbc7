SELECT store, business_date, '' AS cashier, 1 AS tills, count(*) AS receipts, count(*) AS member_receipts, sum(lines) AS lines,
    sum(quantity) AS quantity, sum(net_sales) AS sold_amount, sum(retail_discount) AS retail_discount
FROM receipt
GROUP BY store, business_date
