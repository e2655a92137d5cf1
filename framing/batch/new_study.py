"""A study of one's own: a folder with notebooks, a plan of reports and an example to replace."""

from __future__ import annotations

import shutil
from pathlib import Path

from framing.utils.files import bundled

_PLAN = """\
# What `framing batch reports.toml` makes. Paths are seen from this file.
output = "reports"
corpus = "corpora/strait"  # put your own file or folder here

[parameters]  # for every notebook that has them
seed = 1

[[report]]
notebook = "notebooks/outlets.ipynb"

[[report]]  # one for each of these articles; "all" is every article of the corpus
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
2. Put your articles into `corpora/`, name them in `reports.toml`, and look before you make:
   `framing batch reports.toml --dry-run`.
3. `jupyter lab notebooks` opens the notebooks. They are yours: copy one, change it, give it
   parameters of its own in the cell tagged `parameters`, and list it in `reports.toml`.

A report that is up to date is not made again; what is made is whole or not there. Beside every
PDF lie its tables and a record of what it was made of (`NAME.json`).

`corpora/strait` is invented and in the public domain (CC0); delete it when you need it no more.
"""


def new_study(folder: str | Path) -> Path:
    """Make a folder in which ``framing batch reports.toml`` runs at once.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there; it has to be empty.

    Returns
    -------
    Path
        The folder, with ``notebooks/``, ``corpora/strait/``, ``reports.toml`` and ``README.md``.

    Raises
    ------
    FileExistsError
        If there is something in it already.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder}: there is something already; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notebooks").mkdir()
    for notebook in sorted(bundled("notebooks").glob("*.ipynb")):
        shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
    shutil.copytree(bundled("corpora/strait"), folder / "corpora" / "strait")
    (folder / "reports.toml").write_text(_PLAN, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(_README, encoding="utf-8", newline="\n")
    return folder
