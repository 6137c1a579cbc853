"""The same reply means another thing at another moment, and only a dead mailbox is struck off."""

from __future__ import annotations

import pytest

from channels.email.codes import CONNECT, DATA, MAIL, RCPT, refusal

LATER, FINAL, DEAD, OURS = "later", "final", "dead", "ours"


@pytest.mark.parametrize(
    ("moment", "code", "reply", "meaning"),
    [
        (RCPT, 550, b"5.1.1 <ann@x.example> no such user", DEAD),
        (RCPT, 550, b"no such user", DEAD),
        (RCPT, 553, b"5.1.3 bad address", DEAD),
        (RCPT, 550, b"5.2.1 mailbox disabled", DEAD),
        (RCPT, 550, b"5.7.1 your host is listed", OURS),
        (RCPT, 550, b"5.4.1 relay access denied", OURS),
        (RCPT, 552, b"5.2.2 over quota", LATER),
        (RCPT, 450, b"4.2.0 greylisted", LATER),
        (RCPT, 451, b"", LATER),
        (RCPT, 421, b"4.7.0 too fast", LATER),
        (RCPT, 530, b"5.7.0 authentication required", OURS),
        (MAIL, 550, b"5.7.1 sender not allowed", OURS),
        (MAIL, 451, b"4.3.0", LATER),
        (DATA, 554, b"5.7.1 looks like spam", OURS),
        (RCPT, 550, b"5.7.133 only members may write", FINAL),
        (RCPT, 550, b"relay not permitted", OURS),
        (RCPT, 550, b"5.1.8 sender rejected", OURS),
        (RCPT, 550, b"5.1.0 sender rejected", OURS),
        (RCPT, 503, b"", OURS),
        (RCPT, 552, b"Mailbox full", LATER),
        (RCPT, 550, b"Access denied", OURS),
        (RCPT, 554, b"Too many hops", OURS),
        (RCPT, 550, b"xyzzy", LATER),
        (DATA, 452, b"4.3.1 disk full", LATER),
        (CONNECT, 535, b"5.7.8 bad password", OURS),
        (CONNECT, 554, b"go away", OURS),
        (CONNECT, -1, b"", LATER),
    ],
)
def test_a_reply_leads_to_what_should_be_done(
    moment: str, code: int, reply: bytes, meaning: str
) -> None:
    error = refusal(moment, code, reply)
    assert error.permanent == (meaning in {FINAL, DEAD})
    assert error.suppress == (meaning == DEAD)
    assert error.configuration == (meaning == OURS)
    assert "x.example" not in str(error) + error.code
    assert error.code.startswith(str(code))
