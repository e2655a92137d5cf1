"""Captions of tables and figures that name what is shown, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.display.tables import clearest, plain
from framing.plots.summary import WINDOW, sorted_by
from framing.schema import RECIPE, TONES, label
from framing.stats.corrected import differs, is_corrected
from framing.stats.differences import ALIKE, setting
from framing.stats.flips import LEVEL
from framing.stats.sides import OTHERS
from framing.text.numbers import joined, p_is


def of_levels(levels: pd.DataFrame, contrasts: pd.DataFrame | None, measures: Sequence[str]) -> str:
    """Return the caption of ``framing.plot_summary``, with what it draws of these measures."""
    drawn = levels[levels["measure"].isin(measures)]
    what, who = ("hits", "outlets") if "outlet" in levels else ("hits or outlets", "groups")
    few = f" (no line: too few {what})" if drawn["low"].isna().any() else ""
    tested = None if contrasts is None else contrasts[contrasts["measure"].isin(measures)]
    return (
        f"Levels: means over articles with 95% intervals{few}, sorted by "
        f"{label(sorted_by(measures))}. Dashed line: the mean of all {who}, each counting the same."
        f"{'' if tested is None else _of_tests(tested)}"
    )


def _of_tests(contrasts: pd.DataFrame) -> str:
    """Return what was tested, which no bar of levels shows, and what filled marks are."""
    if contrasts["p"].isna().all():
        return " Differences were not tested."
    what = f"differences{setting(contrasts)}"
    return f"{_hollow(contrasts)} The tests are of {what}, not of these levels."


def _hollow(contrasts: pd.DataFrame) -> str:
    """Return what filled and hollow marks are, if both are drawn."""
    coded = ", also after correction by the coding" * is_corrected(contrasts)
    below = contrasts[contrasts["p_adjusted"] < LEVEL]
    bare = below["measure"][below["corrected"].isna()].unique() if coded else []
    why = ["no difference shown", "not tested"]
    why += [f"not to be corrected (of {joined(map(label, bare))})"] if len(bare) else []
    filled = f" Filled: differs (adjusted p below .05{coded}). Hollow: {joined(why, 'or')}."
    return filled if differs(contrasts).any() else ""


def of_groups(groups: pd.DataFrame) -> str:
    """Return the caption of a table of ``framing.compare_groups``."""
    within = groups["method"].iloc[0].startswith("Within events")
    what = " within events (of means of differences from each event’s mean)" * within
    toned = ", or in tone" * bool(groups["measure"].isin(TONES).any())
    dash = "; a dash under four outlets a side" * bool(groups["p"].isna().any())
    left = " Outlets in no group are left out." * bool(groups["note"].str.contains("in no").any())
    return (
        f"Differences between groups{what} per 100 words{toned}, the first minus the second, each "
        "outlet counting the same; p from all ways to put the outlets into two groups, or 9,999 "
        f"random ones if there are more, corrected by Holm’s method{dash}.{left}"
    )


def of_articles(course: pd.DataFrame) -> str:
    """Return the caption of ``framing.plot_articles``, with what it draws."""
    dated = course["date"].notna() if "date" in course else pd.Series(True, course.index)
    runs = course[dated | ~dated.any()].groupby("measure").size().max() >= 2 * WINDOW
    line = f"; the line: the median of the {WINDOW} articles around each" if runs else ""
    return f"A dot is an article. Dashed: the mean of all{line}."


def of_overview(outlets: int, top: int) -> str:
    """Return the caption of ``framing.overview``, which shows the ``top`` outlets.

    >>> of_overview(89, 20)[:68]
    'Articles, paragraphs and words, as scored, of the 20 of 89 outlets w'
    """
    which = f", of the {top} of {outlets} outlets with the most articles" if outlets > top else ""
    return (
        f"Articles, paragraphs and words, as scored{which}: headlines (in no rate and no test), "
        "standfirsts and body."
    )


def of_contrasts(contrasts: pd.DataFrame, top: int) -> str:
    """Return the caption of a table of contrasts that shows the ``top`` clearest of them."""
    recipes = ", points or sentences" * any(m.startswith(RECIPE) for m in contrasts["measure"])
    toned = ", or in tone" * bool(contrasts["measure"].isin(TONES).any())
    shown = clearest(contrasts, top)
    rest = contrasts["outlet_b"].eq(OTHERS).any()
    second = f"mean of {OTHERS}, in which each counts the same" if rest else "second"
    what = (
        f"Differences in hits{recipes} per 100 words{toned}, the first minus the {second}"
        + ", with 95% intervals" * bool(contrasts["low"].notna().any())
        + "; *effect*: in standard deviations" * bool(contrasts["effect"].notna().any())
    )
    which = which_rows(contrasts, top, "all are in the saved tables")
    if contrasts["p_adjusted"].isna().all():
        return f"{what}. Nothing was tested.{which}"
    verdicts = {
        "equivalent": "; *equivalent*: the ratio is shown to be between 0.8 and 1.25",
        "undecided": "; *undecided*: neither different nor shown to be equivalent",
    }
    found = [text for name, text in verdicts.items() if contrasts["verdict"].eq(name).any()]
    if (contrasts["p"].notna() & contrasts["p_adjusted"].isna()).any():
        found.append("; a row without an *adjusted p* is exploratory")
    coded = ", *corrected p* also for the errors that coders found" * is_corrected(shown)
    return (
        "The one confirmatory table of this report; everything else is exploratory. "
        f"{what}; *adjusted p*: for all comparisons together{coded}{''.join(found)}.{which}"
        f"{_too_small(shown)}"
    )


def _too_small(contrasts: pd.DataFrame) -> str:
    """Return of which comparisons a note says that p is too small, and why."""
    notes = contrasts["note"] if "note" in contrasts else pd.Series("", contrasts.index)
    found = notes.str.extract(ALIKE).dropna()
    if found.empty:
        return ""
    rows = contrasts.loc[found.index]
    named = [
        f"{plain(label(row.measure))} of {plain(row.outlet_a)} and {plain(row.outlet_b)} ({alike})"
        for row, alike in zip(rows.itertuples(), found[1], strict=True)
    ]
    return f" p is too small, since {found[0].iloc[0]}: {'; '.join(named)}."


def of_model(ratios: pd.DataFrame, top: int) -> str:
    """Return the caption of a table of ``framing.rate_ratios`` that shows the ``top`` clearest."""
    held = ", ".join(map(label, ratios["covariates"].unique())) or "nothing else"
    shown = clearest(ratios, top) if "p" in ratios else ratios
    empty = shown["low"].isna()
    found = "; ".join(filter(None, shown.loc[empty, "note"].unique()))
    notes = f"{'No intervals' if empty.all() else 'A dash'}: {found}." if found else ""
    notes = notes.replace("No intervals: no interval and", "No interval and")
    notes = notes.replace("use framing.compare_groups", "compare groups of outlets")
    methods = "; ".join(filter(None, ratios["method"].unique()))
    if not methods:
        return f"No model could be fitted. {notes}".strip()
    tested = ratios["p"].notna().sum()
    chance = f"of the {tested:,} with a p about {0.05 * tested:,.0f} would be below .05 by chance"
    chance = chance if tested else "none has a p"
    return (
        f"One model of all outlets. {methods}. Held constant: {held}; "
        f"what is left is the direct part. p is not corrected. {notes}"
    ).strip() + which_rows(ratios, top, chance)


def of_ratios(contrasts: pd.DataFrame, event_pairs: pd.DataFrame | None) -> str:
    """Return the caption of ``framing.plot_ratios``, with what it draws."""
    events = (
        "; a faint dot is an event that both cover, an arrow at the edge one where only one of the "
        "two has any"
    )
    text = f"Ratios on a logarithmic axis{'' if event_pairs is None else events}."
    return text + _hollow(contrasts)


def which_rows(table: pd.DataFrame, top: int, others: str) -> str:
    """Return which rows of a table are shown, if not all of them."""
    if len(table) <= top:
        return ""
    rules = {"p": "the smallest *p*", "effect": "the largest effect"}
    known = [text for name, text in rules.items() if name in table and table[name].notna().any()]
    which = f"those with {' and, if equal, '.join(known)}" if known else "the first"
    return f" {top} of {len(table):,} rows, {which}; {others}."


def of_robustness(grid: pd.DataFrame) -> str:
    """Return the caption of the figure of ``framing.robustness``."""
    text = (
        "The same contrast under every combination of choices that could be disputed, the main "
        "analysis at the top."
    )
    if grid["p"].isna().all():
        return f"{text} Nothing was tested."
    return (
        f"{text} Every p is that of a combination by itself, not corrected, as it is one question "
        "asked in many ways. All of them tested at once, with the same signs flipped in each: "
        f"{p_is(grid['p_clearest'].iloc[0])} of the clearest and "
        f"{p_is(grid['p_median'].iloc[0])} of the median."
    )
