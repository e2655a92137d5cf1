"""Batches that are killed and whose disk is full, again and again: ``make faults``."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import psutil

import framing
from framing.batch.listing import INDEX
from tests.programs import options

_ROOT = Path(framing.__file__).parent.parent
_WRONG = ("torn", "false_done", "differently", "left_behind", "undelivered")  # what must never be
_KINDS = ("kill", "ENOSPC", "EIO")
_CELLS = [
    "import matplotlib.pyplot as plt, os",
    "plt.plot([1, size]);",
    "print('made', size)",
    "os.makedirs(tables)\nfor name in 'ab':\n"
    "    with open(f'{tables}/{name}.csv', 'w') as file:\n        file.write(f'{size}\\n' * 999)",
]


class Study:
    """A folder with a plan of so many small reports, and what they are when nothing goes wrong."""

    def __init__(self, folder: Path, reports: int) -> None:
        cells = [v4.new_code_cell(s) for s in ['size = 1\ntables = ""', *_CELLS]]
        cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(v4.new_notebook(cells=cells), folder / "n.ipynb")
        self.plan, self.out = folder / "reports.toml", folder / "out"
        self.plan.write_text(
            'output = "out"\n[[report]]\nnotebook = "n.ipynb"\nhtml = true\n'
            f"each.size = {list(range(1, reports + 1))}\n"
        )
        self.log = folder / "points"
        self.log.mkdir()
        self.names: list[str] = []
        self.run(log=self.log)
        self.whole = self.contents()
        self.names = sorted(f.stem for f in self.out.glob("*.pdf"))
        assert len(self.names) == reports
        self.empty()

    def start(self, **faults: object) -> subprocess.Popen[bytes]:
        told = {"folder": str(self.out), "names": self.names or ["n-"], "driver": False,
                "faults": {}, "log": ""} | faults  # fmt: skip
        path = [str(Path(__file__).parent / "injected"), str(_ROOT)]
        environment = os.environ | {
            "FRAMING_FAULTS": json.dumps(told, default=str),
            "PYTHONPATH": os.pathsep.join(path),
        }
        command = [sys.executable, "-m", "framing", "batch", str(self.plan), "--workers", "2"]
        null = subprocess.DEVNULL
        return subprocess.Popen(command, env=environment, stdout=null, stderr=null)

    def run(self, **faults: object) -> int:
        return self.start(**faults).wait()

    def contents(self) -> dict[str, str]:
        files = [file for file in self.out.rglob("*") if file.is_file()]
        return {
            str(file.relative_to(self.out)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
        }

    def empty(self) -> None:
        subprocess.run(["rm", "-rf", str(self.out)], check=True)

    def judge(self) -> Counter[str]:
        """Count what stands under a final name and is not whole, and records that are not true."""
        found = self.contents()
        passing = (".failed.log", ".failed.ipynb", ".html")
        finals = {n: h for n, h in found.items() if not n.startswith(".")}
        torn = [n for n, h in finals.items()
                if n != INDEX and not n.endswith(passing[:2]) and h != self.whole.get(n)]  # fmt: skip
        torn += [INDEX] * (INDEX in finals and not self.index_holds(found))
        false = 0
        for record in self.out.glob("*.json"):
            told = (
                json.loads(record.read_text()) if record.name not in torn else {"outputs": {"": 0}}
            )
            false += any(found.get(name) != sha for name, sha in told["outputs"].items())
        return Counter(torn=len(torn), false_done=false, checked=1)

    def index_holds(self, found: dict[str, str]) -> bool:
        """Whether the list of reports, which may be that of a run before, is a whole page."""
        page = (self.out / INDEX).read_text("utf-8")
        links = re.findall(r'href="([^"]+)"', page)
        return page.endswith("</html>\n") and all(link in self.whole for link in links)

    def resumed(self) -> Counter[str]:
        """Run without faults, and compare with what was made at first."""
        self.run()
        return Counter(resumed=1, differently=self.contents() != self.whole)


def left_behind(study: Study) -> int:
    """How many processes of a study go on, five seconds after their driver has ended."""
    ours = [
        p
        for p in psutil.process_iter(["environ", "status"])
        if str(study.out) in (p.info["environ"] or {}).get("FRAMING_FAULTS", "")
        and p.info["status"] != psutil.STATUS_ZOMBIE
    ]
    return len(psutil.wait_procs(ours, timeout=5)[1])


def at_every_write(study: Study, step: int = 1) -> Counter[str]:
    """Let every write point of a report fail in each way: one report for each of them."""
    points = max(int(file.read_text()) for file in study.log.iterdir())
    cases = [(at, kind) for at in range(1, points + 1, step) for kind in _KINDS]
    total: Counter[str] = Counter(write_points=points)
    for start in range(0, len(cases), len(study.names)):
        some = dict(zip(study.names, cases[start : start + len(study.names)], strict=False))
        study.run(faults=some)
        total += Counter(f"{kind}" for _, kind in some.values())
        total += study.judge() + study.resumed()
        study.empty()
    return total


def in_the_driver(study: Study, step: int = 1) -> Counter[str]:
    """Let the write points of the process that plans fail, one a batch."""
    total: Counter[str] = Counter()
    for at in range(1, 12, step):
        for kind in _KINDS:
            for name in ("driver", study.names[0]):
                study.run(faults={name: (at, kind)}, driver=True)
                total += study.judge() + Counter(driver=1)
    total += study.resumed()
    study.empty()
    return total


def random_kills(study: Study, kills: int, seed: int) -> Counter[str]:
    """Kill, at random moments, the driver or any process below it."""
    draw, total = random.Random(seed), Counter[str]()
    while total["kills"] < kills:
        driver = study.start()
        time.sleep(draw.uniform(0, 4))
        while driver.poll() is None and total["kills"] < kills:
            with contextlib.suppress(psutil.Error):
                below = psutil.Process(driver.pid).children(recursive=True)
                victim = draw.choice([psutil.Process(driver.pid), *below, *below, *below])
                victim.kill()
                total["kills"] += 1
                total["of_drivers"] += victim.pid == driver.pid
            time.sleep(draw.uniform(0, 1))
        if driver.poll() is None:
            driver.kill()
        driver.wait()
        total["left_behind"] += left_behind(study)
        total += study.judge()
        if draw.random() < 0.1:
            total += study.resumed()
            study.empty()
    total += study.resumed()
    study.empty()
    return total


def a_tenth(study: Study, seed: int) -> Counter[str]:
    """Let a tenth of the reports fail somehow: all others have to be delivered."""
    points = max(int(file.read_text()) for file in study.log.iterdir())
    draw = random.Random(seed)
    some = draw.sample(study.names, max(1, len(study.names) // 10))
    study.run(faults={name: (draw.randint(1, points), draw.choice(_KINDS)) for name in some})
    there, healthy = study.contents(), sorted({*study.names} - {*some})
    lost = [
        n for n in healthy if there.get(f"{n}.pdf") != study.whole[f"{n}.pdf"]
        or f"{n}.json" not in there
    ]  # fmt: skip
    total = Counter(faulted=len(some), healthy=len(healthy), undelivered=len(lost))
    total += study.judge() + Counter(left_behind=left_behind(study)) + study.resumed()
    study.empty()
    return total


def full_disk(study: Study) -> Counter[str]:
    """Give the folder a disk that is too small for all, then one that is not."""
    study.out.mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(study.out)]
    if subprocess.run(small, capture_output=True, check=False).returncode:
        return Counter()  # only root can
    try:
        failed = study.run() != 0
        total = study.judge() + Counter(full_disks=1, told=failed)
        subprocess.run(["mount", "-o", "remount,size=50m", str(study.out)], check=True)
        return total + study.resumed()
    finally:
        subprocess.run(["umount", str(study.out)], check=True)
        study.empty()


def main() -> None:
    """Run the long form and print the counts."""
    given = options(__doc__, kills=1000, reports=20, step=1, seed=1)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        study = Study(Path(folder).resolve(), given.reports)
        for name, tried in {
            "every write": lambda: at_every_write(study, given.step),
            "a tenth of the reports": lambda: a_tenth(study, given.seed),
            "full disk": lambda: full_disk(study),
            "driver": lambda: in_the_driver(study, given.step),
            "random kills": lambda: random_kills(study, given.kills, given.seed),
        }.items():
            found = tried()
            wrong = {key: found.pop(key, 0) for key in _WRONG}
            counted = {**dict(sorted(found.items())), **wrong}
            told = ", ".join(f"{key.replace('_', ' ')} {n}" for key, n in counted.items())
            print(f"{name}: {told}", flush=True)
            bad += sum(wrong.values())
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
