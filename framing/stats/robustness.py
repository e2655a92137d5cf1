"""Robustness: the same contrasts under every defensible way of counting."""

from __future__ import annotations

import difflib
import fnmatch
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import spelled
from framing.checks import CUES, SCORES, check_columns
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in, chosen_lexicon
from framing.schema import BODY, CUE_COLUMNS, PLACE, PRIMARY, listed
from framing.scoring.cue_checks import check_cues
from framing.scoring.cues import of_measure
from framing.stats.articles import per_article
from framing.stats.comparisons import Compared, cells, compared, stack
from framing.stats.measures import chosen_measures
from framing.stats.notes import of_outlets
from framing.stats.positions import zones
from framing.stats.sides import Design, Weight, cluster_names, couples
from framing.text.arrays import Floats

ROBUSTNESS = [
    "measure", "outlet_a", "outlet_b", "voices", "lead", "disputed", "weight", "masked", "estimate",
    "low", "high", "ratio", "p", "p_clearest", "p_median", "articles_a", "articles_b", "events",
    "choices", "note",
]  # fmt: skip
# By which a row is that of another one without a choice, whose numbers it repeats.
_TWINS = [
    "measure", "outlet_a", "outlet_b", "voices", "lead", "weight", "estimate", "low", "high",
    "ratio", "p",
]  # fmt: skip
_WEIGHTS: tuple[Weight, ...] = ("articles", "words")
_OWN = ("outlet", "label", "scare")  # what the words in ``words_outlet`` are made of
_WITHOUT = " without disputed entries"


def robustness(
    scores: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    against: str = "pairs",
    outlet_a: str = "",
    measures: str | Sequence[str] = (*PRIMARY, "tone"),
    disputed: str | Sequence[str] = (),
    lexicon: Lexicon | None = None,
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare every pair of outlets under every combination of choices that could be disputed.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    cues : DataFrame
        As returned by ``framing.find_cues(scores)``.
    by, match, against, n_resamples, seed
        As for ``compare``.
    outlet_a : str, optional
        Only the comparisons of this outlet; all of them by default.
    measures : str or sequence of str, default hedge, alarm, boost and tone
        Categories or indices of the lexicon, ``tone``, and other columns of ``scores`` that
        ``compare`` takes, such as ``compound``, ``tone_news`` and those of recipes. Of these the
        articles' own voice, and what disputed entries change, are not known: their combinations
        are left out.
    disputed : str or sequence of str, default ()
        Entries of the lexicon that some would not count; ``"concern*"`` stands for all that begin
        with *concern*. What neither ``lexicon`` nor the built-in one has is an error.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.

    Returns
    -------
    DataFrame
        One row per measure, pair and combination, the main analysis first: ``voices``: ``all``, or
        ``outlet`` for cues in the outlet's own sentences per 100 words of these; ``lead``: whether
        standfirst and first paragraph are in; ``disputed``: whether the disputed entries count;
        ``weight``: ``articles`` (their mean) or ``words`` (pooled); ``masked``: whether VADER reads
        the text without the cue words; ``estimate``, ``low``, ``high``, ``ratio``, ``p`` (not
        corrected: one question asked in many ways); ``p_clearest`` and ``p_median``, of the largest
        t of all combinations and of their median, with the signs of an event flipped in all
        combinations at once; ``articles_a``, ``articles_b``, ``events`` as in ``compare``;
        ``choices``: how it differs from the main analysis, in words; ``note``: that outlets are
        the units where ``by`` puts them into groups, as in ``compare``: then interval and p are
        NaN. A choice that changes
        nothing in a comparison, or leaves fewer than two outlets, is left out.

    Examples
    --------
    >>> import framing as fr
    >>> text = ["War may end. “It may,” he said.", "War will end. “It will,” he said."] * 5
    >>> table = pd.DataFrame({"text": text, "outlet": ["A", "B"] * 5})
    >>> scores = fr.score(table.assign(article=list("abcdefghij")))
    >>> found = robustness(scores, fr.find_cues(scores), measures="hedge", n_resamples=99)
    >>> found[["choices", "estimate"]].round(1).values.tolist()[0]
    ['main analysis', 28.6]
    """
    lexicon = chosen_lexicon(lexicon)
    check_columns(scores, [by, *PLACE, "role", "words", "words_outlet"], kind=SCORES)
    check_columns(cues, CUE_COLUMNS[:-1], kind=CUES)
    check_cues(cues, scores, lexicon)
    chosen = chosen_measures(scores, measures, by)
    if "tone_masked" in chosen:
        raise ValueError("tone_masked is a choice of its own here: ask for measures='tone'")
    placed = zones(scores).drop(columns="text", errors="ignore")
    counting, disputable = _disputed(cues, listed(disputed), lexicon)
    design = Design([], match, against, n_resamples=n_resamples, seed=seed, outlet_a=outlet_a)
    summed = [
        (choice, design._replace(measures=columns, weight=choice["weight"]), rows)
        for choice, columns, rows in _choices(placed, counting, chosen, disputable, lexicon, by)
    ]
    tested = list(_tested(summed, by))
    if not tested:
        names = spelled(sorted(scores[by].astype(str).unique()))
        raise ValueError(
            f"outlet_a must be an outlet of a comparison, got {outlet_a!r}; the outlets: {names}"
        )
    table = _ordered(_joined(*_distinct(tested)), chosen, listed(disputed)).assign(note="")
    return of_outlets(table, scores, by)[ROBUSTNESS]


def _choices(
    placed: pd.DataFrame,
    counting: pd.DataFrame,
    chosen: list[str],
    disputable: pd.DataFrame,
    lexicon: Lexicon,
    by: str,
) -> Iterator[tuple[dict[str, Any], list[str], pd.DataFrame]]:
    """Yield every combination of choices with its measures and its articles."""
    cues = [name for name in chosen if name in {*lexicon.indices, *lexicon.categories}]
    without = [m + _WITHOUT for m in cues if of_measure(disputable, m, lexicon).any()]
    scored = [name for name in chosen if name not in cues]
    scored += ["tone_masked"] * ("tone" in scored)
    for voices in ("all", "outlet"):
        counted = _counted(placed, counting, cues, lexicon, own=voices == "outlet")
        counted = counted[counted["role"].isin(BODY) & counted["words"].gt(0)]
        wanted = {*cues, *without, *(scored if voices == "all" else [])}
        columns = [name for name in counted if name in wanted]
        for lead in (True, False) if columns else ():
            rows = counted if lead else counted[counted["zone"] != "lead"]
            if not lead and rows[by].nunique() < 2:
                continue  # those whose articles are leads alone have gone
            is_given = voices == "all" and lead
            articles = per_article(rows, by=by, measures=columns, whole=is_given)
            for weight in _WEIGHTS:
                yield {"voices": voices, "lead": lead, "weight": weight}, columns, articles


def _tested(
    summed: list[tuple[dict[str, Any], Design, pd.DataFrame]], by: str
) -> Iterator[tuple[pd.DataFrame, NDArray[np.float32]]]:
    """Yield the comparisons of every combination with their t, all on the same clusters."""
    if summed[0][1].match:
        clusters = {name for *_, articles in summed for name in articles["event"]} - {""}
    else:
        clusters = {name for *_, articles in summed for name in cluster_names(articles, by)}
    for choice, design, articles in summed:
        joint, shared = np.ones(len(design.measures), bool), sorted(clusters)
        pairs = couples(sorted(articles[by].unique()), design.against)
        if design.outlet_a in ("", *itertools.chain(*pairs)):  # else the outlet has nothing left
            found = compared(articles, design, by=by, joint=joint, clusters=shared)
            columns = cells(found, design) | {"rates": found.tests.rates}
            yield stack(columns).assign(**choice), _flipped(found)


def _flipped(found: Compared) -> NDArray[np.float32]:
    """Return the t of every row of a table with the signs flipped, NaN where nothing is tested."""
    t = np.full((*found.tests.p.shape, found.t.shape[-1]), np.nan, np.float32)
    known = found.tested[~np.isnan(found.tests.p[found.tested]).all(axis=1)]
    t[known] = found.t[np.isin(found.tested, known)]
    return t.swapaxes(0, 1).reshape(-1, t.shape[-1])


def _distinct(
    tested: list[tuple[pd.DataFrame, NDArray[np.float32]]],
) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """Stack the combinations and their t, without those that repeat the numbers of another one."""
    table = pd.concat([rows for rows, _ in tested])
    fewest = min(t.shape[1] for _, t in tested)
    t = np.concatenate([t[:, :fewest] for _, t in tested])
    new = ~table[_TWINS].assign(measure=_named(table["measure"])).duplicated().to_numpy()
    return table[new].reset_index(drop=True), t[new]


def _joined(table: pd.DataFrame, t: NDArray[np.float32]) -> pd.DataFrame:
    """Test the clearest, and the median, of all combinations of a measure and pair together."""
    joint = np.full((len(table), 2), np.nan)
    pairs = [_named(table["measure"]), table["outlet_a"], table["outlet_b"]]
    for rows in table.groupby(pairs).indices.values():
        known = rows[~np.isnan(t[rows, 0])]
        if len(cells := t[known]):
            both = np.abs(cells).max(axis=0), np.abs(np.median(cells, axis=0))
            found = [_share(x) for x in both] * _not_by_flips(table.iloc[known], cells)
            # t of a side with hardly any hits has hardly any spread, and pulls the median t up
            joint[rows] = np.clip(found, table["p"].iloc[known].min(), 1)
    return table.assign(p_clearest=joint[:, 0], p_median=joint[:, 1])


def _share(t: NDArray[np.float32]) -> float:
    return float((t >= t[0] * (1 - 1e-5)).mean())


def _not_by_flips(rows: pd.DataFrame, t: NDArray[np.float32]) -> Floats:
    """Return by how much the smallest p of all combinations, and the median, exceed that of flips.

    They do where sides are unlike, and p is from the logarithm of the ratio: flips find too much.
    """
    rates = rows["rates"].to_numpy(bool)
    if not rates.any():
        return np.ones(2)
    flips = np.array([_share(np.abs(cell)) for cell in t])
    p = np.where(rates, rows["p"], flips)[rows["p"].notna()]
    return np.array([max(own(p) / own(flips), 1.0) for own in (np.min, np.median)])


def _named(measure: pd.Series[str]) -> pd.Series[str]:
    """Return the measures without what tells the combinations apart."""
    return measure.str.removesuffix(_WITHOUT).replace("tone_masked", "tone")


def _disputed(
    cues: pd.DataFrame, patterns: list[str], lexicon: Lexicon
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cues that count, with whether each is disputed, and the entries that are."""
    entries = lexicon.entries
    known = [*entries["entry"], *built_in().entries["entry"]]
    for pattern in patterns:
        if not fnmatch.filter(known, pattern):
            near = difflib.get_close_matches(pattern.strip("*"), known)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"disputed: no entry of the lexicon is {pattern!r}{hint}")
    counting = cues[cues["counted"] & ~cues["negated"]]
    counting = counting.assign(disputed=_matching(counting["entry"], patterns))
    return counting, entries[_matching(entries["entry"], patterns)]


def _matching(entries: pd.Series[str], patterns: list[str]) -> pd.Series[bool]:
    """Return whether each entry matches one of the patterns."""
    found = {pattern: fnmatch.filter(entries.unique(), pattern) for pattern in patterns}
    return entries.isin([name for names in found.values() for name in names])


def _counted(
    placed: pd.DataFrame, cues: pd.DataFrame, measures: list[str], lexicon: Lexicon, *, own: bool
) -> pd.DataFrame:
    """Count the cues of every paragraph again: all, or the outlet's own per its own words."""
    rows = placed.reset_index(drop=True)
    if own:
        rows, cues = rows.assign(words=rows["words_outlet"]), cues[cues["voice"].isin(_OWN)]
    cues = cues.merge(rows[PLACE].assign(row=rows.index), on=PLACE)
    counts = {}
    for measure in measures:
        belongs = of_measure(cues, measure, lexicon)
        for name, which in ((measure, belongs), (measure + _WITHOUT, belongs & ~cues["disputed"])):
            counts[name] = np.bincount(cues["row"][which], minlength=len(rows))
    return rows.assign(**counts)


def _ordered(table: pd.DataFrame, measures: list[str], patterns: list[str]) -> pd.DataFrame:
    """Name the choices, and put the main analysis of every measure and pair first."""
    disputed = ~table["measure"].str.endswith(_WITHOUT)
    masked = table["measure"] == "tone_masked"
    name = _named(table["measure"])
    differs = {
        "outlet's own voice": table["voices"] == "outlet",
        "without lead": ~table["lead"],
        f"without {' and '.join(patterns).replace('*', '')}": ~disputed,
        "words pooled": table["weight"] == "words",
        "tone without cue words": masked,
    }
    choices = [
        ", ".join(itertools.compress(differs, row)) or "main analysis"
        for row in zip(*differs.values(), strict=True)
    ]
    table = table.assign(measure=name, disputed=disputed, masked=masked, choices=choices)
    place = name.map(measures.index)
    keys = [*reversed(differs.values()), table["outlet_b"], table["outlet_a"], place]
    return table.iloc[np.lexsort([key.to_numpy() for key in keys])].reset_index(drop=True)
