"""The sentences of a corpus, with what was measured in each: what a sample is drawn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.checks import SCORES, check_columns, check_filled, of_roles, without_copies
from framing.lexicon.lexicon import Lexicon
from framing.schema import BODY, CATEGORIES, PLACE, SCORE_COLUMNS
from framing.scoring.cue_checks import check_cues
from framing.scoring.cues import of_measure
from framing.text.chunks import chunks
from framing.text.sentences import Sentences

KEY = [*PLACE, "sentence"]


def passages_of(
    scores: pd.DataFrame, by: str, *, roles: str | Sequence[str] = BODY
) -> pd.DataFrame:
    """Split the scored paragraphs of some roles into sentences, by articles and paragraphs.

    A row has ``article``, ``paragraph``, ``sentence`` (0-based in its paragraph), ``by``, ``role``,
    ``text``, the sentences ``before`` and ``after`` it in the article, also of another paragraph,
    and its ``weight`` in the tone of its article: the mean over paragraphs of means over sentences.
    """
    check_columns(scores, ["article", "paragraph", by, "role", "text"], kind=SCORES)
    needed = dict.fromkeys(("article", "paragraph", by, "role", "text"))
    if by in {*SCORE_COLUMNS, *CATEGORIES}:
        raise ValueError(f"by must be a column of groups of articles, such as outlet, got {by!r}")
    check_filled(scores, by)
    rows = without_copies(of_roles(scores, roles)).sort_values(PLACE, kind="stable")
    rows = rows.loc[rows["text"].str.strip() != "", list(needed)].reset_index(drop=True)
    texts: list[str] = []
    sizes: list[int] = []
    for chunk in chunks(rows["text"]):
        split = Sentences(chunk)
        texts += map(str.strip, split.texts)
        sizes += split.size.tolist()
    table = rows.loc[np.repeat(np.arange(len(rows)), sizes)].reset_index(drop=True)
    table = table.rename(columns={by: "by"}).assign(text=texts)
    table["by"] = table["by"].astype(str)
    paragraphs = table.groupby(PLACE, sort=False)["text"]
    table.insert(2, "sentence", paragraphs.cumcount())
    articles = table.groupby("article", sort=False)["text"]
    return table.assign(
        before=articles.shift(1).fillna(""),
        after=articles.shift(-1).fillna(""),
        weight=1
        / paragraphs.transform("size")
        / table.groupby("article")["paragraph"].transform("nunique"),
    )


def measured(
    passages: pd.DataFrame, cues: pd.DataFrame, measures: Sequence[str], lexicon: Lexicon
) -> pd.DataFrame:
    """Count in each passage each measure's hits, ``hits_…``, and those rules took, ``near_…``."""
    counts = cues["counted"] & ~cues["negated"]
    places = pd.MultiIndex.from_frame(passages[KEY])
    columns = {}
    for measure in measures:
        belongs = of_measure(cues, measure, lexicon)
        for name, which in (("hits", belongs & counts), ("near", belongs & ~counts)):
            found = cues[which].groupby(KEY).size()
            columns[f"{name}_{measure}"] = found.reindex(places, fill_value=0).to_numpy()
    return pd.DataFrame(columns, index=passages.index)


def counts_of(scores: pd.DataFrame, measures: Sequence[str]) -> dict[str, list[int]]:
    """Return the words and the counts of some measures of every article, as a key keeps them."""
    sums = scores.groupby(scores["article"].astype(str))[["words", *measures]].sum()
    return dict(zip(sums.index, sums.to_numpy(int).tolist(), strict=True))


def with_counts(
    passages: pd.DataFrame,
    scores: pd.DataFrame,
    cues: pd.DataFrame,
    measures: Sequence[str],
    lexicon: Lexicon,
) -> pd.DataFrame:
    """Add to each passage what is `measured` in it, and ``scored_…``, its paragraph's counts."""
    check_columns(scores, [*PLACE, *measures], kind=SCORES)
    check_cues(cues, scores, lexicon)
    counts = measured(passages, cues, measures, lexicon)
    paragraphs = scores.drop_duplicates(PLACE).set_index(PLACE)
    places = pd.MultiIndex.from_frame(passages[PLACE])
    for measure in measures:
        counts[f"scored_{measure}"] = paragraphs[measure].reindex(places).to_numpy()
    names = [f"{kind}_{measure}" for measure in measures for kind in ("hits", "near", "scored")]
    return passages.assign(**{name: counts[name] for name in names})
