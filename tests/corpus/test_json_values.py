"""JSON that is broken or breaks off: what stands whole is read, and the rest has a row."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.corpus.readers import json_files
from framing.corpus.readers.files import File
from framing.corpus.readers.json_goes_on import Source
from framing.corpus.readers.json_values import _with_errors, errors_in, values_of
from tests.scoring.test_linear import power, repeated

SAID = "The talks may fail, the envoy said, and a {} was seen in the harbour of the town."


def article(n: int) -> dict[str, object]:
    source = {"name": "Gull"}
    return {"title": f"Rain {n}", "tags": [{"name": "x"}], "source": source, "text": SAID.format(n)}


LAYOUTS = {
    "array": lambda items: items,
    "object": lambda items: {"status": "ok", "articles": items},
    "deep": lambda items: {"a": {"b": {"c": {"d": {"e": items}}}}},
    "answers": lambda items: {"responses": [{"hits": {"hits": [{"_source": i}]}} for i in items]},
    "pages": lambda items: [{"page": n, "results": [i]} for n, i in enumerate(items)],
    "ids": lambda items: {f"a{n}": item for n, item in enumerate(items)},
    "outlets": lambda items: {f"Gull{n}": [item] for n, item in enumerate(items)},
}


def read(text: str, name: str = "a.json") -> tuple[list[str], list[str]]:
    """Return the texts that are read, and why the others are not."""
    found = list(json_files.read(File(name, data=text.encode("utf-8", "surrogatepass")), {}))
    assert len({f.source for f in found}) == len(found)
    texts = [f.text for f in found if f.outcome == "scored"]
    return texts, [f.reason for f in found if f.outcome != "scored"]


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=60)
@given(n=st.integers(2, 5), data=st.data())
def test_what_stands_whole_before_a_cut_is_read(layout, n, data):
    items = [article(i) for i in range(n)]
    whole = json.dumps(LAYOUTS[layout](items))
    cut = data.draw(st.integers(1, len(whole) - 1))
    parts = [json.dumps({"_source": i} if layout == "answers" else i) for i in items]
    ends = [whole.index(part) + len(part) for part in parts]
    texts, reasons = read(whole[:cut])
    assert texts == [item["text"] for item, end in zip(items, ends, strict=True) if end <= cut]
    assert sum("nor is what follows" in reason for reason in reasons) == 1


BREAKS = {
    "escape": SAID + r" \x",
    "quotation": 'He said "no" {} times.',
    "one mark": 'An 5" pipe {} broke.',
    "brackets": 'The "{}}}], [{{" of it.',
    "deep": None,
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_broken_in_one_article_costs_no_other(layout, how):
    items = [article(i) for i in range(5)]
    inside = BREAKS[how] and f'"{BREAKS[how].format(2)}"'
    bad = inside or f"{'[' * 50_000}{']' * 50_000}"
    text = json.dumps(LAYOUTS[layout](items)).replace(json.dumps(items[2]["text"]), bad)
    texts, reasons = read(text)
    assert texts == [item["text"] for item in items if item is not items[2]]
    assert len(reasons) == 1


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_text_without_its_beginning_or_end_costs_no_other_article(layout, indent):
    items = [article(i) for i in range(5)]
    whole = json.dumps(LAYOUTS[layout](items), indent=indent)
    for text in (json.dumps(items[2]["text"]), json.dumps(items[2]["title"])):
        for half in (text[1:], text[:-1]):
            texts, reasons = read(whole.replace(text, half, 1))
            assert texts == [item["text"] for item in items if item is not items[2]]
            assert len(reasons) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_raw_control_characters_and_long_numbers_are_read(layout):
    items = [{**article(i), "n": "MANY"} for i in range(3)]
    text = json.dumps(LAYOUTS[layout](items)).replace('"MANY"', "1" * 5000)
    texts, reasons = read(text.replace("harbour of", "harbour\t\x01of"))
    assert texts == [str(i["text"]).replace("harbour of", "harbour\t\x01of") for i in items]
    assert not reasons


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(value=VALUES, indent=st.sampled_from([None, 1]), ascii=st.booleans())
def test_whole_values_are_as_the_standard_library_reads_them(value, indent, ascii):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    assert _with_errors(Source(f" {text} 1"), 1) == (json.loads(text), len(text) + 1)


@settings(max_examples=500)
@given(text=st.lists(st.sampled_from([*'[]{}":,\\ a', '{"a":', '["a":', "1,"])).map("".join))
def test_any_text_comes_to_its_end(text):
    """What is JSON has no error; what is more, such as values in a row, may have none."""
    found = list(values_of(text))
    with contextlib.suppress(ValueError):
        json.loads(text)
        assert not any(errors for *_, errors in found)
    assert all(list(errors_in(value)) == errors for value, _, errors in found)


def test_a_file_of_prose_has_one_row(tmp_path):
    (tmp_path / "a.json").write_text("It rained in the town, and nobody came.")
    with pytest.raises(ValueError, match="1 × not JSON, nor is what follows: 'It' at character 1"):
        fr.read_corpus(tmp_path)


def test_comments_of_an_article_whose_text_is_lost_are_no_articles():
    comments = [{"text": SAID.format(n)} for n in range(3)]
    whole = json.dumps({"title": "Rain", "comments": comments, "text": SAID})
    for cut in (whole.rindex('"text"'), len(whole) - 9):
        texts, reasons = read(whole[:cut])
        assert (texts, len(reasons)) == ([], 1)


def test_columns_that_break_off_are_no_articles_without_them():
    table = {"text": {"0": SAID, "1": SAID}, "outlet": {"0": "Gull", "1": "Sun"}}
    texts, reasons = read(json.dumps(table)[:-8])
    assert (len(texts), len(reasons)) == (1, 1)
    split = json.dumps({"columns": ["text", "n"], "data": [[SAID, 10], [SAID, 20]]})
    assert [len(part) for part in read(split[:-4])] == [1, 1]


def test_an_object_of_more_than_5_000_names_is_no_article():
    for n, reason in ((5_000, "no column of text"), (5_001, "5,001 columns or names")):
        texts, reasons = read(json.dumps({str(i): i for i in range(n)}))
        assert not texts and reasons[0].startswith(reason)


@pytest.mark.parametrize("layout", ["array", "object"])
@pytest.mark.parametrize("between", ["} {", "},, {", "},\n,{"])
def test_commas_between_objects_may_be_too_many_or_none(layout, between):
    texts, reasons = read(json.dumps(LAYOUTS[layout]([article(0)] * 3)).replace("}, {", between))
    assert (len(texts), reasons) == (3, [])


@pytest.mark.parametrize("layout", ["array", "object", "deep"])
def test_an_object_without_an_end_costs_no_other(layout):
    items = [article(i) for i in range(4)]
    text = json.dumps(LAYOUTS[layout](items))
    for end in ('2 was seen in the harbour of the town."}', '"Gull"}, "text": "' + SAID.format(2)):
        broken = text.replace(end, end.replace("}", ""))
        texts, reasons = read(broken)
        assert broken != text and len(reasons) == 1
        assert texts == [item["text"] for item in items if item is not items[2]]


@pytest.mark.parametrize("mark", ["\x1b", "\x92", "x", "}", ":", "{", "\\"])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("layout", ["array", "object", "lists"])
def test_a_stray_mark_between_articles_costs_none(layout, place, mark):
    items = [json.dumps(article(i)) for i in range(3)]
    items[place] = mark + items[place]
    around = {"array": "[{}]", "object": '{{"total": 3, "articles": [{}]}}', "lists": "[[{}], []]"}
    texts, reasons = read(around[layout].format(", ".join(items)))
    assert len(texts) == 3 and len(reasons) == 1 + (layout == "lists")


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("layout", ["array", "object", "deep"])
def test_a_list_that_ends_too_early_goes_on(layout, place):
    items = [article(i) for i in range(3)]
    item = json.dumps(items[place])
    texts, _ = read(json.dumps(LAYOUTS[layout](items)).replace(item, f"{item}]", 1))
    assert texts == [i["text"] for i in items]


@pytest.mark.parametrize("layout", ["array", "object", "pages", "lines"])
@pytest.mark.parametrize("place", range(3))
def test_a_quotation_mark_before_an_article_costs_none(layout, place):
    items = [json.dumps(article(i)) for i in range(3)]
    whole = (
        "\n".join(items)
        if layout == "lines"
        else json.dumps(LAYOUTS[layout]([article(i) for i in range(3)]))
    )
    texts, reasons = read(whole.replace(items[place], f'"{items[place]}', 1))
    assert len(texts) == 3 and reasons


@pytest.mark.parametrize("layout", ["array", "object", "deep", "outlets"])
@pytest.mark.parametrize("place", range(3))
def test_an_object_that_begins_with_the_bracket_of_a_list_is_read(layout, place):
    """It once was read for ever."""
    items = [article(i) for i in range(3)]
    item = json.dumps(items[place])
    whole = json.dumps(LAYOUTS[layout](items))
    assert read(whole.replace(item, f"[{item[1:]}", 1)) == ([i["text"] for i in items], [])


@pytest.mark.parametrize("around", ["{}", '{{"total": 4, "pages": {}}}', "[{}]"])
def test_lists_of_lists_are_articles_in_a_row(around):
    pages = [[article(0), article(1)], [article(2)], [article(3)]]
    texts, reasons = read(around.format(json.dumps(pages)))
    assert texts == [article(n)["text"] for n in range(4)] and not reasons


def test_objects_one_after_another_have_a_row_for_what_stands_between():
    texts, reasons = read(" x ".join(json.dumps(article(i)) for i in range(3)))
    assert len(texts) == 3 and len(reasons) == 2


def test_of_two_errors_that_which_says_that_the_rest_is_lost_is_told():
    broken = json.dumps({"total": 3, "articles": [article(0)]}).replace('"total": ', '"total":x ')
    assert read(broken)[0] == [article(0)["text"]]
    texts, reasons = read(broken[:-9])
    assert not texts and "Expecting value" in reasons[0] and "nor is what follows" in reasons[0]


NESTED = json.dumps([{"title": f"So {n}", "text": SAID.format(f"{n}th comment")} for n in range(3)])
WITH_COMMENTS = f'{{"title": "Rain", "comments": {NESTED}, "text": "{SAID}"}}'
DAMAGED = {
    "deep": '{"a":' * 3000,
    "half closed": '{"a":' * 300 + "1" + "}" * 150,
    "deep lists": '{"a":[' * 60,
    "brackets": "[" * 500,
    "brackets half closed": "[" * 300 + "]" * 100,
    "names in brackets": '[["a",' * 200,
    "another name": '{"zz": 1 2, "more": {"title": 3}}',
    "never closed": '{"zz": {"b": 1',
    "a quotation mark": WITH_COMMENTS.replace("envoy", '"envoy"', 1),
    "no comma": WITH_COMMENTS.replace('"Rain",', '"Rain" "Hail",'),
    "no colon": WITH_COMMENTS.replace('": ', '" ', 1),
    "a mark": WITH_COMMENTS.replace("{", "{x ", 1),
    "a bracket": "}",
}


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_damage_that_stands_anywhere_costs_no_article_and_makes_none(layout, damage):
    """Also as the first of a list, and with comments in it that begin as articles do."""
    for place in range(4):
        for indent in (None, 1):
            items: list[object] = [article(n) for n in range(4)]
            good = [item["text"] for n, item in enumerate(map(article, range(4))) if n != place]
            items[place] = "HERE"
            whole = json.dumps(LAYOUTS[layout](items), indent=indent)
            texts, reasons = read(whole.replace('"HERE"', DAMAGED[damage]))
            assert (texts, len(reasons)) == (good, 1)


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_second_damaged_article_costs_no_third_one(layout, damage):
    """Nor where what stands behind the second does not tell how many brackets are around."""
    others = ["another name", "a quotation mark"]
    others += ["deep", "half closed", "a bracket"] * (damage == others[1])
    for other in others:
        for places in ((0, 3), (1, 2), (2, 5)):
            items: list[object] = [article(n) for n in range(6)]
            good = [
                item["text"] for n, item in enumerate(map(article, range(6))) if n not in places
            ]
            items[places[0]], items[places[1]] = "HERE", "THERE"
            whole = json.dumps(LAYOUTS[layout](items)).replace('"HERE"', DAMAGED[damage])
            texts, reasons = read(whole.replace('"THERE"', DAMAGED[other]))
            assert texts == good and 1 <= len(reasons) <= 2


COMMENTS = [{"title": f"So {n}", "text": SAID.format(f"{n}th comment")} for n in range(4)]


@pytest.mark.parametrize("first_names", ["xxxx", "xxxy", "xxyy"])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "ids"])
def test_comments_that_end_too_early_go_on_also_where_damage_stands_behind(layout, first_names):
    """Also with one that begins otherwise, where the brackets behind it tell that it is one."""
    for damage in ["another name"] if first_names == "xxxy" else DAMAGED:
        comments = [{x: 1, **one} for x, one in zip(first_names, COMMENTS, strict=True)]
        rain = {"title": "Rain", "comments": comments, "text": SAID}
        whole = json.dumps(LAYOUTS[layout]([article(0), rain, article(2), "HERE"]))
        last = f", {json.dumps(comments[3])}"
        texts, _ = read(whole.replace(last, f"]{last}").replace('"HERE"', DAMAGED[damage]))
        assert texts == [article(0)["text"], SAID, article(2)["text"]]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "ids"])
def test_an_article_without_its_last_bracket_takes_no_other_as_a_comment(layout, place):
    items: list[object] = [article(n) for n in range(3)]
    items[place] = "HERE"
    open_one = json.dumps({"title": "Rain", "text": SAID, "comments": COMMENTS})[:-1]
    texts, _ = read(json.dumps(LAYOUTS[layout](items)).replace('"HERE"', open_one))
    assert texts == [article(n)["text"] for n in range(3) if n != place]


@pytest.mark.parametrize("indent", [None, 1])
def test_behind_damage_articles_are_those_of_their_own_outlet(indent):
    for damage in DAMAGED.values():
        items = ({"title": f"Rain {n}", "text": SAID.format(n)} for n in range(3))
        whole = {"Gull": [next(items), "HERE"], "Sun": [next(items)], "Tern": [next(items)]}
        text = json.dumps(whole, indent=indent).replace('"HERE"', damage)
        found = json_files.read(File("a.json", data=text.encode()), {})
        outlets = [f.outlet for f in found if f.outcome == "scored"]
        assert outlets == ["Gull", "Sun", "Tern"]


@pytest.mark.parametrize("damaged", ['{"a":' * 120, "[" * 120, '{"c": 1 2}', '{"d": {"b": 1'])
@pytest.mark.parametrize("good", [json.dumps(article(1)), ""])
def test_damage_that_comes_again_and_again_takes_a_time_that_grows_with_its_length(damaged, good):
    def run(size: int) -> float:
        start = time.process_time()
        list(values_of("[" + repeated(f"{good or 7},{damaged},", size)))
        return time.process_time() - start

    assert run(20_000) < 0.1 or power(run) <= 1.2


@pytest.mark.parametrize("layout", ["array", "object", "deep"])
def test_brackets_too_deep_that_never_end_cost_their_article_only(layout):
    items = [article(i) for i in range(4)]
    text = json.dumps(LAYOUTS[layout](items))
    end = '2 was seen in the harbour of the town."'
    texts, reasons = read(text.replace(end, f'{end}, "x": {"[" * 2000}'))
    assert texts == [item["text"] for item in items if item is not items[2]] and len(reasons) == 1


def test_an_object_that_breaks_off_behind_a_name_keeps_the_articles_before():
    whole = json.dumps(LAYOUTS["ids"]([article(0), article(1)]))
    texts, reasons = read(whole[: whole.index('"a1"') + 5])
    assert texts == [article(0)["text"]] and len(reasons) == 1


def test_a_stray_mark_before_the_first_article_of_an_outlet_costs_none():
    whole = json.dumps({"outlet": "Gull", "articles": [article(0), article(1)]})
    texts, reasons = read(whole.replace('[{"title"', '[x {"title"', 1))
    assert len(texts) == 2 and len(reasons) == 1


A, B, C, D = (article(n) for n in range(4))
BARE = {"text": SAID.format("gull")}
LIES = {
    "a group of one": ({"day 1": {"a": A, "b": B}, "day 2": {"c": C}}, [0, 1, 2]),
    "groups of one each": ({"Gull": {"a": A}, "Tern": {"b": B}}, [0, 1]),
    "wrapped groups": ({"articles": {"Gull": {"a": A, "b": B}, "Tern": {"c": C}}}, [0, 1, 2]),
    "an object beside a list": ({"lead": A, "others": [B, C]}, [0, 1, 2]),
    "at several depths": ({"x": {"y": A}, "z": {"x": {"y": B}}, "l": {"m": [C]}}, [0, 1, 2]),
    "in a channel with a title": ({"rss": {"title": "G", "item": A, "more": B}}, [0, 1]),
    "versions in a list": ([{"id": 1, "first": A, "second": B}, {"id": 2, "first": C}], [0, 1, 2]),
    "names and rows": ([["title", "text"], *([i["title"], i["text"]] for i in (A, B))], [0, 1]),
    "a sheet": ({"range": "A1:B2", "values": [["title", "text"], [A["title"], A["text"]]]}, [0]),
    "names beside rows": ({"fields": ["id", "text"], "data": [[7, A["text"]]], "n": 1}, [0]),
    "in a table": ({"x": {"cols": ["title", "text"], "rows": [["Rain", A["text"]]] * 2}}, [0, 0]),
    "lists of plural names": ({"titles": ["Rain", "Hail"], "text": [A["text"], B["text"]]}, [0, 1]),
    "lists of articles": ({"headlines": ["Rain", "Hail"], "articles": [A["text"]] * 2}, [0, 0]),
    "lists beside an outlet": (
        {"source": "Gull", "titles": ["A", "B"], "texts": [A["text"]] * 2},
        [0, 0],
    ),
    "names beside unlike rows": (
        {"x": ["title", "text"], "y": [["A", A["text"]], ["B", A["text"], 1]]},
        [0, 0],
    ),
    "all in objects": (
        [
            {"_id": {"$oid": f"{n}"}, "content": i, "at": {"$date": "2031"}}
            for n, i in enumerate((A, B))
        ],
        [0, 1],
    ),
    "texts of files": ({"a.txt": A["text"], "b.TXT": B["text"]}, [0, 1]),
    "texts of addresses": ({"http://a.b/1": A["text"], "https://a.b/2": B["text"]}, [0, 1]),
    "a list of texts": ({"source": "Gull", "texts": [A["text"], B["text"]]}, [0, 1]),
    "columns without titles": (
        {"text": [A["text"], B["text"]], "date": ["2031-03-12"] * 2},
        [0, 1],
    ),
    "one in an object": ({"data": {"article": A}, "status": "ok"}, [0]),
}


@pytest.mark.parametrize("lies", LIES)
def test_articles_are_found_wherever_they_lie(lies):
    whole, numbers = LIES[lies]
    texts, reasons = read(json.dumps(whole))
    assert texts == [article(n)["text"] for n in numbers] and not reasons


@pytest.mark.parametrize("around", ['{{"articles": {{{}}}}}', '{{"rss": {{"title": "G", {}}}}}'])
def test_a_name_given_again_in_an_object_hides_no_article(around):
    again = '{"z": {"a": 1}, "z": {"a": 2}, "z": {"a": 3}}'
    assert next(values_of(again))[0] == {"z": {"a": 1}, "z#2": {"a": 2}, "z#3": {"a": 3}}
    items = [{"title": f"Rain {n}", "text": SAID.format(n)} for n in range(3)]
    texts, _ = read(around.format(", ".join(f'"article": {json.dumps(item)}' for item in items)))
    assert texts == [item["text"] for item in items]


@pytest.mark.parametrize("whole", [[{"id": 1, "first": BARE, "second": BARE}],
                                   {"title": "Rain", "first": BARE, "second": BARE}])  # fmt: skip
def test_a_text_in_an_object_beside_that_of_the_article_is_told(whole):
    texts, reasons = read(json.dumps(whole))
    assert len(texts) == 1 and reasons == [
        "1 text beside that of an article, in 'second': not read as articles"
    ]
    assert read(json.dumps({"title": "Rain", "text": SAID, "summary": BARE}))[1] == []


ROWS = [["Gull", "Rain", SAID.format(1)], ["Tern", "Hail", SAID.format(2)]]


@pytest.mark.parametrize(
    "whole", [ROWS, ROWS[:1], [[SAID], [SAID]], {"data": ROWS, "n": 2}, {"x": {"rows": ROWS}},
              {"columns": ["x"], "rows": ROWS}, [*ROWS, ["Auk", "Fog"]], {"x": [[7, *ROWS[0]], *ROWS]},
              [["id", "title", "text", "a", "b", "c", "d"], [1, "Rain", SAID, 2, 3]]],
)  # fmt: skip
def test_a_table_of_lists_without_names_is_not_one_article(whole):
    for name, text in (("a.json", json.dumps(whole)), ("a.jsonl", json.dumps(whole) + "\n")):
        found = list(json_files.read(File(name, data=text.encode()), {}))
        assert [(f.outcome, "no names" in f.reason) for f in found] == [("failed", True)]


@pytest.mark.parametrize("beside", [{"title": "Rain"}, {"post": SAID * 4}])
def test_lists_of_lists_in_an_article_are_no_table(beside):
    one = {**beside, "entities": [["Gull", "ORG"], ["Tern", "ORG"]], "tags": ["title", "text"]}
    assert [
        f.outcome for f in json_files.read(File("a.jsonl", data=json.dumps(one).encode()), {})
    ] == ["scored"]


@pytest.mark.parametrize(
    "one",
    [
        [[SAID.format(1), SAID.format(2)], [SAID.format(3)]],
        {"paragraphs": [["Rain"], [SAID.format(1), SAID.format(2)], [SAID.format(3)]]},
        {"title": ["Rain"], "text": [SAID.format(1)], "outlet": "Gull"},
        {"text": [SAID * 2] * 2},
        {"texts": [SAID * 2] * 2, "title": "Rain"},
        {"text": [SAID] * 2, "sources": ["AP", "AFP"]},
        {"title": ["Rain", "Part 2"], "text": [SAID, SAID], "url": "https://gull.example/1"},
    ],
)
def test_paragraphs_and_lists_of_one_article_are_no_table(one):
    found = list(json_files.read(File("a.json", data=json.dumps(one).encode()), {}))
    assert [(f.source, f.outcome) for f in found] == [("a.json", "scored")]


def test_files_that_stand_for_files_are_no_articles():
    data = json.dumps({"a.html": "static/a.html", "b.html": "static/b.html"}).encode()
    assert len(list(json_files.read(File("manifest.x.json", data=data), {}))) == 1


def test_cells_beyond_the_names_of_a_sheet_are_kept():
    rows = [["title", "text"], ["Rain", SAID, "x", "y"], ["Hail", SAID]]
    found = list(json_files.read(File("a.json", data=json.dumps(rows).encode()), {}))
    assert dict(found[0].extra) == {"column 3": "x", "column 4": "y"} and len(found) == 2


REST = "not JSON, nor is what follows"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ", []),
        ("[]", []),
        ("[1, 2]", []),
        ("}", [f"{REST}: '}}' at character 1; 1 character not read"]),
        ("[1", [f"{REST}: it breaks off at character 3"]),
        ('["a', [f"{REST}: a text without an end at character 2; 2 characters not read"]),
        ('{"a": x}', ["not JSON at character 7: Expecting value"]),
        ('{"a": 1}} {"a": 2}',
         [f"{REST} up to character 10: '}}' at character 9; 2 characters not read"]),
        ("x" * 30, [f"{REST}: '{'x' * 20}' at character 1; 30 characters not read"]),
        (f'{{"d": {"[" * 99}7{"]" * 99}, "a": x}}', ["not JSON at character 213: Expecting value"]),
        (f'{{"d": {"[" * 100}7{"]" * 100}, "a": x}}',
         ["objects in objects, too deep to be read", "not JSON at character 215: Expecting value"]),
    ],
)  # fmt: skip
def test_an_error_says_where_a_text_is_broken_and_how_much_of_it_is_not_read(text, said):
    assert [str(error) for _, _, errors in values_of(text) for error in errors] == said


@pytest.mark.parametrize(("whole", "source"), [(18, "a.json"), (19, "a.json, line 1")])
def test_nineteen_lines_that_are_objects_tell_that_each_is_one(whole, source):
    rows = [json.dumps(article(n)) for n in range(25)]
    rows[whole] = "7"
    found = list(json_files.read(File("a.json", data="\n".join(rows).encode()), {}))
    assert (found[0].source, len(found)) == (source, 25)


BROKEN = (
    '[{"a":[1 2]}],', '[}{"a":1}],', '}{"a":1},', ':{"a":1},', "x ", '[{"a":', '"{"a":1},', ']}',
    '"b":{"a":1},', '["b":1},', '{"a":[{"b":[1 2}]},', '{"a":"x"y"},', '[}{"x":1 2},', '{"a":[} ',
    '{"a":1}],',
)  # fmt: skip


@pytest.mark.parametrize("unit", BROKEN)
@pytest.mark.parametrize("begin", ["", "[", '{"t":1,"x":[', '[{"a":1},'])
def test_broken_json_takes_a_time_that_grows_with_its_length(begin, unit):
    """Only what takes long is measured for several sizes."""

    def run(size: int) -> float:
        start = time.process_time()
        list(values_of(begin + repeated(unit, size)))
        return time.process_time() - start

    assert run(20_000) < 0.1 or power(run) <= 1.2
