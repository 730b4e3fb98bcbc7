SELECT "pass", store, business_date, till, receipt, line, sold_at, card, goods, type, kind, gives AS uses, days, quantity,
    net_amount AS net_sales
FROM sold_pass
