"""A state is given to an invitation or a message by `collector/model/states.py` alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels import status
from collector.model.base import unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.moves import WrongState, move, moving
from collector.model.states import CLAIM, INVITATION, MESSAGE, MESSAGE_TO, Machine
from tests import factories
from tests.house.state_pictures import PAGE, page

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"collector/model/states.py", "collector/model/moves.py"}
MODULES = [
    path
    for path in sorted((ROOT / "collector").rglob("*.py"))
    if str(path.relative_to(ROOT)) not in TABLES
]
WORDS = {*INVITATION.states, *MESSAGE.states}
NAMES = {word.upper() for word in WORDS}
ROWS_OF_OTHER_TABLES = {("withhold.py", "event"), ("apply.py", "rule")}


def holds_a_word(node: ast.AST) -> bool:
    """Is a state written here, as a string or by the name of its constant?"""
    return any(
        (isinstance(one, ast.Constant) and one.value in WORDS)
        or (isinstance(one, ast.Name) and one.id in NAMES)
        or (isinstance(one, ast.Attribute) and one.attr in NAMES)
        for one in ast.walk(node)
    )


def writes(tree: ast.AST, file: str) -> Iterator[int]:
    """The lines that give a state: to an attribute, in VALUES, to a new row, in a row's dict."""
    for node in ast.walk(tree):
        given = False
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            spread = [one for target in targets for one in getattr(target, "elts", [target])]
            given = any(
                isinstance(one, ast.Attribute)
                and one.attr == "status"
                and (file, ast.unparse(one.value)) not in ROWS_OF_OTHER_TABLES
                for one in spread
            )
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.endswith((".values", "Invitation", "Message")):
                words = [one.value for one in node.keywords if one.arg == "status"]
                given = any(holds_a_word(word) for word in words)
            given |= called == "setattr" and "status" in ast.unparse(node)
        elif isinstance(node, ast.Dict):
            given = any(
                isinstance(key, ast.Constant)
                and key.value == "status"
                and isinstance(value, ast.Name)
                and value.id in NAMES
                for key, value in zip(node.keys, node.values, strict=True)
            )
        if given:
            yield node.lineno


def literals(tree: ast.AST) -> Iterator[int]:
    """The lines that compare a `.status` with a string that is written out."""
    for node in ast.walk(tree):
        sides: list[ast.expr] = []
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(called, ast.Attribute) and called.attr in ("in_", "not_in"):
            sides = [called.value, *node.args]  # type: ignore[attr-defined]
        if any(isinstance(side, ast.Attribute) and side.attr == "status" for side in sides):
            for one in (found for side in sides for found in ast.walk(side)):
                if isinstance(one, ast.Constant) and one.value in WORDS:
                    yield node.lineno


def test_no_module_gives_or_spells_out_a_state_by_itself() -> None:
    found = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line in (*writes(tree, path.name), *literals(tree)):
            found.append(f"{path.relative_to(ROOT)}:{line}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "row.status = 'sent'",
        "row.step, row.status = 1, SENDING",
        "row.status = chosen",
        "update(Invitation).where(waits).values(status=CANCELLED)",
        "update(Message).values(status='unknown')",
        "Message(id=id, status=status.CLAIMED)",
        "rows.append({'id': id, 'status': WAITING})",
        "setattr(row, 'status', word)",
        "if invitation.status != 'cancelled': pass",
        "select(Invitation.id).where(Invitation.status.in_(('waiting', 'sending')))",
    ],
)
def test_that_is_seen_however_it_is_written(line: str) -> None:
    tree = ast.parse(line)
    assert [*writes(tree, "any.py"), *literals(tree)] != []


@pytest.mark.parametrize("machine", [INVITATION, MESSAGE])
def test_every_state_can_be_reached_and_every_event_leads_from_one_to_one(machine: Machine) -> None:
    assert len({one.event for one in machine.transitions}) == len(machine.transitions)
    reached = {machine.start}
    for _ in machine.states:
        reached |= {one.target for one in machine.transitions if reached & set(one.sources)}
    assert reached == set(machine.states)
    assert all(set(one.sources) <= set(machine.states) for one in machine.transitions)


def test_a_message_moves_as_receipts_advance() -> None:
    for held in status.ORDER:
        for told in status.ORDER[1:]:
            goes = status.advance(held, told) != held
            assert MESSAGE_TO[told].leaves(held) is goes, (held, told)


def test_the_picture_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.house.state_pictures"


@pytest.mark.usefixtures("ctx")
def test_a_row_that_has_moved_on_is_not_moved_by_an_event_that_does_not_leave_its_state() -> None:
    with unit_of_work() as work:
        row = factories.sent_invitation(work.session)
        with pytest.raises(WrongState, match="'claim' for a row that is 'sent'"):
            move(row, CLAIM)
        found = work.session.execute(
            moving(Invitation, CLAIM).where(Invitation.id == row.id).returning(Invitation.id)
        )
        assert (row.status, found.all()) == ("sent", [])
        lost = moving(Message, MESSAGE_TO[status.UNKNOWN]).returning(Message.id)
        assert work.session.execute(lost).all() == []
