"""`collector gallery`: ready-made rules with their surveys, to look at and to copy.

Each lives in `gallery_files/KEY/` as a folder of configuration like anybody's own; the comment
that its rule begins with says what it is for. Copies are drafts: nobody is asked before somebody
says so.
"""

from __future__ import annotations

from pathlib import Path

import click

from collector.commands.context import Refused
from collector.rules.folder import workspace

ROOM = Path(__file__).with_name("gallery_files")


def entries() -> dict[str, Path]:
    """Every ready-made folder by key."""
    return {path.name: path for path in sorted(ROOM.iterdir()) if (path / "rules").is_dir()}


@click.group("gallery")
def command() -> None:
    """Ready-made rules with their surveys, in English and Chinese, to copy from."""


@command.command("list")
def list_entries() -> None:
    """What there is, each with the event that it needs."""
    for key, folder in entries().items():
        (rule,) = workspace.read(folder).rules
        (survey,) = workspace.read(folder).surveys
        click.echo(f"{key:<21} on {rule['on']:<21} asks {survey['metric'].upper():<4} "
                   f"over {', '.join(rule['channels'])}")  # fmt: skip


@command.command()
@click.argument("key", type=click.Choice(sorted(entries())))
def show(key: str) -> None:
    """Print the files of one."""
    for path in _files(entries()[key]):
        click.echo(f"── {path.parent.name}/{path.name}")
        click.echo(path.read_text(encoding="utf-8"))


@command.command()
@click.argument("key", type=click.Choice(sorted(entries())))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def copy(key: str, folder: Path) -> None:
    """Copy one into DIR, beside what is there. Overwrites nothing."""
    files = _files(entries()[key])
    targets = [folder / path.parent.name / path.name for path in files]
    taken = [target for target in targets if target.exists()]
    if taken:
        raise Refused(f"{taken[0]} exists already; nothing was copied")
    for path, target in zip(files, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        click.echo(f"copied  {target}")
    click.echo(f"next: edit the files, `collector rules validate {folder}`, rehearse, apply")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("rules/*.yaml")) + sorted(folder.glob("surveys/*.yaml"))
