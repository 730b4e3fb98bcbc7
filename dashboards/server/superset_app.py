"""Superset as a library, for the scripts of this folder: quiet, and with the configuration beside it."""

import logging

logging.disable(logging.WARNING)

from superset.app import create_app  # noqa: E402

app = create_app()
logging.disable(logging.WARNING)
