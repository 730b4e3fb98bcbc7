"""Tries to see what is not one's own, through Superset, and compares the overview with SQL.

    access.py HOME

Uses Superset's API as the browser does: each reader logs in and asks. Standard library only.
"""

import http.cookiejar
import json
import re
import sqlite3
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

home = Path(sys.argv[1])
base = "http://127.0.0.1:" + re.search(r"port=(\d+)", (home / "dashboards/port.properties").read_text())[1]
problems = []
attempts = 0


class Reader:
    """A logged-in reader: what the browser would send."""

    def __init__(self, name):
        self.name = name
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.headers = {"Referer": base}
        self.log_in((home / "secrets" / f"login-{name}").read_text().strip())

    def log_in(self, password):
        body = {"username": self.name, "password": password, "provider": "db", "refresh": True}
        token = json.loads(self.ask("/api/v1/security/login", body)[1])["access_token"]
        self.headers["Authorization"] = "Bearer " + token
        self.headers["X-CSRFToken"] = json.loads(self.ask("/api/v1/security/csrf_token/")[1])["result"]

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = dict(self.headers, **({"Content-Type": "application/json"} if data else {}))
        try:
            with self.opener.open(urllib.request.Request(base + path, data, headers), timeout=180) as answer:
                self.was_kept = "Age" in answer.headers
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode("utf-8", "replace")

    def sql(self, statement):
        body = {"database_id": database, "sql": statement, "schema": "dw", "queryLimit": 1000, "runAsync": False}
        return self.ask("/api/v1/sqllab/execute/", body)

    def chart(self, dataset, columns=(), metrics=(), result="json", kind="full", where="", having="", **more):
        query = {
            "columns": list(columns), "metrics": list(metrics), "filters": [], "orderby": [],
            "extras": {"where": where, "having": having}, "row_limit": 10000, **more,
        }
        body = {
            "datasource": {"id": dataset, "type": "table"}, "force": False, "queries": [query],
            "result_format": result, "result_type": kind, "form_data": {},
        }
        return self.ask("/api/v1/chart/data", body)


class Visitor(Reader):
    """A reader with the session of a browser: whole answers are kept for those."""

    def log_in(self, password):
        form = re.search(r'csrf_token[^>]*?value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)', self.ask("/login/")[1])
        fields = {"username": self.name, "password": password, "csrf_token": next(filter(None, form.groups()))}
        self.opener.open(urllib.request.Request(base + "/login/", urllib.parse.urlencode(fields).encode(), self.headers))


def known(sql):
    """What the warehouse itself says."""
    port = re.search(r"httpPort=(\d+)", (home / "engine/run.properties").read_text())[1]
    key = (home / "secrets/storefact").read_text().strip()
    headers = {"X-ClickHouse-User": "storefact", "X-ClickHouse-Key": key}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", sql.encode(), headers)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        return answer.read().decode().splitlines()


def expect(holds, what):
    global attempts
    attempts += 1
    if not holds:
        problems.append(what)


readers = {r["name"]: r["role"] for r in json.loads((home / "dashboards/readers.json").read_text())}
regions = dict(line.split("\t") for line in known("SELECT reader, region FROM cfg.reader_region ORDER BY ALL"))
managers = [name for name in readers if regions.get(name, "*") != "*"]
manager, other = managers[0], managers[1]
lost = next(name for name in readers if readers[name] == "Regional manager" and name not in regions)
codes = dict(line.split("\t") for line in known("SELECT reader, manager FROM cfg.reader_manager ORDER BY ALL"))
executive, analyst, admin = Reader("executive"), Reader("analyst"), Reader("admin")
one, two, none = Reader(manager), Reader(other), Reader(lost)
carer, colleague = (Reader(name) for name in list(codes)[:2])

def every(kind):
    """All of a kind: Superset lists a hundred a page."""
    found = []
    while page := json.loads(admin.ask(f"/api/v1/{kind}/?q=(page:{len(found) // 100},page_size:100)")[1])["result"]:
        found += page
        if len(page) < 100:
            break
    return found


datasets = {d["table_name"]: d["id"] for d in every("dataset")}
database = every("database")[0]["id"]
charts = every("chart")
# A dataset in Chinese is the same select with other labels: one language is enough here.
charts = [c for c in charts if not c["datasource_name_text"].endswith("_zh")]
tried = {name: number for name, number in datasets.items() if not name.endswith("_zh")}
columns_of = {
    name: [c["column_name"] for c in json.loads(admin.ask(f"/api/v1/dataset/{number}")[1])["result"]["columns"]]
    for name, number in tried.items()
}
of_members = {tried[name] for name in tried if "member" in columns_of[name]}

# Words and numbers of the rest of the chain, which must not come back to the manager.
home_region = regions[manager]
foreign = [line for line in known(
    "SELECT DISTINCT arrayJoin([store, name, name_zh, region]) FROM dw.store "
    f"WHERE region NOT IN ('{home_region}', '') AND kind != 'headquarters'") if len(line) > 4]
sums = {r: known(f"SELECT sum(net_sales) FROM dw.receipt_statistics AS m JOIN dw.store AS s USING (store) WHERE region = '{r}'")[0]
        for r in set(regions.values()) - {"*"}}
chain = known("SELECT sum(net_sales) FROM dw.receipt_statistics")[0]
foreign += [chain, chain.split(".")[0]] + [s for r, s in sums.items() if r != home_region]


def leaks(answer, attempt=""):
    """Foreign words that the attempt itself did not say."""
    return [word for word in foreign if word in answer and word not in attempt]


def quiet(reader, what, answer, attempt=""):
    status, text = answer
    found = leaks(text, attempt) if reader is not none else leaks(text, attempt) + [w for w in [sums[home_region]] if w in text]
    expect(not found, f"{reader.name}: {what}: {status} tells {found[:3]}: {text[:200]}")


def number(answer):
    status, text = answer
    if status != 200:
        return f"{status} {text[:200]}"
    data = json.loads(text)["result"][0]["data"]
    value = next(iter(data[0].values())) if data else None
    return 0 if value is None else round(float(value), 2)


# The overview's figures are those of SQL, for each reader.
for reader, region in [(executive, None), (one, home_region), (two, regions[other])]:
    asked = {
        ("receipt_statistics", "net_sales_total"): "sum(net_sales)",
        ("receipt_statistics", "receipts_total"): "sum(receipts)",
        ("daily_sales", "net_sales_total"): "sum(net_sales)",
        ("store_day", "margin_rate"): "toFloat64(sum(costed_sales) - sum(cost)) / toFloat64(sum(costed_sales))",
    }
    for (dataset, metric), expression in asked.items():
        where = f" WHERE store IN (SELECT store FROM dw.store WHERE region = '{region}')" if region else ""
        right = round(float(known(f"SELECT {expression} FROM dw.{dataset}{where}")[0]), 2)
        got = number(reader.chart(datasets[dataset], metrics=[metric]))
        expect(got == right, f"{reader.name}: {dataset}.{metric} is {got}, SQL says {right}")
expect(number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, f"{lost} sees figures")
expect(admin.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])[0] != 200, "admin sees figures")



def told(text):
    """Every text of an answer, whole, as rows have them; not parts of others, which names may be by chance."""
    try:
        tree = json.loads(text)
    except ValueError:
        return set(re.split(r'[,"\r\n\t]+', text))
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
secret = {
    carer.name: (theirs, facts(f"manager != '{code}'", "phone") - own),
    analyst.name: (facts("1", *personal), facts("1", "phone")),
    one.name: (facts("1", "member", *personal), facts("1", "phone")),
}


def discreet(reader, what, answer, attempt=""):
    status, text = answer
    texts, phones = secret[reader.name]
    found = (told(text) & texts) | (set(re.findall(r"\d{11}", text)) & phones)
    found = sorted(word for word in found if word not in attempt)
    expect(not found, f"{reader.name}: {what}: {status} tells of members: {found[:3]}: {text[:200]}")


# Every saved chart, as one after the other: what is kept of one reader is not given to the next.
for chart in charts:
    path = f"/api/v1/chart/{chart['id']}/data/"
    persons = chart["datasource_id"] in of_members
    for reader in (analyst, carer) if persons else (executive,):
        status, text = reader.ask(path)
        expect(status == 200 and json.loads(text)["result"][0]["rowcount"] > 0, f"{reader.name}: {chart['slice_name']}: {status} {text[:200]}")
        status, text = reader.ask(path)
        expect(status == 200 and json.loads(text)["result"][0]["is_cached"], f"{reader.name}: {chart['slice_name']} is not kept: {status} {text[:200]}")
    if persons:
        expect(executive.ask(path)[0] != 200, f"executive opens {chart['slice_name']}")
        for reader in (analyst, carer, one):
            discreet(reader, f"chart {chart['slice_name']}", reader.ask(path))
    else:
        expect(carer.ask(path)[0] != 200, f"{carer.name} opens {chart['slice_name']}")
    quiet(one, f"chart {chart['slice_name']}", one.ask(path))
    quiet(none, f"chart {chart['slice_name']}", none.ask(path))

# What is kept of a reader goes with their region.
expect(number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, f"{lost} sees figures")
known(f"INSERT INTO cfg.reader_region VALUES ('{lost}', '{home_region}')")
got = number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"]))
expect(got == round(float(sums[home_region]), 2), f"{lost} has a region now and sees {got}")
known(f"DELETE FROM cfg.reader_region WHERE reader = '{lost}'")
expect(number(none.chart(datasets["receipt_statistics"], metrics=["net_sales_total"])) == 0, f"{lost} lost the region and sees figures")

# Whole answers, as browsers get them: kept for the one who asked, and only while nothing changed.
visitor, of_region, of_none, of_members_only = (Visitor(name) for name in ("executive", manager, lost, carer.name))
overview = json.loads(visitor.ask("/api/v1/dashboard/overview-en/charts")[1])["result"]
questions = [(f"/api/v1/dashboard/overview-en{part}", None) for part in ("", "/charts", "/datasets")]
questions += [
    ("/api/v1/chart/data", json.loads(chart["query_context"]))
    for chart in (json.loads(admin.ask(f"/api/v1/chart/{shown['id']}")[1])["result"] for shown in overview)
]
expect(len(questions) > 8, f"the overview has only {len(questions)} questions")
for path, body in questions:
    asked = [(visitor.ask(path, body), visitor.was_kept) for _ in range(4)]
    expect(all(answer[0] == 200 for answer, _ in asked), f"executive: {path}: {asked[0][0]}")
    expect(asked[3][1] and asked[3][0] == asked[2][0], f"executive: {path} is not kept whole")
    for reader in (of_region, of_none):
        quiet(reader, f"kept {path}", reader.ask(path, body))
        expect(not reader.was_kept, f"{reader.name} is given the kept {path} of another reader")
    status, text = of_members_only.ask(path, body)
    expect(status != 200, f"{of_members_only.name} opens {path}: {text[:200]}")
path, body = questions[-1]
expect(visitor.ask(path, dict(body, force=True))[0] == 200 and not visitor.was_kept, "an answer that is to be new is a kept one")
with sqlite3.connect(home / "dashboards/superset.db", timeout=60) as accounts:
    had = accounts.execute(
        "SELECT id, user_id, role_id FROM ab_user_role WHERE user_id = (SELECT id FROM ab_user WHERE username = 'executive')"
    ).fetchall()
    accounts.executemany("DELETE FROM ab_user_role WHERE id = ?", [row[:1] for row in had])
for path, body in questions:
    expect(visitor.ask(path, body)[0] != 200, f"executive has no role any more and opens {path}")
with sqlite3.connect(home / "dashboards/superset.db", timeout=60) as accounts:
    accounts.executemany("INSERT INTO ab_user_role (id, user_id, role_id) VALUES (?, ?, ?)", had)
for path, body in questions:
    expect(visitor.ask(path, body)[0] == 200, f"executive has the role again and cannot open {path}")

# Customer managers get all of their own, in clear; the next one gets others.
for reader in (carer, colleague):
    mine = f"manager = '{codes[reader.name]}'"
    right = int(known(f"SELECT uniqExact(member) FROM dw.member_rfm WHERE member IN (SELECT member FROM dw.member WHERE {mine})")[0])
    got = number(reader.chart(datasets["member_rfm"], metrics=["members"]))
    expect(right > 0 and got == right, f"{reader.name}: {got} members, SQL says {right}")
    status, text = reader.sql("SELECT DISTINCT phone FROM dw.reader_member")
    got = told(text) & facts("1", "phone")
    expect(got == facts(mine, "phone"), f"{reader.name}: {len(got)} telephone numbers, not those of their members: {status}")
expect(
    number(analyst.chart(datasets["member_rfm"], metrics=["members"])) == int(known("SELECT count() FROM dw.member_rfm")[0]),
    "analyst does not see every member",
)
expect("****" in analyst.sql("SELECT DISTINCT phone FROM dw.reader_member LIMIT 5")[1], "analyst sees no masked number")

# Every dataset: rows and values of filters; where it is about members, and for one of each way in which views choose
# rows (stores, areas, members, chain readers only, columns): samples, drill to detail, downloads, own conditions, too.
THOROUGH = {"daily_sales", "sales_growth", "member_rfm", "goods_class", "check_result"}
expect(THOROUGH <= set(tried), f"no such datasets: {THOROUGH - set(tried)}")
for name, dataset in tried.items():
    columns = columns_of[name]
    for reader in (analyst, carer) if dataset in of_members else ():
        for result in ("json", "csv"):
            discreet(reader, f"{name} {result}", reader.chart(dataset, columns, result=result))
        for kind in ("samples", "drill_detail"):
            discreet(reader, f"{name} {kind}", reader.chart(dataset, columns, kind=kind))
        discreet(reader, f"{name} samples of old", reader.ask(f"/datasource/samples?force=false&datasource_type=table&datasource_id={dataset}", {}))
        discreet(reader, f"{name} where", reader.chart(dataset, columns, where="1 = 1) OR (1 = 1"))
        discreet(reader, f"{name} subquery", reader.chart(dataset, columns, where="member IN (SELECT member FROM star.member)"))
        for column in ("member", "member_name", "phone", "email", "address", "community_name", "manager"):
            discreet(reader, f"{name} values of {column}", reader.ask(f"/api/v1/datasource/table/{dataset}/column/{column}/values/"))
    for reader in (one, none):
        quiet(reader, f"{name} rows", reader.chart(dataset, columns))
        for column in ("store", "store_name", "region", "area"):
            if column in columns:
                quiet(reader, f"{name} values of {column}", reader.ask(f"/api/v1/datasource/table/{dataset}/column/{column}/values/"))
        if name not in THOROUGH:
            continue
        quiet(reader, f"{name} csv", reader.chart(dataset, columns, result="csv"))
        quiet(reader, f"{name} samples", reader.chart(dataset, columns, kind="samples"))
        quiet(reader, f"{name} drill", reader.chart(dataset, columns, kind="drill_detail"))
        quiet(reader, f"{name} samples of old", reader.ask(f"/datasource/samples?force=false&datasource_type=table&datasource_id={dataset}", {}))
        quiet(reader, f"{name} where", reader.chart(dataset, columns, where="1 = 1) OR (1 = 1"))
        quiet(reader, f"{name} subquery", reader.chart(dataset, columns, where="1 IN (SELECT 1 FROM mart.daily_sales)"))

# An own expression in a chart, in place of a metric.
for expression in (
    "(SELECT sum(net_sales) FROM mart.daily_sales)",
    "(SELECT max(store) FROM star.store)",
    "(SELECT groupArray(region) FROM cfg.reader_region)",
    "groupArray(store_name)",
    "uniq(region)",
):
    metric = {"expressionType": "SQL", "sqlExpression": expression, "label": "x"}
    quiet(one, f"metric {expression}", one.chart(datasets["daily_sales"], metrics=[metric]), expression)

for expression in (
    "groupArray(phone)",
    "groupArray((member_name, phone, address))",
    "max(phone)",
    "(SELECT groupArray(phone) FROM star.member)",
    "(SELECT groupArray(phone) FROM dw.member)",
    "(SELECT groupArray(phone) FROM dw.reader_member)",
    "throwIf(1, toString(groupArray(phone)))",
    "sum(toUInt64(phone))",
):
    metric = {"expressionType": "SQL", "sqlExpression": expression, "label": "x"}
    for reader in (carer, analyst, one):
        discreet(reader, f"metric {expression}", reader.chart(datasets["member_rfm"], metrics=[metric]), expression)

# SQL Lab.
for statement in (
    "SELECT * FROM dw.reader_member",
    "SELECT * FROM dw.reader_member ORDER BY phone DESC",
    "SELECT * FROM dw.reader_member WHERE phone LIKE '1%' OR name != ''",
    "SELECT groupArray((name, phone, address)) AS x FROM dw.reader_member",
    "SELECT a.phone, b.phone AS other FROM dw.reader_member AS a CROSS JOIN dw.reader_member AS b LIMIT 1000",
    "SELECT p.* FROM dw.member_purchases AS m RIGHT JOIN dw.reader_member AS p ON p.member = m.member",
    "SELECT * FROM dw.member_purchases",
    "SELECT * FROM dw.points_balances",
    "SELECT * FROM dw.card_balances",
    "SELECT * FROM dw.member",
    "SELECT * FROM dw.member_history",
    "SELECT * FROM star.member",
    "SELECT * FROM cfg.readable_member",
    "SELECT * FROM cfg.reader_manager",
    "SELECT * FROM merge('dw', '.*member.*')",
    "SELECT * FROM merge('star', 'member')",
    "SELECT * FROM view(SELECT * FROM dw.reader_member)",
    "SELECT throwIf(1, toString((SELECT groupArray(phone) FROM dw.reader_member)))",
    "SELECT count() AS c FROM dw.reader_member WHERE toUInt64(name) = 1",
    "EXPLAIN actions = 1, indexes = 1 SELECT * FROM dw.reader_member",
    "INSERT INTO cfg.reader_manager VALUES ('x', 'CM1-1')",
):
    for reader in (carer, analyst, one):
        discreet(reader, f"SQL Lab: {statement}", reader.sql(statement), statement)
phone = known(f"SELECT phone FROM dw.member WHERE manager NOT IN ('', '{code}') AND phone != '' ORDER BY member LIMIT 1")[0]
for condition in (f"phone = '{phone}'", f"phone LIKE '%{phone[3:]}'", f"throwIf(phone = '{phone}') = 1"):
    for reader in (carer, analyst):
        status, text = reader.sql(f"SELECT count() AS c FROM dw.reader_member WHERE {condition}")
        expect(status == 200 and json.loads(text)["data"] == [{"c": 0}], f"{reader.name}: {condition} is confirmed: {status} {text[:200]}")
for statement in (
    "SELECT * FROM dw.receipt_statistics",
    "SELECT sum(net_sales) AS s FROM dw.receipt_statistics",
    "SELECT store, region, name FROM dw.reader_store",
    "SELECT * FROM dw.store",
    "SELECT * FROM dw.sales_line",
    "SELECT * FROM dw.member",
    "SELECT * FROM dw.member_rfm",
    "SELECT * FROM mart.receipt_statistics",
    "SELECT * FROM star.store",
    "SELECT * FROM cfg.reader_region",
    "SELECT * FROM cfg.readable_store",
    "SELECT * FROM merge('mart', '.*')",
    "SELECT * FROM merge('dw', '.*_sales')",
    "SELECT * FROM view(SELECT * FROM dw.daily_sales)",
    "SELECT * FROM view(SELECT * FROM mart.daily_sales)",
    "SELECT * FROM remote('127.0.0.1', 'mart', 'daily_sales')",
    "SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString', 'x String')",
    "SELECT * FROM file('/etc/passwd', 'LineAsString', 'x String')",
    "SELECT * FROM mergeTreeIndex('mart', 'daily_sales')",
    "SELECT * FROM mergeTreeProjection('mart', 'daily_sales', 'p')",
    "SELECT * FROM system.query_log",
    "SELECT * FROM system.processes",
    "SELECT * FROM system.users",
    "SELECT * FROM system.parts",
    "SELECT name, total_rows, create_table_query FROM system.tables",
    "SELECT * FROM information_schema.tables",
    "SHOW CREATE TABLE dw.daily_sales",
    "SHOW GRANTS",
    "DESCRIBE TABLE mart.daily_sales",
    "EXPLAIN indexes = 1 SELECT * FROM dw.daily_sales",
    "SELECT throwIf(1, toString((SELECT max(store) FROM dw.daily_sales)))",
    "SELECT toUInt8(store) FROM dw.daily_sales",
    "WITH t AS (SELECT * FROM dw.daily_sales) SELECT store, sum(net_sales) FROM t GROUP BY store",
    "SELECT a.store, b.store FROM dw.receipt_statistics AS a CROSS JOIN dw.reader_store AS b LIMIT 100",
    "SELECT * FROM dw.revenue_tree WHERE level = 'chain'",
    "SELECT * FROM dw.sales_growth WHERE level IN ('chain', 'region', 'format')",
    "SELECT * FROM dw.daily_sales SETTINGS readonly = 0",
    "SET readonly = 0",
    "INSERT INTO cfg.reader_region VALUES ('x', '*')",
    "CREATE TABLE dw.mine AS SELECT * FROM mart.daily_sales",
):
    quiet(one, f"SQL Lab: {statement}", one.sql(statement), statement)
    quiet(none, f"SQL Lab: {statement}", none.sql(statement), statement)
status, text = one.sql("SELECT sum(net_sales) AS s FROM dw.receipt_statistics")
expect(status == 200 and f"{float(sums[home_region]):.2f}"[:-3] in text, f"{manager}: SQL Lab does not work: {status} {text[:200]}")
expect(executive.sql("SELECT 1")[0] in (403, 404), "executive has SQL Lab")
quiet(two, "the first manager's history", two.ask("/api/v1/query/"))

# Changing or reaching past what is given.
for reader in (executive, one, none, carer):
    for what, path, body in (
        ("new dataset", "/api/v1/dataset/", {"database": database, "schema": "mart", "table_name": "daily_sales"}),
        ("new virtual dataset", "/api/v1/dataset/", {"database": database, "schema": "dw", "table_name": "x", "sql": "SELECT * FROM mart.daily_sales"}),
        ("new database", "/api/v1/database/", {"database_name": "x", "sqlalchemy_uri": "sqlite:////etc/passwd"}),
        ("new user", "/api/v1/security/users/", {"username": "x", "password": "x", "roles": [1], "first_name": "x", "last_name": "x", "email": "x@x.x", "active": True}),
        ("new role", "/api/v1/security/roles/", {"name": "x"}),
    ):
        status, text = reader.ask(path, body)
        expect(status in (400, 401, 403, 404, 405, 422) and not leaks(text), f"{reader.name}: {what}: {status} {text[:200]}")
    for path in ("/api/v1/security/users/", "/api/v1/assets/export/", "/api/v1/database/1/connection", "/api/v1/log/"):
        status, text = reader.ask(path)
        expect(status in (401, 403, 404, 405), f"{reader.name}: {path}: {status} {text[:100]}")

for problem in problems:
    print(problem)
print(f"{attempts} attempts and comparisons, {len(problems)} problems")
sys.exit(1 if problems else 0)
