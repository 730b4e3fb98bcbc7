SELECT * EXCLUDE (month) FROM slip
