"""Sentences on two versions of a story, as Markdown; names and texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.display.tables import plain
from framing.lexicon.lexicon import Lexicon
from framing.reuse.copies import COPIES, Copies
from framing.reuse.direction import COMMON, UNKNOWN
from framing.reuse.shifts import FLAGS, Shifts
from framing.reuse.versions import against_direction
from framing.schema import label
from framing.text.numbers import many, sized


def of_two(
    pairs: pd.DataFrame, articles: pd.DataFrame, shifts: Shifts, copies: Copies, *, given: bool
) -> str:
    """Return which two versions are compared: of outlets, or of two articles by their titles.

    Unless source and copy are ``given``, or credits and dates tell, no direction is claimed. Pairs
    of ``copies`` whose copy is nearer to another source are counted. In bold below it, if credits
    and dates say that the second one was there first. Raise an error if no paragraphs are paired.
    """
    if shifts.pairs.empty:
        raise ValueError(
            f"articles {pairs['article_a'].iloc[0]!r} and {pairs['article_b'].iloc[0]!r} share no "
            "paragraph, so there is nothing to compare: are they versions of one story?"
        )
    about = articles.set_index("article")
    ids = [pairs[f"article_{side}"] for side in "ab"]
    named = [list(about["outlet"][side].unique()) for side in ids]
    if len(pairs) == 1:
        titles = [about["title"].get(side.iloc[0], "") or side.iloc[0] for side in ids]
        named = [[f"{t} ({o[0]})"] for t, o in zip(titles, named, strict=True)]
    first, second = (plain(", ".join(map(str, side))) for side in named)
    sizes = many(len(pairs), "pair"), many(len(shifts.pairs), "pair")
    size = f"{sizes[0]} of articles, {sizes[1]} of paragraphs"
    directed = given or ("direction" in pairs and pairs["direction"].str.contains(" → ").any())
    head = f"{first}, and what became of it in {second}" if directed else f"{first} and {second}"
    notes = [f"*{head}: {size}*"]
    if not directed:
        notes.append(
            "**Nothing says who was first.** Dropped and added, strengthened and weakened are as "
            f"seen from {first} to {second}; from {second} to {first} they are the opposite. Give "
            "the parameters source and copy if you know."
        )
    if left := _farther(pairs, copies):
        notes.append(
            f"{left} more of the same outlets {'is' if left == 1 else 'are'} not shown: their "
            "second version is nearer to another first one."
        )
    if turned := against_direction(pairs):
        notes.append(f"**{turned}**")
    return "\n\n".join(notes)


def _farther(pairs: pd.DataFrame, copies: Copies) -> int:
    """Return how many pairs of copies between the outlets of several pairs are not among them."""
    if len(pairs) == 1:
        return 0
    both = {frozenset(names) for names in pairs[["outlet_a", "outlet_b"]].to_numpy().tolist()}
    known = copies.pairs[copies.pairs["label"].isin(COPIES)]
    sides = known[["outlet_a", "outlet_b"]].to_numpy().tolist()
    return sum(frozenset(names) in both for names in sides) - len(pairs)


def of_versions(pairs: pd.DataFrame, aligned: pd.DataFrame) -> str:
    """Return how much of the first versions is found in the second, and who was first."""
    whole, part = (aligned[f"paragraphs_{side}"].map(len) for side in "ab")
    paired = aligned["score"].notna()
    kept, new = whole[paired].sum(), part[~paired].sum()
    moved = (aligned["kind"] == "moved").sum()
    text = (
        f"{kept} of {many(whole.sum(), 'paragraph')} ({kept / whole.sum():.0%}) are found in "
        f"the second version, {whole.sum() - kept} {'is' if whole.sum() - kept == 1 else 'are'} "
        f"left out; {new} of the second version’s {part.sum()} are new; "
        f"{many(moved, 'pair')} {'stands' if moved == 1 else 'stand'} in another order."
    )
    if "direction" not in pairs:
        return text
    direction = pairs["direction"]
    named = zip(pairs["article_a"], direction, strict=True)
    first = sum(text.startswith(f"{a} → ") for a, text in named)
    counts = {
        "in which the first version was there first": first,
        "in which the second one was": direction.str.contains(" → ", regex=False).sum() - first,
        "with a common source": direction.eq(COMMON).sum(),
        "whose direction is unknown": direction.isin([UNKNOWN, ""]).sum(),
    }
    found = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n)
    return f"{text} Pairs of articles, by credits and dates: {found}."


def of_shifts(
    shifts: Shifts, balance: pd.DataFrame, measures: Sequence[str], lexicon: Lexicon
) -> str:
    """Return how many pairs of paragraphs changed, and in which way, by what a lexicon measures."""
    pairs = shifts.pairs
    n = {name: int(pairs[name].sum()) for name in FLAGS}
    drift = sized(pairs["tone"].mean(), "+z")
    new = 1 - pairs["neutral_kept"].sum() / max(pairs["neutral_b"].sum(), 1)
    found = balance.set_index("category")[["added", "dropped"]]
    said = []
    if {"hedge", "boost"} & set(measures):
        said.append(f"{n['strengthened']} were strengthened and {n['weakened']} weakened")
    if "alarm" in measures:
        said.append(f"alarm rose in {n['alarm_up']} and fell in {n['alarm_down']}")
    for name in [name for name in measures if name not in ("hedge", "boost", "alarm")]:
        added, dropped = found.loc[name] if name in found.index else (0, 0)
        said.append(f"{plain(label(name))} was added in {added} and dropped in {dropped}")
    lost = f"{n['quotation_lost']} lost a quotation"
    if "attrib" in lexicon.categories:
        lost = f"{n['attribution_lost']} lost an attribution, {n['quotation_lost']} a quotation"
    return (
        f"Of {many(len(pairs), 'pair')} of paragraphs {'; '.join([*said, lost])}. On "
        f"average {pairs['reworded'].mean():.0%} of a paragraph’s words are gone or replaced, "
        f"{new:.0%} of the second version’s content words are new, and tone shifts by {drift} "
        "(from −2 to 2)."
    )


def of_balance(balance: pd.DataFrame) -> str:
    r"""Return which indices were lost or gained otherwise than blind rewording explains.

    Nothing if none was tested.

    >>> row = {"category": "hedge", "dropped": 0, "dropped_expected": 0.2, "added": 1}
    >>> row |= {"added_expected": 8.5, "p_adjusted": 0.01}
    >>> print(of_balance(pd.DataFrame([row])).split(": ")[1])
    hedging added less often \(1 time; 8\.5 expected\).
    """
    if balance["p_adjusted"].isna().all():
        return ""
    lines = []
    for row in balance[balance["p_adjusted"] < 0.05].to_dict("records"):
        excess = {what: row[what] - row[f"{what}_expected"] for what in ("dropped", "added")}
        what = max(excess, key=lambda side: abs(excess[side]))
        lines.append(
            f"{label(row['category'])} {what} {'more' if excess[what] > 0 else 'less'} often "
            f"({many(row[what], 'time')}; {row[f'{what}_expected']:.1f} expected)"
        )
    return (
        "Indices lost or gained otherwise than blind rewording explains (adjusted p below .05, "
        f"Holm over the indices): {plain('; '.join(lines)) or 'none'}."
    )
