"""Print how long 24 reports take, beside papermill and nbconvert one by one.

``python -m tests.benchmarks.batch [--reports 24] [--peers 24] [--rounds 3]``. The peer prints
through ``nbconvert --to webpdf`` if Playwright is there, otherwise through ``nbconvert --to html``
and a Chromium; ``--peers`` is how many reports it makes, its time is scaled to all. Runs
alternate, so that what else the machine does falls on all of them.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import framing
from tests.programs import options

_ROOT = Path(framing.__file__).parent.parent
_NOTEBOOK, _CORPUS = _ROOT / "notebooks" / "outlets.ipynb", _ROOT / "corpora" / "strait"


def main() -> None:
    given = options(__doc__, reports=24, peers=24, rounds=3)
    runs: dict[str, list[float]] = {}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            plan = _plan(folder, given.reports)
            factor = given.reports / given.peers
            peer, seconds = _one_by_one(folder, given.peers)
            runs.setdefault(peer, []).append(factor * seconds)
            runs.setdefault("framing batch", []).append(_batch(plan))
            runs.setdefault("framing batch, nothing to do", []).append(_batch(plan))
            shutil.rmtree(folder / "out")
            runs.setdefault("framing batch --kernel", []).append(_batch(plan, "--kernel"))
            print({name: round(times[-1], 1) for name, times in runs.items()}, file=sys.stderr)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{given.reports} reports of {_NOTEBOOK.name}, {os.cpu_count()} cores, load {load}; ")
    print(f"the peer made {given.peers} of them. Medians of {given.rounds} rounds, (range).\n")
    print("| | seconds | times faster |\n| --- | --- | --- |")
    base = statistics.median(runs[peer])
    for name, times in runs.items():
        middle = statistics.median(times)
        span = f"{min(times):.1f}–{max(times):.1f}"
        print(f"| {name} | {middle:.1f} ({span}) | {base / middle:.1f} |")


def _plan(folder: Path, reports: int) -> Path:
    plan = folder / "reports.toml"
    plan.write_text(
        f'output = "out"\ncorpus = "{_CORPUS}"\n[[report]]\nnotebook = "{_NOTEBOOK}"\n'
        f"each.seed = {list(range(1, reports + 1))}\n"
    )
    return plan


def _batch(plan: Path, *options: str) -> float:
    """Run a batch with an empty cache; the corpus is read and scored within the time."""
    cache = plan.parent / "cache"
    if not (plan.parent / "out").exists():
        shutil.rmtree(cache, ignore_errors=True)
    command = [sys.executable, "-m", "framing", "batch", str(plan), "--workers", "2"]
    return _timed([*command, "--cache", str(cache), *options])


def _one_by_one(folder: Path, reports: int) -> tuple[str, float]:
    """Execute with papermill and print with nbconvert, as one would in a loop of the shell."""
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), "")
    webpdf = importlib.util.find_spec("playwright") is not None
    total = 0.0
    for seed in range(1, reports + 1):
        run = folder / f"{seed}.ipynb"
        given = ["-p", "corpus", str(_CORPUS), "-p", "seed", str(seed), "-k", "python3"]
        total += _timed([sys.executable, "-m", "papermill", str(_NOTEBOOK), str(run), *given])
        to = "webpdf" if webpdf else "html"
        convert = [sys.executable, "-m", "nbconvert", "--no-input", "--to", to, str(run)]
        total += _timed(convert)
        if not webpdf:
            pdf, page = run.with_suffix(".pdf"), run.with_suffix(".html")
            options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}"]
            total += _timed([browser, *options, page.as_uri()])
    assert len(list(folder.glob("*.pdf"))) == reports
    return f"papermill, nbconvert {to}" + (", Chromium" if not webpdf else ""), total


def _timed(command: list[str]) -> float:
    environment = os.environ | {"PYTHONPATH": str(_ROOT)}
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
