"""What mail programs, a spam filter and a DKIM verifier make of every mail, with outside tools.

    python -m benchmarks.mail_clients [--tools build/mail-tools]

All mails in nine languages, three metrics. `caniemail` (npm) holds what caniemail.com knows of each
program; whatever it says is missing must be in `DOES_WITHOUT`, with what happens then. SpamAssassin
is asked where it is installed. `dkimpy` (PyPI) signs every header that a relay should and verifies.
The two packages are fetched into the tools' folder. Exit code 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from channels.email.text import build
from tests.invitations.all_mails import NAMES, mail

CANIEMAIL, DKIMPY = "caniemail@2.0.2", "dkimpy==1.1.8"
SPAM_AT_MOST = 1.0  # a usual limit is 5
SENDER = Address("Lantern & Loom", "care", "shop.example")
SIGNED = (
    "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
    "Content-Language", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
)  # fmt: skip
# Feature → what a reader gets where it is missing. None of these carries the question or a link.
DOES_WITHOUT = {
    "color-scheme meta tag": "the program's own dark mode, or light",
    "color-scheme CSS property": "the same",
    "@media": "light colours",
    "<style> element": "light colours",
    "Class selector": "light colours",
    "Descendant combinator": "light colours",
    "Attribute selector": "Outlook.com's dark mode makes its own colours",
    ":root": "light colours",
    "!important keyword": "light colours",
    "border-radius": "square corners",
    "<body> element": "the table within has the same background",
    "aria-hidden attribute": "the hidden link is out of sight anyway",
    "aria-label attribute": "the number is read without its meaning, which follows below",
    "role attribute": "tables are announced as tables",
    "lang attribute": "read in the voice of the reader's own language",
    "dir attribute": "the program judges by the letters",
    "table-layout": "columns are as wide as their width attributes say",
    "max-height property": "mso-hide hides it in Outlook",
    "overflow": "the same",
    "display:none": "the preview line is shown above the question",
    "height attribute": "line-height gives the same height",
    "width attribute": "the style gives the width",
    "HTML comments": "nothing of Outlook's own is shown",
    "text-decoration": "the number is underlined",
    "max-width": "as wide as the window; Outlook has a table of its own",
    "margin": "a little more room above the question",
    "cellspacing attribute": "numbers stand closer",
    "cellpadding attribute": "the same",
    "align attribute": "texts begin at the start of the line",
    "line-height": "numbers are less high",
}


def main() -> int:
    """Ask all three and print what they say."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--tools", type=Path, default=Path("build/mail-tools"))
    tools: Path = asked.parse_args().tools.resolve()
    tools.mkdir(parents=True, exist_ok=True)
    finished = {name: build(mail(name), SENDER, "", datetime.now(UTC)).payload for name in NAMES}
    wrong = [*programs(tools), *spam(finished), *dkim(tools, finished)]
    print("\n".join(f"WRONG: {one}" for one in wrong) or "nothing wrong")
    return 1 if wrong else 0


def programs(tools: Path) -> list[str]:
    """What some program does not support, and what that means."""
    if not (tools / "node_modules" / "caniemail").is_dir():
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*npm, "--prefix", str(tools), CANIEMAIL], check=True)
    script = tools / "mail_clients.mjs"
    shutil.copy(Path(__file__).with_suffix(".mjs"), script)
    mails = {name: mail(name).html for name in ("nps en", "csat ar", "ces zh-Hant")}
    said = subprocess.run(
        ["node", str(script)], input=json.dumps({"mails": mails}).encode(), check=True,
        capture_output=True,
    ).stdout  # fmt: skip
    found: dict[str, Any] = json.loads(said)
    print(f"{CANIEMAIL}, {found['programs']} programs: features that some do not support")
    for feature, where in sorted(found["missing"].items()):
        print(f"  {feature:28} {len(where):>3}  {DOES_WITHOUT.get(feature, 'NOT EXPECTED')}")
    nothing = ", ".join(f"{name} ({len(where)})" for name, where in found["unknown"].items())
    print(f"  of which nothing is known, with the number of programs: {nothing or 'none'}")
    if found["unchecked"]:
        print(f"  too little is known of: {', '.join(found['unchecked'])}")
    return [f"{name} is not supported everywhere" for name in {*found["missing"]} - {*DOES_WITHOUT}]


def spam(finished: dict[str, bytes]) -> list[str]:
    """SpamAssassin's score of each mail, its own rules only (no network)."""
    if not shutil.which("spamassassin"):
        print("SpamAssassin is not installed (Debian: apt-get install spamassassin): not asked")
        return []
    scores: dict[str, float] = {}
    for name, payload in finished.items():
        judged = subprocess.run(
            ["spamassassin", "--local", "--test-mode"], input=payload, capture_output=True,
            check=True, timeout=300,
        ).stdout.decode("utf-8", "replace")  # fmt: skip
        told = re.search(r"X-Spam-Status: \w+, score=(-?[\d.]+)", judged)
        scores[name] = float(told[1]) if told else 99.0
    print(f"SpamAssassin: {len(scores)} mails, scores {min(scores.values())} to", end=" ")
    print(f"{max(scores.values())} (5 is spam)")
    return [f"{name}: {score}" for name, score in scores.items() if score > SPAM_AT_MOST]


def dkim(tools: Path, finished: dict[str, bytes]) -> list[str]:
    """Each mail signed as a relay would, verified, and refused once anything signed is changed."""
    packages = tools / "python"
    if not packages.is_dir():
        pip = [sys.executable, "-m", "uv", "pip", "install", "-q", "--target", str(packages)]
        subprocess.run([*pip, DKIMPY], check=True)
    sys.path.insert(0, str(packages))
    import dkim as library

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )  # fmt: skip
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + b64encode(public)
    names = [name.lower().encode() for name in SIGNED]
    wrong, good, refused = [], 0, 0
    for name, payload in finished.items():
        head = payload.partition(b"\r\n\r\n")[0].lower()
        twice = [
            one for one in names if head.count(b"\r\n" + one + b":") + head.startswith(one) > 1
        ]
        # Each name once more than it is there: a second one that is added breaks the signature.
        line = library.sign(payload, b"m1", b"shop.example", secret, include_headers=names * 2)
        signed = line + payload

        def verified(mail: bytes) -> bool:
            return bool(library.verify(mail, dnsfunc=lambda *_, **__: record))

        good += verified(signed)
        changed = (
            signed.replace(b"List-Unsubscribe-Post: ", b"List-Unsubscribe-Post: x", 1),
            signed.replace(b"List-Unsubscribe: <https://", b"List-Unsubscribe: <https://evil.", 1),
            signed.replace(b"\r\nSubject: ", b"\r\nSubject: Re ", 1),
            signed.replace(b"\r\nTo: ", b"\r\nTo: eve@evil.example\r\nTo: ", 1),
            signed.rstrip() + b"x\r\n",
        )
        refused += sum(not verified(one) for one in changed)
        if twice or not verified(signed) or any(verified(one) for one in changed):
            wrong.append(f"{name}: DKIM ({twice or 'signature'})")
    print(f"{DKIMPY}: {good} of {len(finished)} verified over {len(SIGNED)} headers; ", end="")
    print(f"{refused} of {5 * len(finished)} changed ones refused")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
