"""Seasons as the model of season_index has them, after sale_of_area, settled_day and article of a source: table season.

Sales of a day = open stores × base × weekday × month × event, by Poisson pseudo-likelihood (C. Gourieroux, A. Monfort,
A. Trognon, Econometrica 52, 1984). This goes up the likelihood by Newton's method with the logarithms of the factors
(P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.5), as the mart does, with eliminations
of its own. Festivals are those of an almanac. A source of one year tells no growth.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from math import exp, log

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
# Festivals that move, in the years of the sources.
ALMANAC = {
    2017: {"spring": (1, 28), "qingming": (4, 4), "dragon boat": (5, 30), "mid-autumn": (10, 4), "thanksgiving": (11, 23)},
    2024: {"spring": (2, 10), "qingming": (4, 4), "dragon boat": (6, 10), "mid-autumn": (9, 17), "thanksgiving": (11, 28)},
}
# Each with its festival or day of the year, and its first and last day counted from that. Of two that meet, the first counts.
EVENTS = [
    ("Spring Festival, 21 to 15 days before", "spring", -21, -15),
    ("Spring Festival, 14 to 8 days before", "spring", -14, -8),
    ("Spring Festival, 7 days before", "spring", -7, -1),
    ("Spring Festival, first week", "spring", 0, 6),
    ("Lantern Festival", "spring", 14, 14),
    ("Qingming Festival", "qingming", 0, 0),
    ("Labour Day", (5, 1), 0, 4),
    ("Dragon Boat Festival and 4 days before", "dragon boat", -4, 0),
    ("618", (6, 18), 0, 0),
    ("Independence Day (US) and 3 days before", (7, 4), -3, 0),
    ("Mid-Autumn Festival and 7 days before", "mid-autumn", -7, 0),
    ("National Day week", (10, 1), 0, 6),
    ("Singles' Day", (11, 11), 0, 0),
    ("Thanksgiving (US)", "thanksgiving", 0, 0),
    ("Black Friday", "thanksgiving", 1, 1),
    ("Christmas, 7 days before", (12, 25), -7, -1),
    ("Christmas", (12, 25), 0, 0),
    ("no event", (1, 1), 0, 365),
]
KINDS = [("weekday", WEEKDAYS), ("month", MONTHS), ("event", [name for name, *_ in EVENTS])]
NO_EVENT = len(EVENTS) - 1
LEAST_DAYS = 28
STEPS = 40
# Dollars of a cell below which its days sell nothing in the end.
VANISHED = 1e-6

DAYS = f"""
WITH
    settled AS (SELECT sale_of_area.* FROM sale_of_area SEMI JOIN settled_day USING (day)),
    open AS (SELECT area, day, count(DISTINCT store) AS stores FROM settled GROUP BY area, day),
    sold AS
    (
        SELECT area, if(grouping(category) = 0, 'category', if(grouping(department) = 0, 'department', 'all')) AS level,
            coalesce(department, '') AS department, coalesce(category, '') AS category, day, sum(sales) AS sales
        FROM (SELECT area, day, coalesce(department, '') AS department, coalesce(category, '') AS category, sales
            FROM settled LEFT JOIN article USING (goods))
        GROUP BY GROUPING SETS ((area, day), (area, day, department), (area, day, department, category))
    ),
    series AS
    (
        SELECT area, level, department, category, min(day) AS begins, max(day) AS ends
        FROM sold
        WHERE sales > 0
        GROUP BY ALL
        HAVING count(*) >= {LEAST_DAYS}
    )
SELECT area, level, department, category, day, stores, coalesce(sales, 0)::DOUBLE AS sales
FROM series
JOIN open USING (area)
LEFT JOIN sold USING (area, level, department, category, day)
WHERE day BETWEEN begins AND ends
ORDER BY area, level, department, category, day
"""


@cache
def levels(day):
    """Weekday, month and event of a day, each with its kind."""
    for event, (_, anchor, first, last) in enumerate(EVENTS):
        start = date(day.year, *(ALMANAC[day.year][anchor] if isinstance(anchor, str) else anchor))
        if start + timedelta(first) <= day <= start + timedelta(last):
            return (0, day.weekday()), (1, day.month - 1), (2, event)


def reduced(rows):
    """A symmetric system by Gauss and Jordan; and the columns that those before them make up."""
    rows = [list(row) for row in rows]
    scale = [row[n] for n, row in enumerate(rows)]
    loose = []
    for c, pivot in enumerate(rows):
        if pivot[c] <= 1e-9 * scale[c]:
            loose.append(c)
            continue
        pivot[c:] = [value / pivot[c] for value in pivot[c:]]
        for r, row in enumerate(rows):
            if r != c and row[c]:
                ratio = row[c]
                row[c:] = [a - ratio * b for a, b in zip(row[c:], pivot[c:])]
    return rows, loose


def fit(cells):
    """Logarithms of factors by (kind, level) of cells [(terms, stores, sales)], and the terms that cells cannot tell.

    What is left open: a factor that others can stand in for, and one for which more is always likelier, as of an event
    in a month that sold on no other day.
    """
    names = sorted({term for terms, _, _ in cells for term in terms}, key=lambda term: (term[0], -term[1]))
    # One level of a kind is what the others are measured by: the last one, of events none.
    measures = {kind: next(term for term in names if term[0] == kind) for kind in (0, 1, 2)}
    place = {term: n for n, term in enumerate(term for term in names if term not in measures.values())}
    base = len(place)
    rows = [([*(place[t] for t in terms if t in place), base], stores, sales) for terms, stores, sales in cells]
    logs = [0.0] * base + [log(sum(sales for _, _, sales in rows) / sum(stores for _, stores, _ in rows))]

    def means(logs):
        return [stores * exp(sum(logs[n] for n in ns)) for ns, stores, _ in rows]

    def likelihood(logs, means):
        return sum(sales * sum(logs[n] for n in ns) - mean for (ns, _, sales), mean in zip(rows, means))

    def curvature(weights):
        matrix = [[0.0] * (base + 2) for _ in range(base + 1)]
        for (ns, _, _), weight in zip(rows, weights):
            for n in ns:
                for m in ns:
                    matrix[n][m] += weight
        return matrix

    expected = means(logs)
    reached = likelihood(logs, expected)
    for _ in range(STEPS):
        matrix = curvature(expected)
        for (ns, _, sales), mean in zip(rows, expected):
            for n in ns:
                matrix[n][-1] += sales - mean
        solved, loose = reduced(matrix)
        step = [0.0 if n in loose else row[-1] for n, row in enumerate(solved)]
        share = min(1.0, 2 / max(1e-12, *(abs(s) for s in step)))
        while True:
            better = [value + share * s for value, s in zip(logs, step)]
            expected = means(better)
            now = likelihood(better, expected)
            if now >= reached - 1e-12 * abs(reached):
                break
            share /= 2
        logs, reached = better, now
        if max(abs(s) for s in step) < 1e-10:
            break
    solved, loose = reduced(curvature([float(mean > VANISHED) for mean in expected]))
    open_ones = {n for n, row in enumerate(solved) if n in loose or any(abs(row[m]) > 1e-6 for m in loose)}
    found = {term: 0.0 for term in measures.values()} | {term: logs[n] for term, n in place.items()}
    return found, {term for term, n in place.items() if n in open_ones}


def seasons(days):
    """Rows of kind, item, position, index, days, sales of one series; no index where it cannot be told."""
    cells = defaultdict(lambda: (0, 0.0))
    sums = defaultdict(lambda: (0, 0.0))
    for day, stores, sales in days:
        terms = levels(day)
        cells[terms] = (cells[terms][0] + stores, cells[terms][1] + sales)
        for term in terms:
            sums[term] = (sums[term][0] + 1, sums[term][1] + sales)
    # What never sold has the factor 0, and tells nothing of the others.
    sold = {term for term, (_, sales) in sums.items() if sales > 0}
    logs, left_open = fit([(terms, *cell) for terms, cell in cells.items() if sold.issuperset(terms)])
    seen = {term for terms in cells for term in terms if sold.issuperset(set(terms) - {term})}
    left_open |= sums.keys() - seen
    for kind, (name, items) in enumerate(KINDS):
        factors = {term: exp(logs[term]) if term in sold else 0.0 for term in sums if term[0] == kind}
        none = (kind, NO_EVENT)
        unit = factors[none] if name == "event" else sum(factors.values()) / len(factors)
        for term in factors:
            told = term not in left_open if name == "event" else left_open.isdisjoint(factors)
            yield name, items[term[1]], term[1] + 1, factors[term] / unit if told else None, *sums[term]


def load(con):
    rows = []
    for series, days in groupby(con.execute(DAYS).fetchall(), key=lambda row: row[:4]):
        rows += [series + row for row in seasons([row[4:] for row in days])]
    kinds = dict.fromkeys(["area", "level", "department", "category", "kind", "item"], "VARCHAR")
    kinds |= {"position": "BIGINT", "index": "DOUBLE", "days": "BIGINT", "sales": "DOUBLE"}
    columns = ", ".join(f'unnest(${n + 1}::{kind}[]) AS "{name}"' for n, (name, kind) in enumerate(kinds.items()))
    con.execute(f"CREATE OR REPLACE TABLE season AS SELECT {columns}", [[row[n] for row in rows] for n in range(len(kinds))])
