"""How far a lexicon and VADER count the same words."""

from __future__ import annotations

from functools import lru_cache
from string import punctuation

import pandas as pd

from framing.lexicon.lexicon import Lexicon, built_in
from framing.lexicon.patterns import fillers, slots
from framing.scoring import vader
from framing.text.tokens import FOLD


def overlap(cues: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Count the entries and cues of every index that hold a word which VADER scores.

    Where there are many, tone and the index move together by construction: ``tone_masked`` in
    `score` is the tone without them.

    Parameters
    ----------
    cues : DataFrame
        As `find_cues` gives them; those that count are taken.
    lexicon : Lexicon, optional
        The one they were found with; the built-in English one by default.

    Returns
    -------
    DataFrame
        A row an index: ``index``; ``entries`` and ``entries_in_vader``; ``cues`` and
        ``cues_in_vader``; ``share``, of the cues (0 to 1; missing where there are none).

    Examples
    --------
    >>> from framing import find_cues
    >>> table = find_cues(pd.DataFrame({"text": ["They fear a war, and warn of danger."]}))
    >>> overlap(table).set_index("index").loc["alarm", ["cues", "cues_in_vader"]].tolist()
    [3, 3]
    """
    lexicon = lexicon or built_in()
    entries = lexicon.entries.assign(known=_fitting(tuple(lexicon.entries["entry"])))
    counted = cues[cues["counted"] & ~cues["negated"]]
    scored = set(vader.scored_words())
    matches = {match: _holds(match, scored) for match in counted["match"].unique()}
    counted = counted.assign(known=counted["match"].map(matches).astype(bool))
    rows = []
    for name, index in lexicon.indices.items():
        ours, found = entries[index.holds(entries)], counted[index.holds(counted)]
        rows.append((name, len(ours), ours["known"].sum(), len(found), found["known"].sum()))
    columns = ["index", "entries", "entries_in_vader", "cues", "cues_in_vader"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(share=table["cues_in_vader"] / table["cues"].where(table["cues"] > 0))


@lru_cache(maxsize=8)  # every report asks for those of one lexicon
def _fitting(entries: tuple[str, ...]) -> list[bool]:
    """Say of every entry whether a word of it can be one that VADER scores."""
    words = sorted(vader.scored_words())
    return [any(fillers(slot, words) for slot in slots(entry)) for entry in entries]


def _holds(match: str, words: set[str]) -> bool:
    said = match.translate(FOLD).lower().split()
    return any(word.strip(punctuation) in words for word in said)
