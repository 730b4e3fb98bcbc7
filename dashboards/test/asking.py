"""How the tests of access ask, as whom, and how they count. Standard library only."""

import html
import http.cookiejar
import io
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections import defaultdict
from pathlib import Path

home = Path(sys.argv[1])
base = "http://127.0.0.1:" + re.search(r"port=(\d+)", (home / "dashboards/port.properties").read_text())[1]
# What was tried, by kind.
tries = defaultdict(list)
problems = []


def expect(kind, who, what, holds, told=""):
    """One attempt or comparison of a reader."""
    tries[kind].append(what)
    if not holds:
        problems.append(f"{kind}: {who}: {what}: {told}"[:700])


def secret(name):
    return (home / "secrets" / name).read_text().strip()


class Reader:
    """A logged-in reader: what the browser would send."""

    database = None

    def __init__(self, name):
        self.name = name
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.headers = {"Referer": base}
        self.log_in()

    def __str__(self):
        return self.name

    def log_in(self):
        body = {"username": self.name, "password": secret(f"login-{self.name}"), "provider": "db", "refresh": True}
        token = json.loads(self.ask("/api/v1/security/login", body)[1])["access_token"]
        self.headers["Authorization"] = "Bearer " + token
        self.take_token()

    def take_token(self):
        """Superset asks it of whoever changes something."""
        self.headers["X-CSRFToken"] = json.loads(self.ask("/api/v1/security/csrf_token/")[1])["result"]

    def ask(self, path, body=None, form=None, method=None):
        """A body is sent as JSON, a form as one. Tokens hold for a quarter of an hour."""
        answer = self.ask_once(path, body, form, method)
        if answer[0] == 401 and "Token has expired" in answer[1]:
            del self.headers["Authorization"]
            self.log_in()
            answer = self.ask_once(path, body, form, method)
        return answer

    def ask_once(self, path, body, form, method):
        data, headers = None, dict(self.headers)
        self.head, self.was_kept = {}, False
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif form is not None:
            data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(base + path, data, headers, method=method)
        try:
            with self.opener.open(request, timeout=180) as answer:
                self.head = answer.headers
                self.was_kept = "Age" in answer.headers
                return answer.status, text(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, text(refused.read())

    def sql(self, statement, client=None):
        body = {"database_id": self.database, "sql": statement, "schema": "dw", "queryLimit": 1000, "runAsync": False}
        return self.ask("/api/v1/sqllab/execute/", dict(body, client_id=client) if client else body)

    def chart(self, dataset, columns=(), metrics=(), result="json", kind="full", where="", having="", form=None, **more):
        query = {
            "columns": list(columns), "metrics": list(metrics), "filters": [], "orderby": [],
            "extras": {"where": where, "having": having}, "row_limit": 10000, **more,
        }
        body = {
            "datasource": {"id": dataset, "type": "table"}, "force": False, "queries": [query],
            "result_format": result, "result_type": kind, "form_data": form or {},
        }
        return self.ask("/api/v1/chart/data", body)


class Visitor(Reader):
    """A reader with the session of a browser: whole answers are kept for those, and pages of old ask for one."""

    def log_in(self):
        form = re.search(r'csrf_token[^>]*?value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)', self.ask("/login/")[1])
        fields = {"username": self.name, "password": secret(f"login-{self.name}"), "csrf_token": next(filter(None, form.groups()))}
        self.ask("/login/", form=fields)
        self.take_token()


class Stranger(Reader):
    """Somebody who did not log in."""

    def log_in(self):
        pass


def text(answer):
    """An answer as text: of an Excel file its cells, one a line."""
    if not answer.startswith(b"PK"):
        return answer.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if re.search("sharedStrings|worksheets/sheet", name)]
    return "\n".join(html.unescape(cell) for cell in re.findall(r"<[tv](?: [^>]*)?>([^<]*)<", "".join(parts)))


def engine(statement, account="storefact", session=None):
    """What ClickHouse itself says to an account; its keeper's is not a reader's."""
    port = re.search(r"httpPort=(\d+)", (home / "engine/run.properties").read_text())[1]
    headers = {"X-ClickHouse-User": account, "X-ClickHouse-Key": secret(account)}
    address = f"http://127.0.0.1:{port}/" + (f"?session_id={session}" if session else "")
    request = urllib.request.Request(address, statement.encode(), headers)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")


def known(sql, session=None):
    """What the warehouse says, by lines."""
    status, answer = engine(sql, session=session)
    if status != 200:
        raise ValueError(f"{sql}: {answer}")
    return answer.splitlines()


def rows(sql, session=None):
    return [json.loads(line) for line in known(sql + " FORMAT JSONEachRow", session)]
