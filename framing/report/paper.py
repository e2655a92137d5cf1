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
from framing.corpus.corpus import NOT_CHOSEN, Corpus, inputs_of, outcomes_of
from framing.corpus.scored_part import scored_part
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.recipe import recipe
from framing.report.citation import citation
from framing.report.compared import comparison, was
from framing.report.steps import paragraphs_compared
from framing.schema import BODY, TONES
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
        *comparison(contrasts, scores, parameters),
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
    chosen = inputs["outcome"].where(inputs["reason"].ne(NOT_CHOSEN), NOT_CHOSEN)
    outcomes = outcomes_of(inputs.assign(outcome=chosen))
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
        f"{many(outcomes.sum(), 'input')} {left or 'none was left out'})."
    )
    yield part.note
    for name in ("outlets", "events"):
        if parameters.get(name):
            yield f"Only these {name} were taken: {', '.join(map(str, _listed(parameters[name])))}."
    if where := parameters.get("where"):
        yield f"Only articles with {' or '.join(map(str, _listed(where)))} were taken."
    yield _roles(corpus, scores)
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
            f"of a page, {was(copies)} left out of the comparison."
        )


def _roles(corpus: Corpus, scores: pd.DataFrame) -> str:
    """Return which kinds of paragraphs were scored, and which were not."""
    heads = int(scores["role"].eq("headline").sum())
    titles = "1 of them a headline" if heads == 1 else f"{heads:,} of them headlines"
    present = set(corpus.paragraphs["role"])
    others = [name for role, name in _NOT_SCORED.items() if role in present]
    was_left = "was" if others == [_NOT_SCORED["furniture"]] else "were"
    return (
        "Headlines, standfirsts and body paragraphs were scored "
        f"({many(len(scores), 'paragraph')}, {titles})"
        + (f"; {joined(others)} {was_left} left out." if others else ".")
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


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]
