"""Audits many companies' exports side by side: over processes here, or over a Dask cluster.

Each company is one task that shares nothing with the others, so its files are, byte for byte, those
of an audit of its own. A company that cannot be judged is told, whatever it is that failed, and the
others go on. Whoever interrupts leaves neither processes nor temporary files.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import active_children, get_context
from pathlib import Path
from traceback import extract_tb
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit import closing, writing
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.loading import end_with_parent
from collector.integrity.audit.run import Outcome, audit

TIMEOUT = "10s"  # until a scheduler must have answered
_ADDRESS = re.compile(r"(\w+://)?[^\s/]+:\d+/?")


@dataclass(frozen=True, slots=True)
class Task:
    """One company. `name`: how it is called, which is its folder below the one for all."""

    name: str
    folder: Path
    out: Path
    columns: Columns


@dataclass(frozen=True, slots=True)
class Done:
    """What is to be said of one company. `refused`: why it was not judged, else empty."""

    task: Task
    understood: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    refused: str = ""
    losses: bool = False


Hear = Callable[[Done], None]


def tasks(folders: Sequence[Path], out: Path, columns: Columns) -> list[Task]:
    """A task for each export. Names are the shortest ends of the paths that tell them apart.

    Raises InvalidInput where the same export is named twice.
    """
    # Whole paths: a worker of a cluster was started in another folder.
    paths = [Path(os.path.abspath(folder)) for folder in folders]
    out = Path(os.path.abspath(out))
    for path, count in Counter(paths).items():
        if count > 1:
            raise InvalidInput(f"{path} is named twice.", code="named_twice")
    ends = [path.with_suffix("") if path.is_file() else path for path in paths]
    if len(set(ends)) < len(ends):  # answers.csv beside answers.xlsx
        ends = paths
    length = 1
    while len({end.parts[-length:] for end in ends}) < len(ends):
        length += 1
    return [
        Task("/".join(end.parts[-length:]).lstrip("/"), path, out.joinpath(*_below(end, length)),
             columns)
        for path, end in zip(paths, ends, strict=True)
    ]  # fmt: skip


def one(task: Task) -> Done:
    """Audit one company and write its files."""
    understood: list[str] = []

    def write(outcome: Outcome, verdicts: Iterator[dict[str, Any]]) -> None:
        writing.write(outcome, verdicts, task.out)

    try:
        outcome = audit(task.folder, task.columns, write, tell=understood.extend)
    except InvalidInput as error:
        return Done(task, tuple(understood), refused=error.detail)
    except OSError as error:
        why = f"{error.strerror or error}: {error.filename or task.folder}"
        return Done(task, tuple(understood), refused=why)
    except Exception as error:  # a fault of ours, a full disk: none of the others' business
        why = f"It could not be read to the end ({_told(error)})."
        return Done(task, tuple(understood), refused=why)
    said = tuple(closing.lines(outcome, task.out))
    return Done(task, tuple(understood), said, losses=bool(outcome.notes.losses()))


def _told(error: Exception) -> str:
    """What failed: in the database's words, else by its place in the code, for an error that nobody
    foresaw may quote what a customer wrote."""
    if isinstance(error, sqlite3.Error):
        return f"{type(error).__name__}: {error}"
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def here(work: Sequence[Task], jobs: int, hear: Hear) -> list[Done]:
    """All of them, `jobs` at a time; `hear` gets each when it is done. In the order of `work`."""
    if jobs < 2:
        return [_heard(one(task), hear) for task in work]
    # Begun anew rather than forked: the caller may have threads.
    context, others = get_context("spawn"), set(active_children())
    with ProcessPoolExecutor(min(jobs, len(work)), context, _begin) as pool:
        waiting = {pool.submit(_in_process, task): task for task in _largest_first(work)}
        done: list[Done] = []
        try:
            for future in as_completed(waiting):
                done.append(_heard(future.result(), hear))
        except BrokenProcessPool as error:
            judged = {found.task.name for found in done}
            left = ", ".join(task.name for task in work if task.name not in judged)
            raise InvalidInput(
                "A process that audited was ended from outside, most likely for want of memory. "
                f"What is written is whole; not judged: {left}. Run these again with a smaller "
                "--jobs.", code="process_ended",
            ) from error  # fmt: skip
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - others:
                child.terminate()
            raise
    return _in_order(done, work)


def _begin() -> None:
    """A process that audits for another: who interrupts tells that one, which tells this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    end_with_parent()


def _end(number: int, frame: object) -> None:
    """Told once is enough: a pool that lost a process tells the others again, in the middle of
    their tidying up."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(1)


def _in_process(task: Task) -> Done:
    try:
        return one(task)
    except SystemExit:  # told to end, and its temporary files are gone: take no other task
        os._exit(1)


def on_dask(work: Sequence[Task], address: str, hear: Hear) -> list[Done]:
    """The same on the workers of a Dask cluster, which see these paths as this machine does."""
    if find_spec("distributed") is None:
        raise InvalidInput(
            "A Dask cluster needs a package that is not there. Run: "
            "pip install 'collector[dask]', here and where its workers run.",
            code="no_dask",
        )
    if not _ADDRESS.fullmatch(address):
        raise _no_scheduler(address)
    import distributed  # optional, and heavy

    try:
        client = distributed.Client(address, timeout=TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise _no_scheduler(address) from error
    with client, client.as_current():
        # A company may be audited again after a repair of its files: nothing is taken from before.
        tasks = _largest_first(work)
        waiting = dict(zip(client.map(one, tasks, pure=False), tasks, strict=True))
        arriving = distributed.as_completed(waiting)  # type: ignore[no-untyped-call]
        done = [_heard(_of_cluster(future, waiting[future]), hear) for future in arriving]
    return _in_order(done, work)


def _of_cluster(future: Any, task: Task) -> Done:
    """What came of a company; a worker that was lost, or has another version, is told like it."""
    try:
        found: Done = future.result()
    except Exception as error:
        why = f"The cluster gave no result ({type(error).__name__}: {error})."
        return Done(task, refused=why)
    return found


def _no_scheduler(address: str) -> InvalidInput:
    return InvalidInput(
        f"No Dask scheduler answers at {address}. Give the address that `dask scheduler` prints, "
        "such as tcp://10.0.0.5:8786.", code="no_scheduler",
    )  # fmt: skip


def size(task: Task) -> int:
    """How many bytes there are to read."""
    if task.folder.is_file():
        return task.folder.stat().st_size
    return sum(path.stat().st_size for path in task.folder.iterdir() if path.is_file())


def _heard(done: Done, hear: Hear) -> Done:
    hear(done)
    return done


def _largest_first(work: Sequence[Task]) -> list[Task]:
    """So that none of the large ones is left for the end, alone."""
    return sorted(work, key=size, reverse=True)


def _in_order(done: Sequence[Done], work: Sequence[Task]) -> list[Done]:
    by_name = {found.task.name: found for found in done}
    return [by_name[task.name] for task in work]


def _below(end: Path, length: int) -> tuple[str, ...]:
    return tuple(part for part in end.parts[-length:] if part != end.anchor)
