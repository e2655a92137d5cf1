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


def of_model(ratios: pd.DataFrame, shown: int) -> str:
    """Return what a table of ``framing.rate_ratios`` rests on."""
    held = ", ".join(map(label, ratios["covariates"].unique())) or "nothing else"
    return (
        f"One model of all outlets. {'; '.join(ratios['method'].unique())}. Held constant: {held}; "
        f"what is left is the direct part. {shown} of {len(ratios)} ratios, those with the "
        "smallest p."
    )


def of_pair(contrast: pd.Series) -> str:
    """Return which pair is looked at closely, and why this one."""
    why = (
        "of all comparisons the one with the smallest p. Picked for that, it looks stronger than "
        "it would in new articles."
        if contrast["p"] == contrast["p"]
        else "nothing was tested; it is the first in the alphabet."
    )
    pair = f"{plain(contrast['outlet_a'])} and {plain(contrast['outlet_b'])}"
    return f"{pair} in {plain(label(contrast['measure']))}: {why}"


def of_headlines(contrasts: pd.DataFrame | None) -> str:
    """Return what headlines can say, and which outlets differ: at most eight comparisons."""
    text = "Headlines differ from texts everywhere; of interest is whether outlets differ"
    if contrasts is None:
        return f"{text}, and here is one only."
    sure = contrasts[contrasts["p_adjusted"] < 0.05].sort_values("p_adjusted", kind="stable")
    lines = [
        f"- {label(row['measure']).capitalize()}: {plain(row['outlet_a'])} is "
        f"{100 * abs(row['estimate']):.0f} percentage points "
        f"{'above' if row['estimate'] > 0 else 'below'} {plain(row['outlet_b'])} "
        f"(adjusted p {p_value(row['p_adjusted'])})."
        for _, row in sure.head(_CLEAREST).iterrows()
    ]
    end = f", the clearest {_CLEAREST}" if len(sure) > _CLEAREST else ""
    count = (
        f"{text}. {contrasts['p'].notna().sum()} of {len(contrasts)} comparisons could be tested; "
        f"{len(sure)} of these {'differs' if len(sure) == 1 else 'differ'} at .05, corrected for "
        f"all of them{end}{':' if lines else '.'}"
    )
    return "\n".join([count, "", *lines]).strip()


def of_trend(trend: pd.DataFrame, breaks: pd.DataFrame | None) -> str:
    """Return how many periods there are, and what differs before and after planned days."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    thin = int((~rows["fitted"]).sum())
    left = f"; {thin} of them {'is' if thin == 1 else 'are'} not in the model" if thin else ""
    text = (
        f"*{many(rows['articles'].sum(), 'article')} in {many(len(rows), 'period')} from "
        f"{written_day(rows['period'].min())} on{left}*"
    )
    if thin > len(rows) / 2:
        longer = (
            " Months hold more: see the parameter freq."
            if "by week" in rows["method"].iloc[0]
            else ""
        )
        text += f"\n\nMost periods have too few articles to be in the model.{longer}"
    if breaks is None:
        return text
    main = breaks[breaks["p"].isna() | breaks["p_adjusted"].notna()]
    return "\n".join([text, "", *[f"1. {_of_change(row)}" for _, row in main.iterrows()]])


def _of_change(row: pd.Series) -> str:
    """Return what became of a measure from a planned day on."""
    name, since = plain(label(row["measure"])), f"from {written_day(row['break'])} on"
    if row["p"] != row["p"]:
        return f"**{name.capitalize()} could not be tested {since}:** {plain(row['note'])}."
    unit = " on VADER's scale" if row["measure"] in TONES else " per 100 words"
    levels = f"{row['after']:.2f}{unit}, {row['before']:.2f} before".replace("-", "−")
    if row["ratio"] == row["ratio"]:
        size = (
            f"{row['ratio']:.2f} times as much ({row['ratio_low']:.2f} to {row['ratio_high']:.2f})"
        )
    else:
        size = f"a difference of {row['estimate']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})"
    size = size.replace("-", "−")
    if row["p_adjusted"] >= 0.05:
        return f"**No change in {name} is shown {since}.** {levels}; {size}."
    way = "higher" if row["estimate"] > 0 else "lower"
    return (
        f"**The level of {name} is {way} {since}.** {levels}; {size}; "
        f"adjusted p {p_value(row['p_adjusted'])}."
    )


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
    ).replace("%", " %")
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
    counts = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in pairs[_FLAGS].sum().items())
    drift = f"{pairs['tone'].mean():+z.2f}".replace("-", "−")
    size = f"{pairs['reworded'].mean():.0%}".replace("%", " %")
    return (
        f"Of {many(len(pairs), 'pair')} of paragraphs: {counts}. On average {size} of the "
        f"words are others, and tone shifts by {drift} (from −2 to 2)."
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
