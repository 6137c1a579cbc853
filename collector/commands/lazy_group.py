"""A group that loads a command's file when that command is wanted, so that each starts at once.

`--help` of the group tells every command's first sentence without loading any; that the sentences
are those of the commands is a test's business. Used by `main.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click

ROOM: Final = "collector.commands."


class LazyGroup(click.Group):
    """`lazy`: by name of the command, the file under `collector/commands` and what it does."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lazy: Final = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name in self.lazy:
            path, _, name = self.lazy[cmd_name][0].partition(":")
            found = getattr(import_module(ROOM + path), name or "command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Overrides click's, which loads every command for its first sentence."""
        told = {name: what for name, (_, what) in self.lazy.items()}
        room = formatter.width - 6 - max(map(len, told), default=0)
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short(told[name], room)) for name in sorted(told)])


def _short(text: str, room: int) -> str:
    """As much as fits in a line, cut between words."""
    return click.Command(None, help=text).get_short_help_str(room)
