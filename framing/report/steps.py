"""How a comparison was made, in words: units, tests, corrections and power."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from framing.arguments import spelled
from framing.checks import CONTRASTS, check_columns
from framing.schema import TONES, label
from framing.stats.comparisons import CLOSED
from framing.stats.differences import at_least, findable, why_untested
from framing.stats.effects import FEW
from framing.stats.notes import SAME_WITHIN
from framing.stats.sides import OTHERS
from framing.text.numbers import joined, many, span

_ADJUSTED = "p adjusted for all of them together"
_FLIPPED = "the signs of an event flipped in all comparisons at once"
_FIRST = 999  # patterns of signs, after which a p above .1 is precise enough
_NO_PLAN = "The comparison follows no preregistered plan."


def steps(contrasts: pd.DataFrame) -> str:
    """Describe what was compared and how, what could be tested, and with what power.

    Parameters
    ----------
    contrasts : DataFrame
        As returned by ``framing.compare`` or ``framing.compare_groups``.

    Returns
    -------
    str
        Units, test, number of events or articles, families and their corrections, comparisons
        without a p and why, and the ratios that would be found with 80% power.

    Examples
    --------
    >>> import framing as fr
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 0, 4, 1, 5] * 4})
    >>> print(steps(fr.compare(scores)).split(". ")[2])
    Articles a side: 10
    """
    _check(contrasts)
    joint = ~contrasts["note"].str.split("; ").map(set).map({"exploratory"}.issubset)
    if "group_a" in contrasts:
        return _of_groups(contrasts, contrasts[joint])
    if contrasts["note"].str.contains(SAME_WITHIN, regex=False).all():
        return (
            f"Differences of the means of groups of outlets. {_units(contrasts)} No p and no "
            "interval: the units are outlets, which framing.compare_groups compares."
        )
    return " ".join(filter(None, _of_articles(contrasts, joint)))


def _check(contrasts: pd.DataFrame) -> None:
    """Raise an error unless this is the table of one comparison."""
    columns = {"measure", "p", "p_adjusted", "method", "note"}
    check_columns(contrasts, [], kind=CONTRASTS)
    if not columns <= {*contrasts} or not {"detectable", "group_a"} & {*contrasts}:
        raise ValueError(
            "steps needs a table of framing.compare or framing.compare_groups, got the columns "
            + spelled(contrasts)
        )
    if (n := contrasts["method"].nunique()) != 1:
        raise ValueError(
            f"steps needs the table of one comparison, got {many(n, 'value')} of 'method' in "
            f"{many(len(contrasts), 'row')}"
        )


def _of_articles(contrasts: pd.DataFrame, joint: pd.Series[bool]) -> Iterator[str]:
    """Describe a comparison with articles or events as the units; ``joint`` rows are a family."""
    method, family, others = str(contrasts["method"].iloc[0]), contrasts[joint], contrasts[~joint]
    yield _compared(contrasts)
    yield paragraphs_compared(method)
    plan = of_the_plan(method)
    yield f"{plan[0].upper()}{plan[1:]}." if plan else _NO_PLAN
    yield _units(contrasts)
    how = adjustment(
        contrasts,
        maxt=f"step-down maxT, {_FLIPPED}",
        closed=f"{CLOSED}, since two outlets that are like a third are alike, times the measures, "
        + _FLIPPED,
        holm="Holm's method",
    )
    if family["p"].notna().any():
        yield (
            f"Confirmatory: {_tests(family)} in {many(len(family), 'comparison')}, {_ADJUSTED} "
            f"({how})."
        )
    if n := others["p"].notna().sum():
        yield f"{many(n, 'test')} of other measures, exploratory: p not adjusted."
    yield _untested(contrasts)
    yield _power(family) if joint.any() else _power(contrasts, "")


def of_the_plan(method: str) -> str:
    """Return whether a plan was followed, as ``framing.confirm`` notes it; empty without one."""
    found = re.search(r", ((?:not )?as preregistered.*)$", method)
    return found[1] if found else ""


def paragraphs_compared(method: str) -> str:
    """Return which paragraphs were compared, in a sentence, if not standfirsts and the body."""
    found = re.search(r", only ([\w ,]+ paragraphs), ", method)
    return f"Only {found[1]} were compared." if found else ""


def _of_groups(contrasts: pd.DataFrame, family: pd.DataFrame) -> str:
    """Describe a comparison of groups of outlets."""
    sizes = contrasts[["outlets_a", "outlets_b"]].to_numpy()
    sentences = [
        f"Groups of outlets, with outlets as the units. {contrasts['method'].iloc[0]}; 95% "
        "interval: what that test does not reject, or Welch's if wider.",
        f"Outlets a side: {span(sizes)}.",
        f"Confirmatory: {_tests(family)}, {_ADJUSTED} (Holm)." if len(family) else "",
        _untested(contrasts),
    ]
    return " ".join(filter(None, sentences))


def _tests(family: pd.DataFrame) -> str:
    """Return how many tests there are, of which measures; and of how many, if some were dropped."""
    n, names = family["p"].notna().sum(), ", ".join(map(label, family["measure"].unique()))
    whole = re.search(r"([\d,]+) tests? adjusted together", str(family["method"].iloc[0]))
    if whole and int(whole[1].replace(",", "")) > n:
        return f"{n:,} of {whole[1]} tests, of {names} (the others are not in this table)"
    return f"{many(n, 'test')} of {names}"


def _compared(contrasts: pd.DataFrame) -> str:
    """Return what was compared, the test and the intervals."""
    method = str(contrasts["method"].iloc[0])
    counted = "every word counts" if "every word" in method else "each counts"
    flips = re.findall(r"([\d,]+) sign flips", method)[0]
    first = "; 999 for a p above .1" if int(flips.replace(",", "")) > _FIRST else ""
    whom, others = "two outlets", contrasts["outlet_b"].unique()
    if len(others) == 1 and (others[0] == OTHERS or len(contrasts["outlet_a"].unique()) > 1):
        whom = f"an outlet and {'the mean of ' * (others[0] == OTHERS)}{others[0]}"
    matched = method.startswith("Within events")
    topics = method.startswith("Within topics")
    where = "within topics" if topics else "whatever they are about"
    anew = "the means of topics and the standard error" if topics else "the standard error"
    what = (
        f"Within events: the mean difference between {whom} over the events that both cover "
        f"({counted} the same; several articles of an outlet on an event are averaged); p: the "
        "signs of the differences flipped"
        if matched
        else f"Between articles, {where}: the difference of the means of {whom} over articles "
        f"({counted} the same); p: the signs of residuals flipped, articles on one event together, "
        f"with {anew} taken anew in each pattern"
    )
    shown = confirmed(contrasts)
    others = ["Student's t of the logarithm of the ratio"] * bool(log_ratios(shown).any())
    if by_presence(shown).any():
        others.append(f"the mid-p of how many have a hit where under {FEW} of a side do")
    if others:
        what += (
            ", or, where a side is much smaller, or has far fewer hits (note), "
            f"{joined(others, 'or')}"
        )
    return (
        f"{what} (all patterns, or {flips} random ones if there are more{first}); 95% interval: "
        "the differences that this test does not reject; ratios: jackknife over "
        f"{'events' if matched else 'events, or articles without one'}."
    )


def _units(contrasts: pd.DataFrame) -> str:
    matched = contrasts["events"].any()
    sizes = contrasts[["events"] if matched else ["articles_a", "articles_b"]].to_numpy()
    unit = "Events that both cover" if matched else "Articles a side"
    return f"{unit}: {span(sizes)}."


def _untested(contrasts: pd.DataFrame) -> str:
    """Return the number of comparisons without a p, with the reasons in their notes."""
    none = contrasts[contrasts["p"].isna()]
    if none.empty:
        return ""
    why = why_untested(contrasts)
    return f"{many(len(none), 'comparison')} without a p{f': {why}' if why else ''}."


def _power(contrasts: pd.DataFrame, after: str = ", after correction") -> str:
    """Return which ratios, or differences in tone, the comparisons with a p would have found."""
    tested = contrasts[contrasts["p"].notna()]
    above = findable(tested)[0]
    if above.isna().all():
        return "Cues are too few to say which ratio would be found." if len(tested) else ""
    groups = list(above.groupby(tested["measure"], sort=False))
    sizes = [f"{label(m)} {_size(m, found)}" for m, found in groups if m not in TONES]
    toned = [(m, found) for m, found in groups if m in TONES]
    shifts = [f"a difference in {label(m)} of {_size(m, found)}" for m, found in toned]
    what = "Ratios above 1 found" if sizes else "Found"
    return f"{what} in 80% of such samples{after}: {', '.join(sizes + shifts)}."


def _size(measure: str, found: pd.Series[float]) -> str:
    """Return the median and range of sizes, and in how many comparisons there is none."""
    known, n = found.dropna(), len(found)
    if known.empty:
        return "none"
    middle, low, high = (at_least(measure, x) for x in known.agg(["median", "min", "max"]))
    ends = f"{low} to {high}" * (len(known) > 1)
    none = f"none in {n - len(known):,} of {many(n, 'comparison')}" * (len(known) < n)
    more = "; ".join(filter(None, [ends, none]))
    return f"{middle}{f' ({more})' * bool(more)}"


def confirmed(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose p were adjusted together; all that have one, if none was."""
    tested = contrasts[contrasts["p"].notna()]
    adjusted = tested["p_adjusted"].notna() if "p_adjusted" in tested else tested["p"].isna()
    return tested[adjusted] if adjusted.any() else tested


def log_ratios(contrasts: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows have a p from the logarithm of the ratio, not from flips of signs."""
    return contrasts["note"].str.contains("log ratio", regex=False)


def by_presence(contrasts: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows have a p from how many units have a hit at all."""
    return contrasts["note"].str.contains("p of how many have one", regex=False)


def adjustment(contrasts: pd.DataFrame, *, maxt: str, closed: str, holm: str) -> str:
    """Return a clause on how p were adjusted: those from flips, those from other tests, or both.

    ``maxt``, ``closed`` and ``holm`` are the names of the procedures.

    >>> rows = pd.DataFrame({"note": ["", "10 against 90 units: p of cues from the log ratio"],
    ...                      "p": [0.01, 0.01], "p_adjusted": [0.2, 0.3]})
    >>> adjustment(rows, maxt="maxT", closed="closed testing", holm="Holm")
    'maxT; p from other tests than flips of signs: Holm'
    >>> adjustment(rows[:1], maxt="maxT", closed="closed testing", holm="Holm")
    'maxT'
    """
    tested = contrasts[contrasts["p"].notna() & contrasts["p_adjusted"].notna()]
    apart = log_ratios(tested) | by_presence(tested)
    is_closed = "method" in contrasts and CLOSED in str(contrasts["method"].iloc[0])
    flips = closed if is_closed else maxt
    if not apart.any():
        return flips
    return holm if apart.all() else f"{flips}; p from other tests than flips of signs: {holm}"
