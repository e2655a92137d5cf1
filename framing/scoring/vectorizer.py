"""Texts to a matrix of tones and counts, as a transformer of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import check_flag, check_known
from framing.checks import as_pandas
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.recipe import Recipe
from framing.schema import TONES, listed
from framing.scoring.score import chosen_recipes, score
from framing.text.arrays import Floats

try:
    from sklearn.base import BaseEstimator, TransformerMixin
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scikit-learn is missing: pip install 'news-framing[sklearn]'"
    ) from None

_TONES = tuple(name for name in TONES if name != "tone_news")
_DEFAULT_TONES = ("compound", "tone")


class FramingVectorizer(TransformerMixin, BaseEstimator):
    """Turn texts into a matrix of tones and counts, for a pipeline of scikit-learn.

    Needs scikit-learn: ``pip install "news-framing[sklearn]"``.

    Parameters
    ----------
    measures : sequence of str, optional
        The columns: tones (``neg``, ``neu``, ``pos``, ``compound``, ``tone``, ``tone_masked``),
        categories and indices of the lexicon. By default ``compound``, ``tone`` and all
        categories, but no index: ``hedge`` and ``alarm`` are sums of categories. Name what you
        want: ``["tone", "hedge", "alarm", "boost"]``.
    density : bool, default False
        Whether to divide counts by the number of words, as hits per 100 words (0 for a text
        without words).
    lexicon : Lexicon, optional
        The built-in English one by default.
    recipes : sequence of str or Recipe, optional
        Questions to answer, as for `score`; their columns follow the measures.

    Attributes
    ----------
    measures_ : list of str
        The columns of the matrix.

    Notes
    -----
    Each text is scored alone, as one paragraph: nothing is learnt from the texts, so that
    training and test texts cannot leak into each other.

    Examples
    --------
    >>> vectorizer = FramingVectorizer(measures=["compound", "hedge", "alarm"])
    >>> vectorizer.fit_transform(["Talks could fail, diplomats fear.", "All is well."])
    array([[-0.7717,  1.    ,  1.    ],
           [ 0.2732,  0.    ,  0.    ]])
    """

    def __init__(
        self,
        measures: str | Sequence[str] | None = None,
        *,
        density: bool = False,
        lexicon: Lexicon | None = None,
        recipes: str | Recipe | Sequence[str | Recipe] = (),
    ) -> None:
        self.measures = measures
        self.density = density
        self.lexicon = lexicon
        self.recipes = recipes

    def fit(self, X: Iterable[str], y: Any = None) -> Self:  # noqa: N803
        """Check the parameters; nothing is learnt from the texts.

        Parameters
        ----------
        X : iterable of str
            Texts.
        y : ignored
            For pipelines.

        Returns
        -------
        FramingVectorizer
            Itself.
        """
        _texts(X)
        lexicon = chosen_lexicon(self.lexicon)
        answers = [one.column for one in chosen_recipes(self.recipes)]
        allowed = [*_TONES, *lexicon.indices, *lexicon.categories, *answers]
        chosen = self.measures
        if chosen is None:
            chosen = [*_DEFAULT_TONES, *lexicon.categories]
        self.measures_ = list(dict.fromkeys([*listed(chosen), *answers]))
        check_known(self.measures_, allowed)
        check_flag("density", self.density)
        return self

    def transform(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """Score texts.

        Parameters
        ----------
        X : iterable of str
            Texts.

        Returns
        -------
        ndarray of shape (n_texts, n_measures)
            In the order of ``measures_``: tones in [-1, 1] (``neg``, ``neu`` and ``pos`` in
            [0, 1]), counts from 0.
        """
        texts = _texts(X)
        if not hasattr(self, "measures_"):
            self.fit(texts)
        table = pd.DataFrame({"text": texts}, dtype=object)
        scores = score(table, lexicon=self.lexicon, recipes=self.recipes)
        matrix = scores[self.measures_].to_numpy(float, copy=True)
        if self.density:
            counts = [name not in TONES for name in self.measures_]
            matrix[:, counts] *= 100 / scores[["words"]].clip(lower=1).to_numpy()
        return matrix

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names of the columns.

        Parameters
        ----------
        input_features : ignored
            For pipelines.

        Returns
        -------
        ndarray of str
            ``measures_``.
        """
        return np.array(self.measures_, dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _texts(X: Iterable[str]) -> list[str]:  # noqa: N803
    """Return a list of texts; a single text, or a matrix, is an error."""
    if isinstance(X, str):
        raise ValueError("expected a list of texts, got a single str: pass [text]")
    if isinstance(as_pandas(X), pd.DataFrame) or isinstance(X, Mapping):
        kind = type(X).__name__
        raise ValueError(f"expected a list of texts, got a {kind}: pass one column, table['text']")
    texts = list(X)
    if wrong := [place for place, text in enumerate(texts) if not isinstance(text, str)]:
        kind = type(texts[wrong[0]]).__name__
        raise ValueError(f"every text must be a str, got {kind} in place {wrong[0]}")
    return texts
