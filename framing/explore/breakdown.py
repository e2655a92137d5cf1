"""What an index is made of, and how an outlet attributes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.lexicon.lexicon import Lexicon, built_in
from framing.schema import BODY, listed

_TOP = 5  # entries of an index that are shown
# Words that a cue of a voice could have been among.
_WORDS_OF = {
    "outlet": "words_outlet",
    "label": "words_outlet",
    "scare": "words_outlet",
    "reported": "words_reported",
    "quoted": "words_quoted",
    "unknown": "words_unknown",
}
_PLACE = ["article", "paragraph"]


def breakdown(
    cues: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    roles: str | Sequence[str] = BODY,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Take every index apart: by category, tag, voice, and its five most frequent entries.

    Parameters
    ----------
    cues : DataFrame
        As `find_cues` gives them.
    scores : DataFrame
        As `score` gives them for the same paragraphs: words, and who is compared.
    by : str, default "outlet"
        The column whose values are told apart.
    roles : str or sequence of str, default ("standfirst", "body")
        The paragraphs that are taken.
    lexicon : Lexicon, optional
        Whose indices; the built-in English one by default.

    Returns
    -------
    DataFrame
        ``by``; ``index``; ``part`` ("category", "tag", "voice", "entry" or "negated") and the
        ``value`` of it; ``cues``, how many count; ``per_100_words``, of the words of that voice
        for voices and of all words otherwise (missing where there are none); ``share`` of the
        index. Entries beyond the fifth stand together as "other entries". "negated" are the cues
        that a negation kept out, as a share of those and of what counts.

    Examples
    --------
    >>> from framing import find_cues, score
    >>> table = pd.DataFrame({"outlet": "A", "text": ["Talks may fail. It may rain, perhaps."]})
    >>> parts = breakdown(find_cues(table), score(table))
    >>> parts[parts["part"] == "entry"][["index", "value", "cues", "share"]].values.tolist()
    [['hedge', 'may', 2, 0.66...], ['hedge', 'perhaps', 1, 0.33...]]
    """
    lexicon = lexicon or built_in()
    scores = scores[scores["role"].isin(listed(roles))]
    found = _of_paragraphs(cues, scores, by)
    words = scores.groupby(by, sort=True)[["words", *dict.fromkeys(_WORDS_OF.values())]].sum()
    parts = []
    for name, index in lexicon.indices.items():
        mine = found[index.holds(found)]
        for who, group in mine.groupby(by, sort=True):
            parts.append(_parts(group, words.loc[who]).assign(**{by: who, "index": name}))
    columns = [by, "index", "part", "value", "cues", "per_100_words", "share"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _of_paragraphs(cues: pd.DataFrame, scores: pd.DataFrame, by: str) -> pd.DataFrame:
    """Keep the cues of some paragraphs that no rule took away, with who they belong to."""
    owners = scores[list(dict.fromkeys([*_PLACE, by]))].drop_duplicates(_PLACE)
    mine = cues[cues["counted"]].drop(
        columns=list(owners.columns.difference(_PLACE)), errors="ignore"
    )
    return mine.merge(owners, on=_PLACE)


def _parts(cues: pd.DataFrame, words: pd.Series[int]) -> pd.DataFrame:
    """Count the cues of an index and an owner by each part."""
    counting = cues[~cues["negated"]]
    entries = counting["entry"].value_counts()
    first = entries.sort_index().sort_values(ascending=False, kind="stable").index[:_TOP]
    kept = counting["entry"].where(counting["entry"].isin(first), "other entries")
    named = {"category": counting["category"], "tag": counting["tag"], "voice": counting["voice"]}
    rows = [
        (part, value, n, words[_WORDS_OF[value]] if part == "voice" else words["words"])
        for part, column in {**named, "entry": kept}.items()
        for value, n in _ordered_counts(column, last="other entries")
        if value
    ]
    table = pd.DataFrame(rows, columns=["part", "value", "cues", "of"])
    table["share"] = table["cues"] / max(len(counting), 1)
    negated = len(cues) - len(counting)
    table.loc[len(table)] = ["negated", "negated", negated, words["words"], negated / len(cues)]
    return table.assign(per_100_words=100 * table["cues"] / table["of"].replace(0, np.nan))


def _ordered_counts(column: pd.Series[str], last: str) -> list[tuple[str, int]]:
    """Count values: the most frequent first, then by the alphabet, and ``last`` last."""
    counts = column.value_counts().items()
    return sorted(counts, key=lambda pair: (pair[0] == last, -pair[1], pair[0]))


def attribution(
    cues: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    roles: str | Sequence[str] = BODY,
) -> pd.DataFrame:
    """Count how an outlet hands words to its sources: neutrally, or with a verb that judges.

    Parameters
    ----------
    cues, scores, by, roles
        As for `breakdown`. Cues of the category ``attrib`` outside quotation marks are taken.

    Returns
    -------
    DataFrame
        A row for each value of ``by``: ``verbs``, the number of reporting expressions; a column
        for each tag (``neutral``, ``boosting``, ``argumentative`` …); ``not_neutral``, the share
        of them that is not neutral; ``per_100_words`` of the words outside quotation marks.
        Nouns such as *spokesman* (tag ``noun``) are no verbs and are left out.

    References
    ----------
    Recasens, Danescu-Niculescu-Mizil & Jurafsky 2013; Hooper 1975.

    Examples
    --------
    >>> from framing import find_cues, score
    >>> table = pd.DataFrame({"outlet": "A", "text": ["He said no. She insisted. They denied it."]})
    >>> attribution(find_cues(table), score(table))[["outlet", "verbs", "not_neutral"]]
      outlet  verbs  not_neutral
    0      A      3     0.66...
    """
    scores = scores[scores["role"].isin(listed(roles))]
    found = _of_paragraphs(cues, scores, by)
    verbs = found["category"].eq("attrib") & ~found["tag"].isin(["", "noun"])
    found = found[verbs & ~found["voice"].isin(["quoted", "scare", "unknown"])]
    owners = scores.groupby(by, sort=True)[["words_outlet", "words_reported"]].sum().sum(axis=1)
    tags = pd.crosstab(found[by], found["tag"]).reindex(owners.index, fill_value=0)
    total = tags.sum(axis=1)
    neutral = tags.get("neutral", 0)
    told = {
        "verbs": total,
        **{str(tag): tags[tag] for tag in sorted(tags, key=lambda tag: (tag != "neutral", tag))},
        "not_neutral": (total - neutral) / total.replace(0, np.nan),
        "per_100_words": 100 * total / owners.replace(0, np.nan),
    }
    return pd.DataFrame(told).rename_axis(by).reset_index()
