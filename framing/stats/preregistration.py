"""A plan that was written before the numbers were seen, and the comparison that follows it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from framing.lexicon.lexicon import Lexicon, built_in
from framing.schema import CONFIRMATORY, check_known, listed
from framing.stats.contrasts import compare
from framing.stats.flips import LEVEL

_KEYS = (
    "outlets", "measures", "match", "against", "smallest", "alpha", "n_resamples", "seed",
    "lexicon",
)  # fmt: skip


def preregister(
    path: str | Path,
    *,
    outlets: Sequence[str],
    measures: str | Sequence[str] = CONFIRMATORY,
    match: Literal["event"] | None = None,
    against: str = "pairs",
    smallest: float = 1.25,
    n_resamples: int = 9999,
    seed: int = 1,
    lexicon: Lexicon | None = None,
) -> Path:
    """Write down what will be compared, before the numbers are seen.

    Parameters
    ----------
    path : str or Path
        The plan, a TOML file; an existing one is never overwritten.
    outlets : sequence of str
        The outlets to compare.
    measures : str or sequence of str, default tone, hedge, alarm and boost
        Which of these four; others are exploratory.
    match, against, smallest, n_resamples, seed
        As for ``compare``.
    lexicon : Lexicon, optional
        Lexicon whose hash is written down; the built-in English one by default.

    Returns
    -------
    Path
        The file, to be deposited where it gets a date.

    Raises
    ------
    FileExistsError
        If the file exists.
    ValueError
        If a measure is exploratory, or there are fewer than two outlets.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> plan = preregister(Path(folder.name, "plan.toml"), outlets=["A", "B"], measures="hedge")
    >>> print(plan.read_text().splitlines()[0])
    outlets = ["A", "B"]
    >>> folder.cleanup()
    """
    check_known(listed(measures), list(CONFIRMATORY))
    names = sorted(set(listed(outlets)))
    if len(names) < 2:
        raise ValueError(f"outlets must be two or more, got {', '.join(names) or 'none'}")
    plan = {
        "outlets": names,
        "measures": [name for name in CONFIRMATORY if name in listed(measures)],
        "match": match or "",
        "against": against,
        "smallest": smallest,
        "alpha": LEVEL,
        "n_resamples": n_resamples,
        "seed": seed,
        "lexicon": (lexicon or built_in()).hash,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in plan.items()]
    with Path(path).open("x", encoding="utf-8", newline="\n") as file:
        file.write("".join(lines))
    return Path(path)


def confirm(
    scores: pd.DataFrame, plan: str | Path, *, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Compare outlets as planned, and nothing else.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    plan : str or Path
        As ``preregister`` writes it.
    lexicon : Lexicon, optional
        Lexicon used for the scores; the built-in English one by default.

    Returns
    -------
    DataFrame
        The table of ``compare``; ``method`` says that it follows the plan.

    Raises
    ------
    ValueError
        If the plan has other keys than ``preregister`` writes, another lexicon, or an outlet that
        is not in ``scores``.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> plan = preregister(Path(folder.name, "plan.toml"), outlets=["A", "B"], measures="hedge")
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 1, 4, 2, 5] * 4})
    >>> confirm(scores, plan)[["measure", "outlet_a", "outlet_b"]].values.tolist()
    [['hedge', 'A', 'B']]
    >>> folder.cleanup()
    """
    asked = _read_plan(Path(plan))
    used = (lexicon or built_in()).hash
    if asked["lexicon"] != used:
        raise ValueError(
            f"{plan} was written for the lexicon {asked['lexicon'][:12]}…, and this one is "
            f"{used[:12]}…: pass the planned one as lexicon="
        )
    missing = sorted(set(asked["outlets"]) - set(scores["outlet"].astype(str)))
    if missing:
        raise ValueError(f"{plan} compares {missing[0]!r}, which is not an outlet of the scores")
    table = compare(
        scores[scores["outlet"].astype(str).isin(asked["outlets"])],
        measures=asked["measures"],
        match=asked["match"] or None,
        against=asked["against"],
        smallest=asked["smallest"],
        n_resamples=asked["n_resamples"],
        seed=asked["seed"],
    )
    return table.assign(method=table["method"] + ", as preregistered")


def _read_plan(path: Path) -> dict[str, Any]:
    plan = tomllib.loads(path.read_text("utf-8"))
    if set(plan) != set(_KEYS):
        differ = sorted(set(plan) ^ set(_KEYS))
        raise ValueError(f"{path} must have the keys {', '.join(_KEYS)}; check {differ[0]!r}")
    if plan["alpha"] != LEVEL:
        raise ValueError(f"{path}: alpha must be {LEVEL}, got {plan['alpha']}")
    return plan
