"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from framing.corpus import Corpus, read_corpus
from framing.cues import find_cues
from framing.display import plain, show, table
from framing.lexicon import Lexicon, load_lexicon
from framing.methods import methods
from framing.output import save_tables
from framing.score import score
from framing.tone import tone

__version__ = "0.1.0"
__all__ = [
    "Corpus",
    "Lexicon",
    "find_cues",
    "load_lexicon",
    "methods",
    "plain",
    "read_corpus",
    "save_tables",
    "score",
    "show",
    "table",
    "tone",
]
