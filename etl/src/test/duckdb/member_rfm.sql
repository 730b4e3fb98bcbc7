SELECT card AS member, recency_days, frequency, monetary,
    least(5, (rank() OVER (ORDER BY recency_days DESC) - 1) * 5 // greatest(count(*) OVER () - 1, 1) + 1) AS recency_score,
    least(5, (rank() OVER (ORDER BY frequency) - 1) * 5 // greatest(count(*) OVER () - 1, 1) + 1) AS frequency_score,
    least(5, (rank() OVER (ORDER BY monetary) - 1) * 5 // greatest(count(*) OVER () - 1, 1) + 1) AS monetary_score
FROM
(
    SELECT card, count(*) AS frequency, sum(net_sales) AS monetary,
        date_diff('day', max(business_date), (SELECT max(business_date) FROM receipt)) AS recency_days
    FROM receipt GROUP BY card
)
