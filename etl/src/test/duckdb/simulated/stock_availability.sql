-- within 0.0001
SELECT * FROM availability
