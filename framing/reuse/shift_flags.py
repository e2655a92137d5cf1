"""Flags of a reworded paragraph: hedging, alarm, attribution and quotation that changed."""

from __future__ import annotations

import re

import pandas as pd

from framing.lexicon.lexicon import Lexicon
from framing.scoring.score import score
from framing.text.words import normalise

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
    r"inform|declar|predict|suspect|acknowledg)(?:s|es|e|ed|d)?\b",
)
_QUOTED = re.compile(r'"[^"\s][^"]*"')


def differences(a: pd.Series[str], b: pd.Series[str], lexicon: Lexicon) -> pd.DataFrame:
    """Return the change from the first texts to the second: indices, tone, size and `FLAGS`.

    Examples
    --------
    >>> from framing.lexicon.lexicon import built_in
    >>> before, after = (pd.Series([text]) for text in ("It may rain, they said.", "It rains."))
    >>> differences(before, after, built_in())[["hedge", "strengthened", "attribution_lost"]]
       hedge  strengthened  attribution_lost
    0     -1          True              True
    """
    one, other = _text_measures(a, lexicon), _text_measures(b, lexicon)
    less = (other - one).drop(columns="attrib")
    holder_a, holder_b = _matches(_HOLDER, a), _matches(_HOLDER, b)
    flags = pd.DataFrame(
        {
            "strengthened": (less["hedge"] < 0) | (less["boost"] > 0),
            "weakened": (less["hedge"] > 0) | (less["boost"] < 0),
            "alarm_up": less["alarm"] > 0,
            "alarm_down": less["alarm"] < 0,
            "attribution_lost": holder_a & ~(holder_b | (other["attrib"] > 0)),
            "attribution_added": holder_b & ~(holder_a | (one["attrib"] > 0)),
            "quotation_lost": _matches(_QUOTED, a) & ~_matches(_QUOTED, b),
        }
    )
    size = less.abs().sum(axis=1) + flags[FLAGS[4:]].sum(axis=1)
    return pd.concat([less.assign(size=size), flags], axis=1)


def _text_measures(texts: pd.Series[str], lexicon: Lexicon) -> pd.DataFrame:
    scores = score(pd.DataFrame({"text": texts.to_numpy()}, dtype=str), lexicon=lexicon)
    return scores.reindex(columns=_MEASURES, fill_value=0)


def _matches(pattern: re.Pattern[str], texts: pd.Series[str]) -> pd.Series[bool]:
    found = [bool(pattern.search(normalise(text))) for text in texts]
    return pd.Series(found, dtype=bool)
