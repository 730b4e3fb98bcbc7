SELECT store, business_date, till, receipt, line, sold_at, quantity, net_amount
FROM sale
WHERE (store, business_date, till, receipt, line) IN
(
    SELECT (original_store, original_business_date, original_till, original_receipt, original_line) FROM back
)
