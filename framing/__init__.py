"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.align import align
    from framing.alignment_sheet import Judged, alignment_sheet, read_alignment_sheet
    from framing.balance import balance
    from framing.balance_plot import plot_balance
    from framing.batch import run_batch
    from framing.breakdown import attribution, breakdown
    from framing.compare import compare
    from framing.context import context
    from framing.contrast_figures import plot_contrasts, plot_ratios
    from framing.copies import Copies, find_copies
    from framing.copy_marks import mark_copies
    from framing.corpus import Corpus, read_corpus
    from framing.cues import find_cues
    from framing.display import plain, show, table
    from framing.duels import plot_robustness, plot_slopes
    from framing.events import find_events, set_events
    from framing.figures import plot_course, plot_levels, plot_shares, use_style
    from framing.headlines import headlines
    from framing.keyness import keyness
    from framing.keyness_figures import plot_keyness, plot_keywords
    from framing.levels import levels
    from framing.lexicon import Lexicon, load_lexicon
    from framing.likeness import likeness
    from framing.methods import methods
    from framing.models import rate_ratios
    from framing.output import save_tables
    from framing.overlap import overlap
    from framing.pairs import event_pairs
    from framing.profiles import plot_headlines, plot_positions
    from framing.report import render
    from framing.robustness import robustness
    from framing.score import score
    from framing.shifts import Shifts, shifts
    from framing.side_by_side import show_aligned
    from framing.steps import steps
    from framing.tone import tone
    from framing.versions import Versions, align_versions
    from framing.windows import headline_gaps
    from framing.zones import positions

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

# Everything is loaded when it is first used: pandas, matplotlib and Jupyter take seconds, and
# `framing batch` with nothing to do needs none of them. Most names stand in modules of that name.
_MODULES = {
    "alignment_sheet": ["Judged", "read_alignment_sheet"],
    "balance_plot": ["plot_balance"],
    "batch": ["run_batch"],
    "breakdown": ["attribution"],
    "contrast_figures": ["plot_contrasts", "plot_ratios"],
    "copies": ["Copies", "find_copies"],
    "copy_marks": ["mark_copies"],
    "corpus": ["Corpus", "read_corpus"],
    "cues": ["find_cues"],
    "display": ["plain", "show", "table"],
    "duels": ["plot_robustness", "plot_slopes"],
    "events": ["find_events", "set_events"],
    "figures": ["plot_course", "plot_levels", "plot_shares", "use_style"],
    "keyness_figures": ["plot_keyness", "plot_keywords"],
    "lexicon": ["Lexicon", "load_lexicon"],
    "models": ["rate_ratios"],
    "output": ["save_tables"],
    "pairs": ["event_pairs"],
    "profiles": ["plot_headlines", "plot_positions"],
    "report": ["render"],
    "shifts": ["Shifts"],
    "side_by_side": ["show_aligned"],
    "versions": ["Versions", "align_versions"],
    "windows": ["headline_gaps"],
    "zones": ["positions"],
}
_HOMES = {name: name for name in __all__} | {
    name: module for module, names in _MODULES.items() for name in names
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"framing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """Where ``framing.score`` stays the function once the module of that name is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
