"""`make messages`: what the catalogues lack; with `--update`, the English carried into all of them.

Exit code 2 when something has to be mended, as everywhere on the command line.
"""

from __future__ import annotations

import click

from channels.locales import LANGUAGES
from collector.translations.catalogue import SOURCE, read
from collector.translations.check import problems
from collector.translations.update import update


@click.command()
@click.option("--update", "carry", is_flag=True, help="Carry the English into every language.")
def main(carry: bool) -> None:
    """Say what is missing, out of date, too long or not used any more."""
    for path in update() if carry else ():
        click.echo(f"written: {path.relative_to(path.parents[2])}")
    found = problems()
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(2)
    click.echo(f"{len(read(SOURCE))} phrases in {len(LANGUAGES)} languages; nothing is missing.")


if __name__ == "__main__":
    main()
