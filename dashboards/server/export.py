"""Writes the charts and dashboards that Superset has now, for comparison with those that were brought.

    export.py FILE

The file is JSON, its trees as in the bundle that prepare.py brings in.
"""

import json
import sys
from pathlib import Path

from superset_app import app


def tree(text):
    return json.loads(text) if text else {}


def charts():
    from superset import db
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.slice import Slice

    datasets = {dataset.id: str(dataset.uuid) for dataset in db.session.query(SqlaTable).all()}
    for chart in db.session.query(Slice).order_by(Slice.id).all():
        yield {
            "uuid": str(chart.uuid),
            "dataset_uuid": datasets.get(chart.datasource_id) if chart.datasource_type == "table" else None,
            "slice_name": chart.slice_name,
            "description": chart.description,
            "viz_type": chart.viz_type,
            "params": tree(chart.params),
        }


def dashboards():
    from superset import db
    from superset.models.dashboard import Dashboard

    for dashboard in db.session.query(Dashboard).order_by(Dashboard.id).all():
        yield {
            "uuid": str(dashboard.uuid),
            "dashboard_title": dashboard.dashboard_title,
            "description": dashboard.description,
            "css": dashboard.css,
            "position": tree(dashboard.position_json),
            "metadata": tree(dashboard.json_metadata),
        }


def main(file):
    with app.app_context():
        state = {"charts": list(charts()), "dashboards": list(dashboards())}
    file.write_text(json.dumps(state, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
