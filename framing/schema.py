"""The tables: their columns, roles and measures. Read this file first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

ARTICLE_COLUMNS = [
    "article", "outlet", "date", "title", "event", "topic", "url", "byline", "language",
    "agency", "body_status", "source", "version_of",
]  # fmt: skip
PARAGRAPH_COLUMNS = [
    "article", "outlet", "date", "event", "paragraph", "role", "text", "words",
]  # fmt: skip
AUDIT_COLUMNS = [
    "source", "article", "block", "outcome", "reason", "blocks", "kept", "encoding",
]  # fmt: skip
CUE_COLUMNS = [
    "article", "paragraph", "sentence", "start", "end", "match", "category", "tag", "entry",
    "voice", "negated", "attenuated", "counted", "rule",
]  # fmt: skip
POINT_COLUMNS = [
    "recipe", "article", "paragraph", "sentence", "start", "end", "match", "category", "tag",
    "entry", "voice", "points", "sentence_score",
]  # fmt: skip
PLACE = ["article", "paragraph"]  # by which scores and cues are those of one paragraph
# What became of the columns of the source.
MAPPING_COLUMNS = ["file", "files", "column", "field", "how", "rows"]
# What is scored: furniture, captions and related headlines are in the table of paragraphs only.
SCORED_ROLES = ("headline", "standfirst", "body")
ROLES = (*SCORED_ROLES, "caption", "related", "furniture", "fragment")
BODY = ("standfirst", "body")
PRIMARY = ("hedge", "alarm", "boost")
CONFIRMATORY = (*PRIMARY, "tone")  # what is tested; all else is exploratory
TONES = ("neg", "neu", "pos", "compound", "tone", "tone_masked", "tone_news")
# What a score adds to the columns of paragraphs, before the counts of categories and indices;
# `tone_news` stands after `tone_masked` if it is asked for.
SCORE_COLUMNS = [
    "words", "words_outlet", "words_reported", "words_quoted", "words_unknown",
    "quote_unbalanced", "sentences", *TONES[:-1], "negated",
]  # fmt: skip
# So the columns of recipes begin; points can be negative, and more than there are words.
RECIPE = "recipe_"
_POINTS = {"recipe_fear": "points", "recipe_findings": "points"} | dict.fromkeys(
    ["recipe_uncertainty", "recipe_weasels", "recipe_attribution", "recipe_urging"], "sentences"
)
# What tables and figures call measures, categories and columns, where "_" as a space would not do.
LABELS = {
    "hedge": "hedging", "boost": "boosters", "tone_masked": "tone without cues",
    "tone_news": "tone of news",
    "epi_modal": "modal verbs", "prob": "likelihood", "evid": "evidence", "approx": "approximation",
    "attrib": "attribution", "cond": "conditions", "conflict_esc": "conflict",
    "conflict_deesc": "peace", "warn": "warnings",
    "recipe_fear": "fear appeals", "recipe_urging": "urging", "recipe_weasels": "weasel words",
    "recipe_attribution": "attributing", "recipe_uncertainty": "uncertainty",
    "recipe_findings": "hedged findings",
    "outlet_a": "first outlet", "outlet_b": "second outlet", "articles_a": "articles of the first",
    "articles_b": "articles of the second", "words_a": "words of the first",
    "words_b": "words of the second", "article_a": "first article", "article_b": "second article",
    "doxastic": "word of belief", "title_a": "first version", "title_b": "second version",
    "estimate": "difference", "low": "from", "high": "to", "ratio_low": "from", "ratio_high": "to",
    "p_adjusted": "adjusted p", "p_equivalent": "p of equivalence", "detectable": "detectable size",
    "own_voice": "own voice", "match": "words", "z": "standard deviations", "ac1": "AC1",
    "r": "Pearson’s r", "group_a": "first group", "group_b": "second group",
    "corrected_p_adjusted": "corrected p",
    "articles_before": "articles before", "articles_after": "articles after",
    "outlets_a": "outlets of the first", "outlets_b": "outlets of the second",
}  # fmt: skip
UNKNOWN_OUTLET = "unknown"  # of articles that name none
OTHERS = "all others"  # the second side of contrasts with the rest
# The categories and indices of the built-in lexicon.
CATEGORIES = [
    "epi_modal", "prob", "evid", "approx", "hearsay", "attrib", "cond", "boost", "fear", "warn",
    "risk", "conflict_esc", "conflict_deesc", "hedge", "alarm",
]  # fmt: skip
# Names that a category of a lexicon cannot have.
COLUMN_NAMES = tuple(dict.fromkeys([
    *ARTICLE_COLUMNS, *PARAGRAPH_COLUMNS, *SCORE_COLUMNS, *TONES, "copy_of", *CUE_COLUMNS,
    *POINT_COLUMNS,
]))  # fmt: skip
# Names that a column carried along from the source cannot have.
RESERVED = frozenset(
    ARTICLE_COLUMNS
    + PARAGRAPH_COLUMNS
    + AUDIT_COLUMNS
    + CUE_COLUMNS
    + SCORE_COLUMNS
    + CATEGORIES
    + ["tone_news"]
)
# Columns by which a table that this package wrote is recognised; scores are paragraphs as well.
_RECOGNISED_BY = [
    ("articles", {"article", "outlet", "body_status", "version_of"}),
    ("paragraphs", {"article", "paragraph", "role", "text"}),
    ("paragraphs", {"article", "role", "words"}),  # also if a column was dropped
    ("cues", {"article", "paragraph", "entry", "voice", "counted"}),
    ("audit", {"source", "outcome", "reason", "blocks", "kept"}),
    ("columns", set(MAPPING_COLUMNS)),
    ("events", {"event", "article", "title", "similarity"}),
    ("passages", {"passage", "before", "text", "after", "note"}),  # to be coded
]
# So are tables of results: they have some of these columns, one of the first line among them.
_RESULT_OF = {"measure", "outlet_a", "article_a", "log_odds", "dropped_expected"}
_RESULTS = _RESULT_OF | {
    "outlet_b", "article_b", "pair", "estimate", "low", "high", "ratio", "p", "p_adjusted", "mean",
    "pooled", "share_zero", "log_ratio", "added_expected", "net", "zone", "gap", "fitted",
    "finding", "detail", "missed", "any_size", "tested", "value", "z",
}  # fmt: skip
_FEWEST_OF_RESULTS = 3


def own_table(columns: Iterable[str]) -> str:
    """Return which of our tables has these columns; empty if it is none of them.

    >>> own_table(PARAGRAPH_COLUMNS)
    'paragraphs'
    >>> own_table(["measure", "outlet_a", "outlet_b", "estimate", "p_adjusted"])
    'results'
    >>> own_table(["title", "text", "outlet"])
    ''
    """
    names = set(columns)
    kind = next((kind for kind, telling in _RECOGNISED_BY if telling <= names), "")
    of_results = {name.partition(", ")[0] for name in names} & _RESULTS
    if not kind and names & _RESULT_OF and len(of_results) >= _FEWEST_OF_RESULTS:
        kind = "" if "text" in names else "results"
    return "" if kind == "articles" and "text" in names else kind


def listed(names: str | Sequence[str]) -> list[str]:
    """Return a list of names, also for a single name; a recipe stands for its column."""
    single = isinstance(names, str) or hasattr(names, "column")
    several: Iterable[Any] = [names] if single else names
    if hasattr(names, "columns") or not hasattr(several, "__iter__"):
        raise TypeError(f"expected a name or a list of names, got a {type(names).__name__}")
    return [getattr(name, "column", name) for name in several]


def confirmatory(names: Iterable[str]) -> list[str]:
    """Return which measures are tested together; all others are exploratory.

    They are hedge, alarm, boost and tone. Of another dictionary than the built-in one, which has
    none of the first three, or lacks one and has other categories, they are all.

    >>> confirmatory(["tone", "cond", "hedge", "alarm", "boost"])
    ['hedge', 'alarm', 'boost', 'tone']
    >>> confirmatory(["tone", "tone_masked", "care", "harm"])
    ['care', 'harm', 'tone']
    """
    measures = list(names)
    missing, own = set(PRIMARY) - set(measures), set(measures) - {*TONES, *CATEGORIES}
    if not missing or (missing != set(PRIMARY) and not own):
        return [name for name in CONFIRMATORY if name in measures]
    tone = [name for name in measures if name == "tone"]
    return [name for name in measures if name not in SCORE_COLUMNS] + tone


def per(measure: str) -> str:
    """Return the unit of a measure, to stand behind a number; nothing for tone.

    Recipes count the sentences for which the answer is yes, or sum up points.

    >>> per("hedge"), per("tone"), per("recipe_attribution"), per("recipe_fear")
    (' per 100 words', '', ' sentences per 100 words', ' points per 100 words')
    """
    if measure in TONES:
        return ""
    kind = _POINTS.get(measure, "points or sentences") if measure.startswith(RECIPE) else ""
    return f" {kind} per 100 words".replace("  ", " ")


def asked_with(measure: str) -> str:
    """Return the argument of ``score`` that adds a measure; empty if there is none.

    >>> asked_with("tone_news"), asked_with("recipe_fear"), asked_with("fear")
    ('tone_news=True', "recipes=['fear']", '')
    """
    name = measure.removeprefix(RECIPE)
    if RECIPE + name in _POINTS and measure not in CATEGORIES:
        return f"recipes=[{name!r}]"
    return "tone_news=True" if measure == "tone_news" else ""


def label(name: object) -> str:
    """Return what a measure, a category or a column is called in figures and tables.

    Examples
    --------
    >>> label("epi_modal"), label("p_adjusted"), label("my_category")
    ('modal verbs', 'adjusted p', 'my category')
    """
    return LABELS.get(str(name), str(name).replace("_", " "))
