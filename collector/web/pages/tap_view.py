"""What the tap page shows for where an invitation stands. Pure; `tap.py` fills the template."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from collector.answers.answer_state import AnswerState
from collector.translations.catalogue import Translator

ASK, ANSWERED, DONE, CLOSED = "ask", "answered", "done", "closed"


@dataclass(frozen=True, slots=True)
class TapView:
    """`auto`: the script may post the chosen score by itself once the page is visible.

    `version` changes with the answer, so that a tab notices an answer given in another.
    """

    state: str
    version: str
    metric: str
    question: str
    low: str
    high: str
    thanks: str
    scores: tuple[int, ...]
    chosen: int | None
    auto: bool
    hint: str
    comment: str
    comment_question: str


def view(
    standing: AnswerState, say: Translator, *, tapped: int | None = None, finished: bool = False
) -> TapView:
    """The page for this standing, opened through the link of the score `tapped` (None: of none).

    `finished`: the person pressed "done".
    """
    metric, wording, folded = standing.survey.metric, standing.wording, standing.folded
    if tapped is not None and not metric.holds(tapped):
        tapped = None
    fresh = tapped is not None and tapped != standing.score and not standing.pressed
    state = _state(standing, fresh, finished)
    chosen = tapped if fresh else standing.score
    band = metric.band(chosen) if chosen is not None else ""
    return TapView(
        state=state,
        version=_version(standing),
        metric=metric.key,
        question=wording.question,
        low=wording.low,
        high=wording.high,
        thanks=wording.thanks,
        scores=tuple(range(metric.low, metric.high + 1)),
        chosen=chosen,
        auto=fresh and not standing.survey.strict and not standing.closed,
        hint=_hint(standing, say, state, tapped),
        comment=(folded.comment or "") if folded else "",
        comment_question=wording.comment_question(band) or say("tap.add"),
    )


def _state(standing: AnswerState, fresh: bool, finished: bool) -> str:
    if standing.closed:
        return CLOSED
    if standing.score is None or fresh:
        return ASK
    commented = standing.folded is not None and standing.folded.comment
    return DONE if finished or (standing.pressed and commented) else ANSWERED


def _version(standing: AnswerState) -> str:
    """Of the answer, not of the page: whether "done" was pressed is this tab's own affair."""
    folded = standing.folded
    if folded is None:
        return "0"
    said = f"{folded.score}.{folded.answered_at.timestamp()}.{folded.comment}.{standing.closed}"
    return f"{crc32(said.encode()):x}"


def _hint(standing: AnswerState, say: Translator, state: str, tapped: int | None) -> str:
    if state == ASK:
        set_aside = standing.folded is not None and standing.folded.state == "set_aside"
        strict = standing.survey.strict and tapped is not None
        return say("tap.confirm") if set_aside or strict else ""
    if tapped is not None and tapped != standing.score and state != CLOSED:
        return say("tap.kept", score=standing.score)
    return ""
