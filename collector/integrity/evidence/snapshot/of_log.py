"""Of which log and of which code a snapshot is: its head, and whether it is still so. Reads only.

The log is told by some of its entries, near ones and far ones, and by how many of those that the
engine was fed were taken back. The code is told by every byte of it, by the version of Python and
by the machine's numbers, since the verdicts must come out alike to the last bit.
"""

from __future__ import annotations

import hashlib
import platform
import secrets
import sys
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from collector.integrity.engine.engine import VERSION
from collector.integrity.evidence.snapshot.columns import order_of_bytes
from collector.model.integrity import IntegrityHead, LogEntry

FORMAT = 1
CODE = ("engine", "evidence")  # folders beside this one's parent


def head(session: Session, number: int, night: float | None, erased: int) -> dict[str, Any] | None:
    """What a snapshot is written with. None where something was taken back since it was fed."""
    all_erased, before = taken_back(session, number)
    known = _told(session, number)
    if all_erased != erased or known is None:
        return None
    return {"format": FORMAT, "checks": VERSION, "code": code(), "number": number,
            "night": night, "erased": before, "log": known}  # fmt: skip


def fits(session: Session, said: dict[str, Any]) -> str:
    """Why a snapshot with this head is not of this log and code; empty where it is."""
    if said.get("format") != FORMAT or said.get("checks") != VERSION or said.get("code") != code():
        return "another_version"
    number, night = said["number"], said["night"]
    last = session.execute(select(IntegrityHead.last_number, IntegrityHead.night)).first()
    if last is None or last.last_number < number:
        return "another_log"
    if night is not None and (last.night is None or last.night.timestamp() < night):
        return "another_log"
    if _told(session, number) != said["log"]:
        return "another_log"
    if taken_back(session, number)[1] != said["erased"]:
        return "erased"
    return ""


def taken_back(session: Session, number: int) -> tuple[int, int]:
    """How many entries somebody took back: of all, and of those up to this number."""
    before = func.sum(case((LogEntry.number <= number, 1), else_=0))
    found = session.execute(select(func.count(), before).where(LogEntry.erased)).one()
    return found[0], int(found[1] or 0)


@cache
def code() -> str:
    """A digest of whatever decides about verdicts, besides the log."""
    return digest(Path(__file__).parents[2])


def digest(place: Path) -> str:
    """The same, for the code in this folder."""
    found = hashlib.sha256()
    found.update(f"{sys.version}\x1f{platform.platform()}\x1f{order_of_bytes()}".encode())
    for folder in CODE:
        files = sorted((place / folder).rglob("*.py"))
        if not files:  # only compiled files are here: nobody can say which code this is
            found.update(secrets.token_bytes(32))
        for file in files:
            found.update(f"{file.relative_to(place)}\x1f".encode() + file.read_bytes())
    return found.hexdigest()


def _told(session: Session, number: int) -> str | None:
    """A digest of this entry, and of some before it; None where one of them is not there."""
    wanted = {number, 1}
    step = 1
    while step < number:
        wanted.add(number - step)
        step *= 2
    rows = session.execute(
        select(LogEntry.number, LogEntry.heard_at, LogEntry.kind, LogEntry.ref, LogEntry.version)
        .where(LogEntry.number.in_(sorted(wanted)))
        .order_by(LogEntry.number)
    ).all()
    if len(rows) != len(wanted):
        return None
    return hashlib.sha256(
        orjson.dumps([[row[0], row[1].timestamp(), *row[2:]] for row in rows])
    ).hexdigest()
