"""Groups of outlets: leaning, ownership, country. The outlets are the units, not their articles."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Literal

import numpy as np
import pandas as pd

from framing.arguments import check_draws, check_match, spelled
from framing.checks import SCORES, check_columns
from framing.schema import BODY, TONES, confirmatory
from framing.stats.articles import per_article, repeats, stacked
from framing.stats.checks import check_names
from framing.stats.measures import chosen_measures, known_measures
from framing.stats.memberships import group_of
from framing.stats.multiple_tests import adjust_measures, together
from framing.stats.notes import NO_TONE
from framing.stats.sides import Design, by_event, on_shared_events
from framing.stats.welch import OUTLETS_TO_TEST, Group, are_unlike, contrast
from framing.text.encoding import printable
from framing.text.numbers import many

GROUP_CONTRASTS = [
    "measure", "group_a", "group_b", "estimate", "low", "high", "ratio", "p", "p_adjusted",
    "outlets_a", "outlets_b", "articles_a", "articles_b", "method", "note",
]  # fmt: skip

_FEW_ARTICLES = 3
_MOST_NAMED = 5  # outlets without articles
_MANY_OUTLETS = 0.2  # share of a group's outlets


def compare_groups(
    scores: pd.DataFrame,
    groups: str | Mapping[str, str],
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare groups of outlets, every pair of groups, with outlets as the units.

    Twelve outlets split at random into two groups differ significantly in .12 to .43 of cases if
    articles are the units: outlets differ, and so do the means of any few of them. Nothing is
    corrected by codes, as ``compare(coded=)`` does for outlets.

    Parameters
    ----------
    scores, by, measures, roles
        As for ``levels``.
    groups : str or mapping
        The column with the group of every outlet, or a mapping from outlet to group; outlets that
        are not in it are left out, and named in ``note``, as are articles of an unknown outlet.
    match : {None, "event"}
        ``None``: an outlet's mean is over its articles; ``"event"``: over its differences from
        the mean of each event that two outlets or more cover.
    n_resamples : int, default 9999
        Permutations of outlets between the two groups; all of them if there are no more.
    seed : int, default 1
        The same seed gives the same numbers.

    Returns
    -------
    DataFrame
        One row per measure and pair of groups: ``group_a``, ``group_b`` (in alphabetical order);
        ``estimate``, the mean of the outlets of a minus that of b, with ``low`` and ``high``,
        the 95 % interval; ``ratio``, for cues only, and not within events; ``p``, two-sided, NaN
        under 4 outlets a side; ``p_adjusted``, Holm's over hedge, alarm, boost and tone;
        ``outlets_a``, ``outlets_b``, ``articles_a``, ``articles_b``, ``method``, ``note``.

        p is that of Welch's t with outlets permuted (Janssen 1997). The interval holds what this
        test does not reject; it is Welch's where that is wider and does not contradict p.
        Permuting takes the means of all outlets to be equally certain. Where the outlets of one
        group have far fewer articles, and the group has no more outlets than the other, p is at
        least Student's, and the interval is as wide. The variance of a group is then at least what
        chance in its articles makes it, since four outlets of few articles may look alike by
        chance. ``note`` says so.

    Raises
    ------
    ValueError
        If an outlet has two groups, or there are fewer than two groups.

    References
    ----------
    Janssen (1997), Studentized permutation tests for non-i.i.d. hypotheses and the generalized
    Behrens-Fisher problem, Statistics & Probability Letters 36(1). Röver, Knapp & Friede (2015),
    Hartung-Knapp-Sidik-Jonkman approach and its modification for random-effects meta-analysis with
    few studies, BMC Medical Research Methodology 15:99 (a variance that is not below chance).

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": list("ABCDEFGH"), "article": list("abcdefgh"),
    ...                        "role": "body", "words": 100, "hedge": [5, 4, 5, 6, 1, 2, 1, 0]})
    >>> found = compare_groups(scores, dict(zip("ABCDEFGH", ["left"] * 4 + ["right"] * 4)))
    >>> found[["group_a", "group_b", "estimate", "p"]].round(3).values.tolist()
    [['left', 'right', 4.0, 0.029]]
    """
    check_columns(scores, [by, *([groups] if isinstance(groups, str) else [])], kind=SCORES)
    group = group_of(scores, groups, by)
    if isinstance(groups, str):
        scores = scores.drop(columns=groups)  # numbers of groups are no counts
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    tested = confirmatory(known_measures(scores, by))
    design = Design(chosen_measures(scores, measures, by), match, "pairs", n_resamples=n_resamples,
                    seed=seed, confirmatory=tested)  # fmt: skip
    return grouped(articles, group, design, by=by)


def grouped(
    articles: pd.DataFrame, group: pd.Series[str], design: Design, *, by: str
) -> pd.DataFrame:
    """Do what `compare_groups` does, with articles that are summed up already."""
    chosen, match = list(design.measures), design.match
    units = _units(articles, by, chosen, match)
    repeated = repeats(articles.assign(**{by: articles[by].map(group)}), by)
    check_match(match)
    check_draws(design.n_resamples, design.seed)
    outlets = pd.Index(articles[by].unique()).sort_values()
    unknown = _without_articles(group.index.difference(outlets), outlets)
    ungrouped = outlets.difference(group.index)
    alone = ", ".join(outlets.intersection(group.index).difference(units.index))
    units = units[units.index.isin(group.index)]
    number = articles[by].value_counts()
    whose = group[units.index].to_numpy()
    names = sorted(set(whose))
    check_names(names, "groups", of={name: group[group == name].index[0] for name in names})
    if len(names) < 2:
        no_outlets = (
            f"; the table has no {printable(by)} {unknown}: a mapping is from {by} to group"
        )
        raise ValueError(
            f"groups must name two groups or more, got {spelled(names) or 'none'}"
            + f"; in no group: {spelled(ungrouped)}" * bool(len(ungrouped))
            + no_outlets * bool(unknown)
        )
    if unknown:
        warnings.warn(f"groups name outlets without articles: {unknown}", stacklevel=3)
    members = {name: Group.of(units[whose == name]) for name in names}
    left_out = [
        "no ratio: means are of differences within events" if match else "",
        f"in no group: {', '.join(ungrouped)}" if len(ungrouped) else "",
        f"without articles: {unknown}" if unknown else "",
        f"alone on their events: {alone}" if alone else "",
    ]
    tables = [
        _two_groups(members, pair, number, design, [*map(repeated.get, pair), *left_out])
        for pair in itertools.combinations(names, 2)
    ]
    return _adjusted(stacked(tables, chosen), design)


def _without_articles(unknown: Sequence[str], outlets: Sequence[str]) -> str:
    """Return names that are no outlet, those first that are nearly one, with the nearest."""
    folded = {name.casefold(): name for name in outlets}
    near = {name: get_close_matches(name.casefold(), folded, n=1) for name in unknown}
    said = [
        f"{name!r}" + "".join(f" (nearest: {spelled([folded[other]])})" for other in near[name])
        for name in sorted(unknown, key=lambda name: not near[name])
    ]
    more = f" and {len(said) - _MOST_NAMED} more" * (len(said) > _MOST_NAMED)
    return ", ".join(said[:_MOST_NAMED]) + more


def _two_groups(
    members: dict[str, Group],
    pair: tuple[str, str],
    number: pd.Series[int],
    design: Design,
    notes: Sequence[str | None],
) -> pd.DataFrame:
    """Compare two groups in all measures; ``number`` is that of every outlet's articles."""
    a, b = (members[name] for name in pair)
    found = contrast(a, b, design.n_resamples, np.random.default_rng(design.seed))
    none = found["estimate"].isna()
    notes = [_about_p(members, pair), *_of_few_articles(members, pair, number), *notes]
    said = ["; ".join(filter(None, [NO_TONE * missing, *notes])) for missing in none]
    found = found.assign(measure=list(design.measures), note=said)
    for letter, name, side in zip("ab", pair, (a, b), strict=True):
        found[f"group_{letter}"], found[f"outlets_{letter}"] = name, len(side.outlets)
        found[f"articles_{letter}"] = int(number[side.outlets].sum())
    return found


def _about_p(members: dict[str, Group], pair: tuple[str, str]) -> str:
    """Note why there is no p, or that outlets of one group have far more articles."""
    if min(len(members[name].outlets) for name in pair) < OUTLETS_TO_TEST:
        return f"no p under {OUTLETS_TO_TEST} outlets a side"
    few, many = sorted(pair, key=lambda name: -members[name].share)
    if not are_unlike(members[few], members[many]):
        return ""
    times = members[few].share / members[many].share
    return f"outlets of {many} have {times:.1f} times as many articles: p at least Student's"


def _of_few_articles(
    members: dict[str, Group], pair: tuple[str, str], number: pd.Series[int]
) -> list[str]:
    """Note groups of which many outlets have so few articles that chance makes their means."""
    found = []
    for name in pair:
        sizes = number[members[name].outlets]
        few = int((sizes < _FEW_ARTICLES).sum())
        if few >= _MANY_OUTLETS * len(sizes):
            found.append(
                f"{few} of {many(len(sizes), 'outlet')} of {name} have under {_FEW_ARTICLES} "
                "articles and count as much as the others"
            )
    return found


def _adjusted(table: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Adjust the confirmatory p, and say how everything was done."""
    table = adjust_measures(table, design.confirmatory)
    what = "Within events, means of outlets" if design.match else "Means of outlets"
    how = f"{what}, Welch's t, up to {design.n_resamples:,} permutations of outlets"
    method = ", ".join(filter(None, [how, together(table["p_adjusted"])]))
    cues = ~table["measure"].isin(TONES) & (design.match is None)
    return table.assign(method=method, ratio=table["ratio"].where(cues))[GROUP_CONTRASTS]


def _units(articles: pd.DataFrame, by: str, measures: list[str], match: str | None) -> pd.DataFrame:
    """Return what outlets have means of: articles, or differences from the mean of each event."""
    if not match:
        return articles.set_index(by)[measures]
    events = on_shared_events(by_event(articles, by, Design(measures, match)), by)
    apart = events[measures] - events.groupby("event")[measures].transform("mean")
    return apart.set_axis(events[by].to_numpy())
