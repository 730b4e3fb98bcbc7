-- within 0.000001
SELECT * FROM elasticity
