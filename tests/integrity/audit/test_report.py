"""The report as a service manager meets it: in a browser, on a telephone, printed, and in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from selenium.webdriver import Chrome

from collector.commands.audit import command
from collector.integrity.audit import words, words_answers
from collector.integrity.audit.reading import Notes
from collector.integrity.audit.report_answers import Examples
from collector.integrity.audit.report_findings import findings
from collector.integrity.audit.report_style import STYLE, policy
from collector.integrity.audit.results import Subjects
from collector.integrity.audit.run import Outcome
from collector.integrity.engine.engine import CHECKS
from collector.integrity.engine.subjects.findings import SubjectFinding
from collector.integrity.engine.subjects.peers import Evidence
from collector.integrity.engine.subjects.sums import Sums
from tests import axe

FORGER = "李雷"
EVIL = (
    "<script>document.title='owned'</script>",
    '" onload="x',
    "\u202eevil",
    "A" * 200,
    "&amp;<b>",
)
WORDS = ("很好", "服务不错，下次再来", "一般", "<img src=//evil.test/x>等了很久", "ok")


def rows() -> list[dict[str, object]]:
    """Half a year of a shop where one agent fills surveys in, and names are hostile."""
    random = Random(5)
    found: list[dict[str, object]] = []
    for number in range(600):
        agent = (*EVIL, FORGER)[number % 6]
        forged = agent == FORGER and number % 4 == 3
        found.append({
            "response_id": f"R{number}<i>", "agent_id": agent, "team_id": EVIL[number // 6 % 5],
            "metric": "CSAT", "scale": [1, 5], "channel": "sms",
            "score": 5 if forged else random.choice((1, 3, 4, 5, 5)),
            "answered_at": f"2025-0{1 + number % 6}-{1 + number % 28:02d}T{number % 24:02d}:10:00Z",
            "device_hash": "one" if forged else f"d{number}",
            "ip_hash": "here" if forged else f"i{number}",
            "comment": "客服让我打10分，服务很好" if forged else random.choice(WORDS),
        })  # fmt: skip
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on that shop."""
    folder = tmp_path_factory.mktemp("report")
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows())
    (folder / "responses.ndjson").write_text(lines, encoding="utf-8")
    done = CliRunner().invoke(command, [str(folder), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    return folder / "out" / "report.html"


def show(browser: Chrome, page: Path, width: int, scheme: str, media: str = "screen") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get(page.as_uri())


def test_it_can_be_read_by_everybody_everywhere(browser: Chrome, page: Path) -> None:
    if axe.source() is None:
        pytest.skip("no axe-core")
    for width in (375, 1280):
        for scheme in ("light", "dark"):
            show(browser, page, width, scheme)
            assert axe.violations(browser) == [], (width, scheme)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width


def test_printed_it_is_dark_on_white(browser: Chrome, page: Path) -> None:
    show(browser, page, 1280, "dark", media="print")
    colours = browser.execute_script(
        "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_nothing_hostile_runs_and_nothing_is_fetched(browser: Chrome, page: Path) -> None:
    show(browser, page, 1280, "light")
    assert browser.title == "How much of the score was real?"
    assert browser.execute_script("return document.querySelectorAll('script,img,link').length") == 0
    fetched = browser.execute_script(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    assert fetched == []
    assert [line for line in browser.get_log("browser") if "Content Security" in str(line)] == []


def test_only_its_own_style_sheet_is_let_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in policy()
    assert policy() in text
    assert f"<style>{STYLE}</style>" in text
    assert not re.search(r"<[^>]+ (style|on\w+)=", text.replace(EVIL[1], ""))


def test_a_finding_says_what_was_seen_how_strong_what_else_and_what_to_do(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    card = text[text.index(f"Agent <bdi>{FORGER}</bdi>") :]
    card = card[: card.index("</div>")]
    for part in ("What was seen", "How strong:", "What else it can be:", "What to do next"):
        assert part in card
    assert "ten to twenty of the customers" in card


def test_nobody_else_is_named_as_if_accused(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(re.findall(r"<h3>Agent ", text)) == 1
    assert "Who is not to be blamed" in text
    assert "The 5 agents without a card here" in text


def test_no_comment_is_shown(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "客服让我打10分" not in text
    assert "等了很久" not in text


def test_every_code_of_the_checks_has_words() -> None:
    silent = {"KNOWN_CUSTOMER", "ASSISTED_DEVICE"}  # speak for an answer, never against one
    for check in CHECKS:
        assert check.code in words_answers.ANSWERS or check.code in silent


def test_an_example_is_one_answer_for_each_code_the_rejected_one_that_says_most() -> None:
    def row(number: str, verdict: str, log_odds: float) -> dict[str, object]:
        return {
            "response_id": number, "verdict": verdict, "reasons": ["DEVICE_SHARED"],
            "evidence": {"DEVICE_SHARED": {"nats": log_odds}},
        }  # fmt: skip

    examples = Examples()
    given = [row("a", "suspect", 9.0), row("b", "rejected", 2.0), row("c", "rejected", 3.0)]
    assert list(examples.passing(given)) == given
    assert examples.found["DEVICE_SHARED"][0] == "c"


def test_figures_that_are_missing_leave_the_example_out() -> None:
    assert words_answers.example("DEVICE_SHARED", {"customers": 3}) == ""
    assert words_answers.example("UNKNOWN", {}) == ""
    assert words.sentence("QA_SOLICITATION", {}) == "asking for scores, heard on calls"


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.0, "practically never"), (1e-9, "fewer than one in a million teams"),
     (1e-5, "about one in 100,000 teams"), (0.01, "about one in 100 teams")],
)  # fmt: skip
def test_strength_is_said_in_words(p: float, said: str) -> None:
    assert said in words.strength(p, "teams")


def finding(subject: str, *, flagged: bool = True) -> SubjectFinding:
    evidence = Evidence("FABRICATION_COUNT", 1e-6, True, {"rejected": 6, "of": 20})
    return SubjectFinding(
        subject, flagged, 1e-6, ("FABRICATION_COUNT",), {"fabrication": 1e-6}, (evidence,)
    )


def team(size: int, named: int, *, elsewhere: int = 0) -> str:
    """The findings' part about a team of `size` with so many agents named; 6 set aside each."""
    names = [f"a{number}" for number in range(size)]
    sums = {name: Sums(team="T", rejected=6 if n < named else 0) for n, name in enumerate(names)}
    sums[names[-1]].rejected += elsewhere
    found = {name: finding(name, flagged=n < named) for n, name in enumerate(names)}
    outcome = Outcome(Notes(), subjects=Subjects(sums, found, 1.0), teams={"T": finding("T")})
    outcome.sums = {"agents": sums}
    return findings(outcome)


def test_a_team_is_not_named_for_what_one_of_its_members_did() -> None:
    text = team(size=10, named=1)
    assert "Team <bdi>" not in text
    assert "only that of the agents above, added up: <bdi>T</bdi>" in text


def test_a_team_in_which_many_do_it_is_a_matter_of_how_it_is_led() -> None:
    text = team(size=10, named=4)
    assert "Team <bdi>T</bdi>" in text
    assert "4 members have cards above. What so many do at once is rarely their own idea" in text
    assert "nothing about the other 6" in text


def test_a_team_with_more_than_its_named_members_explain_has_a_card() -> None:
    text = team(size=10, named=1, elsewhere=9)
    assert "1 member has a card above; this says nothing about the other 9" in text


def test_a_team_in_which_nobody_stands_out_blames_nobody() -> None:
    text = team(size=10, named=0, elsewhere=9)
    assert "No single member of this team stands out" in text
    assert "Agent <bdi>" not in text


def test_nobody_is_said_to_fill_surveys_in_for_good_scores_in_trouble_alone() -> None:
    evidence = (
        Evidence("QA_SOLICITATION", 1e-6, True, {"calls_with_asking": 5, "calls_heard": 9}),
        Evidence("CONFLICT_RATE", 0.01, False, {"best_in_trouble": 5, "of": 7}),
    )
    found = SubjectFinding(
        "a1", True, 1e-6, ("QA_SOLICITATION", "CONFLICT_RATE"),
        {"solicitation": 1e-6, "fabrication": 0.02}, evidence,
    )  # fmt: skip
    outcome = Outcome(Notes(), subjects=Subjects({}, {"a1": found}, 1.0))
    text = findings(outcome)
    assert "asking for scores and best scores in spite of trouble" in text
    assert "customers did not give" not in text
