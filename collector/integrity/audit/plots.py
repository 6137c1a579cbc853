"""Plain SVG plots for the report: no script, no font, no request. Pure.

Each is drawn twice, for a wide page and for a telephone; the style sheet (`report_style.py`) shows
one of them and gives the colours, in which a reader's dark page is respected.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

Point = tuple[str, float | None, float | None]
Row = tuple[str, float, float, float, float]
WIDE, NARROW = 760, 340
LABEL_MOST = 24


def lines(points: Sequence[Point], unit: str) -> str:
    """Two lines over time, raw and cleaned. `points`: label, raw, cleaned."""
    values = [v for _, raw, clean in points for v in (raw, clean) if v is not None]
    if len(points) < 2 or not values:
        return "<p class='quiet'>Too few weeks with enough answers for a plot.</p>"
    return _both(lambda width: _lines(points, values, unit, width))


def _lines(points: Sequence[Point], values: Sequence[float], unit: str, width: int) -> str:
    ticks = _ticks(values)
    low, high = ticks[0], ticks[-1]
    height, left, top, right = 240 if width == WIDE else 190, 42, 12, 14
    step = (width - left - right) / (len(points) - 1)

    def y(value: float) -> float:
        return top + (high - value) / (high - low) * (height - top - 30)

    parts = [_open(width, height, f"Score by week, as collected and cleaned, in {unit}")]
    for value in ticks:
        parts.append(
            f'<line class="grid-line" x1="{left}" x2="{width - right}" y1="{y(value):.1f}" '
            f'y2="{y(value):.1f}"/><text x="{left - 8}" y="{y(value) + 4:.1f}" '
            f'text-anchor="end">{value:g}</text>'
        )
    for index, name, dash in ((1, "raw-line", "5 4"), (2, "clean-line", "")):
        dots = []
        for i, point in enumerate(points):
            found = point[1] if index == 1 else point[2]
            if found is not None:
                dots.append((left + i * step, y(found)))
        path = " ".join(f"{x:.1f},{at:.1f}" for x, at in dots)
        parts.append(
            f'<polyline class="{name}" points="{path}" fill="none" stroke-width="2.5" '
            f'stroke-dasharray="{dash}"/>'
        )
    every = math.ceil(len(points) / (6 if width == WIDE else 4))
    for i in range(0, len(points), every):
        at = left + i * step
        anchor = "end" if at > width - 40 else "middle"
        parts.append(
            f'<text x="{at:.1f}" y="{height - 8}" text-anchor="{anchor}">'
            f"{escape(points[i][0])}</text>"
        )
    return "".join(parts) + "</svg>"


def dumbbells(rows: Sequence[Row], unit: str) -> str:
    """One row a team: raw (ring), cleaned (dot) with its interval. label, raw, value, low, high."""
    if not rows:
        return "<p class='quiet'>No team has enough answers.</p>"
    return _both(lambda width: _dumbbells(rows, unit, width))


def _dumbbells(rows: Sequence[Row], unit: str, width: int) -> str:
    ticks = _ticks([value for row in rows for value in row[1:]])
    low, high = ticks[0], ticks[-1]
    wide = width == WIDE
    left, line = (190, 24) if wide else (12, 42)
    height = line * len(rows) + 40

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (width - left - 20)

    title = f"Teams: score as collected and cleaned with its 95 % interval, in {unit}"
    parts = [_open(width, height, title)]
    for value in ticks:
        parts.append(
            f'<line class="grid-line" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="6" '
            f'y2="{height - 26}"/><text x="{x(value):.1f}" y="{height - 8}" '
            f'text-anchor="middle">{value:g}</text>'
        )
    for index, (label, raw, value, minimum, most) in enumerate(rows):
        y = 18 + index * line + (0 if wide else 14)
        place = (
            f'x="{left - 12}" y="{y + 4}" text-anchor="end"'
            if wide else f'x="{left}" y="{y - 12}"'
        )  # fmt: skip
        parts.append(
            f"<text {place}>{escape(_short(label))}</text>"
            f'<line class="reach" x1="{x(minimum):.1f}" x2="{x(most):.1f}" y1="{y}" y2="{y}" '
            f'stroke-width="8"/><line class="raw-line" x1="{x(raw):.1f}" x2="{x(value):.1f}" '
            f'y1="{y}" y2="{y}" stroke-width="1.5"/>'
            f'<circle class="raw-ring" cx="{x(raw):.1f}" cy="{y}" r="5" stroke-width="2"/>'
            f'<circle class="clean-dot" cx="{x(value):.1f}" cy="{y}" r="5"/>'
        )
    return "".join(parts) + "</svg>"


def bars(rows: Sequence[tuple[str, int]], title: str) -> str:
    """Counts as bars, largest first."""
    return _both(lambda width: _bars(rows, title, width)) if rows else ""


def _bars(rows: Sequence[tuple[str, int]], title: str, width: int) -> str:
    most = max(count for _, count in rows)
    wide = width == WIDE
    left, line = (300, 26) if wide else (0, 44)
    height = line * len(rows) + 8
    parts = [_open(width, height, title)]
    for index, (label, count) in enumerate(rows):
        y = 4 + index * line + (0 if wide else 18)
        size = (width - left - 70) * count / most
        place = (
            f'x="{left - 10}" y="{y + 16}" text-anchor="end"' if wide else f'x="0" y="{y - 3}"'
        )  # fmt: skip
        parts.append(
            f"<text {place}>{escape(label)}</text>"
            f'<rect class="bar" x="{left}" y="{y + 3}" width="{size:.1f}" height="17"/>'
            f'<text x="{left + size + 6:.1f}" y="{y + 16}">{count:,}</text>'
        )
    return "".join(parts) + "</svg>"


def _both(draw: Callable[[int], str]) -> str:
    return f'<div class="wide">{draw(WIDE)}</div><div class="narrow">{draw(NARROW)}</div>'


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg" font-size="12.5">'
    )


def _short(label: str) -> str:
    return label if len(label) <= LABEL_MOST else f"{label[: LABEL_MOST - 1]}…"


def _ticks(values: Sequence[float]) -> list[float]:
    """Round numbers that span the values, four to seven of them."""
    low, high = min(values), max(values)
    room = max(high - low, 2.0)
    size = 10 ** math.floor(math.log10(room / 4))
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if room / (size * part) <= 5)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * index, 6) for index in range(first, max(last, first + 1) + 1)]
