"""What a report compared, in the past tense, for the paragraph of a paper."""

from __future__ import annotations

import pandas as pd

from framing.display.copies import shared_articles
from framing.display.course import in_model, on_sides
from framing.display.opening import group_sizes
from framing.display.sentences import pairs_of, untested_pairs
from framing.reuse.balance import TO_TEST, stories
from framing.reuse.copies import Copies
from framing.reuse.shifts import Shifts
from framing.reuse.versions import against_direction
from framing.schema import label
from framing.stats.differences import setting
from framing.stats.periods import WORDS
from framing.text.numbers import joined, many, written_day


def of_groups(groups: pd.DataFrame | None) -> str:
    """Return how groups of outlets were compared; nothing if they were not."""
    if groups is None:
        return ""
    named = f"Groups of outlets, {joined(group_sizes(groups))},"
    if groups["p"].isna().all():
        return f"{named} were described, not tested."
    adjusted = groups[groups["p_adjusted"].notna()]["measure"].unique()
    few = pairs_of(untested_pairs(groups))
    unlike = groups["note"].str.contains("p at least Student's", regex=False).any()
    student = "; of groups unlike in articles at least Student's" * bool(unlike)
    return (
        f"{named} were compared{setting(groups)}, with outlets as the units: P values came from "
        f"permuting outlets between two groups (Welch's t{student}), and those of "
        f"{joined(map(label, adjusted))} were adjusted together by Holm's method (Holm, 1979)."
    ) + f" Not tested, for too few outlets: {few}." * bool(few)


def of_copies(copies: Copies, scores: pd.DataFrame) -> str:
    """Return how copies across outlets were counted; nothing if there are few."""
    named = shared_articles(copies, scores)
    both = "shared their words with another outlet; they counted once in each outlet"
    return f"{named} {both}." if named else ""


def of_headlines(min_words: int) -> str:
    """Return how headlines were held against their texts."""
    return (
        "Whether a headline had a hit was compared with the share of all windows of as many words "
        f"in the text below that had one, in articles with at least {min_words} words below the "
        "headline. Intervals took articles, those on one event together, as the units, not "
        "outlets: Wilson's (1927) of shares, the jackknife's of tone."
    )


def of_trend(
    scores: pd.DataFrame,
    trend: pd.DataFrame,
    breaks: pd.DataFrame | None,
    *,
    by: str,
    freq: str,
    placebo: str,
) -> str:
    """Return how the course was modelled, of which articles, and how planned days were tested."""
    period, name = WORDS[freq], label(by)
    text = (
        f"The level of every {period} was estimated in a model with effects of {name} and "
        f"{period}, so that it does not move with who published when; copies of one text together "
        f"counted as one article. The model held {in_model(scores, trend)}."
    )
    if breaks is not None:
        days = joined(list(map(written_day, breaks["break"].unique())))
        adjusted = breaks.loc[breaks["measure"] != placebo, "p_adjusted"].notna().any()
        how = "adjusted by Holm's method (Holm, 1979)" if adjusted else "exploratory, not adjusted"
        text += (
            f" Levels before and after days named beforehand ({days}) were compared with blocks of "
            f"neighbouring {period}s as the units (jackknife; Student's t); P values were {how}. "
            f"{on_sides(breaks)}"
        )
    return text + (f" {label(placebo).capitalize()} served as a placebo." if placebo else "")


def of_rewrite(pairs: pd.DataFrame, shifts: Shifts, balance: pd.DataFrame, seed: int) -> str:
    """Return how versions of a story were found and compared."""
    turned = against_direction(pairs)
    told = pd.Series(stories(shifts.pairs)).nunique()
    tested = f"Nothing was tested, of fewer than {TO_TEST} stories."
    if told >= TO_TEST:
        tested = f"P values came from flipping the signs of the {told} stories (seed {seed})"
        adjusted = balance["p_adjusted"].notna().any()
        by = "adjusted by Holm's method (Holm, 1979)" if adjusted else "exploratory, not adjusted"
        tested += f", and were {by}."
    found = "were found by the words that they shared" if "label" in pairs else "were given"
    return (
        f"Versions of a story ({many(len(pairs), 'pair')} of articles) {found}, and their "
        "paragraphs were paired by the words that they shared in order "
        f"({many(len(shifts.pairs), 'pair')}). Pairs that lost or gained a hit were counted by "
        f"index, and compared with what blind rewording would do. {tested}"
        f"{' ' * bool(turned)}{turned}"
    )
