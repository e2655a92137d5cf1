"""Changes between versions: what became of cues and words in every pair, and flags of it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.reuse.align import check_aligned
from framing.reuse.cue_changes import (
    Cue,
    count_neutral,
    cue_changes,
    share_reworded,
    word_blocks,
    word_edits,
)
from framing.scoring.cues import find_cues
from framing.scoring.score import score
from framing.text.numbers import many
from framing.text.words import normalise

CHANGE_COLUMNS = [
    "article_a", "article_b", "pair", "category", "change", "match_a", "category_b", "match_b",
]  # fmt: skip
EDIT_COLUMNS = ["article_a", "article_b", "pair", "before", "after"]
_COUNTS = ["reworded", "neutral_a", "neutral_b", "neutral_kept"]
FLAGS = [
    "strengthened", "weakened", "alarm_up", "alarm_down",
    "attribution_lost", "attribution_added", "quotation_lost",
]  # fmt: skip
_MEASURES = ["hedge", "boost", "alarm", "tone", "attrib"]
# A source and a reporting verb, as in "officials fear" or "she has said".
_HOLDER = re.compile(
    r"\b(?:official|analyst|expert|diplomat|source|minister|spokes\w+|leader|critic|observer|"
    r"report|witness|he|she|they|who|[A-Z]\w+)(?:e?s)?\s+(?:have\s+|has\s+|had\s+)?"
    r"(?:say|said|stat|claim|fear|warn|believ|think|thought|argu|insist|suggest|report|told|tell|"
    r"inform|declar|predict|suspect|acknowledg)(?:s|es|e|ed|d)?\b"
)
_QUOTED = re.compile(r'"[^"\s][^"]*"')


class Shifts(NamedTuple):
    """Four tables: ``pairs``, ``changes`` of cues, ``edits`` of words, and all ``cues``."""

    pairs: pd.DataFrame
    changes: pd.DataFrame
    edits: pd.DataFrame
    cues: pd.DataFrame

    def __repr__(self) -> str:
        flags = [name for name in FLAGS if self.pairs[name].any()]
        counts = ", ".join(f"{int(self.pairs[name].sum())} {name}" for name in flags)
        return f"Shifts in {many(len(self.pairs), 'pair')} of paragraphs: {counts or 'none'}"


def shifts(aligned: pd.DataFrame, *, lexicon: Lexicon | None = None) -> Shifts:
    """Compare the cues, the tone and the words of paired paragraphs.

    Parameters
    ----------
    aligned : DataFrame
        As returned by `align`, for one or more pairs of articles; unpaired rows are left out.
    lexicon : Lexicon, optional
        The built-in English one by default; ``hedge``, ``boost`` and ``alarm`` are 0 if it has
        no such index.

    Returns
    -------
    Shifts
        ``pairs``: one row per pair (``pair`` is its row in ``aligned``); ``hedge``, ``boost``,
        ``alarm`` and ``tone`` of the second version minus the first (counts; tone -2 to 2);
        ``size``, the sum of their absolute values, a flag of attribution or quotation adding 1;
        ``reworded``, the share of words of the first version that the second does not have in
        their place (of over half a million ways to pair equal words, a warning: only the
        beginning and the end are compared); ``neutral_a``, ``neutral_b``, ``neutral_kept``,
        content words outside cues in each version and in both; and flags: ``strengthened`` (fewer
        hedges or more boosters), ``weakened``, ``alarm_up``, ``alarm_down``, ``attribution_lost``,
        ``attribution_added`` (a source is named in one version only, by a lexicon that has the
        category ``attrib``), ``quotation_lost``
        (quotation marks in the first version only). ``changes``: one row per cue; ``change`` is
        kept, dropped, added, replaced in category or replaced by another. ``edits``: the words
        before and after, one row per edit. ``cues``: all cues of all rows of ``aligned``, paired
        or not, as returned by `find_cues`, with ``pair`` and ``side`` (a or b) instead of
        article and paragraph.

    Raises
    ------
    ValueError
        If ``aligned`` is not an alignment, or its index has duplicates.

    Examples
    --------
    >>> import framing as fr
    >>> a = pd.DataFrame({"text": ["The talks could fail, officials fear."]})
    >>> found = fr.shifts(fr.align(a, pd.DataFrame({"text": ["Talks fail."]})))
    >>> found.changes[["category", "change", "match_a"]]
        category   change match_a
    0  epi_modal  dropped   could
    1       fear  dropped    fear
    >>> found
    Shifts in 1 pair of paragraphs: 1 strengthened, 1 alarm_down, 1 attribution_lost
    """
    lexicon = chosen_lexicon(lexicon)
    _check_index(aligned)
    cues = pd.concat([_cues(aligned, side, lexicon) for side in "ab"], ignore_index=True)
    by_place = _counted_cues(cues)
    table = aligned[aligned["score"].notna()].rename_axis("pair").reset_index()
    changes: list[tuple[Any, ...]] = []
    edits: list[tuple[Any, ...]] = []
    counts = []
    for row in table.itertuples():
        named = (row.article_a, row.article_b, row.pair)
        texts = (row.text_a, row.text_b)
        blocks = word_blocks(*texts)
        a, b = (by_place.get((row.pair, side), []) for side in "ab")
        changes += [(*named, *change) for change in cue_changes(a, b, blocks)]
        edits += [(*named, *edit) for edit in word_edits(texts, blocks)]
        counts.append((share_reworded(blocks), *count_neutral(texts, [a, b])))
    known = table[["article_a", "article_b", "pair", "kind"]]
    flags = _differences(table["text_a"], table["text_b"], lexicon)
    counted = pd.DataFrame(counts, columns=_COUNTS)
    return Shifts(
        pd.concat([known, flags, counted], axis=1),
        pd.DataFrame(changes, columns=CHANGE_COLUMNS),
        pd.DataFrame(edits, columns=EDIT_COLUMNS),
        cues,
    )


def _check_index(aligned: pd.DataFrame) -> None:
    check_aligned(aligned)
    if not aligned.index.is_unique:
        twice = aligned.index[aligned.index.duplicated()][0]
        raise ValueError(
            f"the index of aligned must be unique, got {twice} more than once: combine alignments "
            "with pd.concat(…, ignore_index=True)"
        )
    twice = aligned.duplicated(["article_a", "paragraphs_a", "article_b", "paragraphs_b"])
    if twice.any():
        article = aligned.loc[twice, "article_a"].iloc[0]
        raise ValueError(
            f"{twice.sum()} rows of aligned are there twice, the first of article {article!r}: was "
            "an alignment added twice? Drop the rows"
        )


def _cues(aligned: pd.DataFrame, side: str, lexicon: Lexicon) -> pd.DataFrame:
    """Return the cues of one version, each with its row in ``aligned``."""
    texts = aligned[[f"article_{side}", f"text_{side}"]].set_axis(["article", "text"], axis=1)
    found = find_cues(texts.assign(paragraph=aligned.index), lexicon=lexicon)
    named = found.drop(columns="article").rename(columns={"paragraph": "pair"})
    named.insert(1, "side", side)
    return named


def _counted_cues(cues: pd.DataFrame) -> dict[tuple[Any, str], list[Cue]]:
    """Return the counted cues by pair and side, in the order of the text."""
    places: dict[tuple[Any, str], list[Cue]] = {}
    counted = cues[cues["counted"] & ~cues["negated"]].sort_values(["start", "end"], kind="stable")
    for row in counted.itertuples():
        cue = Cue(row.start, row.end, row.category, row.match)
        places.setdefault((row.pair, row.side), []).append(cue)
    return places


def _differences(a: pd.Series[str], b: pd.Series[str], lexicon: Lexicon) -> pd.DataFrame:
    """Return the change from the first texts to the second: indices, tone, size and `FLAGS`.

    >>> from framing.lexicon.loading import built_in
    >>> before, after = (pd.Series([text]) for text in ("It may rain, they said.", "It rains."))
    >>> _differences(before, after, built_in())[["hedge", "strengthened", "attribution_lost"]]
       hedge  strengthened  attribution_lost
    0     -1          True              True
    """
    one, other = _text_measures(a, lexicon), _text_measures(b, lexicon)
    less = (other - one).drop(columns="attrib")
    holder_a, holder_b = _matches(_HOLDER, a), _matches(_HOLDER, b)
    named = "attrib" in lexicon.categories
    flags = pd.DataFrame(
        {
            "strengthened": (less["hedge"] < 0) | (less["boost"] > 0),
            "weakened": (less["hedge"] > 0) | (less["boost"] < 0),
            "alarm_up": less["alarm"] > 0,
            "alarm_down": less["alarm"] < 0,
            "attribution_lost": named & holder_a & ~(holder_b | (other["attrib"] > 0)),
            "attribution_added": named & holder_b & ~(holder_a | (one["attrib"] > 0)),
            "quotation_lost": _matches(_QUOTED, a) & ~_matches(_QUOTED, b),
        }
    )
    size = less.abs().sum(axis=1) + flags[FLAGS[4:]].sum(axis=1)
    return pd.concat([less.assign(size=size), flags], axis=1)


def _text_measures(texts: pd.Series[str], lexicon: Lexicon) -> pd.DataFrame:
    scores = score(pd.DataFrame({"text": texts.to_numpy()}, dtype=str), lexicon=lexicon)
    return scores.reindex(columns=_MEASURES, fill_value=0)


def _matches(pattern: re.Pattern[str], texts: pd.Series[str]) -> pd.Series[bool]:
    return pd.Series([bool(pattern.search(normalise(text))) for text in texts], dtype=bool)
