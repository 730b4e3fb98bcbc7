SELECT store, business_date, goods, month, received, transferred_in, transferred_out, written_off, sold, returned, change, counted,
    after_count
FROM stock_evening
