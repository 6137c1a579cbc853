"""What a server's process has loaded stays for good: the collector of garbage need not look at it.

Looking through it again and again took a fifth of all time. What requests leave behind is still
looked for, less often. Called once by each process, when it has loaded (`serve.py`).
"""

from __future__ import annotations

import gc
from typing import Final

THRESHOLDS: Final = (20_000, 20, 50)


def settle_memory(thresholds: tuple[int, int, int] = THRESHOLDS) -> None:
    """Leave alone what is there now. `thresholds`: how often to look for the rest, as `gc` says."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*thresholds)
