-- The source tells no regions: all there is has one without a name.
-- within 0.000001
SELECT areas.area, level, department, category, kind, item, position, "index", days, sales, sales AS fitted
FROM season, (VALUES ('all'), ('')) AS areas(area)
