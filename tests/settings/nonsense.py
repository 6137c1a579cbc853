"""Values that no setting can have, by setting: what people mistype, paste badly or inject.

`GROWN_UP`, `TWILIO` and `GATEWAY` are settings that the service starts with; each value is tried on
top of them. `S3CRET` stands for whatever must never be shown.
"""

from __future__ import annotations

from typing import Final

S3CRET: Final = "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t"
GROWN_UP: Final = {
    "DATABASE_URL": "sqlite:///{folder}/collector.db",
    "SECRET_KEYS": "k" * 40,
    "BASE_URL": "https://ask.example.com",
}
TWILIO: Final = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": S3CRET,
    "TWILIO_FROM": "+15005550006",
}
GATEWAY: Final = {
    "WEBHOOK_CHANNEL_URL": "https://gateway.example/ask",
    "WEBHOOK_CHANNEL_SECRET": "whsec_" + "QUFB" * 10,
}
# What can be mistyped into any of them.
ANYWHERE: Final = ("   ", "\t", "a\nb", "a\x1b[31mb", "a\x7fb", "a\x85b", "a\u2028b", "a\udcffb")
WHOLE: Final = (
    "0", "-1", "+3", "1.5", "1e3", "²", "٣", "1_000", "0x10", "ten", "30s", "1,000", "nan",
    "9" * 5_000, "9" * 15,
)  # fmt: skip

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "DATABASE_URL": (
        "collector.db", "mysql://root:{secret}@localhost/db", "oracle://u:{secret}@h/db",
        "postgresql+asyncpg://u:{secret}@h/db", "sqlite+aiosqlite:///x.db", "postgresql:",
        "postgresql:/u:{secret}@h", "http://u:{secret}@h/db", "postgresql://u:{secret}@h:notaport/d",
        "postgresql://u:{secret}@h:0/d", "postgresql://u:{secret}@h:99999/d",
        "postgresql://u:{secret}@h:²/d", "postgresql://u:{secret}@h:" + "9" * 5_000 + "/d",
        "postgresql://u:{secret}@[::1/d", "postgresql://u:{secret}@h/d?nonsense=1",
        "postgresql://u:{secret}@h/d?sslmode=banana", "postgresql://u:{secret}@h/d?connect_timeout=x",
        "postgresql://u:{secret}@h1:1,h2:2/d", "postgres://u:{secret}@h:notaport/d",
        "sqlite:///x.db?nonsense=1", "sqlite:///x.db?timeout=abc", "sqlite:///{folder}",
        "sqlite:///{folder}/text", "sqlite:///{folder}/text/x.db",
        "sqlite:" + "/" * 3 + "x" * 5_000,
    ),
    "REDIS_URL": (
        "localhost:6379", "http://:{secret}@localhost", "redis:", "redis:/h", "redis",
        "redis://:{secret}@h:notaport/0", "redis://:{secret}@h:0/0", "redis://:{secret}@h:99999/0",
        "redis://:{secret}@[::1/0", "redis://:{secret}@h/notadb", "redis://:{secret}@h/-1",
        "redis://:{secret}@h/²", "redis://:{secret}@h/0/1", "redis://:{secret}@h?nonsense=1",
        "redis://:{secret}@h?socket_timeout=x", "redis://:{secret}@h?db=x",
        "rediss://:{secret}@h?ssl_cert_reqs=banana", "redis://:{secret}@h?protocol=9",
        "redis://:{secret}@h:6379/" + "9" * 5_000, "redis://:{secret}@h ost/0", "unix://",
    ),
    "SECRET_KEYS": (
        "short", "k" * 31, "{secret},", ",{secret}", ",", ",,,", "{secret},,{secret}1",
        "{secret},{secret}", "{secret},short", "{secret}, ,{secret}1", "{secret}\n{secret}1",
    ),
    "BASE_URL": (
        "ask.example.com", "//ask.example.com", "ftp://ask.example.com", "https://", "https:",
        "https:///ask", "https://ask.example.com/path", "https://ask.example.com/?a={secret}",
        "https://ask.example.com?", "https://ask.example.com#top", "https://u:{secret}@example.com",
        "https://ask.example.com:notaport", "https://ask.example.com:0",
        "https://ask.example.com:70000", "https://[::1", "https://ask example.com",
        "https://" + "a" * 64 + ".example", "https://" + "a." * 200 + "example",
        "https://ask..example.com", "https://-ask.example.com", "https://999.1.1.1",
        "https://ask_\x00.example", "https://<script>", "https://a.example,https://b.example",
    ),
    "HOME": ("{folder}/text", "{folder}/text/below", "x" * 5_000, "/proc/1/none/such"),
    "TWILIO_ACCOUNT_SID": ("SK123", "AC", "AC 1", "AC{secret}"),
    "TWILIO_AUTH_TOKEN": ("{secret} {secret}", "{secret}é"),
    "TWILIO_FROM": ("5", "+0123456", "+34 600", "a much too long sender name", "MG", "MG-1",
                    "+²³⁴⁵⁶⁷⁸"),
    "TWILIO_BASE_URL": (
        "ftp://127.0.0.1", "http://127.0.0.1:port", "http://[::1", "https://u:{secret}@proxy.example",
        "https://proxy.example/?a={secret}", "http://proxy.example", "proxy.example", "https://",
        "https://proxy.example:0", "https://pro xy.example", "https://" + "a" * 64 + ".example",
    ),
    "SMS_SEGMENTS_PER_DAY": WHOLE,
    "SMS_PER_SECOND": (
        "0", "-1", "nan", "inf", "-inf", "1e999", "²", "٣", "1_0", "one", "1/s", "1,5", "1.2.3",
        ".", "20000", "9" * 5_000, "0x1", "infinity",
    ),
    "SMS_NOT_TO": (
        "86", "+", "+86,", ",", "+86;+7", "+8a", "+²", "none,+86", "+" + "8" * 5_000, "0086",
    ),
    "WEBHOOK_CHANNEL_URL": (
        "gateway.example", "ftp://gateway.example", "http://gateway.example", "https://",
        "https://u:{secret}@gateway.example", "https://gateway.example/#x", "https://gateway.example:x",
        "https://gateway.example:0", "https://[::1", "https://gateway.example/a b",
        "https://gateway.example/ñ", "https://" + "a" * 64 + ".example",
    ),
    "WEBHOOK_CHANNEL_SECRET": ("{secret}", "whsec_", "whsec_{secret}", "whsec_QUFB", "whsec_é"),
    "BOUNCE_DOMAIN": (
        "bounces", "https://bounces.example.com", "a@b.example", "b ad.example", "-.example",
        "é.example", "bounces.example.com/x", "x" * 300 + ".example", "..", "bounces..example.com",
    ),
    "SMTP_URL": (
        "relay.example:587", "http://u:{secret}@relay.example", "smtp://", "smtp:relay.example",
        "smtp://u:{secret}@relay.example:notaport/?from=a@b.example",
        "smtp://u:{secret}@relay.example:0/?from=a@b.example",
        "smtp://u:{secret}@relay.example:99999/?from=a@b.example",
        "smtp://u:{secret}[@relay.example/?from=a@b.example",
        "smtp://u:{secret}/x@relay.example/?from=a@b.example",
        "smtp://u:{secret}#x@relay.example/?from=a@b.example", "smtp://u@relay.example/?from=a@b.example",
        "smtp://u:{secret}@relay.example", "smtp://u:{secret}@relay.example/?from=Care",
        "smtp://u:{secret}@relay.example/?from=a@b.example&from=c@d.example",
        "smtp://u:{secret}@relay.example/?from=a@b.example&nonsense=1",
        "smtp://u:{secret}@relay.example/?from=a@b.example&starttls=maybe",
        "smtp://u:{secret}@relay.example/?from=a@b.example&starttls=0",
        "smtps://u:{secret}@relay.example/?from=a@b.example&starttls=1",
        "smtp://u:{secret}@relay.example/?from=a@b.example&read_timeout=²",
        "smtp://u:{secret}@relay.example/?from=a@b.example&read_timeout=-1",
        "smtp://u:{secret}@relay.example/?from=a@b.example&read_timeout=nan",
        "smtp://u:{secret}@relay.example/?from=a@b.example&read_timeout=٣",
        "smtp://u:{secret}@relay.example/?from=a@b.example&connect_timeout=" + "9" * 5_000,
        "smtp://u:{secret}@relay.example/?from=a@b.example&helo=a%20b",
        "smtp://u:{secret}@relay.example/?from=a@b.example&reply_to=nobody",
        "smtp://u:{secret}%00@relay.example/?from=a@b.example",
        "smtp://u:{secret}%ff@relay.example/?from=a@b.example",
        "smtp://u:{secret}@relay.example/?from=a@b.example&helo=%ff",
        "smtp://u:{secret}@re lay.example/?from=a@b.example",
        "smtp://u:{secret}@" + "a" * 64 + ".example/?from=a@b.example",
    ),
    "TIMEZONE": (
        "Mars/Olympus", "UTC+1", "CET/", "../UTC", "/etc/localtime", "europe/madrid", "Europe",
        "x" * 5_000,
    ),
    "COUNTRY": ("Spain", "E", "ESP", "12", "XX", "ZZ", "UK", "éé", "E S", "x" * 5_000),
    "APPEAL_DAYS": WHOLE,
    "CLOCK_FILE": (
        "{folder}/none", "{folder}", "{folder}/text", "{folder}/naive", "{folder}/latin1",
        "x" * 5_000,
    ),
    "SWEEP_SECONDS": WHOLE,
}  # fmt: skip
# On what each is tried; all else on the embedded default.
ON: Final = (
    dict.fromkeys(("DATABASE_URL", "SECRET_KEYS", "BASE_URL"), GROWN_UP)
    | dict.fromkeys(("TWILIO_BASE_URL", *TWILIO), TWILIO)
    | dict.fromkeys(GATEWAY, GATEWAY)
)
# Slips of the name, and the name that was meant ("" where nothing is near).
NAMES: Final = {
    "DATABSE_URL": "DATABASE_URL",
    "DATABASE_URI": "DATABASE_URL",
    "SECRET_KEY": "SECRET_KEYS",
    "SMTP_UR": "SMTP_URL",
    "BASEURL": "BASE_URL",
    "TWILIO_SID": "TWILIO_ACCOUNT_SID",
    "TWILIO_ACOUNT_SID": "TWILIO_ACCOUNT_SID",
    "SWEEP_SECOND": "SWEEP_SECONDS",
    "database_url": "DATABASE_URL",
    "Timezone": "TIMEZONE",
    "XYZZY": "",
    "": "",
    "A\x1b[31mB": "",
    "Z" * 5_000: "",
}


def cases() -> list[tuple[str, str]]:
    """Every setting with every value that it cannot have."""
    return [(name, value) for name in VALUES for value in (*ANYWHERE, *VALUES[name])]
