"""The stand-in for Twilio counts truly, also over a restart, for tests that kill processes."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from channels.base import DeliveryUnknown
from channels.sms.channel import TwilioSms
from channels.sms.settings import TwilioSettings
from tests.channels.fake_twilio import FakeTwilio
from tests.channels.messages import SMS, sms


def ask(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data)) as answer:
        return json.load(answer)


def sender(url: str) -> TwilioSms:
    return TwilioSms(TwilioSettings("AC1", "x", from_number="+15005550006", base_url=url))


def test_counts_survive_its_being_killed(tmp_path: Path) -> None:
    journal = tmp_path / "twilio.ndjson"
    command = [sys.executable, "-m", "tests.channels.fake_twilio", "--port", "0"]
    with subprocess.Popen(
        [*command, "--journal", str(journal)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        channel = sender(url)
        channel.send(SMS)
        ask(f"{url}/_plan", [{"kind": "drop"}])
        try:
            channel.send(sms(to="+15005550002"))
        except DeliveryUnknown:
            assert ask(f"{url}/_count") == {"accepted": 2, "duplicates": 0}
        channel.close()
        server.kill()
    with FakeTwilio(journal=journal) as again:
        assert again.count == 2
        channel = sender(again.url)
        channel.send(SMS)
        channel.close()
        assert ask(f"{again.url}/_count") == {"accepted": 3, "duplicates": 1}
        assert again.duplicates() == [(SMS.to, SMS.text)]
        assert len(ask(f"{again.url}/_messages")["messages"]) == 3


def test_faults_by_chance_are_the_same_for_the_same_seed() -> None:
    def drawn(seed: int) -> list[str]:
        fake = FakeTwilio(chance={"drop": 0.2, "error": 0.1}, seed=seed)
        faults = [fake.next_fault() for _ in range(200)]
        fake.dispose()
        return [fault.kind if fault else "" for fault in faults]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 20 < drawn(1).count("drop") < 60


def test_half_a_request_is_no_message(twilio: FakeTwilio) -> None:
    where = urlsplit(twilio.url)
    with socket.create_connection((where.hostname, where.port)) as killed:
        killed.sendall(
            b"POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\nHost: twilio\r\n"
            b"Content-Length: 100\r\n\r\nTo=%2B1500"
        )
        killed.shutdown(socket.SHUT_WR)
        assert killed.recv(1000) == b""
    assert twilio.count == 0
