"""The WSGI entry point: `gunicorn wsgi:app`. Settings that make no sense end it with a sentence."""

import sys

from collector.app import create_app
from collector.errors import Misconfigured

GIVE_UP = 4  # gunicorn takes this for "the app cannot be loaded" and does not try again

try:
    app = create_app()
except Misconfigured as error:
    sys.stderr.write(f"{error.detail}\n")
    sys.exit(GIVE_UP)
