SELECT store, business_date, goods, lines, quantity, returned_quantity, list_sales, retail_discount, coupon_discount,
    coupon_match_discount, returns,
    net_sales, cost, costed_sales
FROM turn
