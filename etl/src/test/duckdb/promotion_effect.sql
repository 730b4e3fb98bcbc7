SELECT * FROM effect
