"""Who has the highest and the lowest level of a measure, and what was tested of them, in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from framing.schema import TONES, label, per
from framing.stats.differences import adjusted_p, briefly, interval_of, known_of, seen_from, setting
from framing.stats.flips import LEVEL
from framing.stats.notes import ARTICLES_TO_TEST
from framing.stats.sides import OTHERS
from framing.text.numbers import many, sized

_BEYOND = f" with {ARTICLES_TO_TEST} articles or more"


def ends_of(measure: str, level: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the outlets with the highest and the lowest level, with ``end`` and ``size`` in words.

    They are of those with enough articles for a test, if these are two or more; the words say so
    where others are beyond, and how many have the same level. Levels that read alike have no ends.
    """
    ordered = level.sort_values("mean", ascending=False, kind="stable").set_index(by)
    known = ordered[ordered["articles"] >= ARTICLES_TO_TEST]
    known = known if len(known) > 1 else ordered
    both = known.iloc[[0, -1]] if len(known) else known
    sizes = [sized(mean) for mean in both["mean"]]
    if len(set(sizes)) < 2:
        return both[:0].assign(end="", size="")
    far = both.index != ordered.index[[0, -1]]
    words = ("brightest", "darkest") if measure in TONES else ("highest", "lowest")
    ends = [f"{word}{_BEYOND * few}" for word, few in zip(words, far.tolist(), strict=True)]
    alike = [np.isclose(known["mean"], mean, atol=1e-12).sum() - 1 for mean in both["mean"]]
    sizes[0] += per(measure)
    sizes = [
        f"{size}, as in {many(n, 'other')}" if n else size
        for size, n in zip(sizes, alike, strict=True)
    ]
    return both.assign(end=ends, size=sizes)


def of_ends(
    measure: str,
    level: pd.DataFrame,
    rows: pd.DataFrame,
    ends: pd.DataFrame,
    apart: Collection[object],
) -> str:
    """Name the ends that are not among those told ``apart``, with what was tested of them."""
    if ends.empty and len(level) > 1:
        return f"All have a level of {label(measure)} of {sized(level['mean'].iloc[0])}."
    parts: list[str] = []
    before: set[object] = set()
    for outlet, end in ends[~ends.index.isin(apart)].iterrows():
        pairs = [{outlet, other} for other in (*ends.index, OTHERS) if other != outlet]
        which = [{a, b} in pairs for a, b in zip(rows["outlet_a"], rows["outlet_b"], strict=True)]
        about = [end["size"]]
        for place, row in rows[which].head(1).iterrows():
            seen = seen_from(row, outlet)
            if place not in before:
                about.append(
                    _known(seen, ends, setting(rows), alone=len(apart) > 0, again=len(before) > 0)
                )
            before.add(place)
        which = end["end"].removesuffix(_BEYOND)
        parts.append(f"{which} in {outlet} ({'; '.join(filter(None, about))})")
    few = f", of those{_BEYOND}," * bool(ends["end"].str.endswith(_BEYOND).any())
    name = label(measure).capitalize()
    if apart and parts:
        whole = " over all articles" * bool(setting(rows))
        return f"{name if measure in TONES else 'The level'}{whole}{few} is {' and '.join(parts)}."
    return f"{name}{few.removesuffix(',')}: {', '.join(parts)}." if parts else ""


def is_against(row: pd.Series[Any], ends: pd.DataFrame) -> bool:
    """Return whether a difference points the other way than an end of the order of levels.

    Levels are means over all articles of an outlet; differences may be within events or topics.
    """
    outlet = row["outlet_a"]
    return outlet in ends.index and bool(row["estimate"] < 0) == (outlet == ends.index[0])


def _known(row: pd.Series[Any], ends: pd.DataFrame, where: str, *, alone: bool, again: bool) -> str:
    """Describe what was tested of an end, or its level; ``alone`` among findings."""
    end, other = ends.loc[row["outlet_a"]], briefly(row["outlet_b"])
    if not np.isfinite(row["p"]):
        interval = [interval_of(sized(end["low"]), sized(end["high"]), again=False)]
        few = [many(end["articles"], "article")] * int(end["articles"] < ARTICLES_TO_TEST)
        untested = ["not tested"] * alone
        return "; ".join([*interval[: int(np.isfinite(end["low"]))], *few, *untested])
    kind, size = known_of(row, again=again)
    p, sure = adjusted_p(row), row["p_adjusted"] < LEVEL
    if not alone:
        adjusted = f"; {p}" * bool(np.isfinite(row["p_adjusted"]))
        return f"{kind.split()[0] if again else f'{kind} {other}{where}'} {size}{adjusted}"
    if sure and is_against(row, ends):
        return f"but {'above' if row['estimate'] > 0 else 'below'} {other}{where}: {p}"
    return f"{'' if sure else 'may be chance: '}against {other}{where} {p}"
