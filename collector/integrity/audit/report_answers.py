"""The report's part about answers: what became of them, what was seen, with examples. Pure.

Examples carry an answer's number and figures, never a name, a comment or a contact point.
Sentences are in `words_answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from collector.integrity.audit import begging, plots
from collector.integrity.audit.run import Outcome
from collector.integrity.audit.words_answers import MORE, example, of
from collector.integrity.engine.combine import ATTACKING, BOOSTING, MACHINE, REJECTED

KINDS = (
    (MACHINE, "came from machines that open mail, or came twice. That is nobody's doing."),
    (BOOSTING, "were most likely filled in by somebody else than the customer."),
    (
        ATTACKING,
        "were lowest scores in a burst, from one origin, about one agent. They do not count.",
    ),
)


class Examples:
    """Finds, while verdicts pass by, an example for every code: where it weighs most.

    A rejected answer goes before one that is not. `found`: code → (answer's number, figures).
    """

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._most: dict[str, tuple[bool, float]] = {}

    def passing(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The same rows."""
        for row in rows:
            for code in row["reasons"]:
                figures = row["evidence"].get(code, {})
                rank = (row["verdict"] == REJECTED, float(figures.get("nats", 0.0)))
                if code not in self._most or rank > self._most[code]:
                    self._most[code] = rank
                    self.found[code] = (row["response_id"], figures)
            yield row


def fate(outcome: Outcome) -> str:
    """What became of the answers, in figures."""
    total = outcome.answers
    counts = outcome.totals.verdicts
    if not total:
        return (
            "<p><strong>There is not one answer that could be used</strong>, so nothing was "
            "judged. What could not be read is listed below.</p>"
        )
    out, doubted = counts.get("rejected", 0), counts.get("suspect", 0)
    why = "".join(
        f"<li><strong>{outcome.totals.kinds[kind]:,}</strong> {text}</li>"
        for kind, text in KINDS if outcome.totals.kinds.get(kind)
    )  # fmt: skip
    head = f"<p><strong>{counts.get('clean', 0):,} of {total:,} answers count in full.</strong> "
    if doubted:
        head += (
            f"{doubted:,} ({100 * doubted / total:.1f} %) are doubted and count with less weight. "
        )
    if not out:
        return head + "None was set aside.</p>"
    return f"{head}{out:,} ({100 * out / total:.1f} %) are set aside; of these</p><ul>{why}</ul>"


def seen(outcome: Outcome, examples: Mapping[str, tuple[str, Mapping[str, Any]]]) -> str:
    """What was seen on answers that were set aside or doubted."""
    counts = sorted(outcome.totals.reasons.items(), key=lambda item: (-item[1], item[0]))
    named = [(code, count) for code, count in counts if code not in MORE]
    more = [(code, count) for code, count in counts if code in MORE]
    parts = ["<h2>What was seen on answers</h2>"]
    if named:
        parts.append(
            "<p>An answer can have several of these; it takes more than one kind of evidence, or "
            "one that leaves hardly another explanation, to set it aside.</p>"
        )
        parts.append(plots.bars(
            [(of(code).title, count) for code, count in named],
            "Answers set aside or doubted, by what was seen",
        ))  # fmt: skip
    else:
        parts.append("<p>Nothing that speaks against a single answer.</p>")
    if outcome.begging.asked_for:
        parts.append(f"<p>{escape(begging.count(outcome.begging))}</p>")
    parts += [_card(code, count, examples.get(code)) for code, count in named]
    if more:
        listed = "".join(f"<li>{count:,} {escape(MORE[code])}.</li>" for code, count in more)
        parts.append(
            "<h3>Answers that count for more than one</h3><p>Nothing is held against these.</p>"
            f"<ul>{listed}</ul>"
        )
    return "".join(parts)


def _card(code: str, count: int, shown: tuple[str, Mapping[str, Any]] | None) -> str:
    words = of(code)
    figures = example(code, shown[1]) if shown else ""
    one = (
        f"<dt>For example</dt><dd>{escape(figures[:1].upper() + figures[1:])} "
        f"<span class='quiet small'>(answer <bdi>{escape(shown[0])}</bdi>)</span>.</dd>"
        if shown and figures else ""
    )  # fmt: skip
    return (
        f"<div class='card'><h3>{escape(words.title)} <span class='quiet small'>{count:,} "
        f"{'answer' if count == 1 else 'answers'}, {escape(code)}</span></h3>"
        f"<p>{escape(words.seen)}</p><dl>{one}"
        f"<dt>What else it can be</dt><dd>{escape(words.innocent)}</dd></dl></div>"
    )
