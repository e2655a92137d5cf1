"""Rules: which hits do not count, and which are negated, by the words around them.

A rule is data: ``drop`` and ``keep`` are lists of clauses, and a clause is a table of conditions
that must all hold. A hit counts unless a ``drop`` clause holds for it and, if there are ``keep``
clauses, only if one of them does.

===============================  ===================================================================
``prev = [...]``                 one of these words or phrases is directly before the hit
``prev3 = [...]``                … ends among the three words before
``next = [...]``, ``next3``      the same after the hit
``match = [...]``                the hit begins with one of these
``not_prev = [...]`` and so on   the opposite
``capital = true``               the hit has a capital, and not as every word of a title has
``start = true``                 a sentence begins with the hit
``end = true``                   no word follows before the next mark (comma, full stop …)
``test = "name"``                the function of that name in `TESTS` returns true
===============================  ===================================================================

Words are looked up in the same clause: without a comma, full stop, colon, dash or bracket between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from framing.lexicon.matcher import Hits
from framing.lexicon.metadata import NEAR, Clause, Rules
from framing.scoring.context import Scene, phrases
from framing.text.arrays import Bools, Ints
from framing.text.tokens import COMMA, EDGE, QUESTION


def asks(scene: Scene, hits: Hits) -> Bools:
    """Return whether the sentence of each hit is a question."""
    ends = np.searchsorted(scene.sentence, scene.sentence[hits.last], side="right")
    return scene.tokens.gaps[ends] & QUESTION != 0


TESTS: dict[str, Callable[[Scene, Hits], Bools]] = {
    "asks": asks,
    "states": lambda scene, hits: ~asks(scene, hits),
    # At the edge of a text there is none.
    "follows_comma": lambda scene, hits: scene.tokens.gaps[hits.first] & (COMMA | EDGE) == COMMA,
    "has_capital": lambda scene, hits: scene.tokens.capital[hits.first],  # be it that of a title
}


def suppressed(rules: Rules, names: Sequence[str], number: Ints, scene: Scene, hits: Hits) -> Bools:
    """Return which hits do not count; ``number`` is the place of each one's rule in ``names``."""
    found = np.zeros(len(hits.first), bool)
    order = np.flatnonzero(number)  # the first name is of no rule
    order = order[np.argsort(number[order], kind="stable")]
    bounds = np.searchsorted(number[order], np.arange(len(names) + 1))
    for place, name in enumerate(names):
        if len(rows := order[bounds[place] : bounds[place + 1]]):
            rule, own = rules[name], hits.only(rows)
            found[rows] = any_holds(rule.get("drop", ()), scene, own)
            if "keep" in rule:
                found[rows] |= ~any_holds(rule["keep"], scene, own)
    return found


def any_holds(clauses: Sequence[Clause], scene: Scene, hits: Hits) -> Bools:
    """Return whether one of the clauses holds for each hit."""
    found = np.zeros(len(hits.first), bool)
    for clause in clauses:
        left = np.flatnonzero(~found)
        for key, value in clause.items():
            left = left[_condition(key, value, scene, hits.only(left))]
            if not len(left):
                break
        found[left] = True
    return found


def _condition(key: str, value: Any, scene: Scene, hits: Hits) -> Bools:
    if key == "capital":
        return scene.stands_out(hits.first) == value
    if key == "start":
        return scene.opens(hits.first) == value
    if key == "end":
        return (scene.tokens.gaps[hits.last + 1] > 0) == value
    if key == "test":
        return TESTS[value](scene, hits)
    negative, where, reach = NEAR.fullmatch(key).groups()  # type: ignore[union-attr]
    if where == "match":
        found = scene.at(hits.first, phrases(*value))
    elif where == "prev":
        found = scene.before(hits.first, phrases(*value), int(reach or 1))
    else:
        found = scene.after(hits.last, phrases(*value), int(reach or 1))
    return ~found if negative else found
