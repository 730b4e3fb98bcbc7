"""Keeps answers to charts, for each reader their own.

A key begins with the account of whoever asks and with the state of what that account may see (dw.reader_state): no
reader finds what another was shown, and after a build, a check or a change of regions nobody finds what was before.
Whoever is no reader, and whoever asks outside a request, has no cache.
"""

import urllib.error
import urllib.request

from cachelib import FileSystemCache
from flask import g, has_request_context
from flask_caching.backends.base import BaseCache

STATE = b"SELECT state FROM dw.reader_state FORMAT TSV"


class ReaderCache(BaseCache):
    """Superset's cache of chart data: files that only their owner may read."""

    def __init__(self, files, default_timeout):
        super().__init__(default_timeout=default_timeout)
        self.files = files

    @classmethod
    def factory(cls, app, config, args, kwargs):
        timeout = kwargs["default_timeout"]
        files = FileSystemCache(
            config["CACHE_DIR"], threshold=config["CACHE_THRESHOLD"], default_timeout=timeout, mode=0o600
        )
        return cls(files, timeout)

    def get(self, key):
        own = self.own(key)
        return None if own is None else self.files.get(own)

    def has(self, key):
        own = self.own(key)
        return own is not None and self.files.has(own)

    def set(self, key, value, timeout=None):
        own = self.own(key)
        return False if own is None else self.files.set(own, value, timeout)

    def add(self, key, value, timeout=None):
        own = self.own(key)
        return False if own is None else self.files.add(own, value, timeout)

    def delete(self, key):
        own = self.own(key)
        return own is not None and self.files.delete(own)

    def clear(self):
        return self.files.clear()

    @staticmethod
    def own(key):
        """The reader's own key; None for nobody, and where the warehouse does not say how things stand."""
        state = reader_state()
        return None if state is None else f"{state}|{key}"


def reader_state():
    """Who asks, and the state of what they may see; None as above.

    One for a request: what was asked before a build must not be kept as after it.
    """
    if not has_request_context():
        return None
    if not hasattr(g, "storefact_reader_state"):
        g.storefact_reader_state = asked_of_warehouse()
    return g.storefact_reader_state


def asked_of_warehouse():
    from superset_config import NOBODY, account, secret, warehouse

    name = account(getattr(getattr(g, "user", None), "username", None), None)
    if name == NOBODY:
        return None
    host, port = warehouse()
    headers = {"X-ClickHouse-User": name, "X-ClickHouse-Key": secret(name)}
    request = urllib.request.Request(f"http://{host}:{port}/", STATE, headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return f"{name}|{answer.read().decode().strip()}"
    except (urllib.error.URLError, TimeoutError):
        return None
