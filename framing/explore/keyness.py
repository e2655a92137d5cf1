"""Keyness: the words, or cues, that distinguish each outlet from all the others together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import false_discovery_control

from framing.arguments import check_draws, check_number
from framing.explore.counts import Counts, count_units
from framing.explore.keyness_measures import Uses, binary_log_ratio, dispersion, g2, log_odds
from framing.explore.rate_permutation import rate_permutation_p
from framing.schema import BODY
from framing.stats.multiple_tests import adjust_known
from framing.stats.notes import ARTICLES_TO_TEST, EVENTS_TO_TEST, of_outlets
from framing.text.arrays import Floats, Ints

COLUMNS = [
    "uses", "uses_rest", "words", "words_rest", "articles", "log_odds", "z", "log_ratio", "g2",
    "dp", "largest", "one_article", "p", "q", "note",
]  # fmt: skip


def keyness(
    paragraphs: pd.DataFrame,
    *,
    by: str = "outlet",
    cues: pd.DataFrame | None = None,
    roles: str | Sequence[str] = BODY,
    min_uses: int = 10,
    prior: float = 500.0,
    n_resamples: int = 1999,
    seed: int = 1,
) -> pd.DataFrame:
    """Find the words, or cues, that distinguish each outlet from all the others together.

    Parameters
    ----------
    paragraphs : DataFrame
        Paragraphs, or scores: ``article``, ``role``, ``text`` and the column ``by``. Copies
        (``copy_of``, see ``mark_copies``) and later versions of a page (``version_of``) are left
        out.
    by : str, default "outlet"
        Column that defines the groups to compare.
    cues : DataFrame, optional
        As returned by ``framing.find_cues(paragraphs)``; entries are then compared instead of
        words. ``paragraphs`` needs ``paragraph`` as well.
    roles : str or sequence of str, default ("standfirst", "body")
        Roles of the paragraphs to use.
    min_uses : int, default 10
        Units with fewer uses in all outlets together are left out of the table; their words
        still count as words.
    prior : float, default 500
        Weight of the prior in words, about the length of an article. The prior has the
        frequencies of all outlets together and shrinks rare units towards no difference.
    n_resamples : int, default 1999
        Permutations.
    seed : int, default 1
        Seed of the permutations. The same seed gives the same numbers, whatever the row order.

    Returns
    -------
    DataFrame
        One row per outlet and unit, sorted by outlet and descending ``z``:

        - ``unit``: a word in lower case, or an entry of the lexicon; the column ``by``;
        - ``uses``, ``uses_rest``, ``words``, ``words_rest``: uses of the unit and number of all
          words, in the outlet and in all others; ``articles``: the outlet's articles with the
          unit;
        - ``log_odds``: log-odds ratio with an informative Dirichlet prior (natural logarithm), and
          ``z``, the same over its standard error (Monroe, Colaresi & Quinn 2008);
        - ``log_ratio``: binary logarithm of the ratio of rates, 1 being twice as often; no use
          counts as half a use (Hardie 2014);
        - ``g2``: log-likelihood ratio of the 2 × 2 table (Dunning 1993), for comparison with other
          tools; it treats words as independent, so it finds far too many differences;
        - ``dp``: deviation of proportions in the outlet's articles, from 0 (in each by its length)
          to 1 (in few; Gries 2008); NaN where the outlet has no use;
        - ``largest``: the largest share (0 to 1) of one article in all uses on the side with the
          higher rate; ``one_article``: whether it is above one half;
        - ``p``: two-sided, articles permuted between outlets; where ``paragraphs`` has events, all
          articles of an outlet on one event together, within events that outlets share; NaN under
          10 articles or 6 events a side, and where ``by`` puts outlets into groups, of which
          outlets are the units;
        - ``q``: the expected share of false positives among all rows with as small a p (Benjamini
          & Hochberg 1995); ``note``: that it is exploratory.

    Raises
    ------
    ValueError
        If columns are missing or empty, no paragraph has such a role, there are fewer than two
        outlets with words, or no unit is used ``min_uses`` times.

    Notes
    -----
    Words are clustered in articles: tests that treat each word as independent find differences
    between randomly formed outlets. Use ``z`` and ``g2`` to rank and ``p`` to judge. ``p`` permutes
    articles, or events. Its statistic is the logarithm of the ratio of rates over its standard
    error, for which each side has its own variance, so that a word is not significant only because
    it comes in larger lumps on one side.
    No p can be under 1 / (n_resamples + 1), so a small table, or one with few differences,
    needs more of them to have any left after correction. Topics set outlets apart before words do:
    compare within ``event`` or ``topic`` by passing the paragraphs of one.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
    *Computational Linguistics* 19.
    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. *International Journal
    of Corpus Linguistics* 13.
    Hardie, A. (2014). Log ratio: an informal introduction. CASS, Lancaster.
    Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words. *Political Analysis* 16.

    Examples
    --------
    >>> paragraphs = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "role": "body",
    ...                            "text": ["talks fail " * 10, "talks resume " * 10]})
    >>> of_a = keyness(paragraphs).query("outlet == 'A'")
    >>> of_a[["unit", "uses", "uses_rest", "log_ratio"]].values.tolist()
    [['fail', 10, 0, 4.32...], ['talks', 10, 10, 0.0], ['resume', 0, 10, -4.32...]]
    """
    check_draws(n_resamples, seed)
    if not prior > 0:
        raise ValueError(f"prior must be a number of words above 0, got {prior!r}")
    counts = count_units(paragraphs, by=by, cues=cues, roles=roles)
    if len(counts.groups) < 2:
        found = ", ".join(map(repr, counts.groups)) or "none"
        raise ValueError(f"keyness needs at least two values of {by!r} with words, got {found}")
    check_number("min_uses", min_uses, least=0)
    used = np.flatnonzero(counts.uses.sum(axis=0) >= max(min_uses, 1))
    if not len(used):
        raise ValueError(f"no unit is used {min_uses} times or more: give a smaller min_uses")
    counts = counts._replace(units=[counts.units[i] for i in used], uses=counts.uses[:, used])
    table = _keyness_table(counts, by, prior)
    table["p"] = _tested(counts, n_resamples, seed).ravel()
    table["q"] = adjust_known(table["p"].to_numpy(), false_discovery_control)
    few = f"exploratory; no p under {ARTICLES_TO_TEST} articles or {EVENTS_TO_TEST} events a side"
    table["note"] = np.where(table["p"].isna(), few, "exploratory")
    table = of_outlets(table, paragraphs, by, instead="outlets are the units")
    table = table.sort_values([by, "z", "unit"], ascending=[True, False, True], ignore_index=True)
    return table[["unit", by, *COLUMNS]]


class _OutletUses(NamedTuple):
    """One outlet: all its words; and of every unit how often, in how many articles, how evenly.

    ``most`` is the number of uses in the article that has most of them.
    """

    words: int
    uses: Ints
    articles: Ints
    most: Ints
    dp: Floats


def _outlet_uses(counts: Counts, group: int) -> _OutletUses:
    """Sum up the articles of one outlet."""
    inside = counts.group == group
    uses, words = counts.uses[inside], counts.words[inside]
    total = uses.sum(axis=0)
    articles = np.bincount(uses.indices, minlength=len(total))
    return _OutletUses(
        words.sum(), total, articles, uses.max(axis=0).toarray(), dispersion(uses, words)
    )


def _keyness_table(counts: Counts, by: str, prior: float) -> pd.DataFrame:
    """Measure all that needs no chance, the rows of an outlet together."""
    sides = [_outlet_uses(counts, k) for k in range(len(counts.groups))]
    uses, words, most = (np.array([side[i] for side in sides]) for i in (1, 0, 3))
    tables = []
    for k, (name, side) in enumerate(zip(counts.groups, sides, strict=True)):
        pair = Uses(side.uses, uses.sum(axis=0) - side.uses, words[k], words.sum() - words[k])
        ratio, error = log_odds(pair, prior=prior)
        own = pair.y_a / pair.n_a >= pair.y_b / pair.n_b
        others = np.delete(most, k, axis=0).max(axis=0)
        largest = np.where(own, most[k], others) / np.where(own, pair.y_a, pair.y_b)
        columns = {
            "unit": counts.units,
            by: name,
            "uses": pair.y_a,
            "uses_rest": pair.y_b,
            "words": pair.n_a,
            "words_rest": pair.n_b,
            "articles": side.articles,
            "log_odds": ratio,
            "z": ratio / error,
            "log_ratio": binary_log_ratio(pair),
            "g2": g2(pair),
            "dp": side.dp,
            "largest": largest,
            "one_article": largest > 0.5,
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _tested(counts: Counts, n_resamples: int, seed: int) -> Floats:
    """P of every outlet and unit; NaN where a side has too few articles or events.

    What is permuted are all articles of an outlet on one event together: they are alike.
    """
    rng = np.random.default_rng(seed)
    first = np.unique(counts.cluster, return_index=True)[1]
    one = np.ones(len(counts.cluster)), (counts.cluster, np.arange(len(counts.cluster)))
    together = sparse.csr_array(one, shape=(len(first), len(counts.cluster)))
    group = counts.group[first]
    p = rate_permutation_p(
        sparse.csr_array(together @ counts.uses), together @ counts.words, group,
        counts.stratum[first], n_resamples=n_resamples, rng=rng,
    )  # fmt: skip
    for of, least in ((counts.group, ARTICLES_TO_TEST), (group, EVENTS_TO_TEST)):
        own = np.bincount(of)
        p[np.minimum(own, len(of) - own) < least] = np.nan
    return p
