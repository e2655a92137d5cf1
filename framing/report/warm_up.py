"""Import and prepare, once before reports are forked, what every report would need."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
import tempfile
from pathlib import Path

from framing import GROUPS

# Used by reports beside the public functions; a module that is not listed only costs time.
_MODULES = [
    "framing.report.make", "framing.report.engine", "framing.display.captions",
    "framing.display.past", "framing.display.sentences", "papermill",
    "IPython.core.completer", "IPython.core.oinspect", "IPython.core.completerlib",
    "IPython.core.application", "IPython.core.logger", "IPython.core.pylabtools",
    "matplotlib.backends.backend_svg", "pandas.io.formats.style",
    "pyarrow.acero", "pyarrow.dataset", "pyarrow.parquet",
    "scipy.sparse.csgraph", "scipy.special", "scipy.stats", "bs4", "markdown_it",
    "fontTools.ttLib.tables._c_m_a_p", "fontTools.ttLib.tables._h_m_t_x",
    "fontTools.ttLib.tables._p_o_s_t", "fontTools.unicode", "PIL.Image", "PIL.PngImagePlugin",
]  # fmt: skip
# Batches are not run in reports, and few reports use scikit-learn, which is slow to import.
_SELDOM = ("framing.batch", "framing.scoring.vectorizer")
_OBJECTS = 20_000  # made before cycles among them are looked for; Python's 700 cost reports 3%
# Figures as vectors, with text as text, and reproducible ids.
_IPYTHON = "get_config().InlineBackend.figure_formats = {'svg'}\n"
_MATPLOTLIB = "svg.fonttype: none\nsvg.hashsalt: framing\n"


def isolate(folder: Path) -> None:
    """Leave out the user's start-up files and settings, which would change a report."""
    config = folder / "ipython" / "profile_default" / "ipython_config.py"
    config.parent.mkdir(parents=True)
    config.write_text(_IPYTHON, "utf-8")
    (folder / "matplotlibrc").write_text(_MATPLOTLIB, "utf-8")
    os.environ |= {
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TMPDIR": str(folder),  # what a killed report leaves there is removed with this folder
    }
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    tempfile.tempdir = None


def warm_up() -> None:
    """Import what reports use, and typeset one page as they do."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    # Takes two seconds, for a format that no notebook uses; jsonschema works without it.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import nbformat.validator  # noqa: F401

    del sys.modules["rfc3987_syntax"]
    public = {module for group in GROUPS.values() for module in group.values()}
    for name in [*_MODULES, *sorted(public)]:
        if not name.startswith(_SELDOM):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    _make_page()
    gc.freeze()


def _make_page() -> None:
    """Find cues, draw a figure, typeset both: fonts, patterns and lexica are then loaded."""
    import nbformat
    import pandas as pd
    from matplotlib.figure import Figure

    from framing.display.tables import table
    from framing.explore.vader_overlap import overlap
    from framing.lexicon.loading import built_in
    from framing.scoring.cues import find_cues
    from framing.typeset.notebook import typeset
    from framing.typeset.pieces import Context
    from framing.typeset.text import Typesetter

    assert built_in().hash
    nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)
    cues = find_cues(pd.DataFrame({"text": ["Talks could fail."]}))
    overlap(cues)
    drawn = Figure()
    drawn.subplots().text(0, 0, "Talks")
    svg = io.StringIO()
    drawn.savefig(svg, format="svg")
    shown = {"image/svg+xml": svg.getvalue()}, {"text/html": table(cues).to_html()}
    outputs = [{"output_type": "display_data", "data": data} for data in shown]
    cell = {"cell_type": "code", "source": "", "outputs": outputs}
    typeset({"cells": [cell]}, Context(Typesetter(None), 400, 600), name="", paper="a4")
