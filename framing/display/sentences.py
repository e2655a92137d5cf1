"""Sentences that a report says of its tables, as Markdown; names and texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.display.tables import plain
from framing.reuse.copies import Copies
from framing.reuse.shifts import Shifts
from framing.schema import BODY, TONES, label
from framing.text.numbers import many, p_value, written_day

_CLEAREST = 8  # comparisons of headlines that are named
_FLAGS = [
    "strengthened", "weakened", "alarm_up", "alarm_down", "attribution_lost", "quotation_lost",
]  # fmt: skip


def of_findings(findings: pd.DataFrame) -> str:
    """Return findings, as ``framing.findings`` returns them, as a numbered list."""
    rows = findings.itertuples()
    return "\n".join(f"1. **{plain(row.finding)}** {plain(row.detail)}" for row in rows)


def of_words(measures: Sequence[str]) -> str:
    """Return examples of the words that the built-in measures count.

    Examples
    --------
    >>> of_words(["tone", "alarm", "care"])
    'tone, alarm (*fear, warn, risk*) and care'
    """
    examples = {
        "hedge": "*may, likely, reportedly*",
        "alarm": "*fear, warn, risk*",
        "boost": "*clearly, certainly*",
    }
    named = [
        f"{label(name)} ({examples[name]})" if name in examples else plain(label(name))
        for name in measures
    ]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def of_article(scores: pd.DataFrame, about: pd.Series, measures: Sequence[str]) -> str:
    """Return title, outlet and date of an article, and how much it has of each measure."""
    body = scores[scores["role"].isin(BODY)]
    words, date = body["words"].sum(), about["date"]
    day = written_day(date) if date == date else "date unknown"
    counts = {name: body[name].sum() for name in measures if name not in TONES}
    hits = [
        f"{plain(label(m))} {n} ({100 * n / max(words, 1):.1f} per 100 words)"
        for m, n in counts.items()
    ]
    tone = body["tone"].mean() if "tone" in body else float("nan")
    toned = (
        f"; the mean tone of a paragraph is {tone:+.2f} on a scale from −1 to 1"
        if tone == tone
        else ""
    )
    named = f"“{plain(about['title'])}”, outlet {plain(about['outlet'])}, {day}"
    return (
        f"*{named}*\n\nBelow the headline stand {many(len(body), 'paragraph')} of {words:,} "
        f"words. Hits: {', '.join(hits)}{toned}."
    )


def of_examples(shown: Sequence[str], measure: str) -> str:
    """Return whose paragraphs are shown: of the highest and of the lowest level of a measure.

    Examples
    --------
    >>> of_examples(["Howl", "Mail"], "hedge")[:65]
    'Of Howl, where the level of hedging is highest, and of Mail, wher'
    """
    what = "the paragraph with the most hits for its length."
    if len(shown) < 2:
        return what.capitalize()
    high, low = map(plain, shown)
    return (
        f"Of {high}, where the level of {plain(label(measure))} is highest, and of {low}, where it "
        f"is lowest, {what}"
    )


def of_groups(groups: pd.DataFrame | None) -> str:
    """Return which groups of outlets differ, as ``framing.compare_groups`` has them."""
    if groups is None:
        return ""
    tested = groups[groups["p_adjusted"].notna()]
    sure = tested[tested["p_adjusted"] < 0.05].sort_values("p_adjusted", kind="stable")
    names = ", ".join(map(plain, dict.fromkeys([*groups["group_a"], *groups["group_b"]])))
    outlets = groups["note"].str.extract("in no group: (.*)")[0].dropna()
    left = f" In no group: {plain(outlets.iloc[0])}." if len(outlets) else ""
    if tested.empty:
        text = f"Groups of outlets ({names}) could not be tested: under four outlets a side."
    elif sure.empty:
        text = f"No difference between groups of outlets ({names}) was found after correction."
    else:
        text = " ".join(_between(row) for _, row in sure.head(_CLEAREST).iterrows())
    return f"**{text}**{left}"


def _between(row: pd.Series) -> str:
    """Return by how much a group of outlets is above another."""
    first, second = ("a", "b") if row["estimate"] > 0 else ("b", "a")
    low, high = sorted([abs(row["low"]), abs(row["high"])])
    interval = f"95% interval {low:.2f} to {high:.2f}; " if row["low"] * row["high"] > 0 else ""
    size = f"{abs(row['estimate']):.2f}" + " per 100 words" * (row["measure"] not in TONES)
    return (
        f"Outlets of {plain(row[f'group_{first}'])} are {size} above those of "
        f"{plain(row[f'group_{second}'])} in {plain(label(row['measure']))} "
        f"({interval}adjusted p {p_value(row['p_adjusted'])})."
    )


def of_copies(copies: Copies) -> str:
    """Return how many articles share their words, and how they are counted."""
    clusters = copies.clusters.groupby("cluster")["outlet"].agg(["size", "nunique"])
    if clusters.empty:
        return "No article carries the words of another."
    shared = (clusters["nunique"] > 1).sum()
    return (
        f"{clusters['size'].sum()} articles are in {many(len(clusters), 'cluster')} that share "
        f"their words, {shared} of them across outlets. A cluster counts once in every outlet that "
        "carries it; below, also each article by itself, and each cluster once altogether."
    )


def of_contrasts(contrasts: pd.DataFrame, top: int) -> str:
    """Return the caption of a table of contrasts that shows the ``top`` clearest of them."""
    what = (
        "Differences in hits per 100 words, or in tone, the first minus the second, with 95% "
        "intervals; *effect*: in standard deviations"
    )
    which = _which(contrasts, top, "all are in the saved tables")
    if contrasts["p_adjusted"].isna().all():
        return f"{what}. Nothing was tested.{which}"
    verdicts = {
        "equivalent": "; *equivalent*: the ratio is shown to be between 0.8 and 1.25",
        "undecided": "; *undecided*: neither different nor shown to be equivalent",
    }
    found = [text for name, text in verdicts.items() if contrasts["verdict"].eq(name).any()]
    return (
        "The one confirmatory table of this report; everything else is exploratory. "
        f"{what}; p is corrected for all comparisons together{''.join(found)}.{which}"
    )


def _which(table: pd.DataFrame, top: int, others: str) -> str:
    """Return which rows of a table are shown, if not all of them."""
    if len(table) <= top:
        return ""
    rules = {"p": "the smallest p", "effect": "the largest effect"}
    known = [text for name, text in rules.items() if name in table and table[name].notna().any()]
    which = f"those with {' and, if equal, '.join(known)}" if known else "the first"
    return f" {top} of {len(table):,} rows, {which}; {others}."


def of_model(ratios: pd.DataFrame, top: int) -> str:
    """Return the caption of a table of ``framing.rate_ratios`` that shows the ``top`` clearest."""
    held = ", ".join(map(label, ratios["covariates"].unique())) or "nothing else"
    notes = " ".join(f"A dash: {note}." for note in ratios["note"].unique() if note)
    chance = f"of so many about {0.05 * len(ratios):,.0f} are below .05 by chance"
    return (
        f"One model of all outlets. {'; '.join(ratios['method'].unique())}. Held constant: {held}; "
        f"what is left is the direct part. p is not corrected. {notes}"
    ).strip() + _which(ratios, top, chance)


def of_robustness(grid: pd.DataFrame) -> str:
    """Return the caption of the figure of ``framing.robustness``."""
    text = (
        "The same contrast under every combination of choices that could be disputed, the main "
        "analysis at the top."
    )
    if grid["p"].isna().all():
        return f"{text} Nothing was tested."
    return (
        f"{text} p is not corrected, as it is one question asked in many ways; of all combinations "
        f"together the clearest has p {p_value(grid['p_clearest'].iloc[0])}, the median "
        f"{p_value(grid['p_median'].iloc[0])}."
    )


def of_pair(contrast: pd.Series) -> str:
    """Return which pair is looked at closely, and why this one."""
    why = "it has the smallest p of all comparisons."
    if contrast["p"] != contrast["p"]:
        why = "nothing was tested, and it has the largest effect (in standard deviations)."
    pair = f"{plain(contrast['outlet_a'])} and {plain(contrast['outlet_b'])}"
    return (
        f"{pair} in {plain(label(contrast['measure']))}: {why} Because it was chosen for that, it "
        "looks stronger than it would in new articles."
    )


def of_headlines(overall: pd.DataFrame, contrasts: pd.DataFrame | None) -> str:
    """Return whether headlines differ from the texts below them, and outlets in how far they do.

    ``overall`` is ``headlines`` of all outlets together; of contrasts at most eight are named.
    """
    lines = []
    for _, row in overall[overall["zone"] == "headline"].iterrows():
        rows = contrasts[contrasts["measure"] == row["measure"]] if contrasts is not None else None
        lines.append(f"1. {_of_gap(row)} {_of_outlets(rows) if row['share'] > 0 else ''}".strip())
    return "\n".join(lines)


def _of_gap(row: pd.Series) -> str:
    """Return how often headlines have a cue, and how often it would be expected."""
    share, expected = 100 * row["share"], 100 * row["expected"]
    gap, low, high = (f"{100 * row[name]:.0f}" for name in ("estimate", "low", "high"))
    name = plain(label(row["measure"]))
    differs = row["low"] * row["high"] > 0
    start = f"Headlines and their texts are not shown to differ in {name}"
    if differs:
        more = "more" if row["estimate"] > 0 else "less"
        start = f"Headlines have {name} {more} often than their texts"
    size = f"difference {gap} percentage points, 95% interval {low} to {high}".replace("-", "−")
    return (
        f"**{start}.** {share:.0f}% of headlines have a hit, and {expected:.0f}% of windows of "
        f"their length in the text below ({size})."
    )


def _of_outlets(rows: pd.DataFrame | None) -> str:
    """Return which outlets differ in the gap between headlines and texts."""
    if rows is None:
        return ""
    sure = rows[rows["p_adjusted"] < 0.05].sort_values("p_adjusted", kind="stable")
    found = [
        f"{plain(row['outlet_a'])}: {100 * abs(row['estimate']):.0f} points "
        f"{'above' if row['estimate'] > 0 else 'below'} {plain(row['outlet_b'])} "
        f"(adjusted p {p_value(row['p_adjusted'])})"
        for _, row in sure.head(_CLEAREST).iterrows()
    ]
    more = f" and {len(sure) - _CLEAREST} more" if len(sure) > _CLEAREST else ""
    if found:
        return f"Outlets differ in this: {'; '.join(found)}{more}."
    tested = rows["p"].notna().any()
    return "Outlets are not shown to differ in this." if tested else "Outlets were not tested."


def of_periods(trend: pd.DataFrame) -> str:
    """Return how many articles and periods there are, and how many of these are left out."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    thin = int((~rows["fitted"]).sum())
    left = f"; {thin} of them {'is' if thin == 1 else 'are'} not in the model" if thin else ""
    return (
        f"{many(rows['articles'].sum(), 'article')} in {many(len(rows), 'period')} from "
        f"{written_day(rows['period'].min())} on{left}"
    )


def of_trend(trend: pd.DataFrame, breaks: pd.DataFrame | None, measures: Sequence[str]) -> str:
    """Return what differs before and after planned days; without any, the ends of the course."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    few = ""
    if (~rows["fitted"]).sum() > len(rows) / 2:
        weeks = "by week" in rows["method"].iloc[0]
        longer = " Months hold more: see the parameter freq." if weeks else ""
        few = f"Most periods have too few articles to be in the model.{longer}"
    if breaks is None:
        start = "No day was named beforehand, so that no change is tested."
        ends = [f"1. {_ends(trend[trend['measure'] == name])}" for name in measures]
        return "\n".join(filter(None, [few, f"{start}\n", *ends]))
    main = breaks[breaks["p"].isna() | breaks["p_adjusted"].notna()]
    return "\n".join([few, "", *[f"1. {_of_change(row)}" for _, row in main.iterrows()]]).strip()


def _ends(course: pd.DataFrame) -> str:
    """Return when a measure was highest and when it was lowest."""
    name = plain(label(course["measure"].iloc[0]))
    known = course[course["fitted"]].dropna(subset="level")
    if len(known) < 2:
        return f"**{name.capitalize()}:** too few periods for a course."
    high, low = (known.loc[known["level"].agg(end)] for end in ("idxmax", "idxmin"))
    unit = "" if course["measure"].iloc[0] in TONES else " per 100 words"
    return (
        f"**{name.capitalize()} is highest in the period from {written_day(high['period'])}** "
        f"({high['level']:z.2f}{unit}) and lowest in that from {written_day(low['period'])} "
        f"({low['level']:z.2f})."
    ).replace("(-", "(−")


def _of_change(row: pd.Series) -> str:
    """Return what became of a measure from a planned day on."""
    name, since = plain(label(row["measure"])), f"from {written_day(row['break'])} on"
    if row["p"] != row["p"]:
        return f"**{name.capitalize()} could not be tested {since}:** {plain(row['note'])}."
    unit = " on VADER’s scale" if row["measure"] in TONES else " per 100 words"
    levels = f"{row['after']:z.2f}{unit}, {row['before']:z.2f} before"
    if row["ratio"] == row["ratio"]:
        size, ends = f"{row['ratio']:.2f} times as much", ("ratio_low", "ratio_high")
    else:
        size, ends = f"a difference of {row['estimate']:z.2f}", ("low", "high")
    low, high = (format(row[end], "z.2f") for end in ends)
    numbers = f"{levels}; {size} (95% interval {low} to {high}; adjusted p {{p}})."
    numbers = numbers.replace("-", "−").format(p=p_value(row["p_adjusted"]))
    if row["p_adjusted"] >= 0.05:
        return f"**No change in {name} is shown {since}.** {numbers}"
    way = "higher" if row["estimate"] > 0 else "lower"
    return f"**The level of {name} is {way} {since}.** {numbers}"


def of_two(pairs: pd.DataFrame, articles: pd.DataFrame, shifts: Shifts) -> str:
    """Return which two versions are compared: of outlets, or of articles of the same one."""
    outlet = articles.set_index("article")["outlet"]
    ids = [pairs[f"article_{side}"] for side in "ab"]
    named = [list(outlet[side].unique()) for side in ids]
    named = named if named[0] != named[1] else [list(side) for side in ids]
    first, second = (", ".join(map(plain, side)) for side in named)
    sizes = many(len(pairs), "pair"), many(len(shifts.pairs), "pair")
    size = f"{sizes[0]} of articles, {sizes[1]} of paragraphs"
    return f"{first}, and what became of it in {second}: {size}"


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
    named = zip(pairs["article_a"], pairs["direction"], strict=True)
    first = sum(direction.startswith(f"{a} → ") for a, direction in named)
    unknown = pairs["direction"].isin(["direction unknown", ""]).sum()
    return (
        f"{text} By credits and dates, in {first} of {many(len(pairs), 'pair')} of articles "
        f"the first version was there first; in {unknown} the direction is unknown."
    )


def of_shifts(shifts: Shifts) -> str:
    """Return how many pairs of paragraphs changed, and in which way."""
    pairs = shifts.pairs
    n = {name: int(pairs[name].sum()) for name in _FLAGS}
    drift = f"{pairs['tone'].mean():+z.2f}".replace("-", "−")
    return (
        f"Of {many(len(pairs), 'pair')} of paragraphs {n['strengthened']} were strengthened and "
        f"{n['weakened']} weakened; alarm rose in {n['alarm_up']} and fell in {n['alarm_down']}; "
        f"{n['attribution_lost']} lost an attribution, {n['quotation_lost']} a quotation. On "
        f"average {pairs['reworded'].mean():.0%} of the words are others, and tone shifts by "
        f"{drift} (from −2 to 2)."
    )


def of_balance(balance: pd.DataFrame) -> str:
    """Return which categories were lost or gained more often than blind rewording explains."""
    clear = balance[balance["p_adjusted"] < 0.05].sort_values("net", key=abs, ascending=False)
    lines = clear["category"].map(label) + clear["net"].gt(0).map(
        {True: " added", False: " dropped"}
    )
    return (
        "Indices lost or gained more often than blind rewording explains (adjusted p below .05, "
        f"Holm over the indices; none under 6 articles): {plain(', '.join(lines)) or 'none'}."
    )
