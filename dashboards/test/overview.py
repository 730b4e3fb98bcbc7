"""The charts of the overview beside SQL over lines of sales and returns: of no mart."""

import json
import math
import os
from datetime import date, datetime, timedelta, timezone

from asking import expect, known, rows

KIND = "figures beside SQL"
SESSION = f"overview-{os.getpid()}"
DATES = ("seven_days_ending", "four_weeks_ending", "month_axis")

# A row for each store, day and department; and one without a department that counts the receipts, which have many.
TURNOVER = (
    "store String, region String, day Date, department Nullable(String), net Decimal(38, 2), sales Decimal(38, 2), "
    "lines UInt64, costed Decimal(38, 2), cost Decimal(38, 2), tickets UInt64"
)

# Returns stand on the day of the return. Goods cost what they do on the day, to the cent for a store's day; the first
# cost that is known holds before, too.
AMOUNTS = """
INSERT INTO turnover
SELECT x.store, regionInEnglish(t.region), x.day, if(c.name = '', g.department, c.name), sum(x.net), sum(x.sales),
    sum(x.lines), sum(if(x.cost IS NULL, 0, x.net)), sum(ifNull(x.cost, 0)), 0
FROM
(
    SELECT s.store AS store, s.day AS day, s.goods AS goods, s.net AS net, s.sales AS sales, s.lines AS lines,
        round(s.quantity * h.unit_cost, 2) AS cost
    FROM
    (
        SELECT store, business_date AS day, goods, sum(amount) AS net, sum(sold) AS sales, sum(pieces) AS quantity, sum(one) AS lines
        FROM
        (
            SELECT store, business_date, goods, net_amount AS amount, net_amount AS sold, quantity AS pieces, 1 AS one
            FROM dw.sales_line
            UNION ALL
            SELECT store, business_date, goods, -net_amount, toDecimal64(0, 2), -quantity, 0 FROM dw.return_line
        )
        GROUP BY store, business_date, goods
    ) AS s
    ASOF LEFT JOIN
    (
        SELECT goods, unit_cost, if(valid_from = min(valid_from) OVER (PARTITION BY goods), toDate(0), valid_from) AS holds_from
        FROM dw.goods_history
    ) AS h ON h.goods = s.goods AND s.day >= h.holds_from
) AS x
LEFT JOIN dw.store AS t ON t.store = x.store
LEFT JOIN dw.goods AS g ON g.goods = x.goods
LEFT JOIN (SELECT toString(category) AS code, any(name_en) AS name FROM dw.category WHERE level = 1 GROUP BY code) AS c
    ON c.code = g.department
GROUP BY ALL"""

TICKETS = """
INSERT INTO turnover
SELECT s.store, regionInEnglish(t.region), s.business_date, NULL, 0, 0, 0, 0, 0, uniqExact(s.till, s.receipt)
FROM dw.sales_line AS s
LEFT JOIN dw.store AS t ON t.store = s.store
GROUP BY ALL"""

BUYERS = """
CREATE TEMPORARY TABLE buyers AS
SELECT regionInEnglish(t.region) AS region, toStartOfMonth(l.day) AS month, if(c.member = '', 'others', 'members') AS customers_name,
    sum(l.amount) AS net
FROM
(
    SELECT store, business_date AS day, card, net_amount AS amount FROM dw.sales_line
    UNION ALL
    SELECT store, business_date, card, -net_amount FROM dw.return_line
) AS l
LEFT JOIN dw.store AS t ON t.store = l.store
LEFT JOIN dw.member_card AS c ON c.card = l.card
GROUP BY ALL"""

FIGURES = {
    "net_sales": "sum(net)",
    "receipts": "sum(tickets)",
    "average_receipt": "toFloat64(sum(sales)) / nullIf(sum(tickets), 0)",
    "basket_size": "sum(lines) / nullIf(sum(tickets), 0)",
    "margin_rate": "toFloat64(sum(costed) - sum(cost)) / nullIf(toFloat64(sum(costed)), 0)",
}


def axis(name, scope):
    """Periods are counted back from the last day on which the reader's stores sold or took back."""
    days = {"seven_days_ending": 7, "four_weeks_ending": 28}.get(name)
    last = f"(SELECT max(day) FROM turnover WHERE {scope})"
    if days:
        return f"{last} - {days} * intDiv(dateDiff('day', day, {last}), {days})"
    return {"department_name": "department", "month_axis": "month"}.get(name, name)


def of_lines(keys, figures, query, scope, day, month):
    fields = [f"{axis(key, scope)} AS {key}" for key in keys]
    fields += [f"{FIGURES[figure.removesuffix('_total')]} AS {figure}" for figure in figures]
    named = "department IS NOT NULL" if "department_name" in keys else "1"
    return (
        f"SELECT {', '.join(fields)} FROM turnover WHERE {scope} AND {day} AND {named} "
        f"GROUP BY {', '.join(keys)} ORDER BY {figures[0]} DESC LIMIT {query['row_limit']}"
    )


def of_changes(keys, figures, query, scope, day, month):
    """What the effects add up to: the change on the month before, where the chain sold in both."""
    fields = [f"{axis(key, scope)} AS {key}" for key in keys]
    months = "(SELECT toStartOfMonth(day) FROM turnover)"
    return (
        f"SELECT {', '.join(fields)}, sum(amount) AS change FROM ("
        f"SELECT region, toStartOfMonth(day) AS month, net AS amount FROM turnover WHERE {scope} UNION ALL "
        f"SELECT region, addMonths(toStartOfMonth(day), 1), -net FROM turnover WHERE {scope}) "
        f"WHERE {month} AND month IN {months} AND addMonths(month, -1) IN {months} GROUP BY {', '.join(keys)}"
    )


def of_buyers(keys, figures, query, scope, day, month):
    fields = [f"{axis(key, scope)} AS {key}" for key in keys]
    return f"SELECT {', '.join(fields)}, sum(net) AS sum_net_sales FROM buyers WHERE {scope} AND {month} GROUP BY {', '.join(keys)}"


def of_lost(keys, figures, query, scope, day, month):
    """No line tells what did not sell: the mart itself, so that at least its sums and filters are seen to."""
    fields = [f"{axis(key, scope)} AS {key}" for key in keys]
    return (
        f"SELECT {', '.join(fields)}, sum(lost_sales) AS sum_lost_sales FROM ("
        "SELECT regionInEnglish(t.region) AS region, m.month AS month, m.lost_sales AS lost_sales "
        "FROM dw.store_stock_month AS m LEFT JOIN dw.store AS t ON t.store = m.store) "
        f"WHERE {scope} AND {month} GROUP BY {', '.join(keys)}"
    )


def of_stores(keys, figures, query, scope, day, month):
    """The last month of the reader's stores; those that lost most on the month before come first."""
    last = rows(f"SELECT toStartOfMonth(max(day)) AS month FROM turnover WHERE {scope}", SESSION)[0]["month"]
    now, before, year = (f"addMonths(toDate('{last}'), {months})" for months in (0, -1, -12))
    return f"""
        SELECT if(any(t.name) = '', x.store, any(t.name)) AS store_name, region,
            uniqExactIf(day, tickets > 0 AND month = {now}) AS days, sumIf(tickets, month = {now}) AS receipts,
            sumIf(net, month = {now}) AS net_sales, sumIf(net, month = {before}) AS of_month, sumIf(net, month = {year}) AS of_year,
            toFloat64(net_sales - of_month) / nullIf(toFloat64(of_month), 0) AS growth_on_month,
            toFloat64(net_sales - of_year) / nullIf(toFloat64(of_year), 0) AS growth_on_year,
            any(a.amount) AS target, toFloat64(net_sales) / nullIf(toFloat64(target), 0) AS target_reached
        FROM (SELECT *, toStartOfMonth(day) AS month FROM turnover WHERE {scope}) AS x
        LEFT JOIN (SELECT store, name FROM dw.store) AS t ON t.store = x.store
        LEFT JOIN
        (
            SELECT store, sum(net_amount) AS amount FROM dw.sales_target WHERE department = 'all' AND month = {now} GROUP BY store
        ) AS a ON a.store = x.store
        WHERE {month.replace('month', now)}
        GROUP BY x.store, region HAVING countIf(month = {now}) > 0
        ORDER BY growth_on_month ASC NULLS LAST LIMIT {query['row_limit']}"""


SELECTS = {"revenue_tree": of_changes, "area_month": of_buyers, "store_stock_month": of_lost, "sales_growth": of_stores}


def compare(readers, charts):
    """For each reader and region: every chart, whole, in a range of days, and of a region where the reader sees all.

    readers: pairs of a reader and the English name of their region, empty for the chain; charts: what each is called,
    its question and its dataset.
    """
    known(f"CREATE TEMPORARY TABLE turnover ({TURNOVER})", SESSION)
    known(AMOUNTS, SESSION)
    known(TICKETS, SESSION)
    known(BUYERS, SESSION)
    expect(KIND, "overview", "its charts", len(charts) > 8, f"there are only {len(charts)}")
    last = date.fromisoformat(rows("SELECT max(day) AS day FROM turnover", SESSION)[0]["day"])
    some = next(region for _, region in readers if region)
    for reader, region in readers:
        scope = f"region = '{region}'" if region else "1"
        for title, context, dataset in charts:
            query = context["queries"][0]
            days = next(f["subject"] for f in context["form_data"]["adhoc_filters"] if f["operator"] == "TEMPORAL_RANGE")
            # From the middle of a month to the middle of the next: days as they are, months whole.
            month_before = last.replace(day=1) - timedelta(days=1)
            begin, end = (month_before.replace(day=1) - timedelta(days=1)).replace(day=10), month_before.replace(day=20)
            ways = [("", []), (f" from {begin} to {end}", [during(days, begin, end)])]
            if days == "month":
                ways.append((f" of {last}", [during(days, last, last + timedelta(days=1))]))
            if not region:
                ways.append((f" of {some}", [{"col": "region", "op": "IN", "val": [some]}]))
            whole = None
            for words, filters in ways:
                got = answer(reader, context, query["columns"], filters, dataset)
                right = expected(query, query["columns"], dataset, scope, filters)
                expect(KIND, reader, title + words, got == right, differences(got, right))
                whole = whole or got
                # The last month's table is there whole where the range touches that month, and empty where not.
                if filters and not (dataset == "sales_growth" and words == f" of {last}"):
                    expect(KIND, reader, f"{title}{words} is less than all", got != whole, "the filter is ignored")
                if not (dataset == "sales_growth" and filters):
                    expect(KIND, reader, f"{title}{words} tells something", right, "nothing to compare")
            if dataset == "revenue_tree":
                columns = [*query["columns"], "region"]
                got = answer(reader, context, columns, [], dataset)
                right = expected(query, columns, dataset, scope, [])
                expect(KIND, reader, f"{title} by region", right and got == right, differences(got, right))


def during(column, begin, end):
    return {"col": column, "op": "TEMPORAL_RANGE", "val": f"{begin} : {end}"}


def names_of(columns):
    return [column if isinstance(column, str) else column["label"] for column in columns]


def parts(query, columns, dataset):
    """What tells the rows of a chart apart, and the figures that are compared."""
    names = names_of(columns)
    if dataset == "sales_growth":
        return names[:2], names[2:]
    return names, ["change"] if dataset == "revenue_tree" else query["metrics"]


def expected(query, columns, dataset, scope, filters):
    """What SQL says: figures by the keys of their rows. Months of a range are whole from the one that it begins in."""
    day = month = "1"
    for condition in filters:
        if condition["op"] == "TEMPORAL_RANGE":
            begin, end = condition["val"].split(" : ")
            day = f"day >= '{begin}' AND day < '{end}'"
            month = f"month >= toStartOfMonth(toDate('{begin}')) AND month < toDate('{end}')"
        else:
            day = month = f"region = '{condition['val'][0]}'"
    select = SELECTS.get(dataset, of_lines)
    keys, figures = parts(query, columns, dataset)
    return table(rows(select(keys, figures, query, scope, day, month), SESSION), keys, figures)


def answer(reader, context, columns, filters, dataset):
    query = dict(context["queries"][0], columns=columns, filters=context["queries"][0]["filters"] + filters)
    status, text = reader.ask("/api/v1/chart/data", dict(context, queries=[query]))
    if status != 200:
        return f"{status} {text[:200]}"
    data = json.loads(text)["result"][0]["data"]
    if dataset == "revenue_tree":
        data = [dict(row, change=sum(row[effect] for effect in query["metrics"])) for row in data]
    return table(data, *parts(query, columns, dataset))


def table(data, keys, figures):
    return {tuple(key(name, row[name]) for name in keys): Figures(row[name] for name in figures) for row in data}


def key(name, value):
    """Superset tells days in milliseconds."""
    if name in DATES and isinstance(value, (int, float)):
        return datetime.fromtimestamp(value / 1000, timezone.utc).date().isoformat()
    return value


class Figures(tuple):
    """Figures of a row: the same where they differ by less than sums of fractions do."""

    def __eq__(self, other):
        return len(self) == len(other) and all(
            a is b if a is None or b is None else math.isclose(float(a), float(b), rel_tol=1e-9, abs_tol=1e-6)
            for a, b in zip(self, other)
        )

    def __ne__(self, other):
        return not self == other


def differences(got, right):
    if isinstance(got, str):
        return got
    wrong = [k for k in got.keys() | right.keys() if k not in got or k not in right or got[k] != right[k]]
    return "; ".join(f"{k}: {got.get(k)}, SQL says {right.get(k)}" for k in sorted(wrong, key=str)[:3]) + f"; {len(wrong)} of {len(right)}"
