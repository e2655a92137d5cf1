"""How often headlines and leads have a cue, against what lies below them, by outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from framing.arguments import as_value, spelled
from framing.checks import check_columns, check_once
from framing.schema import PRIMARY, confirmatory
from framing.stats.articles import stacked
from framing.stats.checks import check_groups
from framing.stats.comparisons import adjust, cells, compared, stack
from framing.stats.effects import FEW, mean_of, wilson
from framing.stats.fisher import at_least_fisher
from framing.stats.groups import grouped
from framing.stats.memberships import group_of
from framing.stats.notes import ARTICLES_TO_TEST, are_outlets, of_outlets
from framing.stats.sides import Design

HEADLINES = [
    "articles", "events", "words", "share", "expected", "estimate", "low", "high", "own_voice",
    "method", "note",
]  # fmt: skip
HEADLINE_CONTRASTS = [
    "measure", "zone", "outlet_a", "outlet_b", "estimate", "low", "high", "p", "p_adjusted",
    "articles_a", "articles_b", "events", "units", "method", "note",
]  # fmt: skip
_KIND = "gaps, as framing.headline_gaps(scores, cues) returns them"
_METHOD = "{how}, presence in the {zone} less that in its article, {n:,} sign flips"


def headlines(gaps: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Describe how often headlines and leads have a cue, against their articles, by outlet.

    Headlines are written differently from texts in every outlet, so a gap by itself says nothing
    about one of them. Whether outlets differ in it is what ``framing.compare_headlines`` tests.

    Parameters
    ----------
    gaps : DataFrame
        As returned by ``framing.headline_gaps``.
    by : str, default "outlet"
        The column whose values are the groups.

    Returns
    -------
    DataFrame
        One row per measure, zone and outlet: ``articles``; ``events``, 0 where they are not known;
        ``words``, their mean number in the zone; ``share`` that has a cue, ``expected`` share, and
        ``estimate``, their difference (all 0 to 1; articles on one event are averaged first), with
        the 95 % interval ``low``, ``high``: Wilson's interval of the share less ``expected``, which
        is known far better. Its units are events, and articles without one; it is NaN under five
        of them. For groups of outlets the units are outlets, which are averaged first, and the
        interval is Student's t. ``own_voice`` is the share of those with a cue in which a cue is
        the outlet's own; then ``method`` and ``note``.

    Examples
    --------
    >>> gaps = pd.DataFrame({"article": ["a", "b"], "outlet": "A", "event": "", "words": 8,
    ...                      "zone": "headline", "measure": "hedge", "present": [True, False],
    ...                      "expected": [0.2, 0.4], "own_voice": [True, False]})
    >>> headlines(gaps)[["share", "expected", "estimate"]].round(2).values.tolist()
    [[0.5, 0.3, 0.2]]
    """
    _check(gaps, by)
    groups = gaps.assign(**{by: gaps[by].astype(str)}).groupby(["measure", "zone", by], sort=True)
    rows = [
        {"measure": measure, "zone": zone, by: name} | _row(group, outlets=are_outlets(gaps, by))
        for (measure, zone, name), group in groups
    ]
    table = stacked([pd.DataFrame(rows)], _ordered(gaps))
    return table[["measure", "zone", by, *HEADLINES]]


def compare_headlines(
    gaps: pd.DataFrame,
    *,
    by: str = "outlet",
    zone: Literal["headline", "lead"] = "headline",
    match: Literal["event"] | None = None,
    against: str = "pairs",
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare outlets in how much more often headlines have a cue than their articles would.

    Parameters
    ----------
    gaps : DataFrame
        As returned by ``framing.headline_gaps``.
    zone : {"headline", "lead"}
        Part of the article to compare; leads are exploratory and have no ``p_adjusted``.
    by, match, against, n_resamples, seed
        As for ``compare``.

    Returns
    -------
    DataFrame
        One row per measure and comparison: ``estimate``, the gap of a minus the gap of b (−2 to 2)
        with its 95 % interval ``low``, ``high``; ``p``; ``p_adjusted``, for all measures and
        comparisons together; where a side has fewer than five articles with a cue, or without
        one, and the other at least three times as many articles, p is at least the mid-p of
        Fisher's exact test of these counts, ``p_adjusted`` at least that times the number of tests
        (Bonferroni), and the interval is left out; ``articles_a``, ``articles_b``, ``events``,
        ``units``, ``method`` and ``note`` as in ``compare``.

    Examples
    --------
    >>> gaps = pd.DataFrame({"article": list("abcdefghijklmnopqrst"), "outlet": ["A", "B"] * 10,
    ...                      "event": "", "words": 8, "zone": "headline", "measure": "hedge",
    ...                      "present": [True, False] * 10, "expected": 0.2,
    ...                      "gap": [0.8, -0.2] * 10})
    >>> compare_headlines(gaps)[["outlet_a", "outlet_b", "estimate"]].round(2).values.tolist()
    [['A', 'B', 1.0]]
    """
    articles, measures = _gaps_by_article(gaps, zone, by)
    design = Design(measures, match, against, n_resamples=n_resamples, seed=seed)
    tested = confirmatory(measures)
    family = np.array([zone == "headline" and name in tested for name in measures])
    found = compared(articles, design, by=by, joint=family)
    adjusted = adjust(found, design, family)
    why = {"p_adjusted": adjusted.p, "note": np.array(found.untested)[:, None]}
    table = stack(cells(found, design) | why)
    table = at_least_fisher(table, gaps[gaps["zone"] == zone], by)
    exploratory = table["p_adjusted"].isna() & table["p"].notna()
    how = "Within events" if match else "Between articles"
    method = [_METHOD.format(zone=zone, how=how, n=n_resamples), adjusted.how]
    table = table.assign(
        zone=zone,
        note=table["note"].mask(exploratory, "exploratory"),
        method=", ".join(filter(None, method)),
    )[HEADLINE_CONTRASTS]
    return of_outlets(table, gaps, by, instead="use framing.headline_groups")


def headline_groups(
    gaps: pd.DataFrame,
    groups: str | Mapping[str, str],
    *,
    zone: Literal["headline", "lead"] = "headline",
    by: str = "outlet",
    match: Literal["event"] | None = None,
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare groups of outlets in how much more often headlines have a cue than their articles.

    Parameters
    ----------
    gaps, zone
        As for ``compare_headlines``.
    groups : str or mapping
        The column with the group of every outlet, such as one of the scores that
        ``headline_gaps`` carries along, or a mapping from outlet to group.
    by, match, n_resamples, seed
        As for ``compare_groups``.

    Returns
    -------
    DataFrame
        As ``compare_groups`` returns it, with outlets as the units; ``estimate`` is a difference
        of gaps (−2 to 2), and there is no ``ratio``.

    Raises
    ------
    ValueError
        If an outlet has two groups, there are fewer than two groups, or no gap is of the zone.

    Examples
    --------
    >>> gaps = pd.DataFrame({"article": list("abcdefgh"), "outlet": list("ABCDEFGH"), "event": "",
    ...                      "words": 8, "zone": "headline", "measure": "hedge", "present": True,
    ...                      "expected": [0.2, 0.3, 0.2, 0.1, 0.9, 1, 0.8, 0.9]})
    >>> gaps = gaps.assign(gap=gaps["present"] - gaps["expected"])
    >>> sides = dict(zip("ABCDEFGH", ["left"] * 4 + ["right"] * 4))
    >>> headline_groups(gaps, sides)[["group_a", "group_b", "estimate"]].round(2).values.tolist()
    [['left', 'right', 0.7]]
    """
    articles, measures = _gaps_by_article(gaps, zone, by)
    if isinstance(groups, str):
        check_columns(gaps, [groups], kind=_KIND)
    tested = confirmatory(measures) if zone == "headline" else []
    design = Design(measures, match, n_resamples=n_resamples, seed=seed, confirmatory=tested)
    return grouped(articles, group_of(gaps, groups, by), design, by=by).assign(ratio=np.nan)


def _gaps_by_article(gaps: pd.DataFrame, zone: str, by: str) -> tuple[pd.DataFrame, list[str]]:
    """Return one row per article with its gap in every measure of a zone, and the measures."""
    _check(gaps, by)
    rows = of_zone(gaps, zone)
    measures = _ordered(rows)
    rows = rows.assign(**{by: rows[by].astype(str)}, event=rows["event"].fillna("").astype(str))
    wide = rows.pivot_table("gap", [by, "article"], "measure")[measures]
    about = rows.groupby([by, "article"])[["event", "words"]].first()
    return about.join(wide).reset_index().assign(topic=""), measures


def of_zone(table: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return the rows of a zone of gaps or headlines; raise an error if there are none."""
    rows = table[table["zone"] == zone]
    if rows.empty:
        known = spelled(sorted(table["zone"].unique()))
        raise ValueError(f"zone must be one of those in the gaps ({known}), got {zone!r}")
    return rows


def _check(gaps: pd.DataFrame, by: str) -> None:
    needed = [by, "article", "event", "zone", "measure", "words", "present", "expected"]
    check_columns(gaps, needed, kind=_KIND)
    check_groups(gaps, by)
    check_once(gaps, by, kind="gaps", of=("zone", "measure"))
    if gaps.empty:
        raise ValueError(
            "no article has a headline or lead and a text that is long enough below: "
            "lower min_words of framing.headline_gaps, or of the notebook"
        )
    if gaps["present"].dtype.kind != "b":
        value = as_value(gaps["present"].iloc[0])
        raise ValueError(f"column 'present' must hold True or False, got {value}")
    if not gaps["expected"].between(0, 1).all():
        raise ValueError("column 'expected' must hold shares from 0 to 1, of every row")
    if "gap" in gaps and not np.allclose(gaps["gap"], gaps["present"] - gaps["expected"]):
        raise ValueError("column 'gap' must be 'present' less 'expected', which it is not")


def _ordered(gaps: pd.DataFrame) -> list[str]:
    """Return the measures, the primary ones first."""
    known = set(gaps["measure"])
    return [*(m for m in PRIMARY if m in known), *sorted(known - set(PRIMARY))]


def _row(group: pd.DataFrame, *, outlets: bool) -> dict[str, object]:
    """Return the numbers of one measure, zone and outlet; of a group, ``outlets`` are the units."""
    group = group.sort_values("article", kind="stable")
    event = group["event"].fillna("").astype(str)
    alone = event.where(event != "", "\0" + group["article"].astype(str))
    unit = pd.factorize(group["outlet"] if outlets else alone)[0]
    events = event[event != ""].nunique()
    size = np.bincount(unit)
    present, expected = group["present"].to_numpy(float), group["expected"].to_numpy(float)
    share, below = ((np.bincount(unit, x) / size).mean() for x in (present, expected))
    low, high = (
        np.subtract(wilson(share, len(size)), below) if len(size) >= FEW else (np.nan, np.nan)
    )
    if outlets:
        gap = np.bincount(unit, present - expected) / size
        low, high = np.ravel(mean_of(gap[:, None], np.ones(len(gap)), logs=False).interval())
    units = "events" if event.ne("").all() else "events, or articles without one"
    units = units if events else "articles"
    few = len(group) < ARTICLES_TO_TEST
    return {
        "articles": len(group),
        "events": events,
        "words": group["words"].mean(),
        "share": share,
        "expected": below,
        "estimate": share - below,
        "low": low,
        "high": high,
        "own_voice": group["own_voice"][group["present"]].mean(),
        "method": "Presence less that in the article, "
        + ("Student's interval over outlets" if outlets else f"Wilson's interval over {units}"),
        "note": f"under {ARTICLES_TO_TEST} articles" if few else "",
    }
