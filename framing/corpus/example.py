"""The example corpus that comes with the package."""

from __future__ import annotations

from framing.corpus.corpus import Corpus
from framing.corpus.read import read_corpus
from framing.utils.files import bundled


def load_example() -> Corpus:
    """Return the example corpus: six invented outlets on events in an invented strait.

    Returns
    -------
    Corpus
        74 articles and their paragraphs, with the audit. In the public domain (CC0).

    Examples
    --------
    >>> load_example()
    Corpus of 74 articles from 6 outlets, 1,256 paragraphs (inputs: 74 scored, 1 skipped)
    """
    return read_corpus(bundled("corpora/strait"))
