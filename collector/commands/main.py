"""`collector`, the command line: one group, a file per command. Where to go next: any file beside.

Exit codes: 0 done, 1 a bug, 2 something that you can mend (the sentence says what), 3 a component
does not answer.
"""

from __future__ import annotations

import click

from collector.commands import (
    appeals,
    audit,
    demo,
    explain,
    export,
    findings,
    followups,
    integrity,
    kpis,
    replay,
    roster,
    signals,
    texts,
)
from collector.commands.configuration import files, gallery, history, rehearse, rules, surveys
from collector.commands.operating import (
    bounces,
    channels,
    doctor,
    keys,
    messages,
    migrate,
    pause,
    refused,
    serve,
    set_apart,
    sites,
    suppressions,
    worker,
)

COMMANDS = (
    demo, serve, worker, migrate, doctor, files, rules, surveys, rehearse, explain,
    gallery, history, keys, sites, export, replay, audit, integrity, kpis, signals, roster, appeals,
    findings, followups, texts, messages, channels, bounces, suppressions, set_apart, pause,
    refused,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for module in COMMANDS:
    main.add_command(module.command)
main.add_command(pause.resume)
