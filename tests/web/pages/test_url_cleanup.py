"""A link that was copied with the full stop behind it is still the link."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.pages.states import Made

ENDS = [".", ")", ").", ",", "%3E", "%20", "%C2%A0", "%E3%80%82", "/", "?utm_source=mail"]


@pytest.fixture
def address(app: Flask) -> str:
    with app.app_context():
        made = Made("en")
        return made.tap(made.asked("csat"))


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_strays_in_behind_a_link_is_left_out(
    client: FlaskClient, address: str, end: str
) -> None:
    assert client.get(address + end).status_code == 200
    page = client.get(f"{address}/3{end}")
    assert 'value="3" aria-pressed="true"' in page.text
    assert f'action="{address}?lang=en"' in page.text


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_so_it_is_for_unsubscribing_and_the_choices(ctx: Flask, end: str) -> None:
    made = Made("en")
    row = made.asked("csat")
    client = ctx.test_client()
    for path in (made.unsubscribe(row), made.preferences(row)):
        assert client.get(path + end).status_code == 200


@pytest.mark.parametrize("end", ["x", "A", "-", "_", "%00", "/x/y", "=", ".A"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_anything_else_makes_it_another_link(client: FlaskClient, address: str, end: str) -> None:
    assert client.get(address + end).status_code in (404, 410)
