"""Paragraphs as they are given to be scored: texts, in an order, each of them once."""

from __future__ import annotations

import warnings
from numbers import Real

import numpy as np
import pandas as pd

from framing.arguments import as_value, spelled
from framing.checks import has_article, place_of
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.recipe import Recipe
from framing.schema import PLACE


def check_texts(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a text is not a str."""
    texts = paragraphs["text"]
    if isinstance(texts.dtype, pd.StringDtype) and not texts.hasnans:
        return
    bad = [not isinstance(text, str) for text in texts.tolist()]
    if any(bad):
        row = paragraphs.iloc[bad.index(True)]
        raise TypeError(
            f"{place_of(row)}: a text must be a str, got {as_value(row['text'])}; drop such rows "
            f"or fill them with '' ({sum(bad)} in all)"
        )


def check_order(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a paragraph cannot be ordered among the others."""
    places = paragraphs["paragraph"]
    if isinstance(places.dtype, np.dtype) and pd.api.types.is_numeric_dtype(places.dtype):
        return
    kinds = [Real if isinstance(place, Real) else type(place) for place in places]
    bad = places.isna().to_numpy() | np.array([kind is not kinds[0] for kind in kinds], bool)
    if bad.any():
        row = paragraphs[bad].iloc[0]
        raise TypeError(
            f"{place_of(row)}: column 'paragraph' must hold numbers, which give the order of the "
            f"paragraphs, got {as_value(row['paragraph'])} beside {as_value(places.iloc[0])}"
        )


def other_languages(table: pd.DataFrame, language: str) -> tuple[pd.Series[bool], str]:
    """Return which texts have a ``language`` that is another one, and the names of these."""
    codes = table["language"].fillna("").astype(str)
    other = ~codes.isin(["", language])
    return other, spelled(sorted(set(codes[other])))


def check_language(table: pd.DataFrame, *tools: Lexicon | Recipe) -> None:
    """Raise an error if texts have a ``language`` that a lexicon or a recipe is not for."""
    for tool in tools if "language" in table else ():
        other, names = other_languages(table, tool.language)
        if tool.language and names:
            kind, advice = "recipe", "leave the recipe out"
            if isinstance(tool, Lexicon):
                kind, advice = "lexicon", "pass a dictionary for their language (lexicon=)"
            raise ValueError(
                f"{other.sum()} of {len(table)} paragraphs are in {names}, and the {kind} "
                f"{tool.name} is for {tool.language!r}: {advice}, leave these articles out, or, if "
                f"they are in this language after all, pass "
                f"paragraphs.assign(language={tool.language!r})"
            )


def check_unique(paragraphs: pd.DataFrame) -> None:
    """Warn if a paragraph of an article occurs more than once."""
    named = paragraphs[has_article(paragraphs["article"])]
    twice = named.duplicated(PLACE)
    if twice.any():
        article, paragraph = named.loc[twice.to_numpy(), PLACE].iloc[0]
        warnings.warn(
            f"{twice.sum()} rows repeat a paragraph of the same article, first paragraph "
            f"{spelled([paragraph])} of article {article!r}; all of them are scored, and counted "
            "again in every comparison",
            stacklevel=3,
        )
