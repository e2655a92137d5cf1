"""What was compared and how it was tested, in the past tense, for a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from framing.checks import is_copy
from framing.report.steps import (
    adjustment,
    by_presence,
    confirmed,
    log_ratios,
    of_the_plan,
    paragraphs_compared,
)
from framing.schema import BODY, label
from framing.stats.effects import FEW
from framing.stats.flips import LEVEL
from framing.stats.sides import OTHERS
from framing.text.numbers import joined, many, span


def comparison(
    contrasts: pd.DataFrame | None, scores: pd.DataFrame, parameters: Mapping[str, object]
) -> Iterator[str]:
    """Yield what was compared with what, within what, how it was tested and how adjusted."""
    if contrasts is None or contrasts.empty:
        return
    matched, method = contrasts["events"].any(), str(contrasts["method"].iloc[0])
    sizes = f"{span(contrasts['articles_a'])} against {span(contrasts['articles_b'])} articles"
    if matched:
        where = f" within the events that both covered ({span(contrasts['events'], of='event')})"
    elif method.startswith("Within topics"):
        where = f", article against article within topics ({sizes}, on topics of both sides)"
    else:
        where = f", article against article ({sizes})"
    by = str(parameters.get("by", "outlet"))
    yield f"{_who(contrasts, by, scores[by].nunique() if by in scores else 0)}{where}."
    pairs = contrasts.groupby(["outlet_a", "outlet_b"])["p"].count() > 0
    if 0 < pairs.sum() < len(pairs):
        few = "articles and events" if matched else "articles"
        yield f"{pairs.sum():,} of these {len(pairs):,} comparisons had enough {few} for a test."
    if matched and (alone := _without_event(scores)):
        yield f"{many(alone, 'article')} without an event {was(alone)} left out."
    yield "" if by == "outlet" else "Outlets were not held constant."
    yield "Every word counted the same." if "every word" in method else ""
    yield paragraphs_compared(method)
    if plan := of_the_plan(method):
        yield f"The comparison was {plan.replace('as prereg', 'made as prereg', 1)}."
    if contrasts["p"].notna().any():
        yield from _tests(contrasts, str(parameters.get("seed", 1)), matched=matched)
    else:
        yield "Nothing could be tested."
    if "effect" in contrasts and contrasts["effect"].notna().any():
        yield (
            "Effects were standardised by the root of the mean variance of the two sides (Cohen's "
            "d with the average variance; Cumming, 2012)."
        )
    if "corrected" in contrasts:
        yield _corrected(contrasts)


def was(number: int) -> str:
    """Return the verb for so many."""
    return "was" if number == 1 else "were"


def _without_event(scores: pd.DataFrame) -> int:
    """Return how many articles have a body, and no event within which they could be compared."""
    body = scores[scores["role"].isin(BODY) & ~is_copy(scores)]
    return int(body.loc[body["event"].fillna("").eq(""), "article"].nunique())


def _who(contrasts: pd.DataFrame, by: str, known: int) -> str:
    """Return what was compared with what; ``known`` is the number of outlets in the scores."""
    firsts, seconds = contrasts["outlet_a"].unique(), contrasts["outlet_b"].unique()
    noun = "outlet" if by == "outlet" else f"value of {label(by)}"
    if len(seconds) == 1:
        with_one = seconds[0] != OTHERS
        first = firsts[0] if len(firsts) == 1 else f"Each {'other ' * with_one}{noun}"
        return f"{first} was compared with {seconds[0] if with_one else 'the mean of all others'}"
    plural = "outlets" if by == "outlet" else f"values of {label(by)}"
    n = len({*firsts, *seconds})
    return f"Every two {f'of {n} of these ' * (n < known)}{plural} were compared"


def _corrected(contrasts: pd.DataFrame) -> str:
    """Return how many of the comparisons people's codes correct."""
    pairs = contrasts["outlet_a"] + " | " + contrasts["outlet_b"]
    n, known = pairs.nunique(), pairs[contrasts["corrected"].notna()].nunique()
    if not known:
        return "No estimate was corrected by the codes: in no comparison were enough of both sides."
    of = "" if known == n else f" of {known:,} of {n:,} comparisons, those with enough codes,"
    shown = contrasts["p_adjusted"] < LEVEL
    gone = int((shown & (contrasts["corrected_p_adjusted"] >= LEVEL)).sum())
    back = f" After that, {gone} of {many(int(shown.sum()), 'difference')} had p above .05."
    return (
        f"Estimates{of} were also corrected for the errors of the dictionary by the codes "
        "(difference estimator; Egami et al., 2023)."
    ) + back * bool(gone)


def _unlike(contrasts: pd.DataFrame, *, matched: bool) -> str:
    """Return which sides are too unlike for flips, as ``is_lopsided`` and ``are_few`` have it."""
    if contrasts["outlet_b"].eq(OTHERS).all():
        return "more than twice as many articles, or articles with a hit"
    if matched:
        return (
            "under 40 articles and the other three times as many or more, or under 40 events with "
            "a hit and the other more than twice as many"
        )
    return "under 40 articles, or articles with a hit, and the other more than twice as many"


def _tests(contrasts: pd.DataFrame, seed: str, *, matched: bool) -> Iterator[str]:
    unit = "events" if matched else "events, or of articles without one,"
    some = unit.replace("of ", "")
    shown = confirmed(contrasts)
    yield (
        f"P values came from flipping the signs of {unit} at random (seed {seed}); 95% intervals "
        "held the differences that this test did not reject."
    )
    ways = [
        "from Student's t of the logarithm of the ratio, with its jackknife standard error"
    ] * bool(log_ratios(shown).any())
    if by_presence(shown).any():
        ways.append(
            f"from how many had a hit, where fewer than {FEW} {some} of a side had one (mid-P of "
            "negative binomial hits at the rate of both sides)"
        )
    if ways:
        yield (
            f"Where one side had {_unlike(shown, matched=matched)}, P values of rates came "
            f"{', or, '.join(ways)}."
        )
    if shown["note"].str.contains("Fisher's mid-p", regex=False).any():
        yield (
            f"Where fewer than {FEW} articles of a side had a hit, or lacked one, P values were at "
            "least the mid-P of Fisher's exact test, adjusted ones at least that times the number "
            "of tests (Bonferroni), and no interval was given."
        )
    if "p_adjusted" in contrasts:
        yield from _adjusted(contrasts)


def _adjusted(contrasts: pd.DataFrame) -> Iterator[str]:
    adjusted = contrasts["p"].notna() & contrasts["p_adjusted"].notna()
    others = contrasts["p"].notna() & contrasts["p_adjusted"].isna()
    how = adjustment(
        contrasts,
        maxt="step-down maxT (Westfall & Young, 1993)",
        closed="closed testing of all pairs (Begun & Gabriel, 1981)",
        holm="Holm's method (Holm, 1979)",
    )
    if adjusted.any():
        family = joined(map(label, contrasts[adjusted]["measure"].unique()))
        yield f"P values of {family} were adjusted for all comparisons together: {how}."
    if others.any():
        which = "P values of other measures" if adjusted.any() else "P values"
        yield f"{which} were exploratory, and not adjusted."
