"""Paragraphs in, scores out: tone, cues and indices of every paragraph."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import as_value, check_flag, spelled
from framing.checks import check_roles, complete, place_of
from framing.corpus.language import language_in, telling, with_language
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.recipe import Recipe, recipe
from framing.schema import CATEGORIES, RECIPE, SCORE_COLUMNS, SCORED_ROLES
from framing.scoring.cues import cue_table, placed_chunks
from framing.scoring.measure import UnscorableError, measure_chunk
from framing.scoring.paragraph_checks import check_language, check_order, check_texts, check_unique
from framing.scoring.tone import english_tone
from framing.scoring.voices import Layout, layout, layouts, openings
from framing.utils.parallel import is_dask, spread_out


def score(
    paragraphs: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    recipes: str | Recipe | Sequence[str | Recipe] = (),
    tone_news: bool = False,
    normalise: bool = True,
    workers: int = 1,
) -> pd.DataFrame:
    """Score the tone and count the cues of every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame, a table of polars or Arrow, or a Dask DataFrame
        A column ``text`` is required; other columns are copied, and columns of the table of
        paragraphs that are missing are filled. Each row without an ``article`` is treated as a
        text of its own. Rows whose ``role`` is not headline, standfirst or body are left out. For
        a Dask DataFrame, the result is a Dask DataFrame.
    lexicon : Lexicon, optional
        The built-in English one by default.
    recipes : sequence of str or Recipe, optional
        Questions to answer, as in ``recipes=["uncertainty", "fear"]``; see `recipe`. They use the
        built-in English lexicon, whatever ``lexicon`` is, and refuse texts in other languages.
    tone_news : bool, default False
        Whether to add the column ``tone_news``: ``tone`` without the words that news does not mean
        as VADER does (*Justice*, *party*, *fewer deaths*, *hardly a success*).
    normalise : bool, default True
        Fold curly apostrophes, hyphens and invisible characters before VADER reads the text; see
        ``tone``. Cues are found in the folded text in any case.
    workers : int, default 1
        Number of processes, this one included; the scores do not depend on it. A process takes
        about a second to start. Dask has its own workers.

    Returns
    -------
    DataFrame
        The columns of ``paragraphs``; ``words_outlet``, ``words_reported``, ``words_quoted`` and
        ``words_unknown``, the words by voice (labels and scare quotes are the outlet's), and
        ``quote_unbalanced``, whether a quotation mark is unpaired; ``sentences``; ``neg``, ``neu``,
        ``pos``, ``compound`` of the whole text; ``tone``, the mean of ``compound`` over its
        sentences; ``tone_masked``, the same with the lexicon's cue words left out of VADER (all of
        these missing where a column ``language`` says that a text is not English or, without the
        column, where a sample of the texts plainly is not); ``negated``, the
        number of cues that would count but for a negation; an integer column per category and
        index: the number of cues that count; an integer column per recipe, such as
        ``recipe_uncertainty``: the number of sentences for which the answer is yes, or the sum of
        their points, each 0 at least, if the recipe is one of points.

    Raises
    ------
    TypeError
        If ``paragraphs`` is not a table, a text is not a str, or the values of ``paragraph`` cannot
        be ordered; the message names the row.
    ValueError
        If there is no column ``text``, two columns have the same name, a ``role`` is unknown, a
        column has the name of a score (``tone``, say, or a category of the lexicon), texts are in
        another language than the lexicon or a recipe (by the column ``language``, or a sample of
        the texts), or a row cannot be scored; the message names it.

    Warns
    -----
    UserWarning
        If a paragraph of an article occurs more than once, texts without a column ``language``
        are in several, or ``paragraphs`` are scores with columns that are not scored anew
        (``tone_news``, recipes): they are left out.

    Examples
    --------
    >>> scores = score(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> scores[["words", "hedge", "alarm"]].values.tolist()
    [[5, 1, 1]]
    >>> scores[["compound", "tone", "tone_masked"]].values.tolist()
    [[-0.7717, -0.7717, -0.5423]]
    """
    check_flag("tone_news", tone_news)
    check_flag("normalise", normalise)
    options: dict[str, Any] = {
        "lexicon": lexicon,
        "recipes": chosen_recipes(recipes),
        "tone_news": tone_news,
        "normalise": normalise,
    }
    if is_dask(paragraphs):
        return _over_partitions(paragraphs, **options)
    rows = scored_rows(paragraphs)
    check_unique(rows)
    return score_rows(rows, layout(openings(rows)), workers=workers, **options)


def chosen_recipes(recipes: str | Recipe | Sequence[str | Recipe]) -> tuple[Recipe, ...]:
    """Return recipes, which may be given by name, or be a single one."""
    several = [recipes] if isinstance(recipes, str | Recipe) else recipes
    if not isinstance(several, Iterable):
        raise TypeError(f"recipes must be a list of recipes, got {as_value(recipes)}")
    chosen = dict.fromkeys(one if isinstance(one, Recipe) else recipe(one) for one in several)
    names = [one.name for one in chosen]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(
            f"two recipes have the name {twice[0]!r}: give a changed copy a name of its own, as in "
            f"dataclasses.replace(recipe, name={twice[0] + '_2'!r})"
        )
    return tuple(chosen)


def scored_rows(paragraphs: pd.DataFrame, *, first: int = 0) -> pd.DataFrame:
    """Return the completed rows that have a role which is scored.

    The index holds the numbers of the rows, counted from ``first``.
    """
    table = complete(paragraphs)
    table.index = pd.RangeIndex(first, first + len(table))
    check_roles(table)
    rows = table[table["role"].isin(SCORED_ROLES)]
    check_texts(rows)
    check_order(rows)
    return rows


def score_with_cues(
    paragraphs: pd.DataFrame, lexicon: Lexicon, recipes: tuple[Recipe, ...] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `score` and then `find_cues` would return, in one reading of the texts."""
    rows = scored_rows(paragraphs)
    check_unique(rows)
    parts: list[pd.DataFrame] = []
    where = layout(openings(rows))
    scores = score_rows(rows, where, lexicon=lexicon, recipes=recipes, cues=parts)
    return scores, cue_table(rows, parts, lexicon)


def score_rows(
    rows: pd.DataFrame,
    where: Layout,
    *,
    lexicon: Lexicon | None = None,
    recipes: tuple[Recipe, ...] = (),
    tone_news: bool = False,
    normalise: bool = True,
    workers: int = 1,
    cues: list[pd.DataFrame] | None = None,
    language: str | None = None,
) -> pd.DataFrame:
    """Score rows that `scored_rows` returned; ``where`` is their layout.

    The cues of every chunk are added to ``cues``, if it is given. ``language`` is that of the whole
    table of which these are a part.
    """
    lexicon = chosen_lexicon(lexicon)
    rows = _without_stale(rows, lexicon, recipes, tone_news=tone_news)
    spoken = with_language(rows, language)
    check_language(spoken, lexicon, *recipes)
    measure = partial(
        measure_chunk, lexicon=lexicon, recipes=recipes, tone_news=tone_news, fold=normalise,
        with_cues=cues is not None,
    )  # fmt: skip
    measured = spread_out(measure, placed_chunks(rows["text"], where), workers=workers)
    try:
        columns = _columns(measured, len(rows), cues)
    except UnscorableError as error:
        row, reason = error.args
        raise ValueError(f"{place_of(rows.iloc[row])} cannot be scored: {reason}") from error
    table = rows.reset_index(drop=True).drop(columns=list(columns), errors="ignore")
    table = pd.concat([table, pd.DataFrame(columns, copy=False)], axis=1)
    if spoken is rows:
        return english_tone(table)
    return english_tone(table.assign(language=spoken["language"].array)).drop(columns="language")


def _columns(
    measured: Iterable[tuple[dict[str, NDArray[np.generic]], pd.DataFrame | None]],
    n: int,
    cues: list[pd.DataFrame] | None,
) -> dict[str, NDArray[np.generic]]:
    """Return the scores of all chunks, in columns of which each is made once."""
    columns: dict[str, NDArray[np.generic]] = {}
    done = 0
    for numbers, found in measured:
        if cues is not None and found is not None:
            cues.append(found)
        size = len(numbers["words"])
        for name, values in numbers.items():
            columns.setdefault(name, np.empty(n, values.dtype))[done : done + size] = values
        done += size
    return columns


def _without_stale(
    rows: pd.DataFrame, lexicon: Lexicon, recipes: tuple[Recipe, ...], *, tone_news: bool
) -> pd.DataFrame:
    """Return a table of scores without those that would stay as they were, of a former text.

    In a table of paragraphs, a column with the name of a score is an error, but for ``words``.
    """
    names, asked = [*lexicon.categories, *lexicon.indices], [one.column for one in recipes]
    for name in set(names) & set(asked):
        raise ValueError(f"the lexicon has a category {name!r}, which is the name of a recipe's")
    if "tone_masked" not in rows:
        for name in (*names, *asked, *SCORE_COLUMNS):
            if name in rows and name != "words":
                raise ValueError(f"column {name!r} would be replaced by the score: rename it")
        return rows
    anew = {*names, *asked, *["tone_news"] * tone_news}
    old = [n for n in rows if n in (*CATEGORIES, "tone_news") or str(n).startswith(RECIPE)]
    if stale := [name for name in old if name not in anew]:
        warnings.warn(
            f"the table has scores already, and {spelled(stale)} would stay as before: left out. "
            "Ask for them again (tone_news=True, recipes=[...]), or score the paragraphs",
            stacklevel=4,
        )
    return rows.drop(columns=stale)


def _over_partitions(paragraphs: Any, **options: Any) -> Any:
    """Score the partitions of a Dask DataFrame, wherever its scheduler computes them.

    The scores are those of one table, also if an article is in more than one partition: the
    layout of all rows is gathered first, and some texts that tell their language.
    """
    import dask.dataframe
    from dask.delayed import delayed

    meta = score(paragraphs._meta, **options)
    if "paragraph" not in paragraphs:
        named = {} if "article" in paragraphs else {"article": ""}
        ones = paragraphs.assign(**named, paragraph=1)
        paragraphs = ones.assign(paragraph=ones["paragraph"].cumsum() - 1)
    names = [name for name in ("article", "paragraph", "role", "text") if name in paragraphs]
    rows = [delayed(scored_rows)(part) for part in paragraphs[names].to_delayed()]
    where = delayed(layouts)([delayed(openings)(part) for part in rows])
    if "language" not in paragraphs:
        options["language"] = delayed(language_in)([delayed(telling)(part) for part in rows])
    scores = [
        delayed(score_rows)(delayed(scored_rows)(part), where[number], **options)
        for number, part in enumerate(paragraphs.to_delayed())
    ]
    return dask.dataframe.from_delayed(scores, meta=meta)
