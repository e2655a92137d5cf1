"""Levels over time, with outlets held constant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from framing.schema import BODY, TONES
from framing.stats.effects import FEW, SAME
from framing.stats.flips import LEVEL
from framing.stats.measures import chosen_measures
from framing.stats.notes import put_first
from framing.stats.periods import MIN_ARTICLES, WORDS, dated_articles, thin
from framing.stats.two_way import Panel, fit_course
from framing.text.numbers import many

TREND = [
    "measure", "period", "articles", "outlets", "words", "weight", "mean", "level", "low", "high",
    "fitted", "method", "note",
]  # fmt: skip
_METHOD = (
    "Levels by {period}, {by}s constant (effects {scale}), {least} articles or more, jackknife"
)


def trend(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    freq: str = "W",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    min_articles: int = MIN_ARTICLES,
) -> pd.DataFrame:
    """Follow every measure over weeks or months, with outlets held constant.

    An outlet that begins or ends within the time, or publishes more in some weeks, changes the
    mean of all articles although nobody writes differently. Here every outlet has an effect, and
    periods are compared within outlets only.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``, with ``date``. Articles that a column ``copy_of`` (see
        ``mark_copies``) or ``version_of`` joins are kept, and together weigh as much as one;
        without these columns every article counts, which is what readers saw.
    by : str, default "outlet"
        The column whose values are held constant.
    freq : {"W", "M"}
        Weeks from Monday to Sunday, or months; by the day that stands in the source.
    measures, roles
        As for ``levels``.
    min_articles : int, default 5
        Periods with fewer articles are not in the model.

    Returns
    -------
    DataFrame
        One row per measure and period that has articles:

        - ``period``: its first day; ``articles``, ``outlets``, ``words``; ``weight``: the number of
          articles, copies together counting as one;
        - ``mean``: the mean of all articles, whoever published them;
        - ``level``: the level of the period (cues per 100 words of an article, or tone), had every
          outlet its share of the articles of all periods; ``low``, ``high``: its 95 % interval
          (jackknife over events, or articles without one; Student's t; for cues on the logarithmic
          scale), NaN under 5 of these, or under 5 with such a cue;
        - ``fitted``: whether the period is in the model; elsewhere ``level`` takes the effects of
          outlets from the other periods and has no interval;
        - ``method``, ``note``.

        Effects multiply for cues (Poisson pseudo-likelihood; Gourieroux, Monfort & Trognon 1984)
        and add up for tone. A period that no outlet connects with the others is not in the model,
        since nothing says how their outlets compare.

    Raises
    ------
    ValueError
        As for ``levels``; and if no article has a date, dates are more than 3,000 periods apart, or
        no period has enough articles.

    Examples
    --------
    >>> days = pd.date_range("2031-03-03", periods=20)
    >>> scores = pd.DataFrame({"outlet": "A", "article": list("abcdefghijklmnopqrst"), "date": days,
    ...                        "role": "body", "words": 100, "hedge": [1] * 7 + [2] * 13})
    >>> found = trend(scores, measures="hedge").set_index("period")["level"].round(1)
    >>> dict(zip(found.index.strftime("%d %b"), found))
    {'03 Mar': 1.0, '10 Mar': 2.0, '17 Mar': 2.0}
    """
    articles, undated = dated_articles(scores, by=by, freq=freq, measures=measures, roles=roles)
    few, left_out = thin(articles, freq, min_articles)
    note = "; ".join(filter(None, [undated, left_out if few.mean() > 0.5 else ""]))
    counted = {"articles": ("article", "size"), "outlets": (by, "nunique")}
    counted |= {name: (name, "sum") for name in ("words", "weight")}
    sizes = articles.groupby("period").agg(**counted).reset_index()
    enough = (sizes["articles"] >= min_articles).to_numpy()
    if not enough.any():
        raise ValueError(
            f"no {WORDS[freq]} has {many(min_articles, 'article')}; the fullest has "
            f'{sizes["articles"].max()}: take freq="M" (in Python also min_articles)'
        )
    outlet, period, unit = (
        pd.factorize(articles[name], sort=True)[0] for name in (by, "period", "unit")
    )
    panel = Panel(outlet, period, unit, articles["weight"].to_numpy())
    about = {"period": WORDS[freq], "by": by, "least": min_articles}
    tables = []
    for measure in chosen_measures(scores, measures, by):
        values = articles[measure].to_numpy(float)
        scale = "add" if measure in TONES else "multiply"
        method = _METHOD.format(**about, scale=scale)
        table = sizes.assign(measure=measure, method=method)
        table["mean"] = np.bincount(panel.period, values) / sizes["articles"]
        tables.append(table.assign(**_course(panel, values, enough, logs=measure not in TONES)))
    return put_first(pd.concat(tables, ignore_index=True), note)[TREND]


def _course(
    panel: Panel, values: np.ndarray, enough: np.ndarray, *, logs: bool
) -> dict[str, object]:
    """Return level, interval and note of every period."""
    course = fit_course(panel, values, enough, logs=logs)
    pairs = pd.DataFrame({"period": panel.period, "unit": panel.unit, "some": values != 0})
    units = pairs.groupby(["period", "unit"])["some"].any().groupby("period").agg(["size", "sum"])
    few = (units["sum"] if logs else units["size"]).to_numpy() < FEW
    free = np.clip(course.freedom, 1, np.maximum(units["size"] - 1, 1))
    reach = special.stdtrit(free, 1 - LEVEL / 2) * course.error
    reach = np.where(few | ~(course.error > SAME), np.nan, reach)
    ends = course.level, course.level - reach, course.level + reach
    level, low, high = map(np.exp, ends) if logs else ends
    unit = "events, or articles without one" + (", with such a cue" if logs else "")
    note = np.where(few, f"no interval under {FEW} {unit}", "")
    note = np.where(course.inside, note, "no outlet connects it with the others: not in the model")
    note = np.where(enough, note, "too few articles: not in the model")
    return {"level": level, "low": low, "high": high, "fitted": course.inside, "note": note}
