"""axe-core finds nothing on any mail, light or dark, narrow or wide, in the nine languages.

Every language, metric and scheme with COLLECTOR_TEST_FULL=1; otherwise every language and every
metric, taking turns. With COLLECTOR_TEST_SCREENSHOTS=folder each mail is also photographed there.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from tests import axe
from tests.album import ALBUM, look, photograph, wider
from tests.conftest import lacking
from tests.how_much import FULL
from tests.invitations.all_mails import KINDS, NAMES, mail

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)
ALL = list(product(NAMES, SCHEMES))
# One of each language: its metric and scheme change from one to the next.
SOME = [
    (name, SCHEMES[at // 3 % 2])
    for at, name in enumerate(NAMES)
    if name.split()[0] == KINDS[at // 3 % 3]
]


@pytest.mark.parametrize("turn", ["all" if FULL else "some"])
def test_axe_finds_nothing_on_any_mail(browser: Chrome, tmp_path: Path, turn: str) -> None:
    if axe.source() is None:
        lacking("node")
    found: list[Any] = []
    for name, scheme in ALL if turn == "all" or ALBUM else SOME:
        page = tmp_path / "mail.html"
        page.write_text(mail(name).html, encoding="utf-8")
        for width in WIDTHS:
            look(browser, width, scheme)
            browser.get(page.as_uri())
            photograph(browser, f"mail-{name.replace(' ', '-')}-{width}-{scheme}")
            found += [(name, width, "overflow")] if wider(browser) else []
        found += [(name, scheme, *one) for one in axe.violations(browser)]
    assert found == []
