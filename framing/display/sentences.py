"""Sentences that a report says of its tables, as Markdown; names and texts are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from framing.display.opening import LEAST_WORDS
from framing.display.tables import plain
from framing.lexicon.lexicon import Lexicon
from framing.schema import BODY, PRIMARY, TONES, label, per
from framing.scoring.cues import of_measure
from framing.stats.differences import ANY_SIZE, setting
from framing.stats.highest import ends_of
from framing.stats.welch import OUTLETS_TO_TEST
from framing.text.numbers import joined, many, p_is, sized, written_day

# What was held constant, as a finding begins or ends with it.
_WHERE = re.compile(
    r"(?<=\*\* )On the same (?:events|topics), | on the same (?:events|topics)(?= after)"
)
# What a reader has to know of the groups that are compared, in the notes of their table.
_OF_GROUPS = (
    r"(?:^|; )((?:in no group|without articles|alone on their events): [^;]*"
    r"|[\d,]+ of [^;]* under \d+ articles and [^;]*|[\d,]+ articles? of [^;]* word for word)"
)
_CLEAREST = 8  # comparisons of headlines that are named
_EXAMPLES = 3  # words that a measure counts
_KNOWN = {
    "hedge": ["may", "likely", "reportedly"],
    "alarm": ["fear", "warn", "risk"],
    "boost": ["clearly", "certainly"],
}


def of_findings(findings: pd.DataFrame, groups: pd.DataFrame | None = None) -> str:
    """Return findings, as ``framing.findings`` returns them, as a numbered list.

    It begins with ``groups`` of outlets, if they were compared; else it ends with what could be
    missed, which is a question of what was asked.
    What holds for several measures stands once, with a line for each of them below; what was held
    constant stands once, too.
    """
    same = [_said_of(row.measure, row.finding, "…") for row in findings.itertuples()]
    rows = [_of_alike(rows) for _, rows in findings.groupby(same, sort=False)]
    rows = [
        _WHERE.sub("", row) if any(map(_WHERE.search, rows[:place])) else row
        for place, row in enumerate(rows)
    ]
    missed = _of_missed(findings) if groups is None else ""
    items = filter(None, [of_groups(groups), *rows, missed])
    return "\n".join(f"1. {item}" for item in items)


def _of_alike(rows: pd.DataFrame) -> str:
    """Return an item of the list: what was found in one measure, or alike in several."""
    measure, finding, detail = rows.iloc[0][["measure", "finding", "detail"]]
    name = label(measure)
    if len(rows) == 1 and rows["different"].iloc[0]:
        return f"**{plain(name[0].upper() + name[1:])}.** {plain(finding)} {plain(detail)}".strip()
    if len(rows) == 1:
        return f"**{plain(finding)}** {plain(detail)}".strip()
    names = joined(map(label, rows["measure"]), "or" if finding.startswith("No ") else "and")
    lines = [f"**{plain(_said_of(measure, finding, names))}**", *map(plain, rows["detail"])]
    return "\n   - ".join(filter(None, lines))


def items_alike(said: Iterable[tuple[str, str, str]]) -> str:
    """Return a numbered list of what is said of names, with details.

    What is said alike of several, with … for the name, stands once, with a line for each below.

    >>> print(items_alike([("hedging", "No … here.", "A"), ("tone", "No … here.", "B")]))
    1. **No hedging or tone here.**
       - Hedging: A
       - Tone: B
    """
    items = []
    for start, rows in pd.DataFrame(said, columns=["name", "start", "detail"]).groupby(
        "start", sort=False
    ):
        below = [
            f"\n   - {name[0].upper()}{name[1:]}: {detail}"
            for name, detail in zip(rows["name"], rows["detail"], strict=True)
            if detail
        ]
        details = "".join(below) if len(rows) > 1 else f" {rows['detail'].iloc[0]}"
        items.append(f"1. **{start.replace('…', joined(rows['name'], 'or'))}**{details}".rstrip())
    return "\n".join(items)


def _of_missed(findings: pd.DataFrame) -> str:
    """Return what could be missed in which measures."""
    none = findings["missed"] == ANY_SIZE
    sizes, any_size = _by_measure(findings[~none], "missed"), _by_measure(findings, "any_size")
    said = []
    if sizes:
        least = " in the least certain comparison" * bool(findings["tested"].gt(1).any())
        said.append(
            f"Four of five such samples would show a difference of this size{least}, and fewer "
            f"would show a smaller one: {sizes}."
        )
    names = list(map(label, findings["measure"][none]))
    if never := "; ".join(filter(None, [f"in {joined(names)}" if names else "", any_size])):
        said.append(f"One of any size would be missed {never}.")
    return f"**What could be missed.** {plain(' '.join(said))}" if said else ""


def _by_measure(findings: pd.DataFrame, column: str) -> str:
    """Return what a column of findings says, once for all measures of which it says the same."""
    known = findings[findings[column] != ""]
    return "; ".join(
        f"in {joined(map(label, rows['measure']))}, {said}"
        for said, rows in known.groupby(column, sort=False)
    )


def _said_of(measure: str, finding: str, name: str) -> str:
    """Return a finding with another name for its measure."""
    return finding.replace(f" in {label(measure)} ", f" in {name} ", 1)


def of_words(measures: Sequence[str], lexicon: Lexicon, rest: Sequence[str] = ()) -> str:
    """Return examples of the words that measures count, which are entries of the lexicon.

    The ``rest`` are measures of which there is no finding.

    >>> from framing.lexicon.lexicon import Lexicon
    >>> from framing.lexicon.loading import built_in
    >>> of_words(["tone", "alarm", "cond"], built_in())
    'tone, alarm (*fear, warn, risk*) and conditions'
    >>> entries = pd.DataFrame({"category": "alarm", "entry": ["angst", "furcht"]})
    >>> of_words(["alarm"], Lexicon(entries))
    'alarm (*angst, furcht*)'
    """
    more = f"; in tables only: {plain(joined(map(label, rest)))}" if rest else ""
    return joined(_with_examples(name, lexicon) for name in measures) + more


def _with_examples(measure: str, lexicon: Lexicon) -> str:
    """Name a measure, with its best-known words, or the first of a dictionary without these."""
    if measure not in PRIMARY or measure not in {*lexicon.indices, *lexicon.categories}:
        return plain(label(measure))
    entries = lexicon.entries.loc[of_measure(lexicon.entries, measure, lexicon), "entry"].tolist()
    known = _KNOWN[measure]
    shown = known if set(known) <= set(entries) else entries[:_EXAMPLES]
    return f"{plain(label(measure))} (*{plain(', '.join(shown))}*)"


def of_article(scores: pd.DataFrame, about: pd.Series, measures: Sequence[str]) -> str:
    """Return title, outlet and date of an article, and how much it has of each measure."""
    body = scores[scores["role"].isin(BODY)]
    words, date = body["words"].sum(), about["date"]
    day = written_day(date) if date == date else "date unknown"
    counts = {name: body[name].sum() for name in measures if name not in TONES}
    hits = [
        f"{plain(label(m))} {n} ({100 * n / max(words, 1):.1f}{per(m)})" for m, n in counts.items()
    ]
    tone = body["tone"].mean() if "tone" in body else float("nan")
    toned = (
        f"; the mean tone of a paragraph is {sized(tone, '+z')} on a scale from −1 to 1"
        if tone == tone
        else ""
    )
    title = plain(about["title"]).translate({ord("“"): "‘", ord("”"): "’"})  # quoted in a quotation
    named = f"“{title}”, outlet {plain(about['outlet'])}, {day}"
    return (
        f"*{named}*\n\nBelow the headline stand {many(len(body), 'paragraph')} of {words:,} "
        f"words. Hits: {', '.join(hits)}{toned}."
    )


def of_examples(levels: pd.DataFrame, measure: str, counted: Sequence[str]) -> str:
    """Return whose paragraphs are shown, and that they have most of what is ``counted``.

    They are of the outlets that ``findings`` calls the highest and the lowest in a measure.

    >>> levels = pd.DataFrame({"measure": "hedge", "outlet": ["Howl", "Mail"], "articles": 20,
    ...                        "mean": [1.2, 0.8]})
    >>> print(of_examples(levels, "hedge", ["hedge", "alarm"]))
    Howl (highest in hedging) and Mail (lowest): of their paragraphs of 25 words and more the ...
    """
    what = f"one with the most hits of {plain(joined(map(label, counted)))} for its length"
    level = levels[levels["measure"] == measure].dropna(subset="mean")
    ends = ends_of(measure, level, levels.columns[1])
    if ends.empty:
        return f"Of the paragraphs of {LEAST_WORDS} words and more the {what}."
    (high, first), (low, last) = ((plain(str(name)), end) for name, end in ends["end"].items())
    who = f"{high} ({first} in {plain(label(measure))}) and {low} ({last})"
    return f"{who}: of their paragraphs of {LEAST_WORDS} words and more the {what}."


def of_groups(groups: pd.DataFrame | None, *, headlines: bool = False) -> str:
    """Return which groups of outlets differ, as ``framing.compare_groups`` has them.

    If none does, the clearest difference shows what may have been missed. Of ``headlines`` they are
    those of ``framing.headline_groups``.
    """
    if groups is None:
        return ""
    where = " in the gap between headlines and texts" if headlines else setting(groups)
    rows = groups.assign(
        unit=" percentage points" if headlines else groups["measure"].map(per), where=where
    )
    rows[["estimate", "low", "high"]] *= 100 if headlines else 1
    tested = rows[rows["p_adjusted"].notna()].sort_values(["p_adjusted", "p"], kind="stable")
    sure = tested[tested["p_adjusted"] < 0.05]
    noted = groups["note"].str.extractall(_OF_GROUPS)[0].unique()
    left = "".join(f" {plain(note[0].upper() + note[1:])}." for note in noted)
    if tested.empty:
        names = ", ".join(map(plain, dict.fromkeys([*groups["group_a"], *groups["group_b"]])))
        text, more = f"Groups of outlets ({names}) could not be tested.", _why_untested(groups)
    elif sure.empty:
        between = plain(pairs_of(groups[groups["p"].notna()]))
        shown = f"({between}) was found{where} after correction"
        text, more = f"No difference between groups of outlets {shown}.", _by_chance(tested)
    else:
        text, *others = [_between(row) for _, row in sure.head(_CLEAREST).iterrows()]
        more = "".join(f" {other}" for other in others)
        same = tested[~tested.index.isin(sure.index)]["measure"].unique()
        same = [plain(label(name)) for name in same]
        more += f" Not shown to differ: {joined(same)}." if same else ""
    if not tested.empty and len(rest := untested_pairs(groups)):
        more += f" Not tested: {plain(pairs_of(rest))}.{_why_untested(rest)}"
    return f"**{text}**{more}{left} The units are outlets, not articles."


def pairs_of(groups: pd.DataFrame) -> str:
    """Return the names of every pair of groups."""
    pairs = groups[["group_a", "group_b"]].drop_duplicates().to_numpy()
    return "; ".join(map(" and ".join, pairs))


def untested_pairs(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the pairs of groups that have no p in any measure."""
    return groups[groups.groupby(["group_a", "group_b"])["p"].transform("count") == 0]


def _why_untested(groups: pd.DataFrame) -> str:
    few = groups["note"].str.contains("no p under", regex=False)
    return f" Fewer than {OUTLETS_TO_TEST} outlets are on a side." if few.any() else ""


def _by_chance(tested: pd.DataFrame) -> str:
    """Return the clearest of differences that are not shown."""
    row = tested.iloc[0]
    size, low, high = (sized(row[name]) for name in ("estimate", "low", "high"))
    return (
        f" The clearest, which may be chance: in {plain(label(row['measure']))} the difference "
        f"“{plain(row['group_a'])}” − “{plain(row['group_b'])}” is {size}{row['unit']} "
        f"(95% interval {low} to {high}; adjusted {p_is(row['p_adjusted'])})."
    )


def _between(row: pd.Series) -> str:
    """Return by how much a group of outlets is above another."""
    first, second = ("a", "b") if row["estimate"] > 0 else ("b", "a")
    ends = sorted([row["low"], row["high"]] if first == "a" else [-row["low"], -row["high"]])
    size, low, high = map(sized, [abs(row["estimate"]), *ends])
    size += row["unit"]
    return (
        f"The outlets in the group “{plain(row[f'group_{first}'])}” are {size} above those in "
        f"“{plain(row[f'group_{second}'])}” in {plain(label(row['measure']))}{row['where']} "
        f"(95% interval {low} to {high}; adjusted {p_is(row['p_adjusted'])})."
    )


def of_pair(contrast: pd.Series, measures: Sequence[str]) -> str:
    """Return which pair is looked at closely, and why this one of the comparisons of measures."""
    why = "the smallest p"
    if contrast["p"] != contrast["p"]:
        why = "the largest effect (in standard deviations; nothing was tested)"
    pair = f"{plain(contrast['outlet_a'])} and {plain(contrast['outlet_b'])}"
    names = plain(joined(map(label, measures)))
    return (
        f"{pair} in {plain(label(contrast['measure']))}: of all comparisons of {names}, this one "
        f"has {why}. Because it was chosen for that, it looks stronger than it would in new "
        "articles."
    )
