"""Create a study: a folder with notebooks, a plan of reports and an example corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

from framing.text.encoding import printable
from framing.utils.files import PACKAGE, bundled, remove

_FILES = PACKAGE / "batch" / "study"


def new_study(folder: str | Path) -> Path:
    """Create a folder in which ``framing batch reports.toml`` can be run; it may exist if empty.

    It has ``notebooks/``, ``corpora/strait/``, ``reports.toml`` and ``README.md``.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{printable(folder)} is not empty; name a new folder")
    try:
        shutil.copytree(_FILES, folder, dirs_exist_ok=True)
        (folder / "notebooks").mkdir()
        for notebook in bundled("notebooks").glob("*.ipynb"):
            shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
        shutil.copytree(bundled("corpora/strait"), folder / "corpora" / "strait")
    except BaseException:
        remove(folder)
        raise
    return folder
