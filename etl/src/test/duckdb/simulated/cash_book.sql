WITH paid AS
(
    SELECT store, business_date, receipt, any_value(payment) AS payment, sum(net_amount) AS net_sales, sum(coupon_discount) AS coupons
    FROM sale GROUP BY store, business_date, receipt
),
by_card AS
(
    SELECT store, business_date, receipt, sum(amount) AS amount FROM card_event WHERE kind = 'spend' GROUP BY ALL
),
by_points AS
(
    SELECT store, business_date, receipt, sum(cash) AS amount FROM points_event WHERE kind = 'redeem_cash' GROUP BY ALL
),
split AS
(
    SELECT store, business_date, coupons, coalesce(by_card.amount, 0) AS card, coalesce(by_points.amount, 0) AS points,
        net_sales - coupons - card - points AS rest,
        -- Nobody can tell two other kinds apart.
        coalesce(nullif(array_to_string(
            list_filter(string_split(payment, '+'), lambda kind: kind NOT IN ('stored card', 'points')), '+'), ''), 'unknown') AS other
    FROM paid
    LEFT JOIN by_card USING (store, business_date, receipt)
    LEFT JOIN by_points USING (store, business_date, receipt)
),
entry AS
(
    SELECT store, business_date, 'sale' AS entry, 'manufacturer coupon' AS payment, coupons AS amount_in, 0 AS amount_out FROM split
    UNION ALL
    SELECT store, business_date, 'sale', 'stored card', card, 0 FROM split
    UNION ALL
    SELECT store, business_date, 'sale', 'points', points, 0 FROM split
    UNION ALL
    SELECT store, business_date, 'sale', other, rest, 0 FROM split
    UNION ALL
    SELECT store, business_date, 'return', '', 0, sum(net_amount) FROM back GROUP BY store, business_date, till, receipt
    UNION ALL
    SELECT store, business_date, 'card deposit', '', amount, 0 FROM card_event WHERE kind IN ('issue', 'deposit')
    UNION ALL
    SELECT store, business_date, 'card withdrawal', '', 0, amount FROM card_event WHERE kind IN ('withdraw', 'cancel')
)
SELECT store, business_date, entry, payment, payment NOT IN ('manufacturer coupon', 'stored card', 'points') AS money,
    count(*) AS entries,
    sum(amount_in) AS amount_in, sum(amount_out) AS amount_out
FROM entry
WHERE amount_in != 0 OR amount_out != 0
GROUP BY ALL
