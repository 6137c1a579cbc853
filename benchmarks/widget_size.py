"""What a browser loads to show one NPS question, beside the scripts of others, in one run.

    python -m benchmarks.widget_size [--keep FOLDER]

Needs npm and Node.js (for the others' packages and for brotli) and nothing else. Ours is what the
service really sends to a browser that takes brotli: the script, and the reply with the question.
Theirs are the built files of their npm packages, packed with the same brotli: the least that a page
loads before their question is there, without their own replies, fonts and pictures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from collector import clock
from collector.app import create_app
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.simulation.demo import play
from collector.triggers.gates.sampling import sample_position
from collector.web.widget import identity, sites
from collector.work import tasks
from tests.conftest import migrated, settings_for

MOST = 5_000
ORIGIN = "https://shop.example"
SAMPLE = Path(play.__file__).parent / "workspace"
PACK = (
    "const z=require('zlib'),fs=require('fs');"
    "console.log(JSON.stringify(process.argv.slice(1).map(f=>z.brotliCompressSync("
    "fs.readFileSync(f),{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}).length)))"
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A package and the built files of it that a page loads to show a question."""

    package: str
    version: str
    files: tuple[str, ...]
    note: str


PEERS = (
    Peer("posthog-js", "1.449.2", ("dist/array.js", "dist/surveys.js"), "script and its surveys"),
    Peer("posthog-js", "1.449.2", ("dist/module.full.js",), "everything in one"),
    Peer(
        "@sprig-technologies/sprig-browser", "2.50.0", ("dist/core-*.js", "dist/view-*.js"),
        "core and view",
    ),
    Peer("survey-core", "3.1.1", ("survey.core.min.js",), "SurveyJS: the model, no view"),
    Peer("refiner-js", "1.3.1", ("index.js",), "loader only: the rest is not in npm"),
    Peer("@formbricks/js", "5.1.0", ("dist/index.js",), "loader only: see below"),
)  # fmt: skip
FORMBRICKS = (
    "Formbricks' package is a loader: it fetches formbricks.umd.cjs and surveys.umd.cjs from a "
    "Formbricks server, which npm does not have (233 kB in a build of ours: see PROMISES S09)."
)


def ours() -> tuple[int, int]:
    """Bytes of the script and of the reply with an NPS question, as sent."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = migrated(f"sqlite:///{home}/size.db", home)
        app = create_app(settings_for(url, home), bell=lambda name: None)
        client = app.test_client()
        takes = {"Accept-Encoding": "gzip, deflate, br, zstd"}
        script = client.get("/w/v1/widget.js", headers=takes)
        assert script.headers["Content-Encoding"] == "br"
        with app.app_context():
            apply_workspace(workspace.read(SAMPLE))
            site = sites.create("size", [ORIGIN])
            ref = next(
                f"c-{n}" for n in range(99) if sample_position("in_the_shop", f"c-{n}") < 0.8
            )
            then = clock.now() - timedelta(minutes=10)
            event = {
                "source": "shop", "id": "1", "type": "visit.returned", "person": {"ref": ref},
                "occurred_at": clock.iso(then), "context": {"visits": 5},
            }  # fmt: skip
            with clock.at(then):
                receive.receive([read_event(event, "", then)])
                tasks.drain()
            body = {"key": site.public_key, "identity": identity.issue(site.public_key, ref)}
        reply = client.post("/w/v1/next", json=body, headers={**takes, "Origin": ORIGIN})
        assert reply.status_code == 200, reply.headers
        return len(script.data), len(reply.data)


def installed(folder: Path) -> dict[str, list[Path]]:
    """The built files of each package that npm could install."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed: install Node.js 20 or newer")
    found: dict[str, list[Path]] = {}
    for name in sorted({f"{peer.package}@{peer.version}" for peer in PEERS}):
        command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent",
                   "--prefix", str(folder), name]  # fmt: skip
        if subprocess.run(command, check=False).returncode:
            print(f"npm could not install {name}", file=sys.stderr)
    for peer in PEERS:
        root = folder / "node_modules" / peer.package
        found[key(peer)] = files_of(root, peer.files)
    return found


def key(peer: Peer) -> str:
    return f"{peer.package} {peer.version} ({peer.note})"


def files_of(root: Path, patterns: tuple[str, ...]) -> list[Path]:
    """The largest file that each pattern finds."""
    hits = (sorted(root.glob(one), key=lambda path: path.stat().st_size) for one in patterns)
    return [found[-1] for found in hits if found]


def packed(files: list[Path]) -> list[int]:
    node = shutil.which("node") or sys.exit("Node.js is needed")
    out = subprocess.run([str(node), "-e", PACK, *map(str, files)], check=True, capture_output=True)
    return [int(size) for size in json.loads(out.stdout)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path, help="where to install the others' packages")
    chosen = parser.parse_args()
    script, reply = ours()
    total = script + reply
    print(f"{'bytes to show one NPS question, brotli':70} {'bytes':>9} {'x ours':>8}")
    name = f"Collector: script {script:,} + question {reply:,}"
    print(f"{name:70} {total:9,} {1:8.1f}")
    with tempfile.TemporaryDirectory() as scratch:
        for name, files in installed(chosen.keep or Path(scratch)).items():
            if not files:
                print(f"{name:70} {'not here':>9}")
                continue
            size = sum(packed(files))
            print(f"{name:70} {size:9,} {size / total:8.1f}")
    print(FORMBRICKS)
    print(f"limit {MOST:,}: {'kept' if total <= MOST else 'BROKEN'}")


if __name__ == "__main__":
    main()
