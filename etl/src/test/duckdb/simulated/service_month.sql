-- within 0.000001
WITH sold AS
(
    SELECT month, goods, count(*) AS passes, sum(net_amount) AS net_sales, sum(gives) AS uses FROM pass_now GROUP BY ALL
),
used AS
(
    SELECT date_trunc('month', business_date)::DATE AS month, goods, sum(uses) AS uses FROM service_use GROUP BY ALL
),
ended AS
(
    SELECT date_trunc('month', ended_on)::DATE AS month, goods, count(*) AS passes,
        sum(greatest(gives - taken, 0)) FILTER (state = 'expired') AS lost,
        count(*) FILTER (member != '' AND (next_purchase <= ended_on + 30 OR ended_on + 30 < today)) AS due,
        count(*) FILTER (member != '' AND next_purchase <= ended_on + 30) AS renewed
    FROM pass_now
    WHERE state IN ('used up', 'expired')
    GROUP BY ALL
)
SELECT month, goods, coalesce(sold.passes, 0) AS passes_sold, coalesce(net_sales, 0) AS net_sales, coalesce(sold.uses, 0) AS uses_sold,
    coalesce(used.uses, 0) AS uses_taken, coalesce(ended.passes, 0) AS passes_ended, coalesce(lost, 0) AS uses_lost,
    coalesce(due, 0) AS renewals_due, coalesce(renewed, 0) AS renewed, renewed / nullif(due, 0) AS renewal_rate
FROM sold
FULL JOIN used USING (month, goods)
FULL JOIN ended USING (month, goods)
