"""Flask-Migrate's place in an app, filled when somebody migrates: Alembic is much to load.

Used by `app.py`; whoever asks `app.extensions["migrate"]` for anything gets Flask-Migrate's own.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy


class LazyMigrate:
    """Gives way to Flask-Migrate's settings at the first look at it."""

    def __init__(self, app: Flask, db: SQLAlchemy, directory: str) -> None:
        self._makings = app, db, directory

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        app, db, directory = self._makings
        Migrate(app, db, directory=directory)
        return getattr(app.extensions["migrate"], name)
