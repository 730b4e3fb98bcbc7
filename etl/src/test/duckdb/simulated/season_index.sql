-- within 0.000001
SELECT *, sales AS fitted FROM season
