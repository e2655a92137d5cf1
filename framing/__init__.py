"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.align import align
from framing.alignment_sheet import Judged, alignment_sheet, read_alignment_sheet
from framing.balance import balance
from framing.compare import compare, levels
from framing.copies import Copies, find_copies
from framing.copy_marks import mark_copies
from framing.corpus import Corpus, read_corpus
from framing.cues import find_cues
from framing.display import plain, show, table
from framing.lexicon import Lexicon, load_lexicon
from framing.likeness import likeness
from framing.methods import methods
from framing.output import save_tables
from framing.score import score
from framing.shifts import Shifts, shifts
from framing.side_by_side import show_aligned
from framing.tone import tone
from framing.versions import Versions, align_versions

if TYPE_CHECKING:
    from framing.balance_plot import plot_balance
    from framing.figures import plot_contrasts, plot_course, plot_levels, plot_shares, use_style
    from framing.report import render

__version__ = "0.1.0"
__all__ = [
    "Copies",
    "Corpus",
    "Judged",
    "Lexicon",
    "Shifts",
    "Versions",
    "align",
    "align_versions",
    "alignment_sheet",
    "balance",
    "compare",
    "find_copies",
    "find_cues",
    "levels",
    "likeness",
    "load_lexicon",
    "mark_copies",
    "methods",
    "plain",
    "plot_balance",
    "plot_contrasts",
    "plot_course",
    "plot_levels",
    "plot_shares",
    "read_alignment_sheet",
    "read_corpus",
    "render",
    "save_tables",
    "score",
    "shifts",
    "show",
    "show_aligned",
    "table",
    "tone",
    "use_style",
]

# Loaded when they are first used: matplotlib and Jupyter take seconds, in every worker as well.
_LATER = {
    **dict.fromkeys(["plot_contrasts", "plot_course", "plot_levels", "plot_shares"], "figures"),
    "use_style": "figures",
    "plot_balance": "balance_plot",
    "render": "report",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"framing.{_LATER[name]}"), name)
