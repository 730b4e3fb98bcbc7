SELECT store, business_date, receipt, "at", card, lines, quantity, list_sales, retail_discount, coupon_discount,
    coupon_match_discount, net_sales
FROM receipt
