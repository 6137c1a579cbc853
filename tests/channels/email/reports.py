"""Delivery reports and complaints as real mail systems write them, about a mail of ours."""

from __future__ import annotations

INVITATION = "inv_" + "0" * 25 + "1"
OURS = f"<{INVITATION}-email@shop.example>"


def dsn(
    status: str = "5.1.1", action: str = "failed", about: str = OURS, headers: bool = False
) -> bytes:
    """Postfix' form: words, the status, and the mail that came back (or its headers only)."""
    kind = "text/rfc822-headers" if headers else "message/rfc822"
    return f"""From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: care@shop.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261122.1@relay.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system. I'm sorry.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Sender: rfc822; care@shop.example
Arrival-Date: Sun, 22 Nov 2026 06:00:00 +0000

Final-Recipient: rfc822; somebody.else@evil.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example
Diagnostic-Code: smtp; 550 {status} No such
    user here

--b1
Content-Type: {kind}

From: Care <care@shop.example>
To: ann@customer.example
Subject: How was it?
Message-ID: {about}

--b1--
""".replace("\n", "\r\n").encode()


def exchange(status: str = "5.1.10") -> bytes:
    """Exchange's form: no copy of our mail, but a reply to it."""
    return f"""From: postmaster@corp.example
To: care@shop.example
Subject: Undeliverable: How was it?
In-Reply-To: {OURS}
References: {OURS}
Message-ID: <x@corp.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b2

--b2
Content-Type: text/html

<p>Your message wasn't delivered.</p>
--b2
Content-Type: message/delivery-status

Reporting-MTA: dns;corp.example

Final-Recipient: rfc822;ann@corp.example
Action: failed
Status: {status}

--b2--
""".encode()


def arf(kind: str = "abuse", about: str = OURS) -> bytes:
    """A complaint: somebody pressed "this is spam" (RFC 5965's own example, about ours)."""
    return f"""From: <abusedesk@mailbox.example>
To: <abuse@shop.example>
Subject: FW: How was it?
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b3"

--b3
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report.

--b3
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <care@shop.example>
Original-Rcpt-To: <ann@customer.example>

--b3
Content-Type: message/rfc822
Content-Disposition: inline

From: <care@shop.example>
Received: from relay.example by mailbox.example
To: <ann@customer.example>
Subject: How was it?
MIME-Version: 1.0
Content-type: text/plain
Message-ID: {about}

1 2 3 4 5
--b3--
""".encode()
