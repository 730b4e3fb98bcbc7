-- The source tells no payment kinds and has no returns.
SELECT store, business_date, 'sale' AS entry, payment, count(*) AS entries, sum(amount) AS amount_in, 0 AS amount_out
FROM
(
    SELECT store, business_date, 'unknown' AS payment, net_sales - coupon_discount AS amount FROM receipt
    UNION ALL
    SELECT store, business_date, 'manufacturer coupon', coupon_discount FROM receipt
)
WHERE amount != 0
GROUP BY store, business_date, payment
