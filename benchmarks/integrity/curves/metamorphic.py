"""What may not matter to a verdict: how things are called, which week it is, how a scale counts,
what nobody uses. And what must not go the other way: one more gamed answer on a thing is never
milder, a slower attack not innocent at a step, a mirrored boosting a bombing of like strength.
Run: `python -m benchmarks.integrity.curves.metamorphic`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache

from benchmarks.integrity.curves.cheats import FAVOUR, PRACTICES, add
from benchmarks.integrity.curves.judging import Judged, judge
from benchmarks.integrity.curves.missing import company
from benchmarks.integrity.curves.quiet import Habits, Row, quiet

Change = Callable[[str, Row], Row]
OWN = ("event_id", "invitation_id", "signal_id", "team_id", "agent_id", "handled_by",
       "store_id", "customer_id", "contact_hash", "contact_on_file", "ip_hash", "net_hash",
       "device_hash", "user_agent")  # fmt: skip
UNUSED = ("tz", "locale", "suppress_reason")
WORDS = {"sms": "wechat", "in_app": "mini_program", "email": "letter"}


def renamed(file: str, row: Row) -> Row:
    """Every id and hash is called otherwise; they sort in another order too."""

    def other(value: str) -> str:
        return hashlib.sha256(f"other {value}".encode()).hexdigest()[:16]

    found = {key: other(v) if key in OWN and v is not None else v for key, v in row.items()}
    if file == "roster":
        found["staff_contacts"] = [other(one) for one in row["staff_contacts"]]
    return found


def channels(*names: str) -> Change:
    def change(file: str, row: Row) -> Row:
        name = row.get("channel")
        return {**row, "channel": WORDS[name]} if name in names else row

    return change


def stores(file: str, row: Row) -> Row:
    return {**row, "store_id": "the only one"} if "store_id" in row else row


def split(file: str, row: Row) -> Row:
    """Each team a store of its own, on paper."""
    return {**row, "store_id": f"store of {row['team_id']}"} if "store_id" in row else row


def weeks(count: int) -> Change:
    def change(file: str, row: Row) -> Row:
        return {key: _later(value, count) for key, value in row.items()}

    return change


def _later(value: object, count: int) -> object:
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        moved = datetime.fromisoformat(value) + timedelta(weeks=count)
        return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value


def scales(file: str, row: Row) -> Row:
    """1 to 5 written as 0 to 100."""
    if "scale" not in row:
        return row
    score = {"score": (row["score"] - 1) * 25} if "score" in row else {}
    return {**row, "scale": [0, 100], **score}


def bare(file: str, row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in UNUSED}


def strange(file: str, row: Row) -> Row:
    """Fields that nobody knows."""
    return {**row, "x_flags": {"y": [1]}, "branch": "Nord"}


CHANGES: Mapping[str, Change] = {
    "ids and hashes renamed": renamed,
    "sms called otherwise": channels("sms"),
    "in_app called otherwise": channels("in_app"),
    "email called otherwise": channels("email"),
    "stores merged on paper": stores,
    "stores split on paper": split,
    "five weeks later": weeks(5),
    "a year and a day of weeks earlier": weeks(-53),
    "another scale": scales,
    "unused fields dropped": bare,
    "unknown fields added": strange,
}


@cache
def unchanged() -> Judged:
    return judge(company())


def moved(name: str) -> list[tuple[str, str, str, str]]:
    """Answers whose verdict changed: which, who or what it was, from what to what."""
    before, after = unchanged(), judge(company(), CHANGES[name])
    return [
        (number, " ".join(company().labels[number]), row["verdict"],
         after.verdicts[number]["verdict"])
        for number, row in before.verdicts.items()
        if row["verdict"] != after.verdicts[number]["verdict"]
    ]  # fmt: skip


def growing(practice: str, counts: range = range(2, 15), *, careful: bool = False) -> list[float]:
    """Mean rank (0 clean, 2 rejected) of the first two answers, as more follow on the thing."""
    found = []
    for count in counts:
        made = quiet(Habits(agents=12, each=24, per_store=12))
        ids = add(made, practice, "A05", count, careful=careful)
        one = judge(made)
        found.append(sum(one.rank(number) for number in ids[:2]) / 2)
    return found


def mirrored(practice: str, count: int = 10) -> tuple[float, float]:
    """Mean rank of boosting, and of the same answers with the lowest score."""
    found = []
    for score in (5, 1):
        made = quiet(Habits(agents=12, each=24, per_store=12))
        ids = add(made, practice, "A05", count, score=score)
        one = judge(made)
        found.append(sum(one.rank(number) for number in ids) / len(ids))
    return found[0], found[1]


def slowing(practice: str, count: int = 8) -> list[float]:
    """Mean rank of the same answers spread over 1 to 12 weeks."""
    found = []
    for spread in (1, 2, 4, 6, 8, 12):
        made = quiet(Habits(agents=12, each=24, per_store=12))
        ids = add(made, practice, "A05", count, weeks=spread)
        one = judge(made)
        found.append(sum(one.rank(number) for number in ids) / len(ids))
    return found


def main() -> None:
    print("verdicts that changed")
    for name in CHANGES:
        changed = moved(name)
        kinds = sorted({f"{what}: {old} → {new}" for _, what, old, new in changed})
        print(f"{name:36} {len(changed):4}  {'; '.join(kinds)}", flush=True)
    print("\nmean rank of the first two (0 clean, 1 suspect, 2 rejected) of 2 to 14 on one thing")
    for name in PRACTICES:
        print(f"{name:16} {' '.join(f'{x:.1f}' for x in growing(name))}", flush=True)
    print("\nmean rank of ten: boosting, mirrored")
    for name in FAVOUR:
        print("{:16} {:.1f} {:.1f}".format(name, *mirrored(name)), flush=True)
    print("\nmean rank of eight over 1, 2, 4, 6, 8, 12 weeks")
    for name in PRACTICES:
        print(f"{name:16} {' '.join(f'{x:.1f}' for x in slowing(name))}", flush=True)


if __name__ == "__main__":
    main()
