"""The sum of a rewriter's changes: what came and went, against chance and against noise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon.lexicon import Lexicon, built_in
from framing.reuse.shifts import Shifts

BALANCE_COLUMNS = [
    "category", "pairs", "articles", "both", "dropped", "added", "dropped_expected",
    "added_expected", "net", "low", "high", "p", "unit",
]  # fmt: skip
_ARTICLES = 5  # fewer of them say nothing of how articles differ
_Ints = NDArray[np.int64]


class _Unit(NamedTuple):
    """What is taken as independent: ``of[i]`` is the unit that pair i belongs to."""

    name: str
    of: _Ints


def balance(shifts: Shifts, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Count for every index and category the pairs of paragraphs that lost and that gained it.

    Parameters
    ----------
    shifts : Shifts
        As `framing.shifts.shifts` gives them.
    lexicon : Lexicon, optional
        The one that `framing.shifts.shifts` was given; the built-in English one by default.

    Returns
    -------
    DataFrame
        A row an index (``hedge``, ``alarm``, ``boost``: lost where its last cue is gone) and then
        a row a category; those that no cue belongs to are left out. Where an index has the name
        of a category it stands for both, as in the scores. ``pairs`` and ``articles`` compared;
        in how many pairs it stands in ``both`` versions, was ``dropped`` or ``added``;
        ``dropped_expected`` and ``added_expected``, the same if every cue came and went as often
        as a neutral word did (content words of no cue: the noise of rewording; a synonym counts
        as another word here, so that noise is rather over- than understated); ``net``, added less
        dropped over all pairs, -1 to 1, with its 95 % interval ``low`` to ``high``; ``p``, the
        mid-p of as large a net if every unit's were as likely the other way round; ``unit``:
        articles if there are five of them, else pairs, and then nothing is said of other
        articles.

        With pairs as units, p is McNemar's mid-p (Fagerland et al. 2013) and the interval that of
        Agresti & Min (2005); with articles, the interval has the variance between articles and
        Student's t instead. No p is adjusted for the number of rows.

    Examples
    --------
    >>> import framing as fr
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> fr.balance(fr.shifts(fr.align(a, b)))[["category", "dropped", "added", "net", "p"]]
        category  dropped  added  net    p
    0      hedge        1      0 -1.0  0.5
    1  epi_modal        1      0 -1.0  0.5
    """
    pairs = shifts.pairs
    noise = tuple(_share_lost(pairs[n], pairs["neutral_kept"]) for n in ("neutral_a", "neutral_b"))
    unit = _unit(pairs)
    articles = pairs[["article_a", "article_b"]].drop_duplicates()
    rows = []
    for name, cues in _belonging(shifts.cues, lexicon or built_in()):
        a, b = (_per_pair(cues[cues["side"] == side], pairs["pair"]) for side in "ab")
        if a.any() or b.any():
            rows.append((name, len(pairs), len(articles), *_row(a, b, noise, unit), unit.name))
    return pd.DataFrame(rows, columns=BALANCE_COLUMNS)


def _belonging(cues: pd.DataFrame, lexicon: Lexicon) -> Iterator[tuple[str, pd.DataFrame]]:
    """The cues that count, by index and by category."""
    counted = cues[cues["counted"] & ~cues["negated"]]
    for name, index in lexicon.indices.items():
        yield name, counted[index.holds(counted)]
    for name, rows in counted.groupby("category"):
        if name not in lexicon.indices:
            yield str(name), rows


def _per_pair(cues: pd.DataFrame, pairs: pd.Series[int]) -> _Ints:
    return cues["pair"].value_counts().reindex(pairs, fill_value=0).to_numpy(np.int64)


def _unit(pairs: pd.DataFrame) -> _Unit:
    of = pairs.groupby(["article_a", "article_b"], sort=False).ngroup().to_numpy(np.int64)
    if len(np.unique(of)) >= _ARTICLES:
        return _Unit("articles", of)
    return _Unit("pairs", np.arange(len(pairs)))


def _row(a: _Ints, b: _Ints, noise: tuple[float, ...], unit: _Unit) -> tuple[float, ...]:
    """Both, dropped, added, these as expected, net, its interval and p."""
    change = (b > 0).astype(np.int64) - (a > 0)
    dropped, added = int((change < 0).sum()), int((change > 0).sum())
    both = int(((a > 0) & (b > 0)).sum())
    expected = [float((q ** side[side > 0]).sum()) for q, side in zip(noise, (a, b), strict=True)]
    nets = np.bincount(unit.of, change).astype(np.int64)
    low, high = _interval(nets, np.bincount(unit.of), clustered=unit.name == "articles")
    net = (added - dropped) / len(change)
    return both, dropped, added, *expected, net, low, high, flip_mid_p(nets)


def flip_mid_p(nets: _Ints) -> float:
    """Two-sided mid-p of a sum of whole numbers if the sign of each were a matter of chance.

    All patterns of signs are counted, by the sums they lead to. Where every number is 1 or -1
    this is McNemar's mid-p (Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology
    13, 91).

    Examples
    --------
    >>> round(flip_mid_p(np.array([-1, -1, -1, -1, -1, -1, 1])), 4)  # 2 · (1 + 7)/128 - 7/128
    0.0703
    """
    reach, seen = int(np.abs(nets).sum()), abs(int(nets.sum()))
    if reach == 0:
        return 1.0
    chance = np.zeros(2 * reach + 1)  # of every sum from -reach to reach
    chance[reach] = 1
    for size in np.abs(nets[nets != 0]).tolist():
        chance = (np.roll(chance, size) + np.roll(chance, -size)) / 2
    far = np.abs(np.arange(-reach, reach + 1))
    return float(chance[far > seen].sum() + chance[far == seen].sum() / 2)


def _share_lost(words: pd.Series[int], kept: pd.Series[int]) -> float:
    return 1 - kept.sum() / max(words.sum(), 1)


def _interval(nets: _Ints, sizes: _Ints, *, clustered: bool) -> tuple[float, float]:
    """Agresti & Min's (2005) adjusted Wald interval: half a pair more in each of four cells."""
    from scipy.special import ndtri, stdtrit  # slow to import

    total = sizes.sum() + 2
    middle = nets.sum() / total
    factor, quantile = 1.0, ndtri(0.975)
    if clustered:
        factor, quantile = len(nets) / (len(nets) - 1), stdtrit(len(nets) - 1, 0.975)
    # The two pairs more have a spread of their own: 1 around 0, and 2 · middle² around the middle.
    spread = factor * ((nets - middle * sizes) ** 2).sum() + 1 + 2 * middle**2
    width = quantile * np.sqrt(spread) / total
    return max(-1.0, middle - width), min(1.0, middle + width)
