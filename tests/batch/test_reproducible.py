"""The same articles give the same bytes: whatever the workers, the hash seed, the order of rows."""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import framing as fr
from tests.conftest import ROOT

PLAN = """\
output = "out"
corpus = "rows.jsonl"
keep_notebook = true
[[report]]
notebook = "outlets"
[[report]]
notebook = "article"
parameters.article = "standard-review/2031-04-22-leak"
"""


def made(folder: Path, rows: list[str], workers: int, hash_seed: int) -> dict[str, str]:
    """Run the batch on the rows; hashes of every PDF, table and drawing."""
    folder.mkdir()
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "reports.toml").write_text(PLAN)
    environment = os.environ | {
        "PYTHONHASHSEED": str(hash_seed),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "framing", "batch", "reports.toml", "--workers", str(workers)]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    found = {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted((folder / "out").rglob("*"))
        if file.suffix in (".pdf", ".csv")
        and file.name not in ("audit.csv", "articles.csv")  # they say which row
    }
    for file in sorted((folder / "out").glob("*.ipynb")):
        for number, drawing in enumerate(re.findall(r"<svg.*?</svg>", file.read_text(), re.DOTALL)):
            found[f"{file.name} {number}"] = hashlib.sha256(drawing.encode()).hexdigest()
    return found


def test_the_same_articles_give_the_same_bytes(strait: fr.Corpus, tmp_path: Path) -> None:
    """One worker or two, two hash seeds, rows in their order or shuffled: every SHA-256 alike."""
    paragraphs = strait.paragraphs[strait.paragraphs["role"].isin(["headline", "body"])]
    rows = [
        json.dumps({"id": article, "outlet": part["outlet"].iloc[0], "event": part["event"].iloc[0],
                    "date": str(part["date"].iloc[0].date()), "text": "\n\n".join(part["text"])})
        for article, part in paragraphs.groupby("article")
    ]  # fmt: skip
    one = made(tmp_path / "one", rows, workers=1, hash_seed=1)
    random.Random(7).shuffle(rows)
    two = made(tmp_path / "two", rows, workers=2, hash_seed=2)
    assert one == two
    kinds = [name.rpartition(".")[2].split()[0] for name in one]
    assert kinds.count("pdf") == 2
    assert kinds.count("csv") >= 7
    assert kinds.count("ipynb") >= 5
