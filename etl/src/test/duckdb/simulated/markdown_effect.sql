-- within 0.000001
-- cents margin_change
SELECT * FROM markdown
