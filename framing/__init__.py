"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.align import align
from framing.alignment_sheet import Judged, alignment_sheet, read_alignment_sheet
from framing.balance import balance
from framing.breakdown import attribution, breakdown
from framing.compare import compare
from framing.context import context
from framing.copies import Copies, find_copies
from framing.copy_marks import mark_copies
from framing.corpus import Corpus, read_corpus
from framing.cues import find_cues
from framing.display import plain, show, table
from framing.headlines import headlines
from framing.keyness import keyness
from framing.levels import levels
from framing.lexicon import Lexicon, load_lexicon
from framing.likeness import likeness
from framing.methods import methods
from framing.models import rate_ratios
from framing.output import save_tables
from framing.overlap import overlap
from framing.pairs import event_pairs
from framing.robustness import robustness
from framing.score import score
from framing.shifts import Shifts, shifts
from framing.side_by_side import show_aligned
from framing.steps import steps
from framing.tone import tone
from framing.versions import Versions, align_versions
from framing.windows import headline_gaps
from framing.zones import positions

if TYPE_CHECKING:
    from framing.balance_plot import plot_balance
    from framing.batch import run_batch
    from framing.contrast_figures import plot_contrasts, plot_ratios
    from framing.duels import plot_robustness, plot_slopes
    from framing.events import find_events, set_events
    from framing.figures import plot_course, plot_levels, plot_shares, use_style
    from framing.keyness_figures import plot_keyness, plot_keywords
    from framing.profiles import plot_headlines, plot_positions
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
    "attribution",
    "balance",
    "breakdown",
    "compare",
    "context",
    "event_pairs",
    "find_copies",
    "find_cues",
    "find_events",
    "headline_gaps",
    "headlines",
    "keyness",
    "levels",
    "likeness",
    "load_lexicon",
    "mark_copies",
    "methods",
    "overlap",
    "plain",
    "plot_balance",
    "plot_contrasts",
    "plot_course",
    "plot_headlines",
    "plot_keyness",
    "plot_keywords",
    "plot_levels",
    "plot_positions",
    "plot_ratios",
    "plot_robustness",
    "plot_shares",
    "plot_slopes",
    "positions",
    "rate_ratios",
    "read_alignment_sheet",
    "read_corpus",
    "render",
    "robustness",
    "run_batch",
    "save_tables",
    "score",
    "set_events",
    "shifts",
    "show",
    "show_aligned",
    "steps",
    "table",
    "tone",
    "use_style",
]

# Loaded when they are first used: matplotlib and Jupyter take seconds, in every worker as well.
_LATER = {
    **dict.fromkeys(["find_events", "set_events"], "events"),
    **dict.fromkeys(["plot_contrasts", "plot_ratios"], "contrast_figures"),
    **dict.fromkeys(["plot_course", "plot_levels", "plot_shares"], "figures"),
    **dict.fromkeys(["plot_robustness", "plot_slopes"], "duels"),
    **dict.fromkeys(["plot_headlines", "plot_positions"], "profiles"),
    **dict.fromkeys(["plot_keyness", "plot_keywords"], "keyness_figures"),
    "use_style": "figures",
    "plot_balance": "balance_plot",
    "render": "report",
    "run_batch": "batch",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"framing.{_LATER[name]}"), name)
