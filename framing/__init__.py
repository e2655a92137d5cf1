"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from framing.compare import compare, levels
from framing.cues import find_cues
from framing.lexicon import Lexicon, load_lexicon
from framing.score import score
from framing.tone import tone

__version__ = "0.1.0"
__all__ = ["Lexicon", "compare", "find_cues", "levels", "load_lexicon", "score", "tone"]
