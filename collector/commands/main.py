"""`collector`, the command line: one group, a file per command, loaded when it is wanted.

Where to go next: any file named below.

Exit codes: 0 done, 1 a bug, 2 something that you can mend (the sentence says what), 3 a component
does not answer.
"""

from __future__ import annotations

import click

from collector.commands.lazy_group import LazyGroup

COMMANDS = {
    "appeals": (
        "appeals",
        "Contested answers and findings: open an appeal, rule on it, take it back.",
    ),
    "audit": (
        "audit",
        "Audit an export: which answers did customers give, "
        "and what is the score without the others?",
    ),
    "audit-log": ("configuration.history", "Who changed what, when and why; the newest first."),
    "bounces": (
        "operating.bounces",
        "Take bounces and complaints from mails: files, Maildirs, or one mail on standard input.",
    ),
    "channels": ("operating.channels", "Senders: what they spent today, whether they are stopped."),
    "config": (
        "configuration.files",
        "Surveys and rules as files: check, compare, take into use, write out.",
    ),
    "demo": (
        "demo",
        "Play a week of a made-up shop, show what came of it, and serve it for trying out.",
    ),
    "doctor": (
        "operating.doctor",
        "Check database, migrations, Redis, channels, keys and backlog; "
        "say how to mend what is wrong.",
    ),
    "explain": (
        "explain",
        "Why somebody was asked, or not: every gate in words, and when they could be asked.",
    ),
    "export": (
        "export",
        "Write the answers, or who was asked, with every correction, to a file.",
    ),
    "feed": (
        "operating.feed",
        "The feeds that KPI stores read: how far they go, and their ids.",
    ),
    "findings": ("findings", "What looks odd about how answers were collected, and rulings on it."),
    "followups": (
        "followups",
        "List and close the cases that low scores, and words without a score, opened.",
    ),
    "gallery": (
        "configuration.gallery",
        "Ready-made rules with their surveys, in English and Chinese, to copy from.",
    ),
    "integrity": ("integrity", "What the checks were fed, and how far they are."),
    "keys": ("operating.keys", "Make, list and revoke API keys."),
    "kpis": ("kpis", "Show the score as collected and cleaned, and what it rests on."),
    "messages": ("operating.messages", "Messages that need a person."),
    "migrate": ("operating.migrate", "Bring the database's tables up to this version."),
    "pause": (
        "operating.pause",
        "Pause everything: no ask leaves by any channel until `collector resume`.",
    ),
    "refused": (
        "operating.refused",
        "What callers sent and Collector could not keep, by reason, key and field.",
    ),
    "rehearse": (
        "configuration.rehearse",
        "Play a rule, or a draft of it in a file, over recorded events.",
    ),
    "replay": (
        "replay",
        "Play recorded events and answers through the real pipeline, on a simulated clock.",
    ),
    "resume": ("operating.pause:resume", "Go on after `collector pause`."),
    "roster": ("roster", "Who works where."),
    "rules": ("configuration.rules", "Rules: when to ask whom."),
    "serve": ("operating.serve", "Serve the API, the pages and the widget."),
    "set-apart": ("operating.set_apart", "Rows that could not be dealt with."),
    "signals": (
        "signals",
        "Independent evidence about interactions: complaints, refunds, listened calls.",
    ),
    "people": ("operating.people", "Look a person up, or erase them for good."),
    "sites": ("operating.sites", "Register the pages that may carry the widget."),
    "suppressions": (
        "operating.suppressions",
        "Addresses that are not written to: list, explain, lift with a reason.",
    ),
    "surveys": ("configuration.surveys", "Surveys: what is asked."),
    "texts": (
        "texts",
        "Texts that came after the time of every question, or from a number that was never asked.",
    ),
    "worker": ("operating.worker", "Send, fold, judge and publish whatever is due, until stopped."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="collector")
def main() -> None:
    """Ask one question at the right moment, collect the one-tap answer, keep the score honest.

    \b
    New here?        collector demo       a week of made-up customers, then a page to look at
    Running it?      collector migrate, collector serve, collector worker
    Something odd?   collector doctor     checks every component and says how to mend it
    Stop asking!     collector pause      nothing leaves any more, until collector resume

    Settings are environment variables named COLLECTOR_…; `collector doctor --settings` lists them.
    Exit codes: 0 done, 2 something you can mend, 3 a component does not answer.
    """
