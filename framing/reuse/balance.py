"""The balance of a rewrite: cues gained and lost, against what blind rewording explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from framing.arguments import check_draws, check_is
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.reuse.shifts import Shifts
from framing.stats.flips import Parts, sign_flip_test
from framing.stats.lopsided import mid_p
from framing.stats.multiple_tests import adjust_known, holm
from framing.stats.signs import all_signs, draw_signs, is_exact
from framing.stats.strata import components
from framing.text.arrays import Bools, Floats, Ints

BALANCE_COLUMNS = [
    "category", "pairs", "articles", "both", "dropped", "added", "dropped_expected",
    "added_expected", "net", "low", "high", "p", "p_adjusted", "unit",
]  # fmt: skip
_ARTICLES = 5  # fewer of them say nothing of how articles differ
TO_TEST = 6  # articles; below, no p


def balance(
    shifts: Shifts, *, lexicon: Lexicon | None = None, n_resamples: int = 9999, seed: int = 1
) -> pd.DataFrame:
    """Count for every index and category the pairs of paragraphs that lost and that gained it.

    Parameters
    ----------
    shifts : Shifts
        As returned by ``framing.shifts``.
    lexicon : Lexicon, optional
        Lexicon passed to ``framing.shifts``; the built-in English one by default.
    n_resamples : int, default 9999
        Patterns of signs for ``p``; all of them if there are no more.
    seed : int, default 1
        The same seed gives the same numbers.

    Returns
    -------
    DataFrame
        One row per index (``hedge``, ``alarm``, ``boost``: lost where its last cue is gone) and
        then one per category; those without a cue are left out. Where an index has the name of a
        category it stands for both, as in the scores. ``pairs`` compared, and ``articles``: those
        that share a version, such as two rewrites of one, count as one; the
        number of pairs that have it in ``both`` versions, ``dropped`` or ``added`` it;
        ``dropped_expected`` and ``added_expected``, the same if every cue came and went as often
        as the neutral words of its article did (content words of no cue: the noise of rewording,
        which is too high rather than too low, since a synonym counts as another word here);
        ``net``, added less dropped over all pairs, −1 to 1, with its 95 % interval ``low`` to
        ``high``; ``p``, two-sided, of the hypothesis that the net is as expected (blind deletion
        loses hedges, too); NaN under 6 articles; ``p_adjusted``, Holm's over the indices, NaN for
        categories, which are exploratory; ``unit``: articles if there are five of them, else
        pairs, and then nothing follows for other articles.

        p flips the sign of each article's net less its expected net, and is at least the mid-p
        of that net if every pair lost or gained it by chance as often as expected (Poisson
        binomial): where little is expected, an article without a change is no evidence. The
        interval is that of Agresti & Min (2005), with half a pair more in each of the four cells,
        so that it is not empty where nothing changed; with articles as units it has the variance
        between articles and Student's t, with the same pairs added.

    Examples
    --------
    >>> import framing as fr
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> fr.balance(fr.shifts(fr.align(a, b)))[["category", "dropped", "added", "net"]]
        category  dropped  added  net
    0      hedge        1      0 -1.0
    1  epi_modal        1      0 -1.0
    """
    lexicon = chosen_lexicon(lexicon)
    check_is(shifts, Shifts, "shifts", "shifts")
    check_draws(n_resamples, seed)
    pairs = shifts.pairs
    names, code = np.unique(stories(pairs), return_inverse=True)
    clustered = len(names) >= _ARTICLES
    unit = code if clustered else np.arange(len(pairs))
    versions = pairs.groupby(["article_a", "article_b"], sort=False).ngroup().to_numpy()
    noise = tuple(_share_lost(pairs, side, versions) for side in "ab")
    rows, excess, by_chance = [], [], []
    for name, cues in _belonging(shifts.cues, lexicon):
        found = (cues["pair"][cues["side"] == side].value_counts() for side in "ab")
        a, b = (n.reindex(pairs["pair"], fill_value=0).to_numpy(np.int64) for n in found)
        if a.any() or b.any():
            expected = [np.where(n > 0, q**n, 0.0) for q, n in zip(noise, (a, b), strict=True)]
            row = _row(a, b, expected, unit, clustered=clustered)
            rows.append((name, len(pairs), len(names), *row))
            net = (b > 0) * 1.0 - (a > 0) - expected[1] + expected[0]
            excess.append(np.bincount(code, net).astype(float))
            by_chance.append(_chance_p((a > 0) & (b == 0), (b > 0) & (a == 0), *expected))
    counted = [name for name in BALANCE_COLUMNS if name not in ("p", "p_adjusted", "unit")]
    table = pd.DataFrame(rows, columns=counted)
    table = table.assign(unit="articles" if clustered else "pairs")
    table["p"] = np.maximum(_flip_p(excess, list(names), n_resamples, seed), by_chance)
    indices = table["category"].isin(list(lexicon.indices)).to_numpy()
    table["p_adjusted"] = adjust_known(table["p"].where(indices).to_numpy(float), holm)
    return table[BALANCE_COLUMNS]


def stories(pairs: pd.DataFrame) -> NDArray[np.object_]:
    """Return a name of the story of each row: articles that versions connect tell one story.

    >>> stories(pd.DataFrame({"article_a": ["a", "a", "b"], "article_b": ["c", "d", "e"]})).tolist()
    ['a', 'a', 'b']
    """
    first, second = (pairs[f"article_{side}"].astype(str) for side in "ab")
    sides = pd.concat([first, second.where(second != "", first)])  # no id connects nothing
    ids, names = pd.factorize(sides, sort=True)
    a, b = np.split(ids, 2)
    story = components(a, b, len(names))
    least = pd.Series(names).groupby(story).min()
    return least[story[a]].to_numpy(object)


def _flip_p(excess: list[Floats], names: list[str], n_resamples: int, seed: int) -> Floats:
    """Return the p of the sums of every row, the sign of every article flipped."""
    n = len(names)
    if n < TO_TEST or not excess:
        return np.full(len(excess), np.nan)
    exact = is_exact(n, n_resamples)
    signs = all_signs(n) if exact else draw_signs(names, n_resamples=n_resamples, seed=seed)
    parts = Parts(np.arange(n), np.stack(excess, axis=1), np.full(n, 1 / n))
    return sign_flip_test(parts, signs).p


def _chance_p(dropped: Bools, added: Bools, drop: Floats, add: Floats) -> float:
    """Return the two-sided mid-p of added less dropped; ``drop`` and ``add`` are chances a pair.

    >>> nothing, some = np.zeros(30, bool), np.full(30, 0.1)
    >>> round(_chance_p(nothing, nothing, 0 * some, some), 3)  # .9 ** 30: half of it, twice
    0.042
    """
    net = np.concatenate([add, 1 - drop])[:, None]
    return float(mid_p(net, added.sum() + (~dropped).sum())[0])


def _belonging(cues: pd.DataFrame, lexicon: Lexicon) -> Iterator[tuple[str, pd.DataFrame]]:
    """The cues that count, by index and by category."""
    counted = cues[cues["counted"] & ~cues["negated"]]
    for name, index in lexicon.indices.items():
        yield name, counted[index.holds(counted)]
    for name, rows in counted.groupby("category"):
        if name not in lexicon.indices:
            yield str(name), rows


def _row(
    a: Ints, b: Ints, expected: list[Floats], unit: Ints, *, clustered: bool
) -> tuple[float, ...]:
    """Return both, dropped, added, these as expected, net and its interval.

    ``unit`` is the article of each pair, or the pair itself: what is taken as independent.
    """
    change = (b > 0).astype(np.int64) - (a > 0)
    dropped, added = int((change < 0).sum()), int((change > 0).sum())
    both = int(((a > 0) & (b > 0)).sum())
    nets = np.bincount(unit, change).astype(np.int64)
    low, high = _interval(nets, np.bincount(unit), clustered=clustered)
    net = (added - dropped) / len(change)
    return both, dropped, added, *(float(x.sum()) for x in expected), net, low, high


def _share_lost(pairs: pd.DataFrame, side: str, article: Ints) -> Floats:
    """Return the share of an article's neutral words that the other version lacks, a pair a row."""
    words = np.bincount(article, pairs[f"neutral_{side}"])
    kept = np.bincount(article, pairs["neutral_kept"])
    return (1 - kept / np.maximum(words, 1))[article]


def _interval(nets: Ints, sizes: Ints, *, clustered: bool) -> tuple[float, float]:
    """Agresti & Min's (2005) adjusted Wald interval: half a pair more in each of four cells."""
    total = sizes.sum() + 2
    middle = nets.sum() / total
    factor, quantile = 1.0, ndtri(0.975)
    if clustered:
        factor, quantile = len(nets) / (len(nets) - 1), stdtrit(len(nets) - 1, 0.975)
    # The two pairs more have a spread of their own: 1 around 0, and 2 · middle² around the middle.
    spread = factor * ((nets - middle * sizes) ** 2).sum() + 1 + 2 * middle**2
    width = quantile * np.sqrt(spread) / total
    return max(-1.0, middle - width), min(1.0, middle + width)
