"""Makes Superset's metadata what the home says: schema, roles, users, assets. Safe to run again.

    prepare.py BUNDLE        a folder with datasets, charts and dashboards

Each line on standard output is a step for a person to see.
"""

import json
import sys
from pathlib import Path

from superset_app import app


def say(line):
    print("step: " + line, flush=True)


def upgrade():
    """Superset's own schema."""
    from flask_migrate import upgrade as migrate

    say("metadata: schema")
    migrate(directory=str(Path(__import__("superset").__file__).parent / "migrations"))
    from superset import security_manager

    say("metadata: permissions")
    app.appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()


# What every reader does: look at dashboards, download, ask charts further. Nothing that changes anything
# for others: no dashboards, charts or datasets of their own in this room.
LOOK = {
    ("can_read", "Dashboard"),
    ("can_read", "Chart"),
    ("can_read", "Dataset"),
    ("can_read", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_read", "DashboardPermalinkRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_read", "ExploreFormDataRestApi"),
    ("can_write", "ExploreFormDataRestApi"),
    ("can_read", "Explore"),
    ("can_explore", "Superset"),
    ("can_explore_json", "Superset"),
    ("can_dashboard", "Superset"),
    ("can_slice", "Superset"),
    ("can_csv", "Superset"),
    ("can_samples", "Datasource"),
    ("can_get_column_values", "Datasource"),
    ("can_drill", "Dashboard"),
    ("can_view_and_drill", "Dashboard"),
    ("can_view_chart_as_table", "Dashboard"),
    ("can_view_query", "Dashboard"),
    ("can_get_drill_info", "Dataset"),
    ("can_cache_dashboard_screenshot", "Dashboard"),
    ("can_export_data", "Superset"),
    ("can_copy_clipboard", "Superset"),
    ("can_fetch_datasource_metadata", "Superset"),
    ("can_log", "Superset"),
    ("can_recent_activity", "Log"),
    ("can_read", "Theme"),
    ("can_read", "CurrentUserRestApi"),
    ("can_read", "AvailableDomains"),
    ("can_read", "SecurityRestApi"),
    ("can_get", "MenuApi"),
    ("can_time_range", "Api"),
    ("can_language_pack", "Superset"),
    ("can_userinfo", "UserDBModelView"),
    ("resetmypassword", "UserDBModelView"),
    ("can_this_form_get", "ResetMyPasswordView"),
    ("can_this_form_post", "ResetMyPasswordView"),
    ("menu_access", "Home"),
    ("menu_access", "Dashboards"),
    ("menu_access", "Charts"),
}


def permissions(own, sql_lab):
    """Those of a role: to look, to ask in SQL, and the datasets of its own."""
    from superset import security_manager
    from superset.security.manager import SupersetSecurityManager as manager

    wanted = set(LOOK)
    if sql_lab:
        wanted |= manager.SQLLAB_EXTRA_PERMISSION_VIEWS | {
            ("can_sqllab", "Superset"),
            ("can_read", "SQLLab"),
            ("can_execute_sql_query", "SQLLab"),
            ("can_export_csv", "SQLLab"),
            ("can_get_results", "SQLLab"),
            ("can_estimate_query_cost", "SQLLab"),
            ("can_format_sql", "SQLLab"),
            ("can_read", "Database"),
            ("can_read", "Query"),
            ("can_read", "SavedQuery"),
            ("can_write", "SavedQuery"),
            ("menu_access", "SQL Lab"),
            ("menu_access", "SQL Editor"),
            ("menu_access", "Query Search"),
        }
    wanted |= own
    found = []
    for name, view in sorted(wanted):
        permission = security_manager.find_permission_view_menu(name, view)
        if permission is not None:
            found.append(permission)
    return found


def import_assets(folder):
    """Everything of the bundle; what an earlier bundle brought and this one lacks goes."""
    from superset import db, security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice
    from superset.utils.core import override_user

    contents = {
        str(file.relative_to(folder)): file.read_text("utf-8") for file in sorted(folder.rglob("*.yaml"))
    }
    say(f"assets: {len(contents) - 1} files")
    with override_user(security_manager.find_user("admin")):
        try:
            ImportAssetsCommand(contents, passwords={}).run()
        except Exception as failure:
            reasons = getattr(failure.__cause__, "normalized_messages", dict)()
            raise SystemExit(f"assets are refused: {failure} {json.dumps(reasons)}") from failure
    kept = set(json.loads((folder / "uuids.json").read_text("utf-8")))
    ledger = folder.parent / "imported.json"
    before = set(json.loads(ledger.read_text("utf-8"))) if ledger.exists() else set()
    for model in (Dashboard, Slice, SqlaTable):
        for asset in db.session.query(model).all():
            if str(asset.uuid) in before - kept:
                db.session.delete(asset)
    db.session.commit()
    ledger.write_text(json.dumps(sorted(kept)), "utf-8")


def layers(folder):
    """What charts mark on their axes of days. Superset's import leaves such layers out, and charts without them."""
    from datetime import datetime

    from superset import db
    from superset.models.annotations import Annotation, AnnotationLayer
    from superset.models.slice import Slice

    for layer in json.loads((folder / "layers.json").read_text("utf-8")):
        kept = db.session.get(AnnotationLayer, layer["id"]) or AnnotationLayer(id=layer["id"])
        kept.name = layer["name"]
        db.session.add(kept)
        db.session.query(Annotation).filter_by(layer_id=layer["id"]).delete()
        for span in layer["spans"]:
            db.session.add(
                Annotation(
                    layer_id=layer["id"],
                    short_descr=span["name"],
                    start_dttm=datetime.fromisoformat(span["start"]),
                    end_dttm=datetime.fromisoformat(span["end"]),
                )
            )
    for file in sorted((folder / "charts").glob("*.yaml")):
        asset = json.loads(file.read_text("utf-8"))
        if marks := asset["params"].get("annotation_layers"):
            chart = db.session.query(Slice).filter_by(uuid=asset["uuid"]).one()
            chart.params = json.dumps(dict(json.loads(chart.params), annotation_layers=marks))
    db.session.commit()


def roles(readers, access):
    """One Superset role for each role of readers; dashboards are given to roles by name."""
    from superset import db, security_manager
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard

    say("roles and users")
    database = db.session.query(Database).filter_by(database_name="warehouse").one()
    by_uuid = {str(dataset.uuid): dataset for dataset in db.session.query(SqlaTable).all()}
    made = {}
    for name, role in access["roles"].items():
        own = {
            ("datasource_access", by_uuid[uuid].get_perm()) for uuid in role["datasets"] if uuid in by_uuid
        }
        if role["sql"]:
            own.add(("database_access", database.perm))
        for permission, view in own:
            security_manager.add_permission_view_menu(permission, view)
        made[name] = security_manager.add_role(name)
        made[name].permissions = permissions(own, role["sql"])
    public = security_manager.find_role("Public")
    pack = security_manager.add_permission_view_menu("can_language_pack", "Superset")
    public.permissions = [pack]
    for dashboard in db.session.query(Dashboard).all():
        names = access["dashboards"].get(str(dashboard.uuid))
        if names is not None:
            dashboard.roles = [made[name] for name in names]
    db.session.commit()
    users(readers, made)


def users(readers, made):
    """A login for each reader; whoever is no reader any more is shut out."""
    from superset import db, security_manager
    from superset_config import secret

    wanted = {reader["name"]: made[reader["role"]] for reader in readers}
    for name, role in wanted.items():
        user = security_manager.find_user(username=name)
        password = secret("login-" + name)
        if user is None:
            user = security_manager.add_user(
                name, name, role.name, f"{name}@localhost", role, password=password
            )
        user.active = True
        user.roles = [role]
    for user in security_manager.get_all_users():
        if user.username not in wanted and user.username != "admin":
            user.active = False
            user.roles = []
    db.session.commit()


def admin():
    """Keeps logins and assets. It is no reader: ClickHouse tells it nothing."""
    from superset import security_manager
    from superset_config import secret

    if security_manager.find_user(username="admin") is None:
        security_manager.add_user(
            "admin",
            "admin",
            "Storefact",
            "admin@localhost",
            security_manager.find_role("Admin"),
            password=secret("login-admin"),
        )


def main(folder):
    with app.app_context():
        upgrade()
        admin()
        import_assets(folder)
        layers(folder)
        access = json.loads((folder / "access.json").read_text("utf-8"))
        roles(json.loads((folder.parent / "readers.json").read_text("utf-8")), access)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
