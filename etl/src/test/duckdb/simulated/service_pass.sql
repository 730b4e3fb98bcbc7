SELECT "pass", store, business_date AS sold_on, member, goods, type, kind, net_amount AS net_sales, returned, gives AS uses_sold,
    taken AS uses_taken, first_use, last_use, ends_on, ended_on, state, if(state = 'active', greatest(gives - taken, 0), 0) AS uses_left,
    if(state = 'expired', greatest(gives - taken, 0), 0) AS uses_lost, next_purchase,
    CASE WHEN member = '' OR returned OR ended_on IS NULL THEN ''
        WHEN next_purchase <= ended_on + 30 THEN 'renewed'
        WHEN ended_on + 30 < today THEN 'not renewed'
        ELSE 'open' END AS renewal
FROM pass_now
