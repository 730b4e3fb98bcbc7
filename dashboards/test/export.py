"""Edits charts and a dashboard as a browser would, and looks at what comes back into the files.

    export.py HOME

Superset serves HOME. Uses its API as admin; puts everything back in the end. Standard library only.
"""

import difflib
import http.cookiejar
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

home = Path(sys.argv[1])
root = Path(__file__).resolve().parents[2]
base = "http://127.0.0.1:" + re.search(r"port=(\d+)", (home / "dashboards/port.properties").read_text())[1]
opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
)
headers = {"Referer": base}


def ask(path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    own = dict(headers, **({"Content-Type": "application/json"} if data else {}))
    with opener.open(urllib.request.Request(base + path, data, own, method=method), timeout=60) as answer:
        return json.loads(answer.read())


def log_in():
    password = (home / "secrets/login-admin").read_text().strip()
    body = {"username": "admin", "password": password, "provider": "db", "refresh": True}
    headers["Authorization"] = "Bearer " + ask("/api/v1/security/login", body)["access_token"]
    headers["X-CSRFToken"] = ask("/api/v1/security/csrf_token/")["result"]


def chart_of(dashboard, uuid):
    """The chart's number, and its state: Superset lists charts of a dashboard without their UUIDs."""
    position = json.loads(dashboard["position_json"])
    number = next(
        box["meta"]["chartId"]
        for box in position.values()
        if isinstance(box, dict) and box.get("meta", {}).get("uuid") == uuid
    )
    return number, ask(f"/api/v1/chart/{number}")["result"]


def dashboards(*words):
    command = [root / "storefact", "--home", home, "dashboards", *words]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def export(files):
    return dashboards("export", "--to", files)


def diff(files):
    """Changed lines of each file, as in git diff."""
    lines = []
    for file in sorted((root / "dashboards/assets").glob("*.yaml")):
        before = file.read_text("utf-8").splitlines()
        after = (files / file.name).read_text("utf-8").splitlines()
        found = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        lines += [f"{file.stem} {line[0]} {line[1:].strip()}" for line in found if not line.startswith("@@")]
    return lines


def expect(what, found, wanted):
    if found != wanted:
        print(f"{what}:\n  found  {found}\n  wanted {wanted}")
        problems.append(what)


problems = []
log_in()
with tempfile.TemporaryDirectory() as folder:
    files = Path(folder) / "assets"
    shutil.copytree(root / "dashboards/assets", files)

    code, said = export(files)
    expect("export without edits", (code, "nothing was edited" in said, diff(files)), (0, True, []))
    if problems:
        print(said)

    dashboard = ask("/api/v1/dashboard/overview-en")["result"]
    position = json.loads(dashboard["position_json"])
    number, chart = chart_of(dashboard, position["CHART-departments"]["meta"]["uuid"])
    params = json.loads(chart["params"])
    try:
        # What Explore sends: the name, and all of its controls.
        saved = dict(params, row_limit=15, rolling_type=None, annotation_layers=[], x_axis_title="")
        ask(
            f"/api/v1/chart/{number}",
            {"slice_name": "Net sales: departments", "params": json.dumps(saved)},
            "PUT",
        )
        # What the dashboard's editor sends: all positions within the metadata.
        moved = json.loads(dashboard["position_json"])
        moved["CHART-weeks"]["meta"]["width"] = position["CHART-regions"]["meta"]["width"]
        moved["CHART-regions"]["meta"]["width"] = position["CHART-weeks"]["meta"]["width"]
        metadata = dict(json.loads(dashboard["json_metadata"]), positions=moved)
        ask(f"/api/v1/dashboard/{dashboard['id']}", {"json_metadata": json.dumps(metadata)}, "PUT")

        code, said = export(files)
        expect("exit code", code, 0)
        expect(
            "changed lines",
            diff(files),
            [
                "overview - width: 8",
                "overview + width: 4",
                "overview - width: 4",
                "overview + width: 8",
                "overview - title: {en: Net sales by department, zh: 各一级分类净销售额}",
                'overview + title: {en: "Net sales: departments", zh: 各一级分类净销售额}',
                "overview - limit: 20",
                "overview + limit: 15",
            ],
        )
        expect("files that are said to change", re.findall(r"changed: .*/(\w+)\.yaml", said), ["overview"])
        expect("the next step", f"next: git diff {files}; ./storefact dashboards up" in said, True)
        if problems:
            print(said)

        # Another reader is something to bring in, and what is in the checkout's files lacks the edits.
        readers = home / "readers.yaml"
        known = readers.read_text("utf-8")
        try:
            readers.write_text(known + "- {name: auditor, role: analyst}\n", "utf-8")
            code, said = dashboards("up")
        finally:
            readers.write_text(known, "utf-8")
        told = [words in said for words in ("overview/departments: limit 20 → 15", "up --overwrite")]
        expect("up while edits are not exported", (code, told), (1, [True, True]))
        kept = json.loads(chart_of(dashboard, position["CHART-departments"]["meta"]["uuid"])[1]["params"])
        expect("the edit after up was refused", kept["row_limit"], 15)
        if problems:
            print(said)
    finally:
        ask(
            f"/api/v1/chart/{number}",
            {"slice_name": chart["slice_name"], "params": chart["params"]},
            "PUT",
        )
        ask(
            f"/api/v1/dashboard/{dashboard['id']}",
            {"position_json": dashboard["position_json"], "json_metadata": dashboard["json_metadata"]},
            "PUT",
        )

    again = Path(folder) / "again"
    shutil.copytree(root / "dashboards/assets", again)
    code, said = export(again)
    expect("export after all was put back", (code, "nothing was edited" in said, diff(again)), (0, True, []))

print(f"export of edits, {len(problems)} problems")
sys.exit(1 if problems else 0)
