"""Prints the bench's figures beside the bars and goals. Used by `bench.py`."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.integrity.measure import INNOCENT, Counts

GREAT = "great agents' answers rejected"


def show(counts: Mapping[str, Counts], seeds: str) -> str:
    """Two tables: methods side by side, then ours against the bars."""
    ours = counts["layered evidence"]
    lines = [f"Means over seeds {seeds}; thresholds were set on other seeds.", ""]
    lines.append(
        "method | F1 gamed | precision | recall | honest rejected | great accused "
        "| agent FDR / recall / AUC | team KPI MAE"
    )
    lines.append("---|---|---|---|---|---|---|---")
    lines.append(f"no cleaning | - | - | 0 | 0 | - | - | {ours.mean('MAE raw'):.2f}")
    for name in (*(n for n in counts if n != "layered evidence"), "layered evidence"):
        c = counts[name]
        great = "{:.0f} / {:.0f}".format(*c.rows["great accused"])
        auc = f"{c.mean('agent AUC'):.3f}" if c.lists.get("agent AUC") else "-"
        lines.append(
            f"{name} | {c.mean('F1'):.3f} | {c.mean('precision'):.3f} | {c.mean('recall'):.3f} "
            f"| {c.share('honest rejected'):.2%} | {great} "
            f"| {c.share('agent FDR'):.1%} / {c.share('agent recall'):.2f} / {auc} "
            f"| {c.mean('MAE cleaned'):.2f}"
        )
    lines.append(
        f"deleting exactly the gamed | 1 | 1 | 1 | 0 | - | - | {ours.mean('MAE oracle'):.2f}"
    )
    lines += ["", "measure | here | bar | goal", "---|---|---|---"]
    lines += [f"{name} | {value} | {bar} | {goal}" for name, value, bar, goal in _bars(ours)]
    kinds = [k for k in ours.rows if k.startswith("agents ")]
    lines += ["", "Recall of agents by what they do: " + ", ".join(
        f"{k[7:]} {ours.share(k):.2f}" for k in sorted(kinds)) + "."]  # fmt: skip
    labels = sorted(k for k in ours.rows if k.startswith("recall "))
    listed = ", ".join(f"{k[7:]} {ours.share(k):.3f}" for k in labels)
    lines.append(f"Recall of answers: {listed}.")
    lines.append(
        f"Audit: {ours.mean('answers'):.0f} answers in {ours.mean('seconds'):.1f} s "
        f"({1e6 * ours.mean('seconds') / max(ours.mean('answers'), 1):.0f} µs an answer, all in)."
    )
    return "\n".join(lines)


def _bars(c: Counts) -> list[tuple[str, str, str, str]]:
    raw, oracle, cleaned = c.mean("MAE raw"), c.mean("MAE oracle"), c.mean("MAE cleaned")
    traps = {t: c.share(f"trap {t}") for t in INNOCENT}
    worst = max(traps, key=lambda t: traps[t])
    return [
        ("F1 (rejected), all / without scanners",
         f"{c.mean('F1'):.3f} / {c.mean('F1 without scanners'):.3f}", "0.88 / 0.82", "0.93 / 0.90"),
        ("precision, mean / worst seed",
         f"{c.mean('precision'):.3f} / {min(c.lists['precision']):.3f}", "0.97 / 0.94", "0.98"),
        ("evasive fabrications, recall", f"{c.share('evasive recall'):.2f}", "0.65", "0.80"),
        ("asked-but-unchanged rejected", f"{c.share('asked-but-unchanged rejected'):.1%}",
         "10 %", "5 %"),
        ("share of team KPI error removed",
         f"{1 - cleaned / raw:.1%} (oracle {1 - oracle / raw:.1%})", "75 %", "80 %"),
        ("CSAT / NPS mean absolute error",
         f"{c.mean('MAE cleaned CSAT'):.2f} / {c.mean('MAE cleaned NPS'):.2f} "
         f"(oracle {c.mean('MAE oracle CSAT'):.2f} / {c.mean('MAE oracle NPS'):.2f})",
         "0.85 / 2.1", "0.7 / 1.5"),
        ("agents: FDR / recall / AUC",
         f"{c.share('agent FDR'):.1%} / {c.share('agent recall'):.2f} / {c.mean('agent AUC'):.3f}",
         "5 % / 0.60 / 0.86", "5 % / 0.70 / 0.92"),
        ("great agents accused", "{:.0f} of {:.0f}".format(*c.rows["great accused"]),
         "1 in 140", "0 in 280"),
        ("honest answers of honest agents rejected", f"{c.share('honest rejected'):.2%}",
         "0.2 %", "0.1 %"),
        ("great agents' answers rejected", f"{c.share(GREAT):.2%}",
         "-", "-"),
        (f"worst innocent group ({worst})", f"{traps[worst]:.2%}", "1 %", "0.5 %"),
        ("recall within a day / finally",
         f"{c.mean('recall within a day'):.3f} / {c.mean('recall'):.3f}", "0.70 / 0.80",
         "0.80 / 0.90"),
        ("reasons on non-clean", f"{c.mean('non-clean with reasons'):.0%}", "100 %", "100 %"),
    ]  # fmt: skip
