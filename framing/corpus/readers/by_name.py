"""Which column holds which field of an article by its usual name, unless it holds another thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from framing.corpus.readers import column_names as usual
from framing.corpus.readers.column_names import key, words_of
from framing.corpus.readers.profiles import LONG, SHORT, Profile
from framing.text.chunks import whole_code_points

NAMES_AGAIN = "names of columns again"  # above a part of the table, or another list
MOST_NAMES = 5_000  # of an object, and columns of a row
_LONGEST_NAME = 200  # characters
_NUMBER = re.compile(r"(?:v|var|q|c|col|f|x)?\d{1,3}[_.:) -]+(?=[^\W\d])", re.IGNORECASE)
_TOLD_APART = tuple(frozenset(usual.SYNONYMS[field]) for field in ("text", "title"))


def are_names(cells: Sequence[str]) -> bool:
    """Return whether the cells of a first row are names of columns, not an article.

    One may be as long as a question of a survey where others have usual names.

    >>> are_names(["id", "outlet", "text"]), are_names(["1", "Daily Gull", "Rain fell. " * 20])
    (True, False)
    """
    short = [n for n in cells if len(n) <= _LONGEST_NAME and n.count(" ") < LONG]
    if len(short) == len(cells):
        return True
    named = by_name(short)
    return "text" in named and len(named) > 1


def are_names_again(cells: Sequence[Any], names: Collection[str]) -> bool:
    """Return whether a row below the names of columns has them again, or those of another list.

    Half of its cells have usual names, one of them that of a text or a title; no cell is a number.

    >>> are_names_again(["Newspaper", "Headline", ""], ["title", "outlet"])
    True
    >>> are_names_again(["Story", "The Text", "Rain fell."], ["title", "outlet", "text"])
    False
    """
    filled = [cell for cell in cells if cell != ""]
    if len(filled) < 2 or not all(isinstance(cell, str) and len(cell) < 60 for cell in filled):
        return False
    known = {k for cell in filled if (k := key(cell)) in usual.KEYS}
    usually = len(known) > 1 and 2 * len(known) >= len(filled)
    if usually and len(fields := by_name(filled)) > 1 and {"text", "title"} & set(fields):
        return True
    return sorted(map(str.strip, filled)) == sorted(filter(None, names))


def numbered(n: int) -> list[str]:
    """Return names for the columns of a table without any: "column 1", "column 2"."""
    return [f"column {number}" for number in range(1, n + 1)]


def told_apart(names: Iterable[str]) -> list[str]:
    """Return names of columns of which no two are alike: the second "frame" is "frame_2".

    >>> told_apart(["author", "frame", "frame", "frame_2", ""])
    ['author', 'frame', 'frame_3', 'frame_2', '']
    """
    given = list(names)
    taken, times = set(given), Counter[str]()
    found: list[str] = []
    for name in given:
        times[name] += 1
        own = name
        while name and times[name] > 1 and own in taken:
            own = f"{name}_{times[name]}"
            times[name] += own in taken
        taken.add(own)
        found.append(own)
    return found


def encodable(cells: Mapping[str, Any]) -> Mapping[str, Any]:
    r"""Return cells under names without halves of surrogate pairs, which no table can hold.

    >>> encodable({"\ud800": 1, "\ud801": 2, "text": "Rain."})
    {'�': 1, '�_2': 2, 'text': 'Rain.'}
    """
    if (names := "".join(cells)) == whole_code_points(names):
        return cells
    return dict(zip(told_apart(map(whole_code_points, cells)), cells.values(), strict=True))


def of_label(label: str) -> str:
    """Return the label of a variable as the name of a column.

    >>> of_label("Headline of the article"), of_label("Newspaper")
    ('article Headline', 'Newspaper')
    """
    of = re.compile(r" (?:of|in) (?:the |an? )?", re.IGNORECASE)
    bare = re.sub(r" as \w+$", "", label[:_LONGEST_NAME].strip())  # "as printed"
    return " ".join(reversed(of.split(bare)))


def by_name(
    names: Sequence[str],
    profiles: Mapping[str, Profile] | None = None,
    taken: Iterable[str] = (),
) -> dict[str, str]:
    """Return which column holds which field, by the usual names that do not hold something else.

    >>> by_name(["Body", "media_name"])
    {'text': 'Body', 'outlet': 'media_name'}
    """
    by_key: dict[str, str] = {}
    free = [name for name in names if name not in taken and not is_stamp(name, names)]
    containers = _containers(names, profiles or {})
    for name in reversed(free):  # of two alike the first
        outer, _, inner = name.rpartition(".")
        if outer in containers:
            by_key[key(inner)] = name
    plain = [name for name in reversed(free) if name not in containers]
    by_key |= {key(name): name for name in plain}
    inside = _without(usual.AROUND | _prefix(plain), plain) | _unnumbered(plain) | _asked(plain)
    inside = _outlets(plain) | inside
    found: dict[str, str] = {}
    for field, synonyms in usual.SYNONYMS.items():
        candidates = [of_it[s] for of_it in (by_key, inside) for s in synonyms if s in of_it]
        candidates = [c for c in dict.fromkeys(candidates) if c not in found.values()]
        if best := _best(field, candidates, profiles or {}):
            found[field] = best
    return found


@lru_cache(maxsize=1000)
def fields_of(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return what `by_name` does; the objects of a file mostly have the same names.

    One of very many names is no row.
    """
    return by_name(names) if len(names) <= MOST_NAMES else {}


def _without(around: Collection[str], names: Iterable[str]) -> dict[str, str]:
    """Return the names of columns by their keys without some of their words.

    >>> _without({"article"}, ["article_title", "article", "title"])
    {'title': 'article_title'}
    """
    found: dict[str, str] = {}
    for name in names:
        words = words_of(name)
        if bare := [word for word in words if word not in around]:
            found |= {"".join(bare): name} if len(bare) < len(words) else {}
    return found


def _outlets(names: Iterable[str]) -> dict[str, str]:
    """Return the names of columns of the names of outlets by their keys without that word.

    >>> _outlets(["outletTitle", "channel_name", "article_title"])
    {'outlet': 'outletTitle', 'channel': 'channel_name'}
    """
    words = {name: words_of(name) for name in names}
    bare = {name: "".join(w[:-1]) for name, w in words.items() if w[-1:] in (["name"], ["title"])}
    return {of_it: name for name, of_it in bare.items() if of_it in usual.SYNONYMS["outlet"]}


def _asked(names: Iterable[str]) -> dict[str, str]:
    """Return the names of columns that ask for something by the keys of what they ask for.

    >>> _asked(["Which newspaper is it from?", "Date of publication", "Is the headline neutral?"])
    {'newspaper': 'Which newspaper is it from?', 'publicationdate': 'Date of publication'}
    """
    asked = {name: words_of(of_label(name)) for name in names if " of " in name or _asks(name)}
    left = usual.IN_QUESTIONS | usual.AROUND
    return {"".join(w for w in words if w not in left): name for name, words in asked.items()}


def _asks(name: str) -> bool:
    words = words_of(name)
    return len(words) > 1 and bool({words[0], words[-1]} & usual.ASKING)


def is_stamp(name: str, names: Iterable[str]) -> bool:
    """Return whether a column says when a form was filled in, or when a person made the row.

    >>> is_stamp("Timestamp", ["Newspaper?", "Headline"]), is_stamp("timestamp", ["title", "text"])
    (True, False)
    >>> is_stamp("Created", ["Quotation", "Created", "Created by"])
    True
    """
    by_person = key(name).startswith("created") and any(key(n) == "createdby" for n in names)
    asked = key(name) in usual.STAMPS and any(n.rstrip().endswith("?") or _asks(n) for n in names)
    return by_person or asked


def _unnumbered(names: Iterable[str]) -> dict[str, str]:
    """Return the names of columns by their keys without the number of a codebook.

    >>> _unnumbered(["V1_date", "02. Outlet", "title"]), _unnumbered(["v1_text", "v2_text"])
    ({'date': 'V1_date', 'outlet': '02. Outlet'}, {})
    """
    bare = {name: key(name[number.end() :]) for name in names if (number := _NUMBER.match(name))}
    times = Counter(bare.values())
    return {of_it: name for name, of_it in bare.items() if times[of_it] == 1}


def _prefix(names: Iterable[str]) -> set[str]:
    """Return the first word that the names of a text and a title share, if it is one word only.

    >>> _prefix(["targetTitle", "targetParagraphs"]), _prefix(["a_title", "a_text", "b_text"])
    ({'target'}, {'a'})
    """
    rest: dict[str, set[str]] = {}
    for name in names:
        first, *words = words_of(name) or [""]
        rest.setdefault(first, set()).add("".join(words))
    both = [p for p, r in rest.items() if p not in usual.AROUND and all(r & s for s in _TOLD_APART)]
    return set(both) if len(both) == 1 else set()


def _containers(names: Sequence[str], profiles: Mapping[str, Profile]) -> set[str]:
    """Return the columns of objects that hold fields, such as "meta", not one value as "source".

    An object with the usual name of a field holds fields if there is a text among them, and
    another: "content" with "title" and "body", but not "headline" with "text" and "kicker".
    """
    inside: dict[str, list[str]] = {}
    for name in names:
        outer, _, inner = name.rpartition(".")
        if outer:
            inside.setdefault(outer, []).append(inner)
    return {o for o, i in inside.items() if key(o) not in usual.KEYS or _is_article(o, i, profiles)}


def _is_article(outer: str, inside: Sequence[str], profiles: Mapping[str, Profile]) -> bool:
    texts = [name for name in inside if key(name) in usual.SYNONYMS["text"]]
    long = [t for t in texts if not profiles or profiles.get(f"{outer}.{t}", Profile()).is_long]
    keys = {key(name) for name in inside}
    fields = {field for field, names in usual.SYNONYMS.items() if keys & set(names)}
    return bool(long) and len(fields) > 1


def _best(field: str, candidates: Sequence[str], profiles: Mapping[str, Profile]) -> str:
    """Return the first candidate whose cells may be this field."""
    known = {c: profiles.get(c, Profile()) for c in candidates}
    if field == "text":
        known = {c: k for c, k in known.items() if k.urls <= 0.5 and k.files <= 0.5}
        fitting = [c for c in known if known[c].is_long]
        short = [c for c in known if key(c) != "article"]
        return next(iter([*fitting, *short]), "")
    fitting = [c for c in candidates if _fits(field, known[c])]
    filled = [c for c in fitting if known[c].filled]
    if field == "outlet" and filled and known[filled[0]].same and key(filled[0]) in usual.VAGUE:
        several = [c for c in filled if not known[c].same and key(c) not in usual.VAGUE]
        named = [c for c in filled if not usual.NO_OUTLETS.fullmatch(known[c].same.lower())]
        filled = [*several, *named, *filled]
    return next(iter([*filled, *fitting]), "")


def _fits(field: str, holds: Profile) -> bool:
    if field == "url":
        return not holds.filled or holds.urls > 0.5
    if field == "date":
        return not holds.filled or holds.words <= SHORT
    return holds.words <= SHORT and (field == "article" or holds.urls + holds.files <= 0.5)
