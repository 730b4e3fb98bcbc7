-- within 0.000001
WITH slips AS
(
    SELECT store, month, count(DISTINCT business_date) AS days, count(*) AS receipts, sum(lines) AS lines, sum(net_sales) AS sold
    FROM slip WHERE kind = 'sale' GROUP BY ALL
),
sums AS
(
    SELECT store, month, sum(quantity) AS quantity, sum(list_sales) AS list_sales, sum(returns) AS returns, sum(net_sales) AS net_sales,
        sum(cost) AS cost, sum(costed_sales) AS costed_sales, sum(costed_sales) - sum(cost) AS gross_margin
    FROM turn GROUP BY ALL
)
SELECT sums.*, coalesce(days, 0) AS days, coalesce(receipts, 0) AS receipts, coalesce(lines, 0) AS lines,
    gross_margin::DOUBLE / nullif(costed_sales, 0)::DOUBLE AS gross_margin_rate, coalesce(sold::DOUBLE / receipts, 0) AS average_receipt,
    coalesce(lines / receipts, 0) AS lines_per_receipt
FROM sums LEFT JOIN slips USING (store, month)
