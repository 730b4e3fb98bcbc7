SELECT card AS member, net_sales, net_sales::DOUBLE / sum(net_sales) OVER ()::DOUBLE AS sales_share,
    (sum(net_sales) OVER (ORDER BY net_sales DESC, card ROWS UNBOUNDED PRECEDING))::DOUBLE / (sum(net_sales) OVER ())::DOUBLE AS cumulative_share,
    recency_days,
    CASE
        WHEN recency_days > 90 THEN 'abandoned'
        WHEN 100 * (sum(net_sales) OVER (ORDER BY net_sales DESC, card ROWS UNBOUNDED PRECEDING) - net_sales) < 50 * sum(net_sales) OVER () THEN 'core'
        WHEN 100 * (sum(net_sales) OVER (ORDER BY net_sales DESC, card ROWS UNBOUNDED PRECEDING) - net_sales) < 80 * sum(net_sales) OVER () THEN 'key'
        ELSE 'developable'
    END AS value_class
FROM
(
    SELECT card, sum(net_sales) AS net_sales,
        date_diff('day', max(business_date), (SELECT max(business_date) FROM receipt)) AS recency_days
    FROM receipt GROUP BY card
)
