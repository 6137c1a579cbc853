"""create_app: settings → extensions → blueprints → error map → commands. The only wiring there is.

Imported by `wsgi.py` and the command line. Where to go next: `web/blueprints.py` for the addresses,
`work/tasks.py` for what happens behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson
from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface, SessionMixin
from sqlalchemy.engine import make_url

from channels.base import Channel
from collector import clock, config, logs
from collector.errors import Misconfigured
from collector.invitations.transports import build as build_channels
from collector.model import (
    access,
    answers,
    appeals,
    events,
    feed,
    followups,
    integrity,
    invitations,
    people,
    roster,
    rules,
    set_apart,
    signals,
    surveys,
    verdicts,
)
from collector.model.base import Bell, db, prepare_engine
from collector.model.sql.lazy_migrate import LazyMigrate
from collector.web import blueprints, errors, jsons
from collector.work import doorbell

ROOT = Path(__file__).resolve().parent.parent
MAX_BODY_BYTES = 2 * 1024 * 1024
TABLES = (
    access, answers, appeals, events, feed, followups, integrity, invitations, people,
    roster, rules, set_apart, signals, surveys, verdicts,
)  # fmt: skip  # imported so that their tables are known; one noun a file


def create_app(
    settings: config.Settings | None = None,
    *,
    channels: Mapping[str, Channel] | None = None,
    bell: Bell | None = None,
) -> Flask:
    """The service. Without arguments it reads the environment; tests hand in settings and parts.

    Raises Misconfigured when a setting is missing or makes no sense.
    """
    settings = settings or config.read()
    logs.configure()
    clock.follow(settings.clock_file)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_keys[-1],
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
    )
    app.json = jsons.OrjsonProvider(app)
    app.session_interface = NoSessions()
    app.extensions["collector.settings"] = settings
    if settings.sqlite:
        _make_folder(settings)
    db.init_app(app)
    app.extensions["migrate"] = LazyMigrate(app, db, str(ROOT / "migrations"))
    with app.app_context():
        prepare_engine(db.engine)
    app.extensions["collector.channels"] = (
        build_channels(settings) if channels is None else channels
    )
    app.extensions["collector.doorbell"] = bell or doorbell.build(app, settings)
    blueprints.register(app)
    errors.register(app)
    return app


def _engine_options(settings: config.Settings) -> dict[str, object]:
    common = {
        "json_serializer": jsons.stored,
        "json_deserializer": orjson.loads,
        "hide_parameters": True,  # what a customer owns travels as parameters, also into errors
    }
    if settings.sqlite:
        return {"pool_size": 10, "max_overflow": 40, **common}
    return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True, **common}


class NoSessions(SessionInterface):
    """Nobody logs in here by a cookie: no request pays for looking for a session."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return NullSession()


def _make_folder(settings: config.Settings) -> None:
    path = make_url(settings.database_url).database
    if path and path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            name = config.PREFIX + ("HOME" if settings.embedded else "DATABASE_URL")
            raise Misconfigured(
                f"{name} names a folder that cannot be made ({error.strerror}); name another.",
                pointer=name,
            ) from error
