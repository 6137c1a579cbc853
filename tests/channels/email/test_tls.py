"""The relay has to prove its name before it gets a password or a mail."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.base import ChannelError
from channels.email.channel import SmtpEmail
from channels.email.settings import SmtpSettings
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.messages import EMAIL

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost, in one file, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    both.write_text(key.read_text() + cert.read_text())
    return both


@pytest.fixture
def relay(certificate: Path) -> Iterator[FakeSmtp]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with FakeSmtp(tls=context) as server:
        yield server


def channel(relay: FakeSmtp, host: str) -> SmtpEmail:
    url = relay.url.replace("127.0.0.1", host) + "&starttls=1"
    return SmtpEmail(SmtpSettings.from_url(url))


def test_a_trusted_relay_is_used_over_tls(
    relay: FakeSmtp, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mails = channel(relay, "localhost")
    assert "with TLS" in mails.check()
    mails.send(EMAIL)
    mails.close()
    assert len(relay.mails) == 1


@pytest.mark.parametrize("trusted", [False, True])
def test_a_certificate_for_nobody_or_for_another_name_is_configuration(
    relay: FakeSmtp, certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(ChannelError, match="certificate") as refused:
        channel(relay, "127.0.0.1" if trusted else "localhost").send(EMAIL)
    assert refused.value.configuration
    assert not refused.value.permanent
    assert relay.mails == []
