"""One model of all outlets: rate ratios with effects of events, of the lead and of quotation."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from framing.arguments import check_match
from framing.checks import SCORES, check_columns
from framing.schema import BODY, PRIMARY, TONES, listed
from framing.stats import notes
from framing.stats.articles import per_article
from framing.stats.effects import FEW
from framing.stats.measures import chosen_measures
from framing.stats.notes import ARTICLES_TO_TEST, EVENTS_TO_TEST
from framing.stats.positions import zones
from framing.stats.sides import cluster_names, on_shared_events
from framing.stats.strata import different, joined
from framing.stats.sums import sums_by
from framing.text.arrays import Floats, Ints

MODEL = [
    "measure", "outlet_a", "outlet_b", "covariates", "ratio", "low", "high", "p",
    "articles", "events", "dispersion", "method", "note",
]  # fmt: skip
FEW_CLUSTERS = 10  # under so many the spread between clusters is not known well enough
_STEPS = 50  # Newton's; five or six are enough where there is an answer
_COVARIATES = ["lead_share", "quote_share", "log_words"]


def rate_ratios(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    measures: str | Sequence[str] = PRIMARY,
    roles: str | Sequence[str] = BODY,
    covariates: str | Sequence[str] = ("lead_share", "quote_share"),
) -> pd.DataFrame:
    """Estimate rate ratios of all pairs of outlets, with one quasi-Poisson regression per measure.

    Parameters
    ----------
    scores, by, roles
        As for ``levels``.
    match : {None, "event"}
        ``"event"``: effects of events, and only events that two outlets cover. ``None``: effects
        of topics, if there is a column ``topic``.
    measures : str or sequence of str, default hedge, alarm and boost
        Counts of cues; a ratio of VADER's scores has no meaning.
    covariates : str or sequence of str, default ("lead_share", "quote_share")
        Covariates of a second model of each measure: the shares of an article's words in its lead
        and in quotation marks, and ``"log_words"``, its length: longer articles have lower rates.
        Lead and quotations are an outlet's own choices, so with them a ratio is the direct part of
        a difference, not the whole.

    Returns
    -------
    DataFrame
        One row per measure, pair and set of ``covariates`` (none, or those asked for that vary; the
        share in quotation marks needs ``words_quoted``): ``ratio`` of a to b with its 95 %
        interval, ``p`` (exploratory: not adjusted), ``articles``, ``events``, ``dispersion``
        (Pearson's, 1 for Poisson), ``method``, ``note``. Outlets with under 5 articles with such a
        cue are left out, and so are pairs with them.

        Counts are modelled with the logarithm of the words as offset; effects of events or topics
        are conditioned out (Hausman, Hall & Griliches 1984). The covariance is that of
        a jackknife over clusters, which are events, or articles without one (CV3; MacKinnon,
        Nielsen & Webb 2023). Each is left out in one step of Newton's method, with the effects of
        its events or topics fitted anew. Student's t has the clusters of the outlet that has fewer,
        less one, as degrees of freedom; where two outlets are alone on a topic, and one of them has
        one cluster there, both count as one cluster. There is no interval and no p under 10
        clusters, under 10 articles or 6 clusters of an outlet, or where ``by`` puts outlets into
        groups, whose units are outlets: see ``framing.compare_groups``.

    Raises
    ------
    ValueError
        As for ``compare``; and if a measure is one of VADER's.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "paragraph": 0, "hedge": [4, 2] * 10})
    >>> found = rate_ratios(scores, measures="hedge")
    >>> found[["outlet_a", "outlet_b", "ratio"]].round(2).values.tolist()
    [['A', 'B', 2.0]]
    """
    check_columns(scores, [by, "article", "words"], kind=SCORES)
    check_match(match)
    toned = [name for name in listed(measures) if name in TONES]
    if toned:
        raise ValueError(f"{toned[0]} is not a count and has no rate ratio; use framing.compare")
    known = [name for name in listed(measures) if name in scores or measures is not PRIMARY]
    chosen = chosen_measures(scores, known or None, by)
    chosen = [name for name in chosen if name not in TONES]
    articles = per_article(scores, by=by, measures=chosen, roles=roles)
    articles = articles.join(_shares(scores, by), on=[by, "article"])
    if (names := articles[by].unique()).size < 2:
        raise ValueError(f"column {by!r} must have two values or more, got only {names[0]!r}")
    if match:
        articles = on_shared_events(articles, by)
    covariates = listed(covariates)
    unknown = [name for name in covariates if name not in _COVARIATES]
    if unknown:
        raise ValueError(f"covariates must be from {_COVARIATES}, got {unknown[0]!r}")
    articles["log_words"] = np.log(articles["words"]) - np.log(articles["words"]).mean()
    held = [name for name in covariates if articles[name].std() > 0]
    tables = [
        _fitted(articles, measure, controls, by=by, match=match)
        for measure in chosen
        for controls in ([[], held] if held else [[]])
    ]
    table = pd.concat([t for t in tables if len(t)] or [pd.DataFrame(columns=MODEL)])
    return notes.of_outlets(table.reset_index(drop=True)[MODEL], scores, by)


def _shares(scores: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the shares of an article's words in its lead and in quotation marks."""
    rows = zones(scores)
    rows = rows[rows["zone"] != "headline"]
    columns = {
        by: rows[by].astype(str),
        "article": rows["article"],
        "lead_share": rows["words"].where(rows["zone"] == "lead", 0),
        "quote_share": rows.get("words_quoted", 0),
        "words": rows["words"],
    }
    sums = pd.DataFrame(columns).groupby([by, "article"]).sum()
    return sums[["lead_share", "quote_share"]].div(sums["words"].clip(lower=1), axis=0)


def _fitted(
    articles: pd.DataFrame, measure: str, covariates: list[str], *, by: str, match: str | None
) -> pd.DataFrame:
    """Fit one model, and read off the ratio of every pair."""
    group = "event" if match else "topic"
    hits = (articles[measure] * articles["words"] / 100).round()
    some = hits.gt(0).groupby(articles[by]).sum()
    kept = articles[by].isin(some.index[some >= FEW])
    kept &= hits.where(kept, 0).groupby(articles[group]).transform("sum") > 0
    rows, counts = articles[kept], hits[kept].to_numpy()
    names = sorted(rows[by].unique())
    if len(names) < 2:
        return pd.DataFrame(columns=MODEL)
    outlets = np.stack([rows[by] == name for name in names[1:]], axis=1).astype(float)
    held = rows[covariates].to_numpy(float)
    held = held / np.maximum(held.std(axis=0), 1e-6)  # shares and logarithms, on one scale
    design = np.hstack([outlets, held])
    groups = pd.factorize(rows[group])[0]
    clusters = pd.factorize(cluster_names(rows, by))[0]
    clusters = _told_apart(clusters, groups, pd.factorize(rows[by])[0])
    fit = _regression(counts, design, rows["words"].to_numpy(float), groups, clusters)
    pairs = list(itertools.combinations(range(len(names)), 2))
    own = [_units(clusters[(rows[by] == name).to_numpy()]) for name in names]
    units = [min(own[a], own[b]) for a, b in pairs]
    ratios = [_pair(fit, *pair, n) for pair, n in zip(pairs, units, strict=True)]
    table = pd.DataFrame(ratios, columns=["ratio", "low", "high", "p"])
    covered = f"outlet and {group}" if groups.max() else "outlet"
    return table.assign(
        measure=measure,
        outlet_a=[names[a] for a, _ in pairs],
        outlet_b=[names[b] for _, b in pairs],
        covariates=", ".join(covariates).replace("_", " "),
        articles=len(rows),
        events=groups.max() + 1 if match else 0,
        dispersion=fit.dispersion,
        method=f"Quasi-Poisson regression on {covered}, jackknife over "
        f"{'events' if match else 'events, or articles without one'}",
        note=[_note(fit, covariates, group, few=not n) for n in units],
    )


def _units(clusters: Ints) -> int:
    """Return the units of an outlet, whose articles are in these clusters; 0 if there are few."""
    units = len(np.unique(clusters))
    return 0 if len(clusters) < ARTICLES_TO_TEST or units < EVENTS_TO_TEST else units


def _told_apart(clusters: Ints, groups: Ints, outlets: Ints) -> Ints:
    """Make one cluster of those of two outlets in a group where one of them has a single one.

    They say one thing, as in `framing.stats.fitting.told_apart`.
    """
    if not groups.any():
        return clusters
    every = range(int(outlets.max()) + 1)
    number = np.stack([different(clusters, groups, outlets == k) for k in every])
    one = ((number > 0).sum(axis=0) == 2) & (number == 1).any(axis=0)
    return np.unique(joined(clusters, groups, one[groups]), return_inverse=True)[1]


class _Fit(NamedTuple):
    """Logarithms of rates against the first outlet's, and how far they can be trusted."""

    effects: Floats
    covariance: Floats
    dispersion: float
    clusters: int


def _note(fit: _Fit, covariates: list[str], group: str, *, few: bool) -> str:
    if np.isnan(fit.effects).any() and covariates:
        return f"too few articles for effects of outlets, {group}s and covariates: no model"
    if np.isnan(fit.effects).any():
        return f"outlets share too few {group}s with such cues: no model"
    if fit.clusters < FEW_CLUSTERS:
        return f"no interval and no p under {FEW_CLUSTERS} clusters"
    least = f"{ARTICLES_TO_TEST} articles or {EVENTS_TO_TEST} events a side"
    return f"no interval and no p under {least}" if few else ""


def _regression(
    counts: Floats, design: Floats, words: Floats, groups: Ints, clusters: Ints
) -> _Fit:
    """Poisson regression, the effects of groups conditioned out, by Newton's method."""
    totals = np.bincount(groups, counts)
    effects, step = np.zeros(design.shape[1]), np.full(design.shape[1], np.inf)
    for _ in range(_STEPS):
        rates = words * np.exp(np.einsum("ij,j->i", design, effects))
        expected = rates * (totals / np.bincount(groups, rates))[groups]
        means = sums_by(groups, design * expected[:, None]) / totals[:, None]
        inner = design - means[groups]
        bend = np.einsum("ij,ik,i->jk", inner, inner, expected)
        if np.linalg.cond(bend) > 1e12 or np.abs(effects).max() > 20:
            break
        if np.abs(step).max() < 1e-10:
            freedom = max(len(counts) - len(totals) - len(effects), 1)
            dispersion = float(((counts - expected) ** 2 / expected).sum()) / freedom
            covariance = _jackknife(inner, counts, expected, groups, clusters)
            return _Fit(effects, covariance, dispersion, int(clusters.max()) + 1)
        step = np.linalg.solve(bend, (inner * (counts - expected)[:, None]).sum(axis=0))
        effects = effects + step
    unknown = np.full_like(effects, np.nan)
    return _Fit(unknown, np.outer(unknown, unknown), np.nan, 0)


def _jackknife(
    inner: Floats, counts: Floats, expected: Floats, groups: Ints, clusters: Ints
) -> Floats:
    """Covariance of the effects: how far one step of Newton's moves them without each cluster.

    ``inner`` is the design less its mean in the group. Without a cluster its groups have other
    means and totals, which are conditioned on anew.
    """
    k, places = inner.shape[1], clusters.max() + 1
    cells, cell = np.unique(groups * places + clusters, return_inverse=True)
    group, cluster = np.divmod(cells, places)
    squares = np.einsum("ij,ik,i->ijk", inner, inner, expected).reshape(len(inner), -1)
    whole = sums_by(groups, squares)
    slopes = sums_by(cell, inner * (counts - expected)[:, None])
    pulls = sums_by(cell, inner * expected[:, None])
    hits, due = sums_by(cell, np.column_stack([counts, expected])).T
    left = np.bincount(groups, expected)[group] - due  # what is expected of the rest of the group
    some = left > 1e-9 * due
    rest = np.where(some, left, np.inf)[:, None]
    slopes += (hits - due)[:, None] * pulls / rest
    bends = whole[group] - sums_by(cell, squares)
    bends -= np.einsum("ij,ik->ijk", pulls, pulls / rest).reshape(len(pulls), -1)
    bends *= (1 + (due - hits)[:, None] / rest) * some[:, None]
    bent = sums_by(cluster, bends - whole[group]) + whole.sum(axis=0)
    without = np.linalg.pinv(bent.reshape(-1, k, k), hermitian=True)
    moved = np.einsum("gij,gj->gi", without, sums_by(cluster, slopes))
    return np.einsum("gi,gj->ij", moved, moved) * (places - 1) / places


def _pair(fit: _Fit, a: int, b: int, units: int) -> tuple[float, float, float, float]:
    """Ratio of two outlets with interval and p; the first outlet of all has no effect.

    ``units`` are those of the outlet that has fewer, 0 if it has too few: its spread is all that
    is known of it, however many the other has.
    """
    place = np.arange(len(fit.effects)) + 1
    contrast = np.where(place == a, 1.0, 0.0) - (place == b)
    log = float(contrast @ fit.effects)
    error = float(np.sqrt(contrast @ fit.covariance @ contrast))
    if fit.clusters < FEW_CLUSTERS or not units or not error > 0:
        return np.exp(log), np.nan, np.nan, np.nan
    freedom = units - 1
    reach = special.stdtrit(freedom, 0.975) * error
    p = 2 * special.stdtr(freedom, -abs(log) / error)
    return np.exp(log), np.exp(log - reach), np.exp(log + reach), float(p)
