SELECT * FROM new_buyer
