SELECT member, month, if(change > 0, coalesce(expires_on, DATE '2149-06-06'), DATE '2149-06-06') AS expires_on,
    sum(greatest(change, 0)) AS brought, sum(greatest(-change, 0)) AS drawn
FROM points_event
GROUP BY ALL
