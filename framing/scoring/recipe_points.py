"""What gives a recipe its points, and where it stands: an answer taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.corpus.language import with_language
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.lexicon.recipe import Recipe, mix
from framing.schema import PLACE, POINT_COLUMNS
from framing.scoring.cues import Chunk, cues_of, placed, placed_chunks, read
from framing.scoring.measure import quoted_in_part
from framing.scoring.paragraph_checks import check_language, check_unique
from framing.scoring.score import chosen_recipes, scored_rows
from framing.scoring.voices import layout, openings

_ABOUT = ["category", "tag", "entry"]
_QUOTATION = ["quotation", "", ""]


def recipe_points(
    paragraphs: pd.DataFrame, recipes: str | Recipe | Sequence[str | Recipe]
) -> pd.DataFrame:
    """Find what gives recipes their points in every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame, or a table of polars or Arrow
        As `score` takes them; scores will do.
    recipes : str, Recipe, or sequence of these
        As `score` takes them.

    Returns
    -------
    DataFrame
        One row per recipe and cue with points in it: ``recipe``, ``article``, ``paragraph``,
        ``sentence`` (0-based), ``start`` and ``end`` (code points in ``text``), ``match``,
        ``category``, ``tag``, ``entry``, ``voice``, ``points``, and ``sentence_score``: what the
        sentence adds to the score of the recipe. It is 1 if the points of the sentence add up to
        ``recipe(name).threshold``, else 0; of a recipe of points their sum, 0 at least. So take
        one row per sentence to sum it up. Where a recipe has points for a sentence that is quoted
        in part, ``match`` is the sentence and ``category`` *quotation*. Cues that a rule drops or
        a negation cancels are left out.

    Raises
    ------
    TypeError, ValueError
        As `score` does.

    Examples
    --------
    >>> table = pd.DataFrame({"text": ["If they fail, war will kill our children."]})
    >>> points = recipe_points(table, "fear")
    >>> dict(zip(points["match"], points["points"], strict=True))
    {'If': 2, 'they': 1, 'fail': 2, 'war': 2, 'will kill': 6, 'our children': 3}
    >>> points.drop_duplicates(["article", "paragraph", "sentence"])["sentence_score"].sum()
    np.int64(16)
    """
    rows, chosen = scored_rows(paragraphs), chosen_recipes(recipes)
    check_unique(rows)
    check_language(with_language(rows), *chosen)
    lexicon, points = mix(built_in(), chosen)
    points = np.column_stack([points, np.array([made.quotation for made in chosen], np.int64)])
    read_in = placed_chunks(rows["text"], layout(openings(rows)))
    hits = pd.concat([_hits(chunk, lexicon) for chunk in read_in])
    hits = hits.sort_values(["row", "start", "end"], kind="stable")
    of_hits = points[:, hits["row_of_entry"]]
    made, held = np.nonzero(of_hits)
    table = hits.iloc[held].reset_index(drop=True).assign(points=of_hits[made, held])
    sums = table.groupby([made, "row", "sentence"])["points"].transform("sum")
    added = sums.groupby(made).transform(lambda part: chosen[part.name].of_sentences(part))
    entries = pd.concat([lexicon.entries[_ABOUT], pd.DataFrame([_QUOTATION], columns=_ABOUT)])
    parts = [
        pd.Series([chosen[number].name for number in made], name="recipe", dtype=str),
        rows[PLACE].iloc[table["row"]].set_axis(table.index),
        table.assign(sentence_score=added),
        entries.iloc[table["row_of_entry"]].set_axis(table.index),
    ]
    return pd.concat(parts, axis=1)[POINT_COLUMNS]


def _hits(chunk: Chunk, lexicon: Lexicon) -> pd.DataFrame:
    """Return the cues that count in a chunk, and the sentences that are quoted in part.

    The number of the entry of the latter is one past those of the lexicon.
    """
    reading = read(chunk, lexicon)
    cues = cues_of(chunk, reading, lexicon)
    begins, quoted = reading.scene.begins, np.flatnonzero(quoted_in_part(reading))
    sentences = placed(chunk, reading, begins[quoted], begins[quoted + 1] - 1)
    about = {"row_of_entry": len(lexicon.entries), "voice": ""}
    counted = cues[cues["counted"] & ~cues["negated"]]
    return pd.concat([counted, pd.DataFrame(sentences).assign(**about)])
