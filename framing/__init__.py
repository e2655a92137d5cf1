"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from framing.compare import compare, levels
from framing.cues import find_cues
from framing.figures import plot_contrasts, plot_course, plot_levels, plot_shares, use_style
from framing.lexicon import Lexicon, load_lexicon
from framing.score import score
from framing.tone import tone

__version__ = "0.1.0"
__all__ = [
    "Lexicon",
    "compare",
    "find_cues",
    "levels",
    "load_lexicon",
    "plot_contrasts",
    "plot_course",
    "plot_levels",
    "plot_shares",
    "score",
    "tone",
    "use_style",
]
