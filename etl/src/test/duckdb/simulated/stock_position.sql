-- within 0.001
SELECT * FROM stock_now
