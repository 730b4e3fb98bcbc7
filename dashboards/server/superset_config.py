"""Configuration of the Superset that `storefact dashboards up` serves.

STOREFACT_HOME names the home: secrets, metadata and the address of the warehouse are in it. Every reader
connects to ClickHouse as the account of their own name, and ClickHouse decides what they see.
"""

import base64
import json
import os
import re
import stat
from pathlib import Path

from flask import g, has_request_context, redirect, request, session
from kept_answers import keep_answers
from mended import mend
from own_queries import keep_to_oneself

HOME = Path(os.environ["STOREFACT_HOME"])
FOLDER = HOME / "dashboards"
NOBODY = "nobody"
LANGUAGES = {
    "en": {"flag": "us", "name": "English"},
    "zh": {"flag": "cn", "name": "简体中文"},
}


def secret(name):
    """A secret of the home, which only its owner may read."""
    file = HOME / "secrets" / name
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PermissionError(f"others may read {file}: chmod 600 it")
    return file.read_text("utf-8").strip()


def warehouse():
    """Host and port of ClickHouse: a server's are fixed, those of the home's engine may change."""
    server = FOLDER / "server.json"
    if server.exists():
        address = json.loads(server.read_text("utf-8"))
        return address["host"], address["port"]
    lines = (HOME / "engine" / "run.properties").read_text("utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return "127.0.0.1", int(values["httpPort"])


def readers():
    """Names of the readers, who have accounts of the same names."""
    return {reader["name"] for reader in json.loads((FOLDER / "readers.json").read_text("utf-8"))}


def account(username, security_manager):
    """The ClickHouse account of whoever asks. Guests name themselves, so they are nobody."""
    user = getattr(g, "user", None)
    if getattr(user, "is_guest_user", False):
        return NOBODY
    if username is None and not has_request_context():
        # A streamed download runs after its request; only the login's number is left of it.
        from sqlalchemy import inspect

        # By token the one, by session the other.
        states = [inspect(login, raiseerr=False) for login in (user, getattr(g, "_login_user", None))]
        numbers = [state.identity[0] for state in states if state is not None and state.identity]
        if numbers:
            username = getattr(security_manager.get_user_by_id(numbers[0]), "username", None)
    return username if username in readers() else NOBODY


def DB_CONNECTION_MUTATOR(uri, params, username, security_manager, source):
    if uri.get_backend_name() != "clickhousedb":
        raise PermissionError("only the warehouse can be connected to")
    name = account(username, security_manager)
    host, port = warehouse()
    return uri.set(username=name, password=secret(name), host=host, port=port), params


def switch_language(app):
    """/language/zh/sales: the words of Superset and of the dashboard change together. A dashboard that is opened by its
    own address brings its language along."""

    @app.route("/language/<language>/<dashboard>")
    def language(language, dashboard):
        if language not in LANGUAGES or not dashboard.replace("-", "").replace("_", "").isalnum():
            return "no such language", 404
        session["locale"] = language
        return redirect(f"/superset/dashboard/{dashboard}-{language}/")

    @app.before_request
    def language_of_the_dashboard():
        opened = re.fullmatch(r"/superset/dashboard/[a-z_]+-([a-z]{2})/", request.path)
        if opened and opened[1] in LANGUAGES:
            session["locale"] = opened[1]


def answers_are_private(app):
    """The old charts say that any cache on the way may keep their answers."""

    @app.after_request
    def private(response):
        if response.cache_control.public and not request.path.startswith("/static/"):
            response.cache_control.public = False
            response.cache_control.private = True
        return response


def picture(name):
    """A picture of this folder as an address: Superset serves no files of ours."""
    return "data:image/svg+xml;base64," + base64.b64encode((Path(__file__).parent / name).read_bytes()).decode()


def brand(app):
    for theme in ("THEME_DEFAULT", "THEME_DARK"):
        app.config[theme]["token"].update(
            brandAppName=APP_NAME, brandLogoAlt=APP_NAME, brandLogoUrl=picture("logo.svg")
        )


def schema_of_the_address():
    """Superset asks the server which schema is the default, by a connection of its own and twice for each chart. The
    address says it."""
    from superset.db_engine_specs.clickhouse import ClickHouseConnectEngineSpec

    def get_default_schema(spec, database, catalog):
        return database.url_object.database

    ClickHouseConnectEngineSpec.get_default_schema = classmethod(get_default_schema)


def months_are_whole():
    """Rows of a month bear its first day: a choice of days has each month that it touches, not only those that begin in
    it."""
    from superset.models.helpers import ExploreMixin

    narrowed = ExploreMixin.get_time_filter

    def get_time_filter(self, time_col, start_dttm, *rest, **more):
        if start_dttm and time_col.column_name == "month":
            start_dttm = start_dttm.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return narrowed(self, time_col, start_dttm, *rest, **more)

    ExploreMixin.get_time_filter = get_time_filter


def FLASK_APP_MUTATOR(app):
    schema_of_the_address()
    months_are_whole()
    brand(app)
    switch_language(app)
    mend(app)
    answers_are_private(app)
    keep_to_oneself(lambda username: username in readers())
    keep_answers(app)


APP_NAME = "Storefact"
FAVICONS = [{"href": picture("icon.svg"), "type": "image/svg+xml"}]
SECRET_KEY = secret("dashboards-session")
SQLALCHEMY_DATABASE_URI = f"sqlite:///{FOLDER}/superset.db?check_same_thread=false"
BABEL_DEFAULT_LOCALE = os.environ.get("STOREFACT_LANGUAGE", "en")
# Tabs of SQL Lab stay in the reader's browser: kept by Superset, anybody's could be handed to another reader.
FEATURE_FLAGS = {
    "DASHBOARD_RBAC": True,
    "DRILL_BY": True,
    "EMBEDDED_SUPERSET": False,
    "SQLLAB_BACKEND_PERSISTENCE": False,
}

# Nothing that a reader was shown is kept for another one. Names of stores and goods come from no mart, so that
# their change is seen when an answer has become too old.
CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
DATA_CACHE_CONFIG = {
    "CACHE_TYPE": "reader_cache.ReaderCache",
    "CACHE_DIR": str(FOLDER / "cache"),
    "CACHE_THRESHOLD": 2000,
    "CACHE_DEFAULT_TIMEOUT": 600,
}
RESULTS_BACKEND = None

PUBLIC_ROLE_LIKE = None
AUTH_ROLE_PUBLIC = "Public"
AUTH_USER_REGISTRATION = False
FAB_ADD_SECURITY_API = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
PREVENT_UNSAFE_DB_CONNECTIONS = True
ALERT_REPORTS_NOTIFICATION_DRY_RUN = True
SQLLAB_CTAS_NO_LIMIT = False
SUPERSET_WEBSERVER_TIMEOUT = 120
ROW_LIMIT = 10000
SQL_MAX_ROW = 100000
CURRENCIES = ["CNY", "USD", "EUR"]
