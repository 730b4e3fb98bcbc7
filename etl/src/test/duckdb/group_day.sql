WITH placed AS
(
    SELECT area, business_date, store, coalesce(department, '') AS department, coalesce(category, '') AS category, quantity, net_sales
    FROM line LEFT JOIN article USING (goods), (VALUES ('all'), ('')) AS areas(area)
)
SELECT area, if(grouping(category) = 0, 'category', if(grouping(department) = 0, 'department', 'all')) AS level,
    coalesce(department, '') AS department, coalesce(category, '') AS category, business_date, any_value(stores) AS stores,
    sum(quantity) AS quantity, sum(net_sales) AS sales
FROM placed JOIN (SELECT business_date, count(DISTINCT store) AS stores FROM line GROUP BY 1) AS open USING (business_date)
GROUP BY GROUPING SETS ((area, business_date), (area, business_date, department), (area, business_date, department, category))
