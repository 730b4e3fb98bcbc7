"""Markdowns, price elasticities and seasons: told as those of the Complete Journey, after source_sales.sql."""

import runpy
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[1]


def load(con):
    con.execute((BESIDE / "source_markdown.sql").read_text("utf-8"))
    runpy.run_path(str(BESIDE / "source_season.py"))["load"](con)
