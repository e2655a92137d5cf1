"""Conditions of JSON: where the articles lie in a value, and which lists are tables."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from framing.corpus.readers import json_files
from framing.corpus.readers.files import File
from framing.corpus.readers.in_json import items_of
from framing.corpus.readers.json_tables import is_nameless, rows_of
from framing.corpus.readers.json_values import BROKEN, values_of
from framing.corpus.readers.raw_rows import Row

RAIN, HAIL, SUN = ({"text": f"{what} fell on the port."} for what in ("Rain", "Hail", "Sun"))
TALKS = {"title": "Talks fail", "date": "2031-03-12", "url": "https://gull.example/1"}
FIFTEEN = "rain fell on " * 5 + "Ansel"  # spaces
ERROR = ValueError("not JSON")


@pytest.mark.parametrize(
    ("value", "articles"),
    [
        # Names of files, and addresses.
        ({"a.txt": FIFTEEN, "b.txt": "Hail."}, [{"id": "a.txt", "text": FIFTEEN}, {"id": "b.txt", "text": "Hail."}]),
        ({"a.txt": FIFTEEN[5:], "b.txt": "Hail."}, None),
        ({"a.txt": FIFTEEN}, None),
        ({"a.txt": FIFTEEN, "b": "Hail."}, None),
        ({"a.txt": FIFTEEN, "b.txt": 7}, None),
        ({"https://a.example/1": RAIN, "https://a.example/2": HAIL},
         [{"url": "https://a.example/1", **RAIN}, {"url": "https://a.example/2", **HAIL}]),
        ({"https://a.example/1": RAIN}, [{"url": "https://a.example/1", **RAIN}]),
        ({"https://a.example/1": RAIN, "b": HAIL}, [{"id": "https://a.example/1", **RAIN}, {"id": "b", **HAIL}]),
        # Ids: of articles, but no numbers, and not beside ids of their own.
        ({"a": RAIN, "b": HAIL}, [{"id": "a", **RAIN}, {"id": "b", **HAIL}]),
        ({"1": RAIN, "2": HAIL}, [RAIN, HAIL]),
        ({"1": RAIN, "b": HAIL}, [{"id": "1", **RAIN}, {"id": "b", **HAIL}]),
        ({"a": {"id": 1, **RAIN}, "b": {"id": 2, **HAIL}}, [{"id": 1, **RAIN}, {"id": 2, **HAIL}]),
        ({"x": {"a": RAIN}, "y": {"a": HAIL}}, [{"id": "x", **RAIN}, {"id": "y", **HAIL}]),
        ({"x": {"a": RAIN}, "y": {"b": HAIL}}, [{"id": "a", **RAIN}, {"id": "b", **HAIL}]),
        # A table of lists under the names of its columns.
        ([["title", "text"], ["Talks fail", "Rain."]], [{"title": "Talks fail", "text": "Rain."}]),
        # An article around its text, and one around comments.
        ({"title": "Talks fail", "content": {"main": RAIN}}, None),
        ({"meta": {"a": 7}, "article": RAIN}, None),
        ({"title": "Talks fail", "main": RAIN, "comments": [HAIL, SUN]}, None),
        ({"main": RAIN, "comments": [HAIL, SUN]}, None),
        ({"main": RAIN, "more": SUN, "comments": [HAIL]}, [{"id": "main", **RAIN}, {"id": "more", **SUN}, HAIL]),
        ({"main": RAIN, "comments": {"a": [HAIL]}}, [{"id": "main", **RAIN}, HAIL]),
        ({"title": "News", "items": [RAIN, HAIL]}, [RAIN, HAIL]),
        ({"title": "News", "main": RAIN, "items": [RAIN | TALKS, HAIL | TALKS]},
         [{"id": "main", **RAIN}, RAIN | TALKS, HAIL | TALKS]),
        ({"title": "News", "main": RAIN, "items": [RAIN | TALKS, HAIL]}, None),
        ([{"name": "x", "comments": [RAIN, HAIL]}], [{"name": "x", "comments": [RAIN, HAIL]}]),
        ([{"name": "x", "items": [RAIN, HAIL]}], [RAIN, HAIL]),
        ([{"name": "x", "replies": [RAIN | TALKS]}], [RAIN | TALKS]),
        ([{"name": "x", "replies": [TALKS]}], [TALKS]),
        ([{"name": "x", "replies": [{"title": "Talks fail", "date": "2031"}]}],
         [{"name": "x", "replies": [{"title": "Talks fail", "date": "2031"}]}]),
        # In lists what has a title or a long text is an article.
        ([TALKS], [TALKS]),
        (TALKS | {"tags": []}, None),
        ([{"x": "y" * 201, "tags": []}, {"x": "y", "tags": []}], [{"x": "y" * 201, "tags": []}, {"x": "y", "tags": []}]),
        # Outlets: named once above lists, or above each.
        ({"outlet": "Gull", "items": [RAIN]}, [{"outlet": "Gull", **RAIN}]),
        ({"outlet": "Gull", "items": [{"outlet": "Post", **RAIN}]}, [{"outlet": "Post", **RAIN}]),
        ({"outlet": "ProQuest", "items": [RAIN]}, [RAIN]),
        ({"Gull": [RAIN], "Post": [HAIL]}, [{"outlet": "Gull", **RAIN}, {"outlet": "Post", **HAIL}]),
        ({"Gull": [RAIN], "meta": [HAIL]}, [RAIN, HAIL]),
        ({"x": {"Gull": [RAIN], "Post": [HAIL]}}, [RAIN, HAIL]),
        # What is broken.
        ({"x": ERROR}, None),
        ([ERROR, RAIN], [ERROR, RAIN]),
        ({"items": [ERROR, RAIN]}, [ERROR, RAIN]),
        ({"items": [[RAIN], [HAIL]]}, [RAIN, HAIL]),
        ({"items": ["x", RAIN]}, None),
        ({"main": RAIN, "x": ERROR}, [{"id": "main", **RAIN}]),
        ({"title": "Talks fail", "main": RAIN, "x": ERROR}, None),
        ([{"main": RAIN, "x": ERROR}], [{"main": RAIN, "x": ERROR}]),
        ({"title": "Talks fail", "main": RAIN, "x": {"a": [HAIL]}}, None),
        # In lists, what has a title or a long text is an article, whatever is in it.
        ([{"title": "Talks fail", "x": [RAIN | TALKS]}], [{"title": "Talks fail", "x": [RAIN | TALKS]}]),
        ([{"x": [TALKS | {"z": "y" * 201}]}], [TALKS | {"z": "y" * 201}]),
        ([{"x": ["y" * 201], "items": [RAIN]}], [{"x": ["y" * 201], "items": [RAIN]}]),
        ([{"x": ["y" * 200], "items": [RAIN]}], [RAIN]),
        ({"G7": [RAIN], "Post": [{"x": 7}]}, [{"outlet": "G7", **RAIN}, {"outlet": "Post", "x": 7}]),
        ({"Gull": [TALKS], "Post": [TALKS]}, [TALKS, TALKS]),
        ({"Gull": [RAIN]}, [RAIN]),
        ({}, None),
    ],
)  # fmt: skip
def test_where_articles_lie_in_a_value(value, articles):
    found = items_of(value, False)
    assert found == ([value] if articles is None else articles)
    if isinstance(value, dict) and "a.txt" in value:  # the object of a line is an article
        assert items_of(value) == [value]


@pytest.mark.parametrize(("depth", "found"), [(19, True), (20, False)])
def test_articles_are_looked_for_in_twenty_objects(depth, found):
    value: object = {"items": [RAIN, HAIL]}
    for _ in range(depth):
        value = {"x": value}
    assert items_of(value, False) == ([RAIN, HAIL] if found else [value])


@pytest.mark.parametrize(
    ("whole", "rows"),
    [
        ({"columns": ["title", "text"], "data": [["A", "B"]]}, [{"title": "A", "text": "B"}]),
        ({"columns": ["title", "text"], "data": [["A", "B", "C"]]}, [{"title": "A", "text": "B", "column 3": "C"}]),
        ({"columns": "title", "data": [["A", "B"]]}, []),
        ({"columns": ["title", "text"], "data": "A"}, []),
        ({"text": {"0": "A", "1": "B"}, "outlet": {"0": "C"}}, [{"text": "A", "outlet": "C"}, {"text": "B", "outlet": None}]),
        ({"text": {"0": "A", "1": "B"}, "outlet": {BROKEN: ERROR}}, [{"text": "A", "outlet": ERROR}, {"text": "B", "outlet": ERROR}, {"text": None, "outlet": ERROR}]),
        ({"title": {"0": "A"}, "x": {"0": "C"}}, [{"title": "A", "x": "C"}]),
        ({"text": {"0": "A"}, "outlet": {"7": "C"}}, []),
        ({"text": {"0": "A"}, "outlet": {}}, []),
        ({"text": {"0": "A"}, "outlet": "C"}, []),
        ({"x": {"0": "A"}, "outlet": {"0": "C"}}, []),
        ({"text": {"title": "A"}, "outlet": {"title": "C"}}, []),
        ({}, []),
        ({"fields": ["outlet", "text"], "rows": [["A", "Rain fell."]]}, [{"outlet": "A", "text": "Rain fell."}]),
        ({"fields": ["outlet", "text"], "more": ["outlet", "text"], "rows": [["A", "Rain fell."]]}, []),
        ({"fields": ["outlet", "text"], "text": "C", "rows": [["A", "Rain fell."]]}, []),
        ({"fields": ["outlet", "text"], "rows": [["Alone in the port"]]}, []),
        ({"title": ["A", "B"], "text": ["C", "D"]}, [{"title": "A", "text": "C"}, {"title": "B", "text": "D"}]),
        ({"title": ["A", "B"], "text": ["C", "D"], "x": 7}, [{"x": 7, "title": "A", "text": "C"}, {"x": 7, "title": "B", "text": "D"}]),
        ({"title": ["A"], "text": ["C"]}, [{"title": "A", "text": "C"}]),
        ({"title": ["A"], "text": ["C"], "x": 7}, []),
        ({"title": ["A", "B"], "text": ["C"]}, []),
        ({"outlet": ["A", "B"], "text": ["C", "D"], "date": "2031"}, []),
        ({"outlet": ["A", "B"], "text": ["C", {"D": "E"}]}, []),
        ({"outlet": ["A", "B"], "text": ["C", "D"], "x": {"D": "E"}}, []),
        ({"outlet": ["A", "B"], "text": ["C", "D"]}, [{"outlet": "A", "text": "C"}, {"outlet": "B", "text": "D"}]),
        ({"date": ["A", "B"], "text": ["C", "D"]}, [{"date": "A", "text": "C"}, {"date": "B", "text": "D"}]),
        ({"sources": ["A", "B"], "text": ["C", "D"]}, []),
        ({"text": [FIFTEEN, FIFTEEN]}, []),
        ({"texts": [FIFTEEN, FIFTEEN]}, [{"text": FIFTEEN}] * 2),
        ({"texts": [FIFTEEN, FIFTEEN[5:]]}, []),
        ({"texts": [FIFTEEN, 7]}, []),
        ({"articles": [FIFTEEN]}, [{"article": FIFTEEN}]),
        ({"tags": [FIFTEEN]}, []),
    ],
)  # fmt: skip
def test_which_objects_are_tables(whole, rows):
    assert rows_of(whole) == rows


@pytest.mark.parametrize(
    ("whole", "nameless"),
    [
        ([["A", "Rain fell."], ["B", "Hail fell."]], True),
        ([["Rain fell."]], True),
        ([["Rain fell.", 7], ["Hail fell.", 8], ["So.", 9]], True),
        ([["Rain fell.", "It dried."], ["Hail fell."]], False),  # sentences
        ([["A", "Rain fell."], ["B"]], True),
        ([["A", "Rain fell."], ["Hail fell."], ["B"]], True),
        ([["A", "Rain fell."], ["Hail fell."]], False),
        ([["Rain fell.", "A"], ["Hail fell.", "B", "C."]], True),
        ([[7, 8]], False),
        ([["A", ["B"]]], False),
        ([["A", {"B": 7}]], False),
        ([], False),
        ({"rows": [["A", "Rain fell."]]}, True),
        ({"rows": [["Rain fell."]]}, False),
        ({"x": 7, "page": {"rows": [["A", "Rain fell."]]}}, True),
        ({"x": "A longer text than all", "rows": [["A", "Rain fell."]]}, False),
        ({"title": "A", "rows": [["A", "Rain fell."]]}, False),
        ({}, False),
        ("Rain fell.", False),
    ],
)
def test_a_table_of_lists_has_no_names(whole, nameless):
    assert is_nameless(whole) is nameless


@pytest.mark.parametrize(("depth", "nameless"), [(20, True), (21, False)])
def test_a_table_is_looked_for_in_twenty_objects(depth, nameless):
    whole: object = [["A", "Rain fell."]]
    for _ in range(depth):
        whole = {"x": whole}
    assert is_nameless(whole) is nameless


@pytest.mark.parametrize(("depth", "nameless"), [(20, False), (21, True)])
def test_the_longest_text_beside_a_table_is_looked_for_in_twenty_lists(depth, nameless):
    text: object = "A longer text than all in the table"
    for _ in range(depth):
        text = [text]
    assert is_nameless({"x": text, "rows": [["A", "Rain fell."]]}) is nameless


@pytest.mark.parametrize(
    ("begin", "between", "end"),
    [("[", ", ", "]"), ("[\n", ",\n", "\n]"), ('{"articles": [', ", ", "]}"), ("", "\n", "")],
)
@pytest.mark.parametrize(
    "damaged",
    [
        '{"a":' * 3000, '{"a":' * 101, '{"a":[' * 60, "[" * 5000, '[["a",' * 200,
        '{"a": {"b": 1', '{"text": "It rained', '{"text": "It rained", "ti',
    ],
)  # fmt: skip
def test_what_is_never_closed_costs_no_object_beside_it(begin, between, end, damaged):
    """However deep it goes; reading had not ended, or ended there."""
    good = [json.dumps({"text": f"Rain {n}.", "tags": ["a"]}) for n in range(6)]
    for place in range(6):
        text = begin + between.join([*good[:place], damaged, *good[place:]]) + end
        found = File("a.json", data=text.encode())
        rows = list(json_files._from_text(found))
        read = [row.cells["text"] for row in rows if isinstance(row, Row)]
        assert read == [f"Rain {n}." for n in range(6)]
        assert len(rows) == 7


def nested(rng: random.Random, depth: int, ids: Iterator[int]) -> Any:
    """Objects and lists in each other; most objects have a number of their own."""
    kind = rng.random() if depth else 0
    if kind < 0.4:
        return {rng.choice("abc"): rng.choice(["x", 7, [], {}]), "n": next(ids)}
    if kind < 0.7:
        return [nested(rng, depth - 1, ids) for _ in range(rng.randint(1, 3))]
    own = {"n": next(ids)} if rng.random() < 0.5 else {}
    return own | {name: nested(rng, depth - 1, ids) for name in rng.sample("defgh", 2)}


def parts_of(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object and list that is not empty: in what it stands, and where there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for place, part in pairs:
        if part and isinstance(part, (dict, list)):
            yield value, place
            yield from parts_of(part)


def paths_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The number of each object, and under which names and in which lists it stands."""
    if isinstance(value, list):
        for part in value:
            yield from paths_of(part, (*path, "[]"))
    elif isinstance(value, dict):
        if "n" in value and isinstance(value["n"], int):
            yield value["n"], path
        for name, part in value.items():
            yield from paths_of(part, (*path, name))


@pytest.mark.parametrize(
    "damage",
    [
        '{"z": 1 2}', '{"z": "It said "no" x", "y": {"x": 3}}', '{"n" 7}', '{x "a": [1, {"b": 2}]}',
        '[{"a": 1 2}]', '{"b": [}', "}", '"It rained', '"""', '{"a" 1', "[1 2", '{"n": {"x',
        '{"a":' * 120, "[" * 120,
    ],
)  # fmt: skip
def test_damage_moves_no_object_that_stands_beside_before_or_behind_it(damage):
    """Each keeps the names and lists around it, whatever its own first name is."""
    rng = random.Random(damage)
    for _ in range(100):
        ids = count()
        items = [nested(rng, 3, ids) for _ in range(3)]
        whole = rng.choice([items, {"articles": items}])
        inside, place = rng.choice([*parts_of(whole)])
        inside[place] = "HERE"
        text = json.dumps(whole, indent=rng.choice([None, 1])).replace('"HERE"', damage)
        read = ([value] if in_array else value for value, in_array, _ in values_of(text))
        found = dict(path for value in read for path in paths_of(value))
        assert found.items() >= dict(paths_of(whole)).items()
