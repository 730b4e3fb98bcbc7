SELECT * FROM points_age
