"""The WSGI entry point: `gunicorn wsgi:app`."""

from collector.app import create_app

app = create_app()
