"""Create a study: a folder with notebooks, a plan of reports and an example corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

from framing.utils.files import bundled

_PLAN = """\
# What `framing batch reports.toml` makes. Paths are relative to this file.
output = "reports"
corpus = "corpora/strait"  # put your own file or folder here

[parameters]  # for every notebook that declares them
seed = 1

[[report]]
notebook = "notebooks/outlets.ipynb"

[[report]]  # one per article listed; "all" is every article of the corpus
notebook = "notebooks/article.ipynb"
each.article = ["standard-review/2031-04-22-leak", "meridian-wire/2031-04-22-leak"]

# [[report]]  # a notebook of your own, with your own parameters
# notebook = "notebooks/mine.ipynb"
# name = "mine"
# each.threshold = [0.1, 0.2]
"""
_README = """\
# A study with `framing`

1. `framing batch reports.toml` makes the reports of the example, in `reports/`.
2. Put your articles into `corpora/`, name them in `reports.toml`, and see what would be made:
   `framing batch reports.toml --dry-run`.
3. `jupyter lab notebooks` opens the notebooks. They are yours: copy one, change it, give it
   parameters of its own in the cell tagged `parameters`, and list it in `reports.toml`.

A report that is up to date is not made again, and a report is complete or does not exist. Beside
every PDF are its tables and a record of what it was made of (`NAME.json`).

`corpora/strait` is invented and in the public domain (CC0); delete it when you no longer need it.
"""


def new_study(folder: str | Path) -> Path:
    """Create a folder in which ``framing batch reports.toml`` can be run; it may exist if empty.

    It has ``notebooks/``, ``corpora/strait/``, ``reports.toml`` and ``README.md``.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notebooks").mkdir()
    for notebook in sorted(bundled("notebooks").glob("*.ipynb")):
        shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
    shutil.copytree(bundled("corpora/strait"), folder / "corpora" / "strait")
    (folder / "reports.toml").write_text(_PLAN, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(_README, encoding="utf-8", newline="\n")
    return folder
