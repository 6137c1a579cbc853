"""The figures that stand beside a limit, as a drawing for `README.md`: `benchmarks.all --plot`.

One bar for each, as a share of the limit that was measured in the same run; a line where the aim
is. SVG by hand: a dozen rectangles need no library, and it stays readable in the dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

LEFT, WIDTH, ROW, TOP = 300, 360, 30, 44
STYLE: Final = (
    "text{font:14px system-ui,sans-serif;fill:#222}.quiet{fill:#667}.bar{fill:#2f6fb0}"
    ".short{fill:#c07a1e}.rail{fill:#e8ebef}.aim{stroke:#222;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.quiet{fill:#aab}.rail{fill:#2a2f36}"
    ".aim{stroke:#eee}.bar{fill:#6aa9e9}.short{fill:#e0a04a}}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """What is compared, its share of the limit (1: as fast), and the share aimed at."""

    work: str
    share: float
    aim: float

    @property
    def held(self) -> bool:
        return self.share >= self.aim


def drawing(bars: Sequence[Bar], note: str) -> str:
    """The drawing as SVG. Shares over 1 fill the rail."""
    high = TOP + ROW * len(bars) + 26
    said = "; ".join(f"{bar.work}: {bar.share:.2f}, aim {bar.aim:g}" for bar in bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 60} {high}" '
        f'role="img" aria-label="{escape(said)}"><style>{STYLE}</style>',
        f'<text x="{LEFT}" y="20" class="quiet">share of the limit, in the same run</text>',
        f'<text x="{LEFT}" y="38" class="quiet">0</text>',
        f'<text x="{LEFT + WIDTH - 8}" y="38" class="quiet">1</text>',
    ]
    for place, bar in enumerate(bars):
        y = TOP + ROW * place
        long, at = min(bar.share, 1.0) * WIDTH, LEFT + bar.aim * WIDTH
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 15}" text-anchor="end">{escape(bar.work)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{WIDTH}" height="20" class="rail"/>',
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="20" '
            f'class="{"bar" if bar.held else "short"}"/>',
            f'<line x1="{at:.1f}" y1="{y - 3}" x2="{at:.1f}" y2="{y + 23}" class="aim"/>',
            f'<text x="{LEFT + WIDTH + 8}" y="{y + 15}">{bar.share:.2f}</text>',
        ]
    parts.append(f'<text x="10" y="{high - 6}" class="quiet">{escape(note)}</text></svg>')
    return "\n".join(parts) + "\n"
