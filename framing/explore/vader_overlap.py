"""Words that both the lexicon and VADER score."""

from __future__ import annotations

from functools import lru_cache
from string import punctuation

import pandas as pd

from framing.checks import CUES, check_columns
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.patterns import Fillers, slots
from framing.scoring import vader
from framing.text.tokens import Vocabulary
from framing.text.words import FOLD


def overlap(cues: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Count the entries and cues of every index that contain a word scored by VADER.

    If there are many, tone and the index are correlated by construction; ``tone_masked`` in
    `score` is the tone without them.

    Parameters
    ----------
    cues : DataFrame
        As returned by `find_cues`; only counted cues are used.
    lexicon : Lexicon, optional
        Lexicon used to find them; the built-in English one by default.

    Returns
    -------
    DataFrame
        One row per index: ``index``; ``entries`` and ``entries_in_vader``; ``cues`` and
        ``cues_in_vader``; ``share`` of the cues (0 to 1; NaN if there are none).

    Examples
    --------
    >>> from framing import find_cues
    >>> table = find_cues(pd.DataFrame({"text": ["They fear a war, and warn of danger."]}))
    >>> overlap(table).set_index("index").loc["alarm", ["cues", "cues_in_vader"]].tolist()
    [3, 3]
    """
    lexicon = chosen_lexicon(lexicon)
    check_columns(cues, ["category", "tag", "entry", "match", "counted", "negated"], kind=CUES)
    entries = lexicon.entries.assign(known=_fitting(tuple(lexicon.entries["entry"])))
    counted = cues[cues["counted"] & ~cues["negated"]]
    scored = set(vader.scored_words())
    matches = {match: _holds(match, scored) for match in counted["match"].unique()}
    counted = counted.assign(known=counted["match"].map(matches).astype(bool))
    rows = []
    for name, index in lexicon.indices.items():
        listed, found = entries[index.holds(entries)], counted[index.holds(counted)]
        rows.append((name, len(listed), listed["known"].sum(), len(found), found["known"].sum()))
    columns = ["index", "entries", "entries_in_vader", "cues", "cues_in_vader"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(share=table["cues_in_vader"] / table["cues"].where(table["cues"] > 0))


@lru_cache(maxsize=8)  # every report asks for those of one lexicon
def _fitting(entries: tuple[str, ...]) -> list[bool]:
    """Return for every entry whether one of its words can be a word scored by VADER."""
    words = Vocabulary(sorted(vader.scored_words()))
    return [len(Fillers(slots(entry)).find(words)[0]) > 0 for entry in entries]


def _holds(match: str, words: set[str]) -> bool:
    return any(word.strip(punctuation) in words for word in match.translate(FOLD).lower().split())
