"""Which notebook is meant, and which parameters it declares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from framing.report.parameters import Parameter, check_given, declared
from framing.text.encoding import printable
from framing.utils.files import bundled


def find_notebook(notebook: str | Path) -> Path:
    """Return the file of a notebook: a path, or the name of one that comes with the package.

    Raises
    ------
    FileNotFoundError
        If there is no such notebook; the message lists those that come with the package.
    """
    path = Path(notebook)
    if path.suffix == ".ipynb" and path.is_file():
        return path
    folder = bundled("notebooks")
    if (named := folder / f"{notebook}.ipynb").is_file():
        return named
    ours = sorted(file.relative_to(folder).with_suffix("") for file in folder.rglob("*.ipynb"))
    raise FileNotFoundError(
        f"{printable(notebook)}: no such notebook; give a file that ends in .ipynb, or the name "
        f"of one that comes with the package: {', '.join(file.as_posix() for file in ours)}"
    )


def notebook_parameters(notebook: str | Path) -> list[Parameter]:
    """Return the parameters that a notebook declares, with defaults and comments."""
    source = find_notebook(notebook)
    return list(declared(parsed(source.read_bytes(), source)).values())


def check_parameters(notebook: str, names: Mapping[str, Any]) -> None:
    """Raise an error unless a bundled notebook, or a copy of it, can run with its parameters.

    ``names`` are the ``globals()`` of the notebook, before it has made any variable.
    """
    kinds = (str, int, float, list, tuple, dict, type(None), PathLike)
    given = {
        name: value
        for name, value in names.items()
        if isinstance(value, kinds) and name[0] != "_" and name not in ("In", "Out")
    }
    check_given(given, {one.name: one for one in notebook_parameters(notebook)})


def parsed(content: bytes, source: Path) -> Any:
    """Return a notebook; without nbformat, which takes longer to import than all the rest.

    Raises
    ------
    ValueError
        If the file is not a Jupyter notebook, or is one in another language than Python.
    """
    try:
        found = json.loads(content)
        if not (found.get("nbformat") == 4 and isinstance(found["cells"], list)):
            import nbformat

            found = nbformat.reads(content.decode(), as_version=4)
    except Exception as error:  # nbformat raises many kinds
        first = " ".join(str(error).split())[:200]
        raise ValueError(f"{printable(source)} is not a Jupyter notebook: {first}") from None
    _check_kernel(found.get("metadata", {}), source)
    return found


def _check_kernel(metadata: Mapping[str, Any], source: Path) -> None:
    """Refuse a notebook in another language than Python."""
    kernel, info = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    language = str(kernel.get("language") or info.get("name") or "python")
    if not language.lower().startswith(("python", "ipython")):
        raise ValueError(
            f"{printable(source)}: this notebook is for the kernel {kernel.get('name', language)} "
            f"({language}); reports run notebooks in Python"
        )
