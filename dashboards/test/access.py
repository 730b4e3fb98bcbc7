"""Tries to see what is not one's own, through Superset, and compares the overview with SQL.

    access.py HOME

Uses Superset's API as the browser does: each reader logs in and asks. Says how often each kind of attempt was made, and
what came of it that should not.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
import sqlite3
import sys
import time
from urllib.parse import quote

import overview
import statements
from asking import Reader, Stranger, Visitor, engine, expect, home, known, problems, tries

# What must be among the attempts.
KINDS = (
    "SQL Lab", "subqueries", "joins", "views", "merge()", "dictionaries", "cached charts", "drill to detail", "CSV and Excel",
    "another's charts by REST", "embedded links", "EXPLAIN", "system tables", "error messages",
)

readers = {r["name"]: r["role"] for r in json.loads((home / "dashboards/readers.json").read_text())}
regions = dict(line.split("\t") for line in known("SELECT reader, region FROM cfg.reader_region ORDER BY ALL"))
managers = [name for name in readers if regions.get(name, "*") != "*"]
manager, other = managers[0], managers[1]
lost = next(name for name in readers if readers[name] == "Regional manager" and name not in regions)
codes = dict(line.split("\t") for line in known("SELECT reader, manager FROM cfg.reader_manager ORDER BY ALL"))
executive, analyst, engineer, admin = (Reader(name) for name in ("executive", "analyst", "engineer", "admin"))
one, two, none = Reader(manager), Reader(other), Reader(lost)
carer, colleague = (Reader(name) for name in list(codes)[:2])
# The same with the session of a browser.
visitor, of_region, of_none, of_members_only, of_analyst = (
    Visitor(name) for name in ("executive", manager, lost, carer.name, "analyst")
)
stranger = Stranger("stranger")


def every(kind):
    """All of a kind: Superset lists a hundred a page."""
    found = []
    while page := json.loads(admin.ask(f"/api/v1/{kind}/?q=(page:{len(found) // 100},page_size:100)")[1])["result"]:
        found += page
        if len(page) < 100:
            break
    return found


def result(answer):
    return json.loads(answer[1])["result"]


Reader.database = every("database")[0]["id"]
datasets = {d["table_name"]: d["id"] for d in every("dataset")}
# A dataset in Chinese is the same select with other labels: one language is enough here.
charts = [c for c in every("chart") if not c["datasource_name_text"].endswith("_zh")]
tried = {name: number for name, number in datasets.items() if not name.endswith("_zh")}
name_of = {number: name for name, number in tried.items()}
columns_of = {
    name: [c["column_name"] for c in result(admin.ask(f"/api/v1/dataset/{number}"))["columns"]]
    for name, number in tried.items()
}
of_members = {tried[name] for name in tried if "member" in columns_of[name]}

# What each role was given.
brought = (json.loads(file.read_text()) for file in (home / "dashboards/assets/datasets").rglob("*.yaml"))
by_uuid = {dataset["uuid"]: dataset["table_name"] for dataset in brought}
given = {
    role: {by_uuid[uuid] for uuid in rights["datasets"]}
    for role, rights in json.loads((home / "dashboards/assets/access.json").read_text())["roles"].items()
}


def may(reader, number):
    return name_of[number] in given[readers[reader.name]]


# Words and numbers of the rest of the chain, which must not come back to the managers.
home_region, other_region = regions[manager], regions[other]
sums = {r: known(f"SELECT sum(net_sales) FROM dw.receipt_statistics AS m JOIN dw.store AS s USING (store) WHERE region = '{r}'")[0]
        for r in set(regions.values()) - {"*"}}
chain = known("SELECT sum(net_sales) FROM dw.receipt_statistics")[0]


def foreign_to(region):
    words = known(
        "SELECT DISTINCT arrayJoin([store, name, name_zh, region]) FROM dw.store "
        f"WHERE region NOT IN ('{region}', '') AND kind != 'headquarters'")
    return [word for word in words if len(word) > 4] + [chain, chain.split(".")[0]] + [s for r, s in sums.items() if r != region]


foreign = {one.name: foreign_to(home_region), two.name: foreign_to(other_region), none.name: foreign_to("")}
sold = {region: set(known(
    f"SELECT DISTINCT store FROM dw.receipt_statistics WHERE store IN (SELECT store FROM dw.store WHERE region = '{region}')"))
    for region in sums}
sold[None] = set(known("SELECT DISTINCT store FROM dw.receipt_statistics"))
expect("controls", executive, "words of others are found where they are",
       all(words[0] in engine("SELECT * FROM dw.reader_store", "executive")[1] for words in foreign.values()), "they are not")


def leaks(reader, answer, attempt=""):
    """Foreign words that the attempt itself did not say."""
    return [word for word in foreign[reader.name] if word in answer and word not in attempt]


def quiet(kind, reader, what, answer, attempt=""):
    """Tells nothing of others to somebody who is logged in: to a stranger nothing would mean nothing."""
    status, text = answer
    found = leaks(reader, text, attempt)
    expect(kind, reader, what, status != 401 and not found, f"{status} tells {found[:3]}: {text[:200]}")


def bare(kind, reader, what, answer):
    """Refused, or nothing in it: the interface of old says "fine" with nothing."""
    status, text = answer
    expect(kind, reader, what, status >= 400 or not text.strip() or '"rowcount": 0' in text, f"{status} {text[:200]}")


def refused(kind, reader, what, answer):
    status, text = answer
    expect(kind, reader, what, status >= 400, f"{status} {text[:200]}")


def told(text):
    """Every text of an answer, whole, as rows have them; not parts of others, which names may be by chance."""
    try:
        tree = json.loads(text)
    except ValueError:
        return set(re.split(r"[,\"'()\[\]\r\n\t]+", text)) | set(text.splitlines())
    texts, rest = set(), [tree]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest += list(value) + list(value.values())
        elif isinstance(value, list):
            rest += value
        elif isinstance(value, str):
            texts.add(value)
    return texts


def facts(condition, *columns):
    return set(known(f"SELECT DISTINCT arrayJoin([{', '.join(columns)}]) AS fact FROM dw.member WHERE ({condition}) AND fact != ''"))


# Of the members of others nothing may come back to a customer manager; of any member nothing personal to an analyst.
# Both are told by whole texts, and telephone numbers by their digits wherever they stand.
code = codes[carer.name]
personal = ("name", "phone", "email", "address")
own = facts(f"manager = '{code}'", "member", *personal, "manager", "community")
theirs = facts(f"manager != '{code}'", "member", *personal, "manager") - own
secret_of = {
    carer.name: (theirs, facts(f"manager != '{code}'", "phone") - own),
    analyst.name: (facts("1", *personal), facts("1", "phone")),
    one.name: (facts("1", "member", *personal), facts("1", "phone")),
}


def discreet(kind, reader, what, answer, attempt=""):
    status, text = answer
    texts, phones = secret_of[reader.name]
    found = (told(text) & texts) | (set(re.findall(r"\d{11}", text)) & phones)
    found = sorted(word for word in found if word not in attempt)
    expect(kind, reader, what, status != 401 and not found, f"{status} tells of members: {found[:3]}: {text[:200]}")


expect("controls", "all", "members are found where they are",
       told(engine("SELECT * FROM dw.member")[1]) & secret_of[analyst.name][0], "they are not")


def number(answer):
    status, text = answer
    if status != 200:
        return f"{status} {text[:200]}"
    data = result(answer)[0]["data"]
    value = next(iter(data[0].values())) if data else None
    return 0 if value is None else round(float(value), 2)


def drawn(answer):
    """The rows of a chart in an order of their own; where the last of nine digits end, sums of fractions may differ."""
    def plain(value):
        return float(f"{value:.9g}") if isinstance(value, float) else value

    if answer[0] != 200:
        return answer
    return sorted(json.dumps([plain(value) for value in row.values()]) for row in result(answer)[0]["data"])


def is_bare(answer):
    """No row, or rows without anything in them."""
    return answer[0] == 200 and not any(value for row in result(answer)[0]["data"] for value in row.values())


# The overview's figures are those of SQL, for each reader.
shown = result(admin.ask("/api/v1/dashboard/overview-en/charts"))
asked = [result(admin.ask(f"/api/v1/chart/{chart['id']}")) for chart in shown]
contexts = [(chart["slice_name"], json.loads(chart["query_context"])) for chart in asked]
english = dict(line.split("\t") for line in known("SELECT DISTINCT region, regionInEnglish(region) FROM dw.store"))
overview.compare(
    [(executive, ""), (one, english[home_region]), (two, english[other_region])],
    [(title, context, name_of[context["datasource"]["id"]]) for title, context in contexts],
)
expect("one's own", lost, "figures", number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, "sees some")
refused("one's own", admin, "figures", admin.chart(datasets["receipt_statistics"], metrics=["net_sales_total"]))

# Every saved chart, as one after the other: what is kept of one reader is not given to the next.
for chart in charts:
    path, title, dataset = f"/api/v1/chart/{chart['id']}/data/", f"chart {chart['slice_name']}", chart["datasource_id"]
    openers = [reader for reader in (executive, analyst, engineer, carer) if may(reader, dataset)]
    for reader in (executive, analyst, engineer, carer):
        status, text = answer = reader.ask(path)
        if reader in openers:
            expect("one's own", reader, title, status == 200 and result(answer)[0]["rowcount"] > 0, f"{status} {text[:200]}")
        else:
            refused("another's charts by REST", reader, title, answer)
        if dataset in of_members and reader in (analyst, carer):
            discreet("cached charts", reader, title, answer)
    status, text = answer = openers[0].ask(path)
    expect("cached charts", openers[0], f"{title} is kept", status == 200 and result(answer)[0]["is_cached"], f"{status} {text[:200]}")
    for reader in (one, none):
        answer = reader.ask(path)
        quiet("cached charts", reader, title, answer)
        expect("another's charts by REST", reader, title, (answer[0] == 200) == may(reader, dataset), f"{answer[0]} {answer[1][:200]}")
        if reader is none and may(none, dataset):
            expect("cached charts", none, f"{title} has nothing", is_bare(answer), answer[1][:200])
        elif reader is one and may(one, dataset):
            anew = drawn(one.ask(path + "?force=true"))
            expect("cached charts", one, f"{title} is as asked anew", drawn(answer) == anew, f"{drawn(answer)[:2]}, anew {anew[:2]}")
    if dataset in of_members:
        discreet("cached charts", one, title, one.ask(path))

# What is kept of a reader goes with their region.
expect("cached charts", lost, "figures", number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, "sees some")
known(f"INSERT INTO cfg.reader_region VALUES ('{lost}', '{home_region}')")
got = number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"]))
expect("cached charts", lost, "a region comes", got == round(float(sums[home_region]), 2), f"sees {got}")
known(f"DELETE FROM cfg.reader_region WHERE reader = '{lost}'")
expect("cached charts", lost, "a region goes", number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, "sees some")

# Whole answers, as browsers get them: kept for the one who asked, and only while nothing changed.
# Nobody can have asked these before.
visit = "?visit=" + secrets.token_hex(4)
questions = [(f"/api/v1/dashboard/overview-en{part}{visit}", None) for part in ("", "/charts", "/datasets")]
questions += [("/api/v1/chart/data" + visit, context) for _, context in contexts]
expect("cached charts", visitor, "the overview's questions", len(questions) > 8, f"there are only {len(questions)}")
for path, body in questions:
    what = f"{path.removesuffix(visit)} {body['form_data']['viz_type'] if body else ''}"
    asked = [(visitor.ask(path, body), visitor.was_kept) for _ in range(4)]
    expect("one's own", visitor, what, all(answer[0] == 200 for answer, _ in asked), asked[0][0][0])
    expect("cached charts", visitor, f"{what} is kept whole", asked[3][1] and asked[3][0] == asked[2][0], "it is not")
    for reader in (of_region, of_none):
        answer = reader.ask(path, body)
        quiet("cached charts", reader, what, answer)
        expect("cached charts", reader, f"{what} is not another's", not reader.was_kept, "is given the kept one of another reader")
        if body and reader is of_none:
            expect("cached charts", reader, f"{what} has nothing", is_bare(answer), answer[1][:200])
        elif body:
            anew = drawn(reader.ask(path, dict(body, force=True)))
            expect("cached charts", reader, f"{what} is as asked anew", drawn(answer) == anew, f"{drawn(answer)[:2]}, anew {anew[:2]}")
    refused("another's charts by REST", of_members_only, what, of_members_only.ask(path, body))
path, body = questions[-1]
expect("cached charts", visitor, "asked anew", visitor.ask(path, dict(body, force=True))[0] == 200 and not visitor.was_kept, "is a kept one")
with sqlite3.connect(home / "dashboards/superset.db", timeout=60) as accounts:
    had = accounts.execute(
        "SELECT id, user_id, role_id FROM ab_user_role WHERE user_id = (SELECT id FROM ab_user WHERE username = 'executive')"
    ).fetchall()
    accounts.executemany("DELETE FROM ab_user_role WHERE id = ?", [row[:1] for row in had])
for path, body in questions:
    refused("cached charts", visitor, f"{path} without a role", visitor.ask(path, body))
with sqlite3.connect(home / "dashboards/superset.db", timeout=60) as accounts:
    accounts.executemany("INSERT INTO ab_user_role (id, user_id, role_id) VALUES (?, ?, ?)", had)
for path, body in questions:
    expect("one's own", visitor, f"{path} with the role again", visitor.ask(path, body)[0] == 200, "cannot open it")

# Customer managers get all of their own, in clear; the next one gets others.
for reader in (carer, colleague):
    mine = f"manager = '{codes[reader.name]}'"
    right = int(known(f"SELECT uniqExact(member) FROM dw.member_rfm WHERE member IN (SELECT member FROM dw.member WHERE {mine})")[0])
    got = number(reader.chart(datasets["member_rfm"], metrics=["members"]))
    expect("one's own", reader, "members", right > 0 and got == right, f"{got}, SQL says {right}")
    status, text = reader.sql("SELECT DISTINCT phone FROM dw.reader_member")
    got = told(text) & facts("1", "phone")
    expect("one's own", reader, "telephone numbers", got == facts(mine, "phone"), f"{len(got)}, not those of their members: {status}")
got = number(analyst.chart(datasets["member_rfm"], metrics=["members"]))
expect("one's own", analyst, "members", got == int(known("SELECT count() FROM dw.member_rfm")[0]), f"only {got}")
expect("one's own", analyst, "masked numbers", "****" in analyst.sql("SELECT DISTINCT phone FROM dw.reader_member LIMIT 5")[1], "none")

# An engineer reads how the warehouse is kept, and what goods, stores and days are called; nothing else.
KEPT = {"rejected_lines", "check_result", "build_log"}
expect("one's own", engineer, "datasets", {n for n in given["Engineer"] if not n.endswith("_zh")} == KEPT, given["Engineer"])
for table in known("SELECT name FROM system.tables WHERE database = 'dw' ORDER BY name"):
    answer = engine(f"SELECT count() FROM dw.{table}", engineer.name)
    if table in KEPT | {"reader_store", "reader_state", "goods", "category", "calendar", "time_of_day"}:
        expect("one's own", engineer, table, answer[0] == 200, answer[1][:200])
    else:
        refused("views", engineer, table, answer)
for statement in (
    "SELECT sum(net_sales) AS s FROM dw.receipt_statistics",
    "SELECT * FROM dw.sales_growth",
    "SELECT * FROM dw.reader_member",
    "SELECT sample FROM dw.check_result",
    "SELECT * FROM ops.reject",
):
    refused("SQL Lab", engineer, statement, engineer.sql(statement))
expect("one's own", engineer, "SQL Lab", engineer.sql("SELECT mart, check FROM dw.check_result")[0] == 200, "does not work")

# Tables behind the views are granted to nobody, not one column of them.
behind = known("SELECT concat('`', database, '`.`', name, '`') FROM system.tables WHERE database IN ('mart', 'star', 'cfg', 'ops') AND NOT is_temporary")
for table in behind:
    for name in ("executive", analyst.name, engineer.name, manager, carer.name, "nobody"):
        refused("views", name, f"{table} behind the views", engine(f"SELECT count() FROM {table}", name))

# Every dataset: rows and values of filters; where it is about members, and for one of each way in which views choose
# rows (stores, areas, members, chain readers only, columns): samples, drill to detail, downloads, own conditions, too.
THOROUGH = {"daily_sales", "sales_growth", "member_rfm", "goods_class", "check_result"}
# The same rows; Excel's are slow to make.
FILES = (("csv", 10000), ("xlsx", 500))
expect("controls", "all", "datasets", THOROUGH <= set(tried), f"there are no {THOROUGH - set(tried)}")


def samples(reader, dataset):
    return reader.ask(f"/datasource/samples?force=false&datasource_type=table&datasource_id={dataset}", {})


def values(reader, dataset, column):
    return reader.ask(f"/api/v1/datasource/table/{dataset}/column/{column}/values/")


for name, dataset in tried.items():
    columns = columns_of[name]
    for reader, browser in ((analyst, of_analyst), (carer, of_members_only)) if dataset in of_members else ():
        discreet("cached charts", reader, f"{name} rows", reader.chart(dataset, columns))
        for file, most in FILES:
            discreet("CSV and Excel", reader, f"{name} {file}", reader.chart(dataset, columns, result=file, row_limit=most))
        for kind in ("samples", "drill_detail"):
            discreet("drill to detail", reader, f"{name} {kind}", reader.chart(dataset, columns, kind=kind))
        discreet("drill to detail", reader, f"{name} samples of old", samples(browser, dataset))
        discreet("subqueries", reader, f"{name} where", reader.chart(dataset, columns, where="1 = 1) OR (1 = 1"))
        discreet("subqueries", reader, f"{name} subquery", reader.chart(dataset, columns, where="member IN (SELECT member FROM star.member)"))
        for column in ("member", "member_name", "phone", "email", "address", "community_name", "manager"):
            discreet("drill to detail", reader, f"{name} values of {column}", values(reader, dataset, column))
    for reader, browser in ((one, of_region), (none, of_none)):
        quiet("cached charts", reader, f"{name} rows", reader.chart(dataset, columns))
        for column in ("store", "store_name", "region", "area"):
            if column in columns:
                quiet("drill to detail", reader, f"{name} values of {column}", values(reader, dataset, column))
        if name not in THOROUGH:
            continue
        for file, most in FILES:
            quiet("CSV and Excel", reader, f"{name} {file}", reader.chart(dataset, columns, result=file, row_limit=most))
        for kind in ("samples", "drill_detail"):
            quiet("drill to detail", reader, f"{name} {kind}", reader.chart(dataset, columns, kind=kind))
        answer = samples(browser, dataset)
        quiet("drill to detail", reader, f"{name} samples of old", answer)
        if reader is one and may(one, dataset):
            expect("one's own", one, f"{name} samples of old", answer[0] == 200, answer)
        quiet("subqueries", reader, f"{name} where", reader.chart(dataset, columns, where="1 = 1) OR (1 = 1"))
        quiet("subqueries", reader, f"{name} subquery", reader.chart(dataset, columns, where="1 IN (SELECT 1 FROM mart.daily_sales)"))

# Files have the stores of whoever asks, all of them: small ones, and large ones, which are sent while they are made.
LARGE = {"row_limit": 100000, "form": {"row_limit": 100000}}
for reader, region in ((one, home_region), (of_region, home_region), (two, other_region), (visitor, None)):
    for what, columns, more in (
        ("CSV", ["store"], {"result": "csv"}),
        ("Excel", ["store"], {"result": "xlsx"}),
        ("large CSV", ["store", "business_date"], {"result": "csv", **LARGE}),
    ):
        status, text = reader.chart(datasets["receipt_statistics"], columns, ["net_sales_total"], **more)
        got = told(text) & sold[None]
        expect("CSV and Excel", reader, what, got == sold[region], f"{status} has {len(got)} stores, not {len(sold[region])}: {text[:200]}")
status, text = of_none.chart(datasets["receipt_statistics"], ["store", "business_date"], ["net_sales_total"], result="csv", **LARGE)
expect("CSV and Excel", of_none, "large CSV", not told(text) & sold[None], f"{status} {text[:200]}")

# An own expression in a chart, in place of a metric.
for expression in statements.FIGURES_IN_CHARTS:
    metric = {"expressionType": "SQL", "sqlExpression": expression, "label": "x"}
    for reader in (one, none):
        quiet("own expressions", reader, expression, reader.chart(datasets["daily_sales"], metrics=[metric]), expression)
for expression in statements.MEMBERS_IN_CHARTS:
    metric = {"expressionType": "SQL", "sqlExpression": expression, "label": "x"}
    for reader in (carer, analyst, one):
        discreet("own expressions", reader, expression, reader.chart(datasets["member_rfm"], metrics=[metric]), expression)

# SQL Lab; and the same past Superset, by the accounts that it uses: it is ClickHouse that must refuse.
for asked, by, check in ((statements.OF_FIGURES, (one, none), quiet), (statements.OF_MEMBERS, (carer, analyst, one), discreet)):
    for kind, several in asked.items():
        for statement in several:
            for reader in by:
                check(kind, reader, statement, reader.sql(statement), statement)
                check(kind, reader, f"{statement} past Superset", engine(statement, reader.name), statement)
phone = known(f"SELECT phone FROM dw.member WHERE manager NOT IN ('', '{code}') AND phone != '' ORDER BY member LIMIT 1")[0]
for condition in (f"phone = '{phone}'", f"phone LIKE '%{phone[3:]}'", f"throwIf(phone = '{phone}') = 1"):
    for reader in (carer, analyst):
        status, text = reader.sql(f"SELECT count() AS c FROM dw.reader_member WHERE {condition}")
        expect("error messages", reader, condition, status == 200 and json.loads(text)["data"] == [{"c": 0}], f"is confirmed: {status} {text[:200]}")
status, text = one.sql("SELECT sum(net_sales) AS s FROM dw.receipt_statistics")
expect("one's own", one, "SQL Lab", status == 200 and f"{float(sums[home_region]):.2f}"[:-3] in text, f"does not work: {status} {text[:200]}")
expect("SQL Lab", executive, "SELECT 1", executive.sql("SELECT 1")[0] in (403, 404), "has SQL Lab")

# What was asked in SQL Lab is its asker's: neither the question, wherever it is kept, nor its answer.
mark, client = secrets.token_hex(8), secrets.token_hex(5)
statement = f"SELECT store, sum(net_sales) AS s, '{mark}' AS x FROM dw.receipt_statistics GROUP BY store"
expect("one's own", one, "a question of one's own", one.sql(statement, client)[0] == 200, "does not work")
asked = next(q for q in result(one.ask("/api/v1/query/?q=(page_size:100)")) if mark in q["sql"])["id"]
saved = one.ask("/api/v1/saved_query/", {"db_id": Reader.database, "schema": "dw", "label": mark, "sql": statement})
saved = json.loads(saved[1])["id"]
# Tabs stay in the reader's browser: one that Superset kept could be handed to another.
tab = {"dbId": Reader.database, "name": mark, "sql": statement, "schema": "dw"}
for reader in (of_region, of_analyst, of_none):
    status, text = reader.ask("/tabstateview/", form={"queryEditor": json.dumps(tab)})
    expect("SQL Lab", reader, "a tab to be kept", not text.startswith('{"id"'), f"is kept: {status} {text[:200]}")
form = quote(json.dumps({"viz_type": "country_map", "select_country": "china", "entity": "store", "metric": "count"}))
for reader in (of_none, of_analyst, of_members_only, visitor, stranger):
    for what, ask in {
        "list of questions": lambda: reader.ask("/api/v1/query/?q=(page_size:100)"),
        "questions since": lambda: reader.ask("/api/v1/query/updated_since?q=(last_updated_ms:0)"),
        "question": lambda: reader.ask(f"/api/v1/query/{asked}"),
        "question to explore": lambda: reader.ask(f"/api/v1/explore/?datasource_type=query&datasource_id={asked}"),
        "question as a dataset": lambda: reader.ask(f"/datasource/get/query/{asked}/"),
        "question's columns": lambda: reader.ask(f"/datasource/external_metadata/query/{asked}/"),
        "question's samples": lambda: reader.ask(f"/datasource/samples?force=false&datasource_type=query&datasource_id={asked}", {}),
        "question's values": lambda: reader.ask(f"/api/v1/datasource/query/{asked}/column/x/values/"),
        "question's expression": lambda: reader.ask(f"/api/v1/datasource/query/{asked}/validate_expression/", {"expression": "nothing", "expression_type": "where"}),
        "question as a chart": lambda: reader.ask("/api/v1/chart/data", {
            "datasource": {"id": asked, "type": "query"}, "queries": [{"columns": ["x"], "metrics": []}],
            "result_format": "json", "result_type": "full", "form_data": {}}),
        "question as a chart of old": lambda: reader.ask(f"/superset/explore_json/query/{asked}/?form_data={form}"),
        "saved questions": lambda: reader.ask("/api/v1/saved_query/?q=(page_size:100)"),
        "saved question": lambda: reader.ask(f"/api/v1/saved_query/{saved}"),
        "saved question to explore": lambda: reader.ask(f"/api/v1/explore/?datasource_type=saved_query&datasource_id={saved}"),
        "saved question as a dataset": lambda: reader.ask(f"/datasource/get/saved_query/{saved}/"),
        "SQL Lab as it opens": lambda: reader.ask("/api/v1/sqllab/"),
        "what was done lately": lambda: reader.ask("/api/v1/log/recent_activity/?q=(page_size:100)"),
    }.items():
        status, text = ask()
        expect("SQL Lab", reader, f"another's {what}", mark not in text, f"{status} tells it: {text[:300]}")
    for what, answer in (
        ("answer as CSV", reader.ask(f"/api/v1/sqllab/export/{client}/")),
        ("answer as large CSV", reader.ask("/api/v1/sqllab/export_streaming/", form={"client_id": client})),
    ):
        got = told(answer[1]) & sold[None]
        expect("CSV and Excel", reader, f"another's {what}", not got, f"{answer[0]} has {len(got)} stores: {answer[1][:200]}")
for reader, region, what, answer in (
    (one, home_region, "CSV", one.ask(f"/api/v1/sqllab/export/{client}/")),
    (of_region, home_region, "large CSV", of_region.ask("/api/v1/sqllab/export_streaming/", form={"client_id": client})),
    (one, home_region, "large CSV by token", one.ask("/api/v1/sqllab/export_streaming/", form={"client_id": client})),
    (two, None, "CSV", two.ask(f"/api/v1/sqllab/export/{client}/")),
):
    got = told(answer[1]) & sold[None]
    expect("CSV and Excel", reader, f"{one}'s question as {what}", got == (sold[region] if region else set()), f"{answer[0]} has {len(got)} stores: {answer[1][:200]}")
one.ask(f"/api/v1/saved_query/{saved}", method="DELETE")
for reader in (one, two, none, analyst, engineer, carer):
    reader.sql("SELECT 1")
    askers = {entry["user"]["first_name"] for entry in result(reader.ask("/api/v1/query/?q=(page_size:100)"))}
    expect("SQL Lab", reader, "askers of what is listed", askers == {reader.name}, f"are {askers}")
quiet("SQL Lab", two, "the first manager's history", two.ask("/api/v1/query/"))

# Naming a dashboard or a chart that one may open, with what one may not.
strange = {one: "goods_class", none: "goods_class", executive: "member_rfm", engineer: "daily_sales", carer: "daily_sales"}
opened = {one: "overview-en", none: "overview-en", executive: "overview-en", engineer: "quality-en", carer: "customers-en"}
closed = {one: "goods-en", none: "goods-en", executive: "customers-en", engineer: "overview-en", carer: "overview-en"}
REST = "another's charts by REST"


def chart_on(slug, name=None):
    """A chart of a dashboard, and of a dataset."""
    shown = {chart["id"] for chart in result(admin.ask(f"/api/v1/dashboard/{slug}/charts"))}
    return next(c["id"] for c in charts if c["id"] in shown and name in (None, name_of[c["datasource_id"]]))


for reader, name in strange.items():
    dataset, columns = tried[name], columns_of[name][:2]
    board = result(admin.ask(f"/api/v1/dashboard/{opened[reader]}"))["id"]
    mine, strangers = chart_on(opened[reader]), chart_on(closed[reader], name)
    far = result(admin.ask(f"/api/v1/dashboard/{closed[reader]}"))["id"]
    for what, claim in {
        "an own dashboard": {"dashboardId": board},
        "an own chart": {"slice_id": mine},
        "an own chart on an own dashboard": {"dashboardId": board, "slice_id": mine},
        "a chart below an own chart": {"dashboardId": board, "slice_id": strangers, "parent_slice_id": mine},
        "a drill from an own chart": {"dashboardId": board, "slice_id": 0, "chart_id": mine, "groupby": columns},
        "a filter of an own dashboard": {"dashboardId": board, "type": "NATIVE_FILTER", "native_filter_id": "NATIVE_FILTER-region"},
        "another's chart on another's dashboard": {"dashboardId": far, "slice_id": strangers},
        "a drill on another's dashboard": {"dashboardId": far},
    }.items():
        for kind in ("full", "drill_detail") if "drill" in what else ("full",):
            refused(REST, reader, f"{name}, {kind}, naming {what}", reader.chart(dataset, columns, kind=kind, form=claim))
    layer = {"name": "x", "annotationType": "TIME_SERIES", "sourceType": "table", "value": strangers, "show": True, "style": "solid"}
    own_name = name_of[next(c["datasource_id"] for c in charts if c["id"] == mine)]
    status, text = reader.chart(tried[own_name], columns_of[own_name][:1], annotation_layers=[layer])
    notes = json.loads(text)["result"][0].get("annotation_data") if status == 200 else None
    expect(REST, reader, "another's chart as a note on one's own", not any((n or {}).get("records") for n in (notes or {}).values()), text[:300])
    for part in ("", "/charts", "/datasets"):
        refused(REST, reader, f"{closed[reader]}{part}", reader.ask(f"/api/v1/dashboard/{closed[reader]}{part}"))
    refused(REST, reader, f"values of {name}", values(reader, dataset, columns[0]))
map_of = next(c["id"] for c in charts if c["viz_type"] == "country_map")

# The interface of old, which the map still asks: by the number of a chart, or by one's own choice of dataset.
by_store = {
    "datasource": f"{tried['receipt_statistics']}__table", "viz_type": "country_map", "select_country": "china",
    "entity": "store", "metric": "net_sales_total",
}
for what, chosen, tail in (
    ("the map", {"slice_id": map_of}, ""),
    ("the map anew", {"slice_id": map_of}, "&force=true"),
    ("rows by store", by_store, ""),
    ("results by store", by_store, "&results=true"),
    ("CSV by store", by_store, "&csv=true"),
    ("Excel by store", by_store, "&xlsx=true"),
    ("samples", by_store, "&samples=true"),
):
    path = f"/superset/explore_json/?form_data={quote(json.dumps(chosen))}{tail}"
    status, text = visitor.ask(path)
    expect("one's own", visitor, f"{what} of old", status == 200, f"{status} {text[:200]}")
    head = visitor.head
    expect("cached charts", visitor, f"{what} of old is for no other login", "public" not in head.get("Cache-Control", ""), head)
    for reader, region in ((of_region, home_region), (of_none, None)):
        answer = reader.ask(path)
        quiet(REST, reader, f"{what} of old", answer)
        expect("cached charts", reader, f"{what} of old", told(answer[1]) & sold[None] <= (sold[region] if region else set()), answer[1][:200])
    bare(REST, of_members_only, f"{what} of old", of_members_only.ask(path))
    refused(REST, stranger, f"{what} of old", stranger.ask(path))
for reader, name in ((of_region, "goods_class"), (visitor, "member_rfm"), (of_members_only, "daily_sales")):
    chosen = {"datasource": f"{tried[name]}__table", "viz_type": "country_map", "select_country": "china",
              "entity": columns_of[name][0], "metric": {"expressionType": "SQL", "sqlExpression": "count()", "label": "x"}}
    board = {of_region: "overview-en", visitor: "overview-en", of_members_only: "customers-en"}[reader]
    for what, claim in {
        "": {},
        " naming an own chart": {"slice_id": chart_on(board)},
        " naming an own chart on an own dashboard": {"slice_id": chart_on(board), "dashboardId": result(admin.ask(f"/api/v1/dashboard/{board}"))["id"]},
    }.items():
        for tail in ("", "&results=true", "&samples=true", "&csv=true") if not claim else ("",):
            bare(REST, reader, f"{name} of old{what}{tail}", reader.ask(f"/superset/explore_json/?form_data={quote(json.dumps(dict(chosen, **claim)))}{tail}"))
    context = {"datasource": {"id": tried[name], "type": "table"}, "queries": [{"columns": columns_of[name][:1], "metrics": []}]}
    refused(REST, reader, f"{name} of older", reader.ask("/api/v1/query/", form={"query_context": json.dumps(context)}))

# Links: embedded dashboards, which we have none of, and what a reader made for another to open.
board = result(admin.ask("/api/v1/dashboard/overview-en"))
context = contexts[0][1]
status, text = admin.ask(f"/api/v1/dashboard/{board['id']}/embedded", {"allowed_domains": []})
link = json.loads(text)["result"]["uuid"] if status == 200 else board["uuid"]
guest = {"user": {"username": "executive"}, "resources": [{"type": "dashboard", "id": link}], "rls": []}
for reader in (executive, one, none, carer, analyst, stranger):
    refused("embedded links", reader, "the page", reader.ask(f"/embedded/{link}"))
    refused("embedded links", reader, "the link's settings", reader.ask(f"/api/v1/embedded_dashboard/{link}"))
    refused("embedded links", reader, "a guest's token", reader.ask("/api/v1/security/guest_token/", guest))
    refused("embedded links", reader, "a new link", reader.ask(f"/api/v1/dashboard/{board['id']}/embedded", {"allowed_domains": []}))
for reader in (carer, engineer, stranger):
    refused("embedded links", reader, "a link of a dashboard", reader.ask("/api/v1/dashboard/overview-en/embedded"))


def forged(claims, key):
    """A token signed with a key, as JWT has it."""
    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    signed = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode()) + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.new(key.encode(), signed, hashlib.sha256).digest())).decode()


claims = {
    "user": guest["user"], "resources": guest["resources"], "rls_rules": [], "iat": time.time(), "exp": time.time() + 300,
    "aud": "http://0.0.0.0:8080/", "type": "guest",
}
status, text = admin.ask("/api/v1/security/guest_token/", guest)
tokens = {"forged by Superset's own default key": forged(claims, "test-guest-secret-change-me")}
if status == 200:
    tokens["given by admin"] = json.loads(text)["token"]
for what, token in tokens.items():
    nobody = Stranger("guest")
    nobody.headers["X-GuestToken"] = token
    for path, body in questions:
        refused("embedded links", nobody, f"{path}, token {what}", nobody.ask(path, body))
    for path in ("/api/v1/me/", f"/api/v1/dashboard/{link}", f"/api/v1/chart/{map_of}/data/", f"/superset/explore_json/?form_data={quote(json.dumps({'slice_id': map_of}))}"):
        refused("embedded links", nobody, f"{path}, token {what}", nobody.ask(path))
admin.ask(f"/api/v1/dashboard/{board['id']}/embedded", method="DELETE")

# A link to a dashboard tells the choices of whoever made it, nothing else; charts that are asked by it are the opener's.
chosen = {"id": "NATIVE_FILTER-region", "filterState": {"value": [english[other_region]]},
          "extraFormData": {"filters": [{"col": "region", "op": "IN", "val": [english[other_region]]}]}}
made = executive.ask(f"/api/v1/dashboard/{board['id']}/permalink", {"dataMask": {chosen["id"]: chosen}})
key = json.loads(made[1])["key"]
for reader in (one, none):
    status, text = answer = reader.ask(f"/api/v1/dashboard/permalink/{key}")
    quiet("embedded links", reader, "a link to a dashboard", answer, json.dumps(chosen))
    for title, context in contexts:
        query = dict(context["queries"][0], filters=context["queries"][0]["filters"] + chosen["extraFormData"]["filters"])
        answer = reader.ask("/api/v1/chart/data", dict(context, queries=[query]))
        expect("embedded links", reader, f"{title} by the link", is_bare(answer), answer[1][:200])
for reader in (carer, engineer, stranger):
    refused("embedded links", reader, "a link to a dashboard", reader.ask(f"/api/v1/dashboard/permalink/{key}"))
made = executive.ask(f"/api/v1/dashboard/{result(admin.ask('/api/v1/dashboard/goods-en'))['id']}/permalink", {"dataMask": {}})
refused("embedded links", one, "a link to another's dashboard", one.ask(f"/api/v1/dashboard/permalink/{json.loads(made[1])['key']}"))

# Links to charts: readers can make none; those that admin makes of what a reader may not ask give no rows.
for reader, name in ((one, "goods_class"), (carer, "daily_sales"), (executive, "member_rfm")):
    strangers = next(c for c in charts if c["datasource_id"] == tried[name])
    state = {"formData": {"datasource": f"{tried[name]}__table", "viz_type": "table", "slice_id": strangers["id"]}}
    refused("embedded links", reader, "a new link to a chart", reader.ask("/api/v1/explore/permalink", state))
    made = json.loads(admin.ask("/api/v1/explore/permalink", state)[1])["key"]
    kept = {"datasource_id": tried[name], "datasource_type": "table", "form_data": json.dumps(state["formData"])}
    kept = json.loads(admin.ask("/api/v1/explore/form_data", kept)[1])["key"]
    check = quiet if reader is one else discreet if reader is carer else refused
    for what, path in (
        ("a link to a chart", f"/api/v1/explore/permalink/{made}"),
        ("a chart by a link", f"/api/v1/explore/?permalink_key={made}"),
        ("a chart's choices", f"/api/v1/explore/form_data/{kept}"),
        ("a chart by its choices", f"/api/v1/explore/?form_data_key={kept}"),
        ("a chart by its number", f"/api/v1/explore/?slice_id={strangers['id']}"),
    ):
        check("embedded links", reader, f"{what} of {name}", reader.ask(path))
    refused("embedded links", reader, "a chart of old by its number", reader.ask(f"/api/v1/form_data/?slice_id={strangers['id']}"))
    refused("embedded links", reader, f"changing another's choices of {name}", reader.ask(
        f"/api/v1/explore/form_data/{kept}", {"datasource_id": tried[name], "datasource_type": "table", "form_data": "{}"}, method="PUT"))

# Changing or reaching past what is given.
for reader in (executive, one, none, carer, engineer):
    for what, path, body in (
        ("new dataset", "/api/v1/dataset/", {"database": Reader.database, "schema": "mart", "table_name": "daily_sales"}),
        ("new virtual dataset", "/api/v1/dataset/", {"database": Reader.database, "schema": "dw", "table_name": "x", "sql": "SELECT * FROM mart.daily_sales"}),
        ("new database", "/api/v1/database/", {"database_name": "x", "sqlalchemy_uri": "sqlite:////etc/passwd"}),
        ("new user", "/api/v1/security/users/", {"username": "x", "password": "x", "roles": [1], "first_name": "x", "last_name": "x", "email": "x@x.x", "active": True}),
        ("new role", "/api/v1/security/roles/", {"name": "x"}),
    ):
        status, text = reader.ask(path, body)
        expect("changes", reader, what, status in (400, 401, 403, 404, 405, 422), f"{status} {text[:200]}")
    for path in ("/api/v1/security/users/", "/api/v1/assets/export/", "/api/v1/database/1/connection", "/api/v1/log/"):
        status, text = reader.ask(path)
        expect("changes", reader, path, status in (401, 403, 404, 405), f"{status} {text[:100]}")
for reader in (one, none):
    for path in (
        f"/api/v1/database/{Reader.database}/tables/?q=(schema_name:mart)",
        f"/api/v1/database/{Reader.database}/table_metadata/?name=daily_sales&schema=mart",
        f"/api/v1/database/{Reader.database}/table_metadata/extra/?name=daily_sales&schema=mart",
        f"/api/v1/database/{Reader.database}/select_star/daily_sales/mart/",
        f"/api/v1/database/{Reader.database}/schemas/",
    ):
        quiet("system tables", reader, path, reader.ask(path))

for kind in KINDS:
    if not tries[kind]:
        problems.append(f"no attempt by {kind}")
for problem in problems:
    print(problem)
for kind, made in sorted(tries.items()):
    print(f"{kind}: {len(set(made))} attempts, by all readers {len(made)}")
print(f"{sum(map(len, tries.values()))} attempts and comparisons, {len(problems)} problems")
sys.exit(1 if problems else 0)
