"""Outlets side by side, with intervals, tests, ratios and power."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import BODY, confirmatory, listed
from framing.stats import comparisons, effects, notes
from framing.stats.articles import per_article
from framing.stats.comparisons import Adjusted, Compared, adjust, cells, compared, only_cues, stack
from framing.stats.corrected import (
    CORRECTED,
    check_same_lexicon,
    check_same_roles,
    coded_measures,
    coding_notes,
    corrections_of,
    not_corrected,
    uncoded,
    widened,
)
from framing.stats.flips import LEVEL
from framing.stats.measures import chosen_measures, known_measures
from framing.stats.multiple_tests import together
from framing.stats.serial import serial_excess
from framing.stats.sides import Design, Weight
from framing.text.arrays import Floats
from framing.text.numbers import joined
from framing.validation.coding import Coded, check_coded

CONTRASTS = [
    "measure", "outlet_a", "outlet_b", "estimate", "low", "high", "ratio", "ratio_low",
    "ratio_high", "effect", "effect_low", "effect_high", "detectable", "detectable_below", "p",
    "p_adjusted", "p_equivalent", "verdict", "articles_a", "articles_b", "events", "units",
    "words_a", "words_b", "method", "note",
]  # fmt: skip


def compare(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    against: str = "pairs",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    weight: Weight = "articles",
    smallest: float = 1.25,
    coded: Coded | None = None,
    outlet_a: str = "",
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare outlets: every pair, each with all others, or each with one of them.

    Parameters
    ----------
    scores, by, measures, roles
        As for ``levels``. If ``scores`` has a column ``topic``, articles are compared within
        topics.
    match : {None, "event"}
        ``None`` compares all articles of two outlets, whatever they are about. ``"event"`` takes
        the events that both cover, and in each the mean of an outlet's articles on it; articles
        without an event are left out, and ``note`` counts them.
    against : str, default "pairs"
        ``"pairs"``: every two outlets; ``"rest"``: each against the mean of all others, in which
        every outlet counts the same; or the name of an outlet: each against that one.
    weight : {"articles", "words"}
        Whether every article (or event) counts the same, or every word, as in a pooled ratio. By
        words, an event or a topic has the weight of n_a n_b / (n_a + n_b) words on both sides.
    smallest : float, default 1.25
        The smallest ratio that would matter: below it outlets are called equivalent.
    coded : Coded, optional
        The coding of this corpus, as `read_coding` returns it. Adds what comes out once the
        lexicon's errors are corrected by it; nothing else changes.
    outlet_a : str, optional
        An outlet whose comparisons alone are made, and adjusted together; all by default.
    n_resamples : int, default 9999
        Patterns of signs for ``p``; of a p above .1 the first 1,000 of them.
    seed : int, default 1
        The same seed gives a comparison the same numbers, whatever else is in the table, except
        for ``p_adjusted``, how it was adjusted, ``verdict`` and what is detectable: they depend on
        all comparisons.

    Returns
    -------
    DataFrame
        One row per measure and comparison, ``outlet_a`` before ``outlet_b`` in the alphabet:

        - ``estimate``: the mean of a minus the mean of b (cues per 100 words, or tone);
          ``low``, ``high``: its 95 % interval, which excludes 0 where p ≤ .05;
        - ``ratio``: the mean of a over the mean of b, with ``ratio_low`` and ``ratio_high``
          (jackknife over events, or articles without one; near p = .05 it may hold 1 although p
          is below, or exclude 1 although p is above), for cues only. Within topics both means
          are over the same topics, each with the weight that it has in ``estimate``: the ratio of
          Mantel & Haenszel;
        - ``effect``: d_av, the difference over the root of the mean variance of the two sides
          (Cumming 2012), with Hedges' correction; a variance is that of articles (matched: means
          of events), each counting the same, with the means of topics taken out;
          ``effect_low``, ``effect_high``: the interval of the difference on that scale;
        - ``detectable``, ``detectable_below``: the smallest ratio above 1 (for tone: difference),
          and the largest below 1, that would be found in 80 % of samples like this one after
          correction; NaN beyond 100 or 1/100;
        - ``p``: two-sided, from flipping the signs of events (of articles without an event, one by
          one), with the means of topics fitted anew in every pattern. If one side has under 40 of
          these units (against the rest, however many), or could have under 40 with such a cue, and
          the other more than twice as many, p and interval of cues are from the logarithm of the
          ratio. Where under 5 units of a side have such a cue, p is that of how many have one, and
          there is no interval. There is no p under 10 articles or 6 events a side, or where one
          event has over half of a side's articles;
        - ``p_adjusted``: for hedge, alarm, boost and tone of all comparisons together, or for all
          measures of a dictionary that lacks one of the first three: step-down maxT (Westfall &
          Young 1993), or, where ``method`` names it, closed testing of all pairs of three to eight
          outlets. All other measures are exploratory and have none;
        - ``p_equivalent``: that the ratio is within 1/``smallest`` and ``smallest`` (two one-sided
          tests); ``verdict``: different (p_adjusted < .05), else equivalent (p_equivalent < .05),
          else undecided; empty where nothing is confirmed;
        - ``articles_a``, ``articles_b``, ``words_a``, ``words_b``: what was compared; ``events``,
          0 if not matched; ``units``: events and articles without one, of which those of a topic
          where one side has a single one are one unit; ``method``, which
          `framing.steps` puts into sentences; ``note``;
        - with ``coded``: ``corrected``, ``corrected_low``, ``corrected_high``, ``corrected_p`` and
          ``corrected_p_adjusted``, estimate, interval and p of the corrected densities (difference
          estimator; Egami et al. 2023), with what errors that no coded sentence shows may add to
          the variance; NaN for measures that were not coded, of groups of outlets, and, as ``note``
          says, without an interval or where under 15 sentences of an outlet of a side are coded;
          for tone, on the coders' scale from -1 to 1.

        Interval, ratio interval, effect and ``detectable`` are NaN under 5 articles a side or 5
        events; these and all p where ``by`` puts outlets into groups, whose units are outlets:
        see ``framing.compare_groups``.

    Raises
    ------
    ValueError
        As for ``levels``; and with fewer than two outlets, an unknown reference, no events to
        match, or sentences in ``coded`` of another lexicon, corpus or role.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 0, 4, 1, 5] * 4})
    >>> compare(scores)[["outlet_a", "outlet_b", "estimate", "p"]].values.tolist()
    [['A', 'B', 0.0, 1.0]]
    """
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    chosen = chosen_measures(scores, measures, by)
    tested = confirmatory(known_measures(scores, by))
    design = Design(
        chosen, match, str(against), weight, smallest, n_resamples, seed, tested, outlet_a
    )
    table = contrasted(articles, design, by=by)
    if set(listed(roles)) != set(BODY):
        only = f", only {joined(listed(roles))} paragraphs, "
        table["method"] = table["method"].str.replace(", ", only, n=1)
    if coded is not None:
        check_coded(coded)
        check_same_lexicon(scores, coded, chosen)
        check_same_roles(coded, roles)
        names = coded_measures(coded, design.measures)
        lacking = {name: uncoded(scores, coded, name, by=by) for name in names}
        if notes.are_outlets(scores, by):
            unknown = table.assign(**dict.fromkeys(CORRECTED, np.nan))
            which = "use framing.compare_groups, which is not corrected by codes"
            return notes.of_outlets(unknown, scores, by, instead=which)
        table = _with_corrections(table, articles, coded, design, lacking, by=by)
    return notes.of_outlets(table, scores, by)


def _with_corrections(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    coded: Coded,
    design: Design,
    lacking: dict[str, list[str]],
    *,
    by: str,
) -> pd.DataFrame:
    excess, unseen = corrections_of(articles, coded, design.measures)
    fixed = contrasted(articles.assign(**articles[design.measures] - excess), design, by=by)
    # An error that no code shows has either sign. Drawn, they leave means of about 0, and what they
    # add to the variance of a comparison is the standard error of the same comparison of them.
    signs = np.random.default_rng(0).choice([-1.0, 1.0], (len(articles), 1))
    error = comparisons.standard_errors(articles.assign(**unseen * signs), design, by=by)
    fixed = widened(fixed, error.T.ravel())
    known = table["measure"].isin(lacking)
    names = ["estimate", "low", "high", "p", "p_adjusted"]
    columns = {new: fixed[old].where(known) for new, old in zip(CORRECTED, names, strict=True)}
    table = table.assign(**columns)
    why = not_corrected(table, lacking)
    known &= np.array(why) == ""
    table.loc[~known, CORRECTED] = np.nan
    before, after = (found["note"].str.contains("p of|log ratio") for found in (table, fixed))
    flips = "corrected p from flips of signs: a corrected rate is negative"
    tests = np.where(known & (before != after), flips, "")
    both = zip(why, table["note"], tests, coding_notes(table, coded), strict=True)
    return table.assign(note=["; ".join(filter(None, parts)) for parts in both])


def contrasted(articles: pd.DataFrame, design: Design, *, by: str) -> pd.DataFrame:
    """Do what `compare` does, with articles that are summed up already."""
    joint = np.array([name in design.confirmatory for name in design.measures])
    found = compared(articles, design, by=by, joint=joint)
    adjusted = adjust(found, design, joint)
    remarks = notes.of_pairs(articles, by, design, found.pairs)
    columns = cells(found, design) | _effects(found, design, adjusted)
    alike = np.array([serial_excess(parts, found.days) for parts in found.parts])
    about = columns["detectable"], 2.0 ** (1 - found.fit.differ), alike, *found.tests[-2:]
    columns["note"] = notes.of_measures(found.pairs, design, remarks, about, topics=found.topics)
    table = notes.of_spread(stack(columns), articles, design)
    what = "Within topics" if found.topics else "Between articles"
    words = "every word counts the same" * (design.weight == "words")
    how = ["Within events" if design.match else what, words, f"{design.n_resamples:,} sign flips"]
    method = ", ".join(filter(None, [*how, adjusted.how, together(adjusted.p)]))
    return table.assign(method=method)[CONTRASTS]


@np.errstate(over="ignore")
def _effects(found: Compared, design: Design, adjusted: Adjusted) -> dict[str, Any]:
    """Return interval of the ratio, effect, power and equivalence, comparisons × measures."""
    fit, tests, cues = found.fit, found.tests, only_cues(design)
    known = ~np.isnan(tests.low)
    log = effects.log_ratio(fit)
    log = log._replace(error=np.where(known, log.error, np.nan))
    low, high = log.interval()
    effect, spread = effects.d_av(fit)
    single = np.where([m in design.confirmatory for m in design.measures], adjusted.level, LEVEL)
    *ratios, shift = effects.detectable(fit, log.freedom, single)
    sizes = np.where(tests.rates, effects.detectable_on_log(fit, log, single), ratios)
    # of tone the smallest difference; the largest ratio below 1 is of cues only
    sizes = np.where(np.isnan(cues), [shift, np.full_like(shift, np.nan)], sizes)
    smallest, largest = np.where(known, sizes, np.nan)
    equivalent = effects.p_equivalent(log, design.smallest) * cues
    return {
        "ratio_low": cues * np.exp(low),
        "ratio_high": cues * np.exp(high),
        "effect": effect,
        "effect_low": tests.low / spread,
        "effect_high": tests.high / spread,
        "detectable": smallest,
        "detectable_below": largest,
        "p_adjusted": adjusted.p,
        "p_equivalent": equivalent,
        "verdict": _verdict(adjusted.p, equivalent),
    }


def _verdict(adjusted: Floats, equivalent: Floats) -> NDArray[np.object_]:
    which = [np.isnan(adjusted), adjusted < LEVEL, equivalent < LEVEL]
    return np.select(which, ["", "different", "equivalent"], "undecided").astype(object)
