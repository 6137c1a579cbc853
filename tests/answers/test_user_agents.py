"""Which user agents name a machine: apps on their HTTP library are people's, bare libraries not."""

from __future__ import annotations

import pytest

from collector.answers.user_agents import scanner

LIBRARIES = (
    "okhttp/4.12.0", "OkHttp/3.14.9", "Cronet/119.0.6045.31", "CFNetwork/1494.0.7 Darwin/23.4.0",
    "Dart/3.2 (dart:io)", "axios/1.6.2", "Alamofire/5.8.1", "ktor-client", "Volley", "okhttp",
)  # fmt: skip
APPS = (
    "Kontoro/8.16.0 (Android 14; M2012K11AG)", "Pawtrack/9.19.0", "Tidewell/7.4.2 (iPhone; iOS 17)",
    "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
)  # fmt: skip


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("library", LIBRARIES)
def test_an_app_that_says_its_library_is_no_machine(app: str, library: str) -> None:
    assert scanner(f"{app} {library}") == ""


@pytest.mark.parametrize("library", ["okhttp/4.12.0", "Dart/3.2 (dart:io)", "axios/1.6.2"])
def test_a_bare_library_is_a_script(library: str) -> None:
    assert scanner(library) != ""


@pytest.mark.parametrize("agent", [
    "python-requests/2.31", "curl/8.4", "Go-http-client/1.1", "",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "BarracudaCentral okhttp/4.9", "Kontoro/8 (Android) bingbot/2.0 okhttp/4.12.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
])  # fmt: skip
def test_a_machine_that_names_itself_is_one(agent: str) -> None:
    assert scanner(agent) != ""
