"""Which week the demo's database holds: a note beside it, and forgetting both. Used by `run.py`."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from collector.errors import Conflict
from collector.model.base import db
from collector.model.events import Event
from collector.simulation.demo.week import SOURCE

NOTE = "demo.json"


@dataclass(frozen=True, slots=True)
class Note:
    """Which week this database holds, and whether it was played to its end."""

    end: datetime
    done: bool


def read(home: Path) -> Note | None:
    """The note, if the database still holds that week."""
    try:
        stored = json.loads((home / NOTE).read_text())
        note = Note(datetime.fromisoformat(stored["end"]), bool(stored["done"]))
    except (OSError, ValueError, KeyError, TypeError):
        note = None
    held = db.session.scalar(select(func.count(Event.id)).where(Event.source == SOURCE)) or 0
    others = db.session.scalar(select(func.count(Event.id)).where(Event.source != SOURCE)) or 0
    if note is None and others:
        raise Conflict(
            "this database holds other events than the demo's; keep the demo apart with "
            "COLLECTOR_HOME=.collector-demo"
        )
    return note if held else None


def write(home: Path, note: Note) -> None:
    home.mkdir(parents=True, exist_ok=True)
    aside = home / (NOTE + ".next")
    aside.write_text(json.dumps({"end": note.end.isoformat(), "done": note.done}))
    aside.replace(home / NOTE)


def forget(home: Path) -> None:
    """Remove what a demo made, and nothing where no demo was."""
    if not (home / NOTE).exists():
        if (home / "collector.db").exists():
            raise Conflict(f"{home} was not made by the demo; --fresh leaves it alone")
        return
    for name in ("collector.db", "collector.db-wal", "collector.db-shm", NOTE):
        (home / name).unlink(missing_ok=True)
    for name in ("preview", "preview-replies", "export"):
        shutil.rmtree(home / name, ignore_errors=True)
