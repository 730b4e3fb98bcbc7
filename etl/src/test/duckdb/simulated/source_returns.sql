-- Each return with the line that it names, as that is known; without one, sold_lines is 0.
CREATE OR REPLACE TABLE back_of_sale AS
SELECT back.*, department, category, count(sale.line) AS sold_lines,
    any_value(sale.month) AS sold_month, any_value(sale.sold_at) AS sold_at, coalesce(any_value(sale.quantity), 0) AS sold_quantity,
    coalesce(any_value(sale.net_amount), 0) AS sold_amount
FROM back
JOIN article USING (goods)
LEFT JOIN sale ON sale.store = original_store AND sale.business_date = original_business_date AND sale.till = original_till
    AND sale.receipt = original_receipt AND sale.line = original_line
GROUP BY ALL;
