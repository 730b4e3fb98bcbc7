-- The source names no promotions, so they have no end, and nobody is followed from it.
SELECT promotion, goods, count(*) AS new_buyers, 0 AS followed_buyers, 0 AS repeat_buyers, NULL::DOUBLE AS repeat_rate
FROM new_buyer
GROUP BY promotion, goods
