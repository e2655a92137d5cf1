"""The methods as a paragraph for a paper, in the past tense, with its references."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from framing import __version__
from framing.checks import is_copy
from framing.corpus.columns import broken_off
from framing.corpus.corpus import NOT_CHOSEN, Corpus, inputs_of
from framing.corpus.scored_part import scored_part
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.recipe import recipe
from framing.report.citation import citation
from framing.report.steps import (
    adjustment,
    by_presence,
    confirmed,
    log_ratios,
    of_the_plan,
    paragraphs_compared,
)
from framing.schema import BODY, TONES, label
from framing.stats.effects import FEW
from framing.stats.flips import LEVEL
from framing.stats.sides import OTHERS
from framing.text.numbers import joined, many, span, written_day
from framing.validation.coding import Coded
from framing.validation.statement import coded_sides, outdated, validation_paragraph

_NOT_SCORED = {
    "caption": "captions", "related": "related headlines", "furniture": "page furniture",
    "fragment": "fragments",
}  # fmt: skip
_ADDED = {"sentence": "Sentences with a yes.", "points": "Points of sentences, each 0 at least."}
_PACKAGES = ("pandas", "numpy", "scipy", "vaderSentiment")
# Works by the name with which the paragraph refers to them.
_REFERENCES = Path(__file__).with_name("references.toml")


def paragraph(
    corpus: Corpus,
    scores: pd.DataFrame,
    *,
    lexicon: Lexicon,
    parameters: Mapping[str, object],
    contrasts: pd.DataFrame | None,
    cues: pd.DataFrame | None,
    coded: Coded | None,
    steps: str = "",
) -> str:
    """Return what was read, counted, checked, compared and with what, in the past tense."""
    parts = [
        *_material(corpus, scores, parameters),
        *_measurement(scores, lexicon, contrasts),
        f"Also scored: {joined(chosen_of(parameters))}." if parameters.get("recipes") else "",
        *_validation(corpus, lexicon, cues, coded),
        steps,
        *_comparison(contrasts, scores, parameters),
        f"The analysis was run with framing {__version__} in Python {platform.python_version()} "
        f"({', '.join(f'{name} {version(name)}' for name in _PACKAGES)}).",
    ]
    return " ".join(filter(None, parts))


def references(text: str, lexicon: Lexicon) -> list[str]:
    """Return the works that the paragraph refers to, in alphabetical order."""
    listed = citation().splitlines()
    known = tomllib.loads(_REFERENCES.read_text("utf-8"))
    listed += [work for name, work in known.items() if name in text]
    if lexicon.source and not lexicon.source.startswith("Written for this package"):
        listed.append(f"{lexicon.name} {lexicon.version}. {lexicon.source}")
    return sorted(listed)


def _material(
    corpus: Corpus, scores: pd.DataFrame, parameters: Mapping[str, object]
) -> Iterator[str]:
    inputs = inputs_of(corpus.audit)
    outcomes = inputs["outcome"].where(inputs["reason"].ne(NOT_CHOSEN), NOT_CHOSEN).value_counts()
    part = scored_part(corpus, scores)
    days = part.articles["date"].dropna()
    ends = span(days, written_day) if len(days) else ""
    period = f", published {'from' if ' to ' in ends else 'on'} {ends}" if ends else ""
    if ends and (undated := len(part.articles) - len(days)):
        period += f" ({undated:,} had no date)"
    left = ", ".join(f"{n:,} {outcome}" for outcome, n in outcomes.items() if outcome != "scored")
    n = len(scores["outlet"].unique())
    yield (
        f"We analysed {many(scores['article'].nunique(), 'article')} of "
        f"{many(n, 'outlet')}{period} ({many(scores['words'].sum(), 'word')}; of "
        f"{many(len(inputs), 'input')} {left or 'none was left out'})."
    )
    yield part.note
    for name in ("outlets", "events"):
        if parameters.get(name):
            yield f"Only these {name} were taken: {', '.join(map(str, _listed(parameters[name])))}."
    if where := parameters.get("where"):
        yield f"Only articles with {' or '.join(map(str, _listed(where)))} were taken."
    heads = int(scores["role"].eq("headline").sum())
    titles = "1 of them a headline" if heads == 1 else f"{heads:,} of them headlines"
    others = [
        name for role, name in _NOT_SCORED.items() if (corpus.paragraphs["role"] == role).any()
    ]
    yield (
        "Headlines, standfirsts and body paragraphs were scored "
        f"({many(len(scores), 'paragraph')}, {titles})"
        + (f"; {joined(others)} were left out." if others else ".")
    )
    if cut := broken_off(part.articles, corpus.audit):
        yield (
            f"{cut:,} of {many(len(part.articles), 'text')} ended in an ellipsis, and may be the "
            "beginnings of articles only."
        )
    if copies := scores["article"][is_copy(scores)].nunique():
        repeats = "repeats" if copies == 1 else "repeat"
        later = "is a later version" if copies == 1 else "are later versions"
        yield (
            f"{many(copies, 'article')} that {repeats} another one of the same outlet, or {later} "
            f"of a page, {_was(copies)} left out of the comparison."
        )


def chosen_of(parameters: Mapping[str, object]) -> list[str]:
    """Return the recipes of a report, each with its version, hash, size, question and unit."""
    return [
        f"the recipe {one.name} {one.version} ({len(one.entries):,} entries, SHA-256 "
        f"{one.hash[:12]}; {one.question} {_ADDED[one.unit]})"
        for one in map(recipe, map(str, _listed(parameters.get("recipes") or [])))
    ]


def of_body(scores: pd.DataFrame) -> str:
    """Return which words rates are of, and how many articles have none of them."""
    body = scores[scores["role"].isin(BODY) & ~is_copy(scores)]
    lacking = scores["article"].nunique() - scores[scores["role"].isin(BODY)]["article"].nunique()
    return (
        f"of standfirsts and body ({many(body['words'].sum(), 'word')}), without headlines"
        + f"; {many(lacking, 'article')} had no body, and so no rate and no test" * bool(lacking)
    )


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _without_event(scores: pd.DataFrame) -> int:
    """Return how many articles have a body, and no event within which they could be compared."""
    body = scores[scores["role"].isin(BODY) & ~is_copy(scores)]
    return int(body.loc[body["event"].fillna("").eq(""), "article"].nunique())


def _left_out(lexicon: Lexicon) -> str:
    """Return which hits a lexicon does not count."""
    left = ["negated ones"] * ("negated" in lexicon.marks)
    left += ["those that a rule read in another sense"] * bool(lexicon.entries["rule"].any())
    return f", without {' and '.join(left)}" if left else ""


def _measurement(
    scores: pd.DataFrame, lexicon: Lexicon, contrasts: pd.DataFrame | None
) -> Iterator[str]:
    other = contrasts is not None and paragraphs_compared(str(contrasts["method"].iloc[:1].sum()))
    where = "" if other else f" {of_body(scores)}"
    of_headlines = contrasts is not None and "zone" in contrasts  # compares presence, not rates
    yield (
        f"Hits of the dictionary {f'{lexicon.name} {lexicon.version}'.strip()} "
        f"({len(lexicon.entries):,} entries in {len(lexicon.categories)} categories; SHA-256 "
        f"{lexicon.hash[:12]}) were counted{_left_out(lexicon)}"
        f"{'' if of_headlines else f', per 100 words{where}'}."
    )
    measures = contrasts["measure"].unique() if contrasts is not None else scores.columns
    toned = set(TONES) & set(measures) and scores["tone"].notna().any()
    if toned:
        yield (
            "Tone was the mean compound score of VADER (Hutto & Gilbert, 2014), which read texts "
            "with plain punctuation, over the sentences of a paragraph, from −1 to 1; that of an "
            f"article the mean of its paragraphs{', without the headline' * bool(where)}."
        )


def _validation(
    corpus: Corpus, lexicon: Lexicon, cues: pd.DataFrame | None, coded: Coded | None
) -> Iterator[str]:
    if coded is None or cues is None or outdated(coded, corpus.paragraphs, lexicon=lexicon):
        yield "The hits were not validated by hand on these articles."
    else:
        found = validation_paragraph(coded, cues, lexicon=lexicon)
        yield found
        yield coded_sides(coded, corpus.articles)
        if "alpha" in found:
            yield "Agreement was Krippendorff’s alpha (Krippendorff, 2019)."


def _comparison(
    contrasts: pd.DataFrame | None, scores: pd.DataFrame, parameters: Mapping[str, object]
) -> Iterator[str]:
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
        yield f"{many(alone, 'article')} without an event {_was(alone)} left out."
    yield "" if by == "outlet" else "Outlets were not held constant."
    yield "Every word counted the same." if "every word" in method else ""
    yield paragraphs_compared(method)
    if plan := of_the_plan(method):
        done = plan.replace("as prereg", "made as prereg", 1)
        yield f"The comparison was {done}."
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
    return (
        f"Every two of {n} of these {plural} were compared"
        if n < known
        else f"Every two {plural} were compared"
    )


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
            "least the mid-P of Fisher's exact test, and no interval was given."
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
        yield "P values of other measures were exploratory, and not adjusted."


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]
