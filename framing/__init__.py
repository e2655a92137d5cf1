"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.compare import compare, levels
from framing.corpus import Corpus, read_corpus
from framing.cues import find_cues
from framing.display import plain, show, table
from framing.lexicon import Lexicon, load_lexicon
from framing.methods import methods
from framing.output import save_tables
from framing.score import score
from framing.tone import tone

if TYPE_CHECKING:
    from framing.batch import run_batch
    from framing.figures import plot_contrasts, plot_course, plot_levels, plot_shares, use_style
    from framing.report import render

__version__ = "0.1.0"
__all__ = [
    "Corpus",
    "Lexicon",
    "compare",
    "find_cues",
    "levels",
    "load_lexicon",
    "methods",
    "plain",
    "plot_contrasts",
    "plot_course",
    "plot_levels",
    "plot_shares",
    "read_corpus",
    "render",
    "run_batch",
    "save_tables",
    "score",
    "show",
    "table",
    "tone",
    "use_style",
]

# Loaded when they are first used: matplotlib and Jupyter take seconds, in every worker as well.
_LATER = {
    **dict.fromkeys(["plot_contrasts", "plot_course", "plot_levels", "plot_shares"], "figures"),
    "use_style": "figures",
    "render": "report",
    "run_batch": "batch",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"framing.{_LATER[name]}"), name)
