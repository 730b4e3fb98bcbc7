SELECT store, goods, date_trunc('month', business_date)::DATE AS month, min(business_date) AS first_moved_on FROM movement GROUP BY ALL
