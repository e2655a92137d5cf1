"""Composition of the indices, and reporting verbs by outlet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.checks import CUES, SCORES, check_columns, check_once, of_roles, without_copies
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in, chosen_lexicon
from framing.lexicon.metadata import Index
from framing.schema import BODY, PLACE
from framing.scoring.cue_checks import check_cues, with_texts
from framing.scoring.voices import COLUMN_OF, VOICES, WORD_COLUMNS
from framing.stats.checks import check_groups, check_words

_TOP, _REST = 5, "other entries"  # entries of an index that are shown, and all others
# The words that are the denominator of a rate, by voice.
_WORDS_OF = dict(zip(VOICES, np.array(WORD_COLUMNS)[COLUMN_OF].tolist(), strict=True))


def breakdown(
    cues: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    roles: str | Sequence[str] = BODY,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Break every index down by category, tag, voice and its five most frequent entries.

    Parameters
    ----------
    cues : DataFrame
        As returned by `find_cues`.
    scores : DataFrame
        As returned by `score` for the same paragraphs. Copies (``copy_of``, see ``mark_copies``)
        and later versions of a page (``version_of``) are left out.
    by : str, default "outlet"
        Column that defines the groups.
    roles : str or sequence of str, default ("standfirst", "body")
        Roles of the paragraphs to use.
    lexicon : Lexicon, optional
        Lexicon whose indices are broken down, or its categories if it has none; the built-in
        English one by default.

    Returns
    -------
    DataFrame
        ``by``; ``index``; ``part`` ("category", "tag", "voice", "entry" or "negated") and its
        ``value``; ``cues``, the number of cues counted; ``per_100_words``, of the words in that
        voice for voices and of all words otherwise (NaN if there are no words); ``share`` of the
        index, 0 to 1. Entries beyond the fifth are summed as "other entries". "negated" are the
        cues excluded by a negation, as a share of these and the cues counted.

    Raises
    ------
    ValueError
        If a column is missing, for instance because scores and cues were swapped.

    Examples
    --------
    >>> from framing import find_cues, score
    >>> table = pd.DataFrame({"outlet": "A", "text": ["Talks may fail. It may rain, perhaps."]})
    >>> parts = breakdown(find_cues(table), score(table))
    >>> parts[parts["part"] == "entry"][["index", "value", "cues", "share"]].values.tolist()
    [['hedge', 'may', 2, 0.66...], ['hedge', 'perhaps', 1, 0.33...]]
    """
    lexicon = chosen_lexicon(lexicon)
    _check_tables(cues, scores, by, lexicon)
    if others := set(cues["category"]) - {*lexicon.categories}:
        raise ValueError(
            f"{lexicon.name} has no category {min(others)!r}: give the lexicon of the cues, as in "
            "breakdown(cues, scores, lexicon=lexicon)"
        )
    scores = without_copies(of_roles(scores, roles))
    found = _of_paragraphs(cues, scores, by)
    words = scores.groupby(by, sort=True)[["words", *dict.fromkeys(_WORDS_OF.values())]].sum()
    parts = []
    categories = {name: Index((name,)) for name in lexicon.categories}
    for name, index in (lexicon.indices or categories).items():
        for owner, group in found[index.holds(found)].groupby(by, sort=True):
            parts.append(_parts(group, words.loc[owner]).assign(**{by: owner, "index": name}))
    columns = [by, "index", "part", "value", "cues", "per_100_words", "share"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _check_tables(cues: pd.DataFrame, scores: pd.DataFrame, by: str, lexicon: Lexicon) -> None:
    needed = [*PLACE, "category", "tag", "entry", "voice", "negated", "counted"]
    check_columns(cues, needed, kind=CUES)
    needed = [*PLACE, by, "role", "words", *_WORDS_OF.values()]
    check_columns(scores, needed, kind=SCORES)
    check_groups(scores, by)
    check_once(scores)
    check_words(scores)
    check_cues(cues, scores, lexicon)


def _of_paragraphs(cues: pd.DataFrame, scores: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the counted cues of some paragraphs, with the group each belongs to."""
    owners = scores[list(dict.fromkeys([*PLACE, by]))].drop_duplicates(PLACE)
    given = owners.columns.difference(PLACE)
    cues = with_texts(cues)
    return cues[cues["counted"]].drop(columns=list(given), errors="ignore").merge(owners, on=PLACE)


def _parts(cues: pd.DataFrame, words: pd.Series[int]) -> pd.DataFrame:
    """Count the cues of one index and one group by each part."""
    counting = cues[~cues["negated"]]
    entries = counting["entry"].value_counts()
    first = entries.sort_index().sort_values(ascending=False, kind="stable").index[:_TOP]
    kept = counting["entry"].where(counting["entry"].isin(first), _REST)
    columns = counting[["category", "tag", "voice"]].assign(entry=kept)
    rows = [
        (part, value, n, words[_WORDS_OF[value]] if part == "voice" else words["words"])
        for part, column in columns.items()
        # most frequent first, ties in alphabetical order, and the rest at the end
        for value, n in sorted(
            column.value_counts().items(), key=lambda one: (one[0] == _REST, -one[1], one[0])
        )
        if value
    ]
    table = pd.DataFrame(rows, columns=["part", "value", "cues", "of"])
    table["share"] = table["cues"] / max(len(counting), 1)
    negated = len(cues) - len(counting)
    table.loc[len(table)] = ["negated", "negated", negated, words["words"], negated / len(cues)]
    return table.assign(per_100_words=100 * table["cues"] / table["of"].replace(0, np.nan))


def attribution(
    cues: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    roles: str | Sequence[str] = BODY,
) -> pd.DataFrame:
    """Count the reporting verbs of each outlet, neutral and not neutral.

    Parameters
    ----------
    cues, scores, by, roles
        As for `breakdown`. Cues of the category ``attrib`` are used where the
        outlet or somebody it reports is speaking: not in quotation marks, nor in a quotation that
        is not closed (``voice`` unknown).

    Returns
    -------
    DataFrame
        A row for each value of ``by``: ``verbs``, the number of reporting expressions; a column
        for each tag (``neutral``, ``boosting``, ``argumentative`` …); ``not_neutral``, the share
        of verbs that are not neutral (0 to 1); ``per_100_words`` outside quotation marks. Nouns
        such as *spokesman* (tag ``noun``) are not verbs and are left out.

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
    _check_tables(cues, scores, by, built_in().only("attrib"))
    scores = without_copies(of_roles(scores, roles))
    found = _of_paragraphs(cues, scores, by)
    verbs = found["category"].eq("attrib") & ~found["tag"].isin(["", "noun"])
    found = found[verbs & ~found["voice"].isin(["quoted", "scare", "unknown"])]
    owners = scores.groupby(by, sort=True)[["words_outlet", "words_reported"]].sum().sum(axis=1)
    tags = pd.crosstab(found[by], found["tag"]).reindex(owners.index, fill_value=0)
    total = tags.sum(axis=1)
    neutral = tags.get("neutral", 0)
    columns = {
        "verbs": total,
        **{str(tag): tags[tag] for tag in sorted(tags, key=lambda tag: (tag != "neutral", tag))},
        "not_neutral": (total - neutral) / total.replace(0, np.nan),
        "per_100_words": 100 * total / owners.replace(0, np.nan),
    }
    return pd.DataFrame(columns).rename_axis(by).reset_index()
