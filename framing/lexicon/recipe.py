"""Recipes: which cues answer a question about a text, and how many points each of them has."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from framing.arguments import as_value, there_are
from framing.lexicon.formats.files import read_entries
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.lexicon.metadata import RULES, read_rules
from framing.lexicon.shape import check_shape
from framing.schema import RECIPE
from framing.text.arrays import Ints
from framing.text.encoding import printable
from framing.utils.files import read_toml

_FOLDER = Path(__file__).parent / "recipes"
UNITS = ("sentence", "points")
_POINTS = {"categories": {"*": int}, "tags": {"*": int}, "entries": {"*": [str]}}
_SHAPE = {
    **dict.fromkeys(("name", "version", "question", "unit"), str),
    "threshold?": int,
    "quotation?": int,
    "negates?": bool,
    "language?": str,
    **{f"{kind}?": shape for kind, shape in _POINTS.items()},
}


@dataclass(frozen=True, eq=False)
class Recipe:
    """A question about texts, and the points of every cue that helps to answer it.

    Parameters
    ----------
    name, version : str
        A change of points is a new version.
    question : str
        The question, with a sentence as its subject.
    unit : {"sentence", "points"}
        Whether ``score`` counts the sentences for which the answer is yes, or sums up the points
        of sentences, each 0 at least.
    own : Lexicon
        Entries of the recipe's own, with their points as ``weight`` and their group as category.
    points : mapping
        Points of the English lexicon: ``categories``, ``tags`` (as ``evid.doxastic``), and
        ``entries``, lists of entries by their points. Where several apply, the recipe's own entries
        go first, then entries, tags and categories. Everything else has no points.
    threshold : int, default 1
        Points that a sentence needs for the answer to be yes.
    quotation : int, default 0
        Points of a sentence that is quoted in part.
    negates : bool, default False
        Whether negation removes the recipe's own entries, too.
    language : str, default "en"
        Code of the language that it is for; texts that are in another one are an error. Only a
        recipe whose entries are all its own can be for another language than English.
    """

    name: str
    version: str
    question: str
    unit: Literal["sentence", "points"]
    own: Lexicon
    points: Mapping[str, Mapping[str, Any]]
    threshold: int = 1
    quotation: int = 0
    negates: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        about = {name: value for name, value in vars(self).items() if name not in ("own", "points")}
        check_shape(about | dict(self.points), _SHAPE)
        if self.unit not in UNITS:
            raise ValueError(f"unit must be one of {UNITS}, got {self.unit!r}")
        if self.language != built_in().language and (self.negates or any(self.points.values())):
            raise ValueError(
                "points of the English lexicon, and negation, are for English texts: a recipe for "
                f"{self.language!r} must have entries of its own only"
            )
        own = self.own.entries
        if len(broken := own[pd.to_numeric(own["weight"], errors="coerce") % 1 != 0]):
            entry, weight = broken.iloc[0][["entry", "weight"]]
            raise ValueError(
                f"the points of {entry!r} must be a whole number, got {as_value(weight)}"
            )
        _points_of(self, built_in().entries)

    @property
    def column(self) -> str:
        """The name of the column of scores, and of the recipe's own entries as a category."""
        return f"{RECIPE}{self.name}"

    def of_sentences(self, points: ArrayLike) -> Ints:
        """Return what sentences add to the score, by the sum of the points of each.

        Where every sentence counts for itself, no score depends on where paragraphs end.
        """
        sums = np.asarray(points, np.int64)
        yes = (sums >= self.threshold).astype(np.int64)
        return yes if self.unit == "sentence" else np.maximum(sums, 0)

    @property
    def lexicon(self) -> Lexicon:
        """The English lexicon and the recipe's own entries, for `find_cues`; weights are points."""
        mixed, points = mix(built_in(), (self,))
        return replace(mixed, entries=mixed.entries.assign(weight=points[0]))

    @property
    def entries(self) -> pd.DataFrame:
        """The entries that have points: ``category``, ``entry``, ``tag``, ``rule``, ``weight``."""
        entries = self.lexicon.entries
        return entries[entries["weight"] != 0].reset_index(drop=True)

    @property
    def hash(self) -> str:
        """SHA-256 of everything that decides the answers."""
        settings = [self.name, self.unit, self.threshold, self.quotation, self.negates]
        entries = self.lexicon.entries.to_csv(index=False, lineterminator="\n")
        return hashlib.sha256(f"{settings}{self.lexicon.hash}{entries}".encode()).hexdigest()

    def __repr__(self) -> str:
        named = f"Recipe {self.name} {self.version}"
        return printable(f"{named} ({len(self.entries)} entries: {self.question})")


def recipe(name: str | Path) -> Recipe:
    """Return a recipe, which `score` takes.

    Parameters
    ----------
    name : str or Path
        "uncertainty", "findings", "weasels", "attribution", "fear" or "urging"; or the path of a
        TOML file of your own, with a CSV file of the same name beside it for entries that the
        English lexicon lacks; ``recipe(name).entries`` lists what it holds.

    Returns
    -------
    Recipe
        ``question``, ``unit``, ``threshold``, ``entries`` with their points, and ``lexicon``, with
        which `find_cues` finds them.

    Raises
    ------
    ValueError
        If there is no such recipe, or the file names a category, tag or entry that the English
        lexicon does not have.

    Examples
    --------
    >>> recipe("fear")
    Recipe fear ...
    >>> recipe("fear").unit, recipe("uncertainty").unit
    ('points', 'sentence')
    """
    if not isinstance(name, str | Path):
        raise TypeError(f"a recipe is a name or the path of a .toml file, got {as_value(name)}")
    if isinstance(name, str) and not name.endswith(".toml"):
        known = sorted(path.stem for path in _FOLDER.glob("*.toml"))
        if name not in known:
            near = there_are(name.removeprefix(RECIPE), known)
            raise ValueError(f"no recipe {name!r}: {near}; or give the path of a .toml file")
        return _shipped(name)
    return _read(Path(name))


@cache
def _shipped(name: str) -> Recipe:
    return _read(_FOLDER / f"{name}.toml")


def _read(path: Path) -> Recipe:
    about = read_toml(path)
    try:
        check_shape(about, {**_SHAPE, **RULES})
        rules = read_rules(about)
    except ValueError as error:
        raise ValueError(printable(f"{path}: {error}")) from None
    table = path.with_suffix(".csv")
    entries = read_entries(table)[0] if table.exists() else pd.DataFrame({"entry": []}, dtype=str)
    points = {key: about.pop(key, {}) for key in _POINTS}
    settings = {key: about[key] for key in about if key not in ("words", "rules")}
    try:
        return Recipe(own=Lexicon(entries, rules=rules), points=points, **settings)
    except ValueError as error:
        raise ValueError(printable(f"{path}: {error}")) from None


@lru_cache(maxsize=8)
def mix(lexicon: Lexicon, recipes: Sequence[Recipe]) -> tuple[Lexicon, Ints]:
    """Add the entries of recipes to the English lexicon, each recipe's as a category of its own.

    What is found of the lexicon's entries does not change, since the category is a family. Returns
    also the points of all entries, a row a recipe.
    """
    added = [_as_category(made.own.entries, made.column) for made in recipes]
    rules, entries = dict(lexicon.rules), pd.concat([lexicon.entries, *added])
    points = np.zeros((len(recipes), len(entries)), np.int64)
    for row, made in enumerate(recipes):
        rules |= {f"{made.column}.{name}": rule for name, rule in made.own.rules.items()}
        points[row, : len(lexicon.entries)] = _points_of(made, lexicon.entries)
        points[row, entries["category"].eq(made.column)] = made.own.entries["weight"]
    own, negated = [made.column for made in recipes if made.negates], lexicon.marks["negated"]
    marks = {**lexicon.marks, "negated": {**negated, "categories": [*negated["categories"], *own]}}
    return replace(lexicon, entries=entries, rules=rules, marks=marks), points


def _as_category(entries: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return entries as those of one category, with their own as the tag."""
    rules = entries["rule"].where(entries["rule"] == "", f"{name}." + entries["rule"])
    return entries.assign(tag=entries["category"], category=name, rule=rules)


def _points_of(made: Recipe, entries: pd.DataFrame) -> Ints:
    """Return the points that a recipe gives to each entry of the English lexicon."""
    category, tagged = entries["category"], entries["category"] + "." + entries["tag"]
    given = {key: made.points.get(key, {}) for key in _POINTS}
    points = np.zeros(len(entries), np.int64)
    listed = [(n, entry) for n, names in given["entries"].items() for entry in names]
    choices = [("category", category, given["categories"]), ("tag", tagged, given["tags"])]
    choices += [("entry", entries["entry"], {entry: int(n) for n, entry in listed})]
    for kind, column, chosen in choices:
        if unknown := set(chosen) - set(column):
            full = sorted(set(tagged[entries["tag"] == min(unknown)].map(repr)))
            hint = f": write {' or '.join(full)}" if kind == "tag" and full else ""
            raise ValueError(f"the English lexicon has no {kind} {min(unknown)!r}{hint}")
        which = column.isin(chosen).to_numpy(bool)
        points[which] = column[which].map(chosen)
    points[entries["entry"].isin(made.own.entries["entry"]).to_numpy(bool)] = 0
    return points
