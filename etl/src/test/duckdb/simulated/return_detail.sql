WITH named AS
(
    SELECT original_store, original_business_date, original_till, original_receipt, original_line, sum(quantity) AS came_back
    FROM back GROUP BY ALL
)
SELECT store, business_date, till, receipt, line, card, goods, department, category, reason, quantity, net_amount AS returns,
    original_store,
    original_business_date AS original_date, original_till, original_receipt, original_line,
    date_diff('day', original_business_date, business_date) AS days_between, sold_quantity, sold_amount,
    CASE WHEN original_receipt = '' THEN 'no original'
        WHEN sold_lines = 0 THEN 'unknown original'
        WHEN came_back > sold_quantity THEN 'more than sold'
        WHEN returned_at < sold_at THEN 'before the sale'
        ELSE '' END AS fault
FROM back_of_sale
LEFT JOIN named USING (original_store, original_business_date, original_till, original_receipt, original_line)
