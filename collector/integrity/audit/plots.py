"""Plain SVG plots for the report: no script, no font, no request. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

RAW, CLEAN, GRID = "#b5530a", "#155e75", "#d9dee3"
Point = tuple[str, float | None, float | None]


def lines(points: Sequence[Point], unit: str) -> str:
    """Two lines over time, raw and cleaned. `points`: label, raw, cleaned."""
    values = [v for _, raw, clean in points for v in (raw, clean) if v is not None]
    if len(points) < 2 or not values:
        return "<p>Too few weeks for a plot.</p>"
    low, high = _range(values)
    width, height, left, top = 760, 240, 46, 12
    step = (width - left - 20) / (len(points) - 1)

    def y(value: float) -> float:
        return top + (high - value) / (high - low) * (height - top - 30)

    parts = [_open(width, height, f"Raw and cleaned score by week, in {unit}")]
    for tick in range(5):
        value = low + (high - low) * tick / 4
        parts.append(
            f'<line x1="{left}" x2="{width - 16}" y1="{y(value):.1f}" y2="{y(value):.1f}" '
            f'stroke="{GRID}"/><text x="{left - 6}" y="{y(value) + 4:.1f}" '
            f'text-anchor="end">{value:.0f}</text>'
        )
    for index, colour, dash in ((1, RAW, "5 4"), (2, CLEAN, "")):
        dots = []
        for i, point in enumerate(points):
            found = point[1] if index == 1 else point[2]
            if found is not None:
                dots.append((left + i * step, y(found)))
        path = " ".join(f"{x:.1f},{at:.1f}" for x, at in dots)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" '
            f'stroke-dasharray="{dash}"/>'
        )
    every = max(1, len(points) // 6)
    for i in range(0, len(points), every):
        parts.append(
            f'<text x="{left + i * step:.1f}" y="{height - 8}" text-anchor="middle">'
            f"{escape(points[i][0])}</text>"
        )
    return "".join(parts) + "</svg>"


def dumbbells(rows: Sequence[tuple[str, float, float, float, float]], unit: str) -> str:
    """One row a team: raw (ring), cleaned (dot) with its interval. label, raw, value, low, high."""
    if not rows:
        return "<p>No team has enough answers.</p>"
    low, high = _range([value for row in rows for value in row[1:]])
    width, left, line = 760, 170, 22
    height = line * len(rows) + 40

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (width - left - 24)

    parts = [_open(width, height, f"Teams: raw and cleaned score with 95 % interval, in {unit}")]
    for tick in range(5):
        value = low + (high - low) * tick / 4
        parts.append(
            f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="6" y2="{height - 26}" '
            f'stroke="{GRID}"/><text x="{x(value):.1f}" y="{height - 8}" '
            f'text-anchor="middle">{value:.0f}</text>'
        )
    for index, (label, raw, value, least, most) in enumerate(rows):
        y = 18 + index * line
        parts.append(
            f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{escape(label)}</text>'
            f'<line x1="{x(least):.1f}" x2="{x(most):.1f}" y1="{y}" y2="{y}" stroke="{CLEAN}" '
            f'stroke-opacity=".35" stroke-width="7"/>'
            f'<line x1="{x(raw):.1f}" x2="{x(value):.1f}" y1="{y}" y2="{y}" stroke="{RAW}" '
            f'stroke-width="1.5"/><circle cx="{x(raw):.1f}" cy="{y}" r="5" fill="#fff" '
            f'stroke="{RAW}" stroke-width="2"/><circle cx="{x(value):.1f}" cy="{y}" r="5" '
            f'fill="{CLEAN}"/>'
        )
    return "".join(parts) + "</svg>"


def bars(rows: Sequence[tuple[str, int]]) -> str:
    """Counts as bars, largest first."""
    if not rows:
        return "<p>Nothing was set aside.</p>"
    most = max(count for _, count in rows)
    width, left, line = 760, 300, 26
    height = line * len(rows) + 8
    parts = [_open(width, height, "Answers set aside or doubted, by what was seen")]
    for index, (label, count) in enumerate(rows):
        y = 4 + index * line
        size = (width - left - 70) * count / most
        parts.append(
            f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{size:.1f}" height="17" fill="{CLEAN}"/>'
            f'<text x="{left + size + 6:.1f}" y="{y + 16}">{count:,}</text>'
        )
    return "".join(parts) + "</svg>"


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg" font-size="12.5" fill="#27313b">'
        f"<title>{escape(title)}</title>"
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max((high - low) * 0.08, 1.0)
    return low - room, high + room
