"""Which columns of a table of scores are measures: those that are asked for, or all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.arguments import check_known, spelled
from framing.checks import MARKS, SCORES, check_columns
from framing.schema import CATEGORIES, PRIMARY, RECIPE, TONES, asked_with, confirmatory, listed
from framing.stats.checks import check_counts

ABOUT = ("event", "topic", *MARKS, "text")  # of articles; empty where nobody filled them
_NOT_CUES = {"article", "outlet", "paragraph", "words", "sentences", *ABOUT}
MEASURED = {"article", "words", "sentences", "negated", *TONES, *CATEGORIES}  # no groups


def chosen_measures(
    scores: pd.DataFrame, measures: str | Sequence[str] | None, by: str = "outlet"
) -> list[str]:
    """Return the measures that are asked for, or all that there are, in a fixed order."""
    known = known_measures(scores, by)
    if measures is None:
        check_counts(scores, known)
        return [name for name in known if name != "negated"]
    counts = _from_sentences(scores)
    floats = {name for name in counts if scores[name].dtype.kind == "f"} - MEASURED
    allowed = [name for name in scores if name in {*known, *TONES, *floats}]
    names = list(dict.fromkeys(listed(measures)))
    for name in names:
        if asked_with(str(name)) and not {name, RECIPE + name} & {*allowed}:
            how = asked_with(name)
            raise ValueError(f"no measure {name!r}: ask for it, as in score(paragraphs, {how})")
    check_known(names, allowed)
    if not names:
        raise ValueError(f"measures must name one or more of {spelled(allowed)}, got none")
    return names


def known_measures(scores: pd.DataFrame, by: str = "outlet") -> list[str]:
    """Return hedge, alarm, boost and tone, and then every other column that may hold counts."""
    check_columns(scores, ["words"], kind=SCORES)
    columns = list(scores.columns)
    cues = [
        name
        for name in _from_sentences(scores)
        if name not in {*_NOT_CUES, by}
        and (pd.api.types.is_integer_dtype(scores[name].dtype) or name in CATEGORIES)
    ]
    if not cues and not {*TONES} & {*columns}:
        raise ValueError(
            f"no column holds a measure: expected a table of {SCORES}; "
            f"this one has the columns {spelled(columns)}"
        )
    first = [name for name in (*PRIMARY, "tone") if name in columns]
    return first + [name for name in cues if name not in first]


def _from_sentences(scores: pd.DataFrame) -> list[str]:
    """Return the columns among which counts stand; those before are of the paragraph."""
    columns = list(scores.columns)
    return columns[columns.index("sentences") :] if "sentences" in columns else columns


def main_measures(scores: pd.DataFrame, measures: Sequence[str] = ()) -> list[str]:
    """Return the measures that a report is about.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    measures : sequence of str
        Measures to report. By default hedge, alarm, boost and tone, or all categories and indices
        of another dictionary, with tone if there is any; then the recipes that were scored.

    Returns
    -------
    list of str
        Columns of ``scores``.

    Raises
    ------
    ValueError
        If a measure is unknown; the message lists the measures.

    Examples
    --------
    >>> main_measures(pd.DataFrame({"words": [9], "sentences": [1], "tone": [0.2], "care": [1]}))
    ['care', 'tone']
    """
    if listed(measures):
        return chosen_measures(scores, measures)
    names = confirmatory(chosen_measures(scores, None))
    names += [name for name in scores if name.startswith(RECIPE) and name not in names]
    return [name for name in names if name != "tone" or scores[name].notna().any()]
