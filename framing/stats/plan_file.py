"""The plan of a preregistered comparison as a file: its keys, and what each may hold."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

from framing.arguments import check_against, check_draws, check_margin, check_match, spelled
from framing.checks import check_filled
from framing.schema import SCORED_ROLES
from framing.stats import checks
from framing.stats.flips import LEVEL
from framing.text.encoding import printable
from framing.utils.files import unfinished

_KEYS = (
    "outlets", "measures", "match", "against", "smallest", "alpha", "n_resamples", "seed",
    "lexicon",
)  # fmt: skip
WHAT_COUNTS = ("topics", "roles", "copies", "paragraphs")  # plans of 0.2.0 lack these


def write_plan(path: Path, plan: dict[str, Any]) -> Path:
    """Write a plan that could be followed, in plain numbers, to a file that does not exist."""
    check_plan(plan)
    kinds = {"smallest": float, "n_resamples": int, "seed": int}
    plan = plan | {key: kind(plan[key]) for key, kind in kinds.items()}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in plan.items()]
    if path.exists():
        raise FileExistsError(
            f"{printable(path)} exists: a plan is never overwritten; choose another name"
        )
    with unfinished(path) as file:
        file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def read_plan(path: Path) -> dict[str, Any]:
    """Return the plan in a file, or raise an error that names the file."""
    if not path.exists():
        raise FileNotFoundError(
            f"{printable(path)}: there is no such plan; framing.preregister writes one"
        )
    try:
        plan = tomllib.loads(path.read_text("utf-8"))
        check_plan(plan)
    except ValueError as error:
        raise ValueError(printable(f"{path}: {error}")) from None
    return plan


def check_plan(plan: dict[str, Any]) -> None:
    """Raise an error if a plan could not be followed."""
    keys = _KEYS if not set(plan) & set(WHAT_COUNTS) else _KEYS + WHAT_COUNTS
    if differ := sorted(set(plan) ^ set(keys)):
        raise ValueError(f"a plan has the keys {', '.join(keys)}; check {differ[0]!r}")
    for key in ("outlets", "measures", *(["roles"] if "roles" in plan else [])):
        if not isinstance(plan[key], list) or not all(isinstance(x, str) for x in plan[key]):
            raise ValueError(f"{key} must be a list of names, got {plan[key]!r}")
    if len(set(plan["outlets"])) < 2:
        raise ValueError(f"outlets must be two or more, got {spelled(plan['outlets']) or 'none'}")
    check_filled(pd.DataFrame({"outlets": plan["outlets"]}), "outlets")
    checks.check_names(plan["outlets"], "outlets")
    if not plan["measures"]:
        raise ValueError("measures must name one or more, got none")
    check_match(plan["match"] or None)
    check_against(plan["against"], plan["outlets"])
    check_margin(plan["smallest"])
    if plan["alpha"] != LEVEL:
        raise ValueError(f"alpha must be {LEVEL}, got {plan['alpha']!r}")
    check_draws(plan["n_resamples"], plan["seed"])
    if not isinstance(plan["lexicon"], str):
        raise ValueError(f"lexicon must be the hash of one, got {plan['lexicon']!r}")
    if set(plan) & set(WHAT_COUNTS):
        _check_what_counts(plan)


def _check_what_counts(plan: dict[str, Any]) -> None:
    """Raise an error if it is not clear which paragraphs and articles a plan takes."""
    if not isinstance(plan["topics"], bool):
        raise ValueError(f"topics must be True or False, got {plan['topics']!r}")
    if plan["topics"] and plan["match"]:
        raise ValueError("topics are not held constant within events: leave out topics or match")
    if not plan["roles"] or (wrong := set(plan["roles"]) - set(SCORED_ROLES)):
        got = spelled(sorted(wrong)) if plan["roles"] else "none"
        raise ValueError(f"roles must be from {', '.join(SCORED_ROLES)}, got {got}")
    if plan["copies"] not in ("", "outlet", "cluster"):
        raise ValueError(f'copies must be "outlet" or "cluster", got {plan["copies"]!r}')
    first = plan["paragraphs"]
    if not isinstance(first, int) or isinstance(first, bool) or first < 0:
        raise ValueError(f"paragraphs must be a whole number from 1 on, got {first!r}")
