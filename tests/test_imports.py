"""What is imported when, and that names stay what they are."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import framing as fr

SLOW = {"pandas", "numpy", "scipy", "matplotlib", "papermill", "nbformat", "pyarrow", "bs4"}


def loaded_by(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after some code."""
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return set(done.stdout.split())


def test_scoring_loads_no_figures_statistics_or_notebooks():
    """Every worker imports what it works with: SciPy, matplotlib, Jupyter take two seconds."""
    slow = {"scipy", "matplotlib", "papermill", "nbformat", "statsmodels", "trafilatura"}
    slow |= {"bs4", "charset_normalizer", "ftfy", "lxml"}
    assert not slow & loaded_by("import framing as fr; fr.score, fr.read_corpus, fr.compare")


def test_the_command_loads_nothing_slow():
    """`framing --help`, or a batch with nothing to do, has to answer at once."""
    assert not SLOW & loaded_by("import framing.cli")


def test_every_public_name_is_what_it_says_whatever_was_imported():
    """A module of the same name does not take the place of its function: framing.score."""
    import framing.score
    import framing.tone  # noqa: F401

    for name in fr.__all__:
        assert getattr(fr, name).__name__ == name
        assert not isinstance(getattr(fr, name), ModuleType)
    assert dir(fr) == sorted(fr.__all__)
