"""The tables: their columns, roles and measures, and the checks on them. Read this file first."""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

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
    "outlet_a": "first outlet", "outlet_b": "second outlet", "articles_a": "articles of the first",
    "articles_b": "articles of the second", "words_a": "words of the first",
    "words_b": "words of the second", "article_a": "first article", "article_b": "second article",
    "doxastic": "word of belief", "title_a": "first version", "title_b": "second version",
    "estimate": "difference", "low": "from", "high": "to", "ratio_low": "from", "ratio_high": "to",
    "p_adjusted": "adjusted p", "p_equivalent": "p of equivalence", "detectable": "detectable size",
    "own_voice": "own voice", "match": "words", "z": "standard deviations", "ac1": "AC1",
    "r": "Pearson’s r", "group_a": "first group", "group_b": "second group",
    "articles_before": "articles before", "articles_after": "articles after",
    "outlets_a": "outlets of the first", "outlets_b": "outlets of the second",
}  # fmt: skip
OTHERS = "all others"  # the second side of contrasts with the rest
# What a table should be, in errors.
CONTRASTS = "contrasts, as framing.compare returns them"
EVENT_PAIRS = "pairs, as framing.event_pairs returns them"
LEVELS = "levels, as framing.levels returns them"
SCORES = "scores, as framing.score(corpus.paragraphs) returns them"
CUES = "cues, as framing.find_cues(corpus.paragraphs) returns them"
# The categories and indices of the built-in lexicon.
CATEGORIES = [
    "epi_modal", "prob", "evid", "approx", "hearsay", "attrib", "cond", "boost", "fear", "warn",
    "risk", "conflict_esc", "conflict_deesc", "hedge", "alarm",
]  # fmt: skip
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
# How a cell reads that was empty when its column was turned into text.
EMPTY = frozenset({"", "nan", "<NA>", "NaT"})
_NO_ARTICLE = ""
_NO_DAY = re.compile(r"(?!\d{8}$)\d+(\.\d*)?|\d{4}[-/]\d{1,2}")
# Columns by which a table that this package wrote is recognised; scores are paragraphs as well.
_RECOGNISED_BY = {
    "articles": {"article", "outlet", "body_status", "version_of"},
    "paragraphs": {"article", "paragraph", "role", "text"},
    "cues": {"article", "paragraph", "entry", "voice", "counted"},
    "audit": {"source", "outcome", "reason", "blocks", "kept"},
    "columns": set(MAPPING_COLUMNS),
    "events": {"event", "article", "title", "similarity"},
    "passages": {"passage", "before", "text", "after", "note"},  # to be coded
}
# So are tables of results: they have some of these columns, one of the first line among them.
_RESULT_OF = {"measure", "outlet_a", "article_a", "log_odds", "dropped_expected"}
_RESULTS = _RESULT_OF | {
    "outlet_b", "article_b", "pair", "estimate", "low", "high", "ratio", "p", "p_adjusted", "mean",
    "pooled", "share_zero", "log_ratio", "added_expected", "net", "zone", "gap", "fitted",
    "finding", "detail", "missed", "any_size", "tested", "value", "z",
}  # fmt: skip
_FEWEST_OF_RESULTS = 3
_FILLED = {"outlet": "unknown", "date": pd.NaT, "event": "", "role": "body"}


def own_table(columns: Iterable[str]) -> str:
    """Return which of our tables has these columns; empty if it is none of them.

    Examples
    --------
    >>> own_table(PARAGRAPH_COLUMNS)
    'paragraphs'
    >>> own_table(["measure", "outlet_a", "outlet_b", "estimate", "p_adjusted"])
    'results'
    >>> own_table(["title", "text", "outlet"])
    ''
    """
    names = set(columns)
    found = (kind for kind, telling in _RECOGNISED_BY.items() if telling <= names)
    kind = next(found, "")
    of_results = {name.partition(", ")[0] for name in names} & _RESULTS
    if not kind and names & _RESULT_OF and len(of_results) >= _FEWEST_OF_RESULTS:
        kind = "" if "text" in names else "results"
    return "" if kind == "articles" and "text" in names else kind


def as_pandas(table: Any) -> Any:
    """Return a table of polars, Arrow or another library that exports Arrow as a DataFrame.

    Everything else is returned as it is.
    """
    if isinstance(table, pd.DataFrame) or not hasattr(table, "__arrow_c_stream__"):
        return table
    import pyarrow as pa  # slow to import

    try:
        return pa.table(table).to_pandas()
    except pa.ArrowInvalid:  # a single column
        return table


def complete(paragraphs: Any) -> pd.DataFrame:
    """Return a table of paragraphs with the columns that were missing."""
    paragraphs = as_pandas(paragraphs)
    if isinstance(paragraphs, pd.DataFrame):
        paragraphs = paragraphs.reset_index(drop=True)
    check_columns(paragraphs, ["text"], kind="paragraphs, as framing.read_corpus(path).paragraphs")
    filled = {"article": _NO_ARTICLE, "paragraph": range(len(paragraphs))} | _FILLED
    missing = {name: value for name, value in filled.items() if name not in paragraphs}
    return paragraphs.join(pd.DataFrame(missing, index=paragraphs.index))


def check_columns(table: pd.DataFrame, names: Sequence[object], *, kind: str) -> None:
    """Raise an error if something is no table, or a column is missing.

    ``kind`` says what the table should be.
    """
    if not isinstance(table, pd.DataFrame):
        hint = ": pass its paragraphs, corpus.paragraphs" if hasattr(table, "paragraphs") else ""
        if type(table).__name__ == "Series":
            hint = ": pass a table with this column, texts.to_frame('text')"
        elif hasattr(table, "__arrow_c_stream__"):
            hint = " that is not from pandas: pass table.to_pandas()"
        raise TypeError(f"expected a table of {kind}, got {as_value(table)}{hint}")
    if wrong := [name for name in names if not isinstance(name, str | int)]:
        raise TypeError(f"expected the name of one column, got {as_value(wrong[0])}")
    both = [name for name in table.index.names if name is not None and name in table]
    if both:
        raise ValueError(
            f"the index and a column both have the name {both[0]!r}: pass "
            "table.reset_index(drop=True)"
        )
    missing = [name for name in names if name not in table]
    if missing:
        found = ", ".join(map(str, table.columns)) or "none"
        raise ValueError(
            f"no column {', '.join(map(repr, missing))}: expected a table of {kind}; "
            f"the columns of this one are: {found}"
        )
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise ValueError(f"two columns have the name {twice[0]!r}: rename or drop one of them")


def check_same_ids(table: pd.DataFrame, other: pd.DataFrame) -> None:
    """Raise an error if articles are numbers in one table and texts in the other."""
    ids, others = table["article"], other["article"]
    known = len(ids) and len(others)
    if known and (ids.dtype.kind in "iuf") != (others.dtype.kind in "iuf"):
        raise ValueError(
            f"column 'article' holds {as_value(ids.iloc[0])} in one table, and "
            f"{as_value(others.iloc[0])} in the other: read both with dtype={{'article': str}}"
        )


def check_same_articles(table: pd.DataFrame, other: pd.DataFrame, kinds: Sequence[str]) -> None:
    """Raise an error if two tables, which ``kinds`` name, have no article in common."""
    check_same_ids(table, other)
    if len(table) and len(other) and not table["article"].isin(other["article"].unique()).any():
        raise ValueError(
            f"{kinds[0]} are of other articles than {kinds[1]}, such as "
            f"{table['article'].iloc[0]!r}: give tables of the same corpus"
        )


def check_outlets(table: pd.DataFrame, known: Iterable[object], kind: str) -> None:
    """Raise an error if contrasts name an outlet that the table they describe does not have."""
    names = {str(name) for name in known} | {OTHERS}
    for name in pd.unique(table[["outlet_a", "outlet_b"]].to_numpy().ravel()):
        if str(name) not in names:
            raise ValueError(
                f"contrasts name {name!r}, which {kind} do not have: give those of the same "
                "articles, compared by the same column"
            )


def other_languages(table: pd.DataFrame, language: str) -> tuple[pd.Series[bool], str]:
    """Return which texts have a ``language`` that is another one, and the names of these."""
    codes = table["language"].fillna("").astype(str)
    other = ~codes.isin(["", language])
    return other, ", ".join(sorted(set(codes[other])))


def dates_of(table: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the column ``date`` as it stands in the source, in whatever time zone it was written.

    Text must be as 2024-03-29: 04/03/2024 could be one of two days, and a year is none.
    """
    column = table["date"]
    try:
        if not pd.api.types.is_datetime64_any_dtype(column):
            known = column.dropna()
            if (wrong := ~known.map(is_day)).any():
                raise ValueError(f"got {as_value(known[wrong].iloc[0])} ({wrong.sum():,} in all)")
        dates = pd.to_datetime(column, format="ISO8601")
    except (ValueError, TypeError) as error:
        reason = str(error).partition(". You might")[0].partition("\n")[0]
        raise ValueError(
            f"column 'date' must hold dates such as 2024-03-29, of one time zone if any: {reason}; "
            "framing.read_corpus reads dates of many forms"
        ) from None
    return dates.dt.tz_localize(None)


def is_day(value: object) -> bool:
    """Return whether a date has a day: a year, a month and a number of seconds have none.

    Examples
    --------
    >>> [is_day(x) for x in ("2024-03-29", "20240329", 2024.0, "2024", "2024-03", 20240329)]
    [True, True, False, False, False, False]
    """
    return not isinstance(value, Real) and not _NO_DAY.fullmatch(str(value))


def check_roles(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a role is none of ours: the row would be left out, as captions are."""
    bad = ~paragraphs["role"].isin(ROLES)
    if bad.any():
        row = paragraphs[bad].iloc[0]
        raise ValueError(
            f"{place_of(row)}: role must be one of {', '.join(ROLES)}, got "
            f"{as_value(row['role'])} ({bad.sum()} in all)"
        )


def check_is(value: object, kind: type, name: str, maker: str) -> None:
    """Raise an error unless an argument is what a function of framing returns."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be what framing.{maker} returns, got {as_value(value)}")


def check_order(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a paragraph cannot be ordered among the others."""
    places = paragraphs["paragraph"]
    if isinstance(places.dtype, np.dtype) and pd.api.types.is_numeric_dtype(places.dtype):
        return
    kinds = [Real if isinstance(place, Real) else type(place) for place in places]
    bad = places.isna().to_numpy() | [kind is not kinds[0] for kind in kinds]
    if bad.any():
        row = paragraphs[bad].iloc[0]
        raise TypeError(
            f"{place_of(row)}: column 'paragraph' must hold numbers, which give the order of the "
            f"paragraphs, got {as_value(row['paragraph'])} beside {as_value(places.iloc[0])}"
        )


def check_texts(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a text is not a str."""
    texts = paragraphs["text"]
    if isinstance(texts.dtype, pd.StringDtype) and not texts.hasnans:
        return
    bad = [not isinstance(text, str) for text in texts.tolist()]
    if any(bad):
        row = paragraphs.iloc[bad.index(True)]
        raise TypeError(
            f"{place_of(row)}: a text must be a str, got {as_value(row['text'])}; drop such rows "
            f"or fill them with '' ({sum(bad)} in all)"
        )


def check_unique(paragraphs: pd.DataFrame) -> None:
    """Warn if a paragraph of an article occurs more than once."""
    named = paragraphs[paragraphs["article"].astype(str) != _NO_ARTICLE]
    twice = named.duplicated(PLACE)
    if twice.any():
        article, paragraph = named.loc[twice.to_numpy(), PLACE].iloc[0]
        warnings.warn(
            f"{twice.sum()} rows repeat a paragraph of the same article, first paragraph "
            f"{paragraph} of article {article!r}; all of them are scored, and counted again in "
            "every comparison",
            stacklevel=3,
        )


def place_of(row: pd.Series[Any]) -> str:
    """Return how an error names a row of paragraphs; its name is the number in the index."""
    if row.get("article", _NO_ARTICLE) == _NO_ARTICLE:
        return f"row {row.name}"
    paragraph = f", paragraph {row['paragraph']}" if "paragraph" in row else ""
    return f"row {row.name} (article {row['article']!r}{paragraph})"


def as_value(value: object) -> str:
    """Return how an error shows a value of any kind."""
    value = value.item() if isinstance(value, np.generic) else value
    shown = repr(value) if isinstance(value, str | int | float | bytes | None) else ""
    kind = type(value).__name__
    return f"{shown[:40]} ({kind})" if shown and value is not None else shown or f"a {kind}"


def check_filled(table: pd.DataFrame, *names: str) -> None:
    """Raise an error that names the first row in which one of the columns is empty."""
    for name in names:
        empty = table[name].isna() | table[name].astype(str).str.strip().isin(EMPTY)
        if empty.any():
            hint = "; texts without an article are compared as scores.assign(article=scores.index)"
            raise ValueError(
                f"column {name!r} is empty in {empty.sum()} rows, first in row "
                f"{empty.to_numpy().argmax()}: fill it, or drop these rows"
                f"{hint if name == 'article' else ''}"
            )


def check_number(name: str, value: object, *, least: float, most: float = np.inf) -> None:
    """Raise an error unless an argument is a number from ``least`` to ``most``."""
    known = isinstance(value, Real) and not isinstance(value, bool)
    if not known or not least <= value <= most:  # type: ignore[operator]
        allowed = f"from {least:g} to {most:g}" if np.isfinite(most) else f"of at least {least:g}"
        raise ValueError(f"{name} must be a number {allowed}, got {as_value(value)}")


def check_flag(name: str, value: object) -> None:
    """Raise an error unless an argument is True or False; the text "no" would be true."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {as_value(value)}")


def check_whole(name: str, value: object, *, least: int) -> None:
    """Raise an error unless an argument is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number from {least} on, got {as_value(value)}")


def check_once(
    table: pd.DataFrame, *groups: str, kind: str = "scores", of: Sequence[str] = ("paragraph",)
) -> None:
    """Raise an error if a paragraph of an article is there twice (in one of the ``groups``).

    ``of`` are the columns that tell the rows of an article apart, where these are no paragraphs.
    """
    if not {*of} <= {*table}:
        return
    twice = table.duplicated(list(dict.fromkeys([*groups, "article", *of])))
    if twice.any():
        row = table[twice.to_numpy()].iloc[0]
        raise ValueError(
            f"{twice.sum()} rows of {kind} repeat a {of[-1]}, first {of[-1]} {row[of[-1]]} "
            f"of article {row['article']!r}: was a table added twice, or has one article the id of "
            "another? Drop the rows, or give the articles ids of their own"
        )


def of_roles(table: pd.DataFrame, roles: str | Sequence[str]) -> pd.DataFrame:
    """Return the paragraphs with some roles; raise an error if there are none."""
    if wrong := [role for role in listed(roles) if role not in ROLES]:
        raise ValueError(f"roles must be from {', '.join(ROLES)}, got {wrong[0]!r}")
    check_roles(table)
    rows = table[table["role"].isin(listed(roles))]
    if rows.empty:
        known = ", ".join(sorted(map(str, table["role"].unique()))) or "no row at all"
        asked = ", ".join(listed(roles))
        short = (
            ": give short texts, such as posts, to framing.score without reading them as articles"
        )
        hint = short if known == "headline" else ""
        raise ValueError(f"no paragraph with words has role {asked}; the table has: {known}{hint}")
    return rows


def texts_of(column: pd.Series[Any]) -> pd.Series[str]:
    """Return texts without space around them, empty where there is nothing."""
    known = column if isinstance(column.dtype, pd.StringDtype) else column.astype(object)
    texts = known.where(column.notna(), "").astype(str).str.strip()
    return texts.where(~texts.isin(EMPTY | {"None"}), "")


def is_copy(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows are of articles that are copies of another one, by ``copy_of``."""
    if "copy_of" not in table:
        return pd.Series(False, index=table.index)
    return texts_of(table["copy_of"]) != ""


def without_copies(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are compared and counted: those of articles that are no copies."""
    kept = table[~is_copy(table)]
    if kept.empty and len(table):
        first = str(table["copy_of"].iloc[0])
        raise ValueError(
            f"column 'copy_of' is filled in all rows, first with {first!r}: it must be empty for "
            "articles that are copies of no other one"
        )
    return kept


def check_known(names: Sequence[str], allowed: Sequence[str]) -> None:
    """Raise an error that names the nearest measure if one of ``names`` is not allowed."""
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ValueError(
                f"no measure {name!r}: {hint}There are: {', '.join(dict.fromkeys(allowed))}"
            )


def listed(names: str | Sequence[str]) -> list[str]:
    """Return a list of names, also for a single name."""
    return [names] if isinstance(names, str) else list(names)


def confirmatory(names: Iterable[str]) -> list[str]:
    """Return which measures are tested together; all others are exploratory.

    They are hedge, alarm, boost and tone. Of another dictionary than the built-in one, which has
    none of the first three, or lacks one and has other categories, they are all.

    Examples
    --------
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

    Examples
    --------
    >>> per("hedge"), per("tone"), per("recipe_attribution"), per("recipe_fear")
    (' per 100 words', '', ' sentences per 100 words', ' points per 100 words')
    """
    if measure in TONES:
        return ""
    kind = _POINTS.get(measure, "points or sentences") if measure.startswith(RECIPE) else ""
    return f" {kind} per 100 words".replace("  ", " ")


def label(name: object) -> str:
    """Return what a measure, a category or a column is called in figures and tables.

    Examples
    --------
    >>> label("epi_modal"), label("p_adjusted"), label("my_category")
    ('modal verbs', 'adjusted p', 'my category')
    """
    return LABELS.get(str(name), str(name).replace("_", " "))
