"""Each number that decides how files, cells and languages are read, on both of its sides."""

from __future__ import annotations

import gzip
import json
import os
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.corpus import collect, language, whole_tables
from framing.corpus.agencies import agency
from framing.corpus.blocks.neighbours import COMPARED
from framing.corpus.blocks.roles import PARAGRAPH_CHARACTERS
from framing.corpus.choosing import _listed, chosen
from framing.corpus.collect import _tasks
from framing.corpus.columns import _why, _why_undated
from framing.corpus.dates import day_month_order
from framing.corpus.language import code_of, language_of
from framing.corpus.readers import (
    Found,
    compressed,
    csv_rows,
    emails,
    failed,
    files,
    html_tables,
    in_cells,
    nexis,
    number_of_rows,
    pages,
    rows,
    sheet_sizes,
    spreadsheets,
    tables,
    walk,
    warc,
    xml_files,
)
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.by_name import MOST_NAMES, fields_of
from framing.corpus.readers.cells import cell_text, is_missing, short_text
from framing.corpus.readers.columns import Mapper, _is_plain
from framing.corpus.readers.files import File
from framing.corpus.readers.in_json import _with_ids
from framing.corpus.readers.nexis import _above_labels
from framing.corpus.readers.profiles import Profile, _profile
from framing.corpus.readers.raw_rows import Row
from framing.corpus.summary import account
from framing.corpus.tables import tasks
from framing.corpus.whole_tables import UNKNOWN_OUTLET
from tests.conftest import ROOT, read_in
from tests.corpus.test_exports import record
from tests.corpus.test_readers import FIRST, TALKS, TANKER, zipped

TEXT = f"{FIRST}\n\n{FIRST}"


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        (["one two three"], Profile(1, 3, 0, 0, 0)),
        (["It rained.", "It rained?", "Fog"], Profile(3, 2, 0, 0, 2 / 3)),
        (["x" * 120], Profile(1, 20, 0, 0, 0)),  # six characters a word in any script
        (["x" * 125], Profile(1, 20, 0, 0, 0)),
        (["2031-03-12", "12 March 2031", "Rain"], Profile(3, 1, 2 / 3, 0, 0)),
        (["2031-03-12".ljust(59)], Profile(1, 50, 1, 0, 0)),
        (["2031-03-12".ljust(60)], Profile(1, 51, 0, 0, 0)),
        (["https://x.example/1", "www.x.example/2", "Rain."], Profile(3, 2, 0, 2 / 3, 0)),
        (["https://x.example/1", "Rain."], Profile(2, 2, 0, 1 / 2, 1)),
        (["2031-03-12" + " x" * 60], Profile(1, 61, 0, 0, 0)),
    ],
)
def test_a_sample_of_cells_says_what_a_column_holds(cells, holds):
    assert _profile(cells)[:5] == pytest.approx(holds[:5])
    assert _profile(cells).same == (cells[0].strip() if len(cells) == 1 and holds[1] < 61 else "")


def test_as_many_articles_without_an_end_as_the_limit_are_rows_of_the_audit(monkeypatch):
    monkeypatch.setattr(xml_files, "_OPEN", 3)
    assert len(list(xml_files._not_nested(iter(["<article>"] * 3)))) == 3
    with pytest.raises(ValueError, match="over 3 articles in a row have no end"):
        list(xml_files._not_nested(iter(["<article>"] * 4)))


def test_only_the_first_fifty_cells_are_tried_as_dates():
    assert _profile(["2031-03-12"] * 50 + ["rain"] * 100).dates == 1
    assert _profile(["rain"] + ["2031-03-12"] * 50).dates == 49 / 50


def prose(words: float, share: float = 1.0) -> Profile:
    return Profile(10, words, prose=share)


@pytest.mark.parametrize(
    ("profiles", "columns"),
    [
        ({"x": prose(15)}, {"text": "x"}),
        ({"x": prose(14)}, {}),
        ({"x": prose(15, 0.5)}, {"text": "x"}),
        ({"x": prose(15, 0.49)}, {}),
        ({"file": Profile(10, 1), "x": prose(80)}, {"text": "x"}),
        ({"file": Profile(10, 1), "x": prose(79)}, {}),
        ({"content": prose(4, 0), "x": prose(15)}, {"text": "x"}),
        ({"content": prose(5, 0), "x": prose(15)}, {"text": "content"}),
        ({"when": Profile(10, 1, dates=0.81), "x": prose(15)}, {"date": "when", "text": "x"}),
        ({"when": Profile(10, 1, dates=0.8), "x": prose(15)}, {"text": "x"}),
        ({"title": prose(60)}, {"title": "title"}),
        ({"title": prose(61)}, {"text": "title"}),
        ({"date": prose(60, 0)}, {"date": "date"}),
        ({"date": prose(61, 0)}, {}),
        ({"url": Profile(10, 1, urls=0.51)}, {"url": "url"}),
        ({"url": Profile(10, 1, urls=0.5)}, {}),
        ({"url": Profile()}, {"url": "url"}),
        ({"id": Profile(10, 1, urls=0.6)}, {"article": "id"}),
        ({"source": Profile(10, 1, urls=0.6), "x": prose(15)}, {"text": "x"}),
        ({"source": Profile(10, 1, urls=0.5)}, {"outlet": "source"}),
        ({"source": Profile(10, 1, urls=0.3, files=0.3), "x": prose(15)}, {"text": "x"}),
        (
            {"source": Profile(10, 1, same="LexisNexis"), "site": Profile(10, 1, same="Gull")},
            {"outlet": "site"},
        ),
        ({"source": Profile(), "publisher": Profile(10, 1)}, {"outlet": "publisher"}),
        ({"article": Profile(10, 1)}, {"article": "article"}),
        ({"article": prose(61)}, {"text": "article"}),
        (
            {"title": Profile(10, 6), "summary": prose(20), "x": prose(15)},
            {"title": "title", "text": "x"},
        ),
        ({"summary": prose(20), "y": Profile(10, 2)}, {"text": "summary"}),
        ({"title": Profile(10, 6), "Hlead": prose(35)}, {"title": "title"}),
    ],
)
def test_fields_are_found_by_what_columns_hold(profiles, columns):
    found = Mapper({}, profiles).of(tuple(profiles))
    assert found.columns == columns
    assert found.question == ""


def test_columns_beside_the_text_are_carried_unless_they_are_texts_themselves():
    profiles = {"text": prose(300), "notes": prose(199), "more": prose(200)}
    found = Mapper({}, profiles).of(tuple(profiles))
    assert dict(found.carried) == {"notes": "notes"}
    assert [(c.column, c.field, c.how) for c in found.listed] == [
        ("text", "text", "name"),
        ("notes", "notes", "carried"),
        ("more", "", "not used: a long text"),
    ]
    two = {"x": prose(15), "y": prose(16)}
    assert Mapper({}, two).of(tuple(two)).question.startswith("which column is the text? 'x', 'y'")
    given = Mapper({"text": "y"}, two).of(tuple(two))
    assert (given.columns, given.question) == ({"text": "y"}, "")
    assert given.listed[0].how == "given"


def test_a_name_that_has_a_meaning_here_gets_an_ending_until_it_is_free():
    found = Mapper({}, {}).of(("text", "hedge", "hedge_given", "words"))
    assert (
        dict(found.carried)
        == {
            "hedge": "hedge_given_",
            "hedge_given": "hedge_given",
            "words": "words_given",
        }
        or dict(found.carried)["words"] == "words_given"
    )
    assert len(set(found.carried.values())) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "True"),
        (np.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (pd.Timestamp("2031-03-12"), "2031-03-12"),
        (pd.Timestamp("2031-03-12 09:20"), "2031-03-12T09:20:00"),
        ({"id": 3, "name": ""}, "3"),
        ([{"text": "a"}, None, ["b"]], "a\n\nb"),
        ({"other": 1}, ""),
    ],
)
def test_values_of_every_kind_are_text(value, text):
    assert cell_text(value) == text


def test_lists_in_lists_are_read_to_a_depth_of_twenty():
    for depth, found in ((19, "x"), (20, "x"), (21, "")):
        value: object = "x"
        for _ in range(depth):
            value = [value]
        assert cell_text(value) == found
    assert short_text(["a", "b"]) == "a; b"
    assert short_text('["a", "b"]') == "a; b"
    assert short_text("a\n\nb") == "a\n\nb"
    long = json.dumps(["x" * 1995])
    assert len(long) == 1999 and short_text(long) == "x" * 1995
    assert short_text(json.dumps(["x" * 1996])) == json.dumps(["x" * 1996])


@pytest.mark.parametrize(
    ("text", "missing", "surely"),
    [("", True, True), (" NaN ", True, True), ("null", True, False), ("N/A", True, False),
     ("undefined", True, False), ("undefined!", False, False), ("nana", False, False)],
)  # fmt: skip
def test_marks_of_missing_values(text, missing, surely):
    assert (is_missing(text), is_missing(text, surely=True)) == (missing, surely)


def test_the_first_two_hundred_rows_show_what_a_column_holds():
    """Column x is a text from row 200 on, or from row 201: too late."""
    for late, read in ((199, True), (200, False)):
        table = pd.DataFrame({"title": TALKS, "x": [""] * late + [FIRST] * 4})
        found = list(tables.of_frame(table, {}))
        assert bool(found[-1].text) == read


def test_objects_are_columns_to_a_depth_of_three():
    inside = {"a": {"b": {"c": {"d": {"e": "x"}}}}}
    flat = in_cells.flattened(inside)
    assert [name for name in flat if "." in name] == ["a.b", "a.b.c", "a.b.c.d"]


@pytest.mark.parametrize("keys", [["0", "1"], ["a1", "b2"], ["a1", "1"]])
def test_rows_by_name_have_the_name_as_id_unless_all_are_numbers(keys):
    found = _with_ids({key: {"text": TEXT, "title": TALKS} for key in keys})
    ids = [row.get("id") for row in found.values()]
    assert ids == ([None, None] if keys == ["0", "1"] else keys)
    kept = _with_ids({"a1": {"text": TEXT, "id": "own"}})
    assert kept == {"a1": {"text": TEXT, "id": "own"}}


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (["World", TANKER, "The Standard Review"], (TANKER, "The Standard Review", "")),
        ([TANKER, "The Standard Review"], (TANKER, "The Standard Review", "")),
        ([TANKER, "The Standard Review", "March 12, 2031"],
         (TANKER, "The Standard Review", "March 12, 2031")),
        (["The Standard Review", "March 12, 2031"], ("The Standard Review", "March 12, 2031", "")),
        (["The Standard Review"], ("", "", "")),
        ([], ("", "", "")),
    ],
)  # fmt: skip
def test_the_head_of_an_item_is_title_outlet_and_a_date_if_there_is_one(head, found):
    assert _above_labels(head) == (*found, "")
    labelled = [*head, "Copyright 2031 The Standard Review", "Length: 9 words"]
    assert _above_labels(labelled) == (*found, "")


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (["x"] * 5 + ["PARIS (AFP) - Talks failed."] + ["x"] * 9, "AFP"),
        (["x"] * 6 + ["PARIS (AFP) - Talks failed."] + ["x"] * 9, ""),
        (["x"] * 5 + ["Reuters"] + ["x"] * 9, "Reuters"),
        (["x"] * 6 + ["Reuters"] + ["x"] * 9, ""),
        (["x"] * 9 + ["Reuters"] + ["x"] * 3, "Reuters"),
        (["x"] * 9 + ["Reuters"] + ["x"] * 4, ""),
        ([f"{'x' * 385} with Reuters."], "Reuters"),
        ([f"{'x' * 386} with Reuters."], ""),
    ],
)
def test_credits_stand_in_the_first_six_and_the_last_four_blocks(blocks, found):
    assert agency(blocks) == found


class Model:
    def __init__(self, *ranks: tuple[str, float]) -> None:
        self.ranks = ranks

    def rank(self, text: str) -> list[tuple[str, float]]:
        return list(self.ranks)


@pytest.mark.parametrize(
    ("ranks", "found"),
    [
        ([("en", 0.51), ("fr", 0.49)], "en"),
        ([("en", 0.5), ("fr", 0.5)], ""),
        ([("en", 0.3), ("pcm", 0.25), ("fr", 0.45)], "en"),
        ([("en", 0.06), ("fr", 0.9)], ""),
        ([("en", 0.05), ("fr", 0.9)], "fr"),
        ([("en", 0.01), ("fr", 0.31), ("de", 0.2)], "fr"),
        ([("en", 0.01), ("fr", 0.3), ("de", 0.2)], "und"),
        ([("en", 0.01), ("nb", 0.2), ("nn", 0.2), ("de", 0.3)], "no"),
    ],
)
def test_probabilities_of_languages_become_one_none_or_an_unknown_one(monkeypatch, ranks, found):
    monkeypatch.setattr(language, "_model", lambda: Model(*ranks))
    assert language._identified("x") == found


@pytest.mark.parametrize(
    ("words", "common", "found"), [(30, 3, True), (29, 3, False), (30, 2, False), (40, 4, True)]
)
def test_thirty_words_of_which_a_tenth_are_common_are_english(words, common, found):
    assert (
        language._is_surely_english(" ".join(["The"] * common + ["x"] * (words - common))) == found
    )


def test_a_sample_is_four_pieces_from_the_whole_text():
    blocks = [letter * 999 for letter in "abcdefgh"]
    assert language._sample(blocks, 60) == " ".join(letter * 60 for letter in "aceg")
    assert language._sample(blocks[:3], 60) == " ".join(letter * 80 for letter in "abc")
    assert language._sample([], 60) == ""


def test_numbers_and_codes_say_nothing_of_the_language(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(language, "_identified", lambda text, _: asked.append(text) or "")
    language_of(["Дождь шел целых 12 дней, A320s тоже, COVID19 тоже."])
    assert asked == ["Дождь шел целых  дней,  тоже,  тоже."] * 2


def test_under_25_letters_the_source_says_the_language():
    for n, by_text in ((24, False), (25, True)):
        reason = language_of(["ж" * n], declared="Polish")[1]
        assert ("by its text" in reason) == by_text
    assert language_of(["Rain"], declared="eng") == (
        "en",
        "language 'en', says the source: not scored",
    )
    assert [code_of(x) for x in ("en_US", "Deutsch", "Português", "xy-ZZ", "")] == [
        "en", "de", "pt", "xy", "",
    ]  # fmt: skip


def test_texts_are_handed_out_by_size_and_by_number(monkeypatch):
    monkeypatch.setattr(collect, "_TASK_BYTES", 10)
    monkeypatch.setattr(collect, "_TASK_FILES", 3)

    def sizes(*lengths: int) -> list[list[int]]:
        made = _tasks([File(f"{n}.txt", data=b"x" * n) for n in lengths], {})
        return [[thing.size for thing in task] for task in made]

    assert sizes(4, 6, 1, 10, 11, 1) == [[4, 6, 1], [10, 11], [1]]
    assert sizes(1, 1, 1, 1, 1, 1) == [[1, 1, 1]] * 2
    assert sizes() == []


@pytest.mark.parametrize(
    ("each", "sizes"),
    [(0, [[4, 6], [1, 10], [11], [1, 0, 0, 0, 0]]), (3, [[4, 6], [1, 10], [11], [1, 0, 0], [0]])],
)
def test_blocks_are_handed_out_by_their_size(monkeypatch, each, sizes):
    """Until ten bytes are reached, whatever is the first in a task; a title alone counts, too."""
    monkeypatch.setattr("framing.corpus.tables._TASK_BYTES", 10)
    monkeypatch.setattr("framing.corpus.tables._ITEM_BYTES", each)
    blocks = [b"x" * n for of_it in sizes for n in of_it]
    found = Found("a.txt", outlet=UNKNOWN_OUTLET)
    items = [collect.Item(found, packed, (), "") for packed in blocks]
    made = tasks(items, ())
    assert [[len(item.packed) for item in task.items] for task in made] == sizes


@pytest.mark.parametrize(
    ("before", "outcomes"),
    [(4, {"row 5": "scored", "row 1, and 9 more rows": "failed"}),
     (5, {"row 1, and 4 more rows": "failed"})],
)  # fmt: skip
def test_behind_very_many_rows_that_are_nothing_reading_ends_and_that_is_told(
    monkeypatch, before, outcomes
):
    """Not behind an article."""
    monkeypatch.setattr(rows, "_MOST_UNREADABLE", 5)
    rain = Row(f"row {before + 1}", {"title": "Rain", "text": "Rain fell on the port."})
    numbers = [Row(f"row {n}", {"value": n}) for n in range(1, 12)]
    given = [*numbers[:before], rain, *numbers[before + 1 :]]
    found = list(rows.articles(iter(given), {}))
    assert {f.source: f.outcome for f in found} == outcomes
    assert found[-1].reason.endswith("the rows below were not looked at") == (before == 5)


def test_tables_of_several_tasks_have_one_index(tmp_path, monkeypatch):
    """A row of a number is one row, however many tasks the articles were read in."""
    monkeypatch.setattr("framing.corpus.tables._TASK_BYTES", 10)
    lines = [json.dumps({"outlet": "Gull", "text": f"Rain fell on port {n}."}) for n in range(5)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    corpus = fr.read_corpus(tmp_path)
    for table in (corpus.articles, corpus.paragraphs, corpus.audit):
        assert table.index.tolist() == list(range(len(table))) and len(table) >= 5


def opened(data: bytes) -> list[str]:
    """What comes out of an archive: names, or why not."""
    found = list(walk.opened(File("a.zip", data=data), 0))
    assert {thing.outcome for thing in found if not isinstance(thing, File)} <= {"failed"}
    return [thing.source if isinstance(thing, File) else thing.reason for thing in found]


def test_archives_are_opened_in_archives_and_no_deeper():
    inner = zipped({"x.txt": b"x"})
    assert opened(zipped({"b.zip": inner})) == ["a.zip/b.zip/x.txt"]
    assert (
        "archive in an archive in an archive"
        in opened(zipped({"c.zip": zipped({"b.zip": inner})}))[0]
    )


def test_what_comes_out_of_an_archive_is_counted(monkeypatch):
    data = zipped({"a.txt": b"x" * 60, "b.txt": b"y" * 40, "c.txt": b"z"})
    monkeypatch.setattr(walk, "RATIO", 0)
    for grace, names in ((101, "abc"), (100, "ab"), (99, "ac")):
        monkeypatch.setattr(compressed, "GRACE", grace)
        monkeypatch.setattr(compressed, "RATIO", 0)
        read = [source for source in opened(data) if not source.startswith("in the archive")]
        assert read == [f"a.zip/{name}.txt" for name in names]
    monkeypatch.setattr(compressed, "GRACE", 0)
    monkeypatch.setattr(compressed, "RATIO", 1)
    assert len([s for s in opened(data) if s.startswith("a.zip/")]) == 3
    monkeypatch.setattr(walk, "MEMBERS", 3)
    assert len(opened(data)) == 3
    monkeypatch.setattr(walk, "MEMBERS", 2)
    assert "over 2 files in it" in opened(data)[0]
    monkeypatch.setattr(walk, "MEMBERS", 9)
    monkeypatch.setattr(walk, "MEMBER_BYTES", 40)
    assert [s.startswith("a.zip/") for s in opened(data)] == [False, True, True]


def test_gzip_is_read_to_so_many_times_its_size(monkeypatch):
    packed = gzip.compress(b"x" * 1000)
    for grace, read in ((1000, True), (999, False)):
        monkeypatch.setattr(compressed, "GRACE", grace)
        monkeypatch.setattr(compressed, "RATIO", 0)
        found = (
            nullcontext() if read else pytest.raises(compressed.TooLargeError, match="times its")
        )
        with found, File("a.txt.gz", data=packed).open() as stream:
            assert len(stream.read()) == 1000
    assert File("a.gz", data=b"x" * 5).size == 40
    assert File("b/A.TXT.gz").name == "a.txt"


@pytest.mark.parametrize(("limit", "reason"), [(0, ""), (-1, "over the limit")])
def test_an_article_has_at_most_so_many_bytes(monkeypatch, limit, reason):
    """In any encoding: letters of two bytes."""
    data = "é".encode() * 500
    monkeypatch.setattr(collect, "ARTICLE_BYTES", len(data) + limit)
    found = collect._cleaned(collect.Found("a.txt", text="é" * 500))
    assert (reason in found.reason) and (found.outcome == "failed") == bool(reason)
    monkeypatch.setattr(warc, "ARTICLE_BYTES", len(data) + limit)
    archive = File("a.warc", data=record("conversion", data, 1, http=False, kind_of="text/plain"))
    page = next(warc.read(archive, {}))
    assert (page.text == "é" * 500, page.outcome == "failed") == (not reason, bool(reason))
    assert page.reason.startswith(reason) and "cut off" not in page.reason


def test_short_columns_are_in_the_paragraphs_too_and_columns_of_numbers_are_numbers(tmp_path):
    table = pd.DataFrame(
        {"id": ["a", "b"], "text": [TEXT, f"{TEXT} Again."], "kind": ["x" * 100, ""], "note": ["x" * 101, ""],
         "rank": ["7", "-0.5"], "code": ["007", "1"], "some": ["1", "NaN"]}
    )  # fmt: skip
    corpus = fr.read_corpus(table)
    articles, paragraphs = corpus.articles, corpus.paragraphs
    assert "kind" in paragraphs and "note" not in paragraphs and "note" in articles
    assert articles["rank"].tolist() == [7, -0.5]
    assert articles["code"].tolist() == ["007", "1"]
    assert articles["some"].tolist() == pytest.approx([1, np.nan], nan_ok=True)


def test_the_account_lists_eight_reasons_of_a_kind_and_counts_the_rest(tmp_path):
    for n in range(10):
        (tmp_path / f"b{n}.bin").write_bytes(bytes([n, 200 + n, 3, 0]) * 9)
    corpus = read_in(tmp_path, "a.txt", f"{TALKS}\n\n{FIRST}")
    reasons = corpus.audit.loc[corpus.audit["outcome"] != "scored", "reason"]
    assert reasons.nunique() == 10
    lines = account(corpus).split("\n")
    assert lines[0] == "11 inputs: 10 skipped, 1 read"
    assert sum(line.startswith("  skipped: 1 ×") for line in lines) == 8
    assert "  skipped: 2 for other reasons (see the audit)" in lines


@pytest.mark.parametrize(("depth", "found"), [(1, 2), (20, 2), (21, 0)])
def test_lists_of_articles_are_found_in_objects_to_a_depth_of_twenty(tmp_path, depth, found):
    listed: object = [{"text": f"{FIRST} {n}.", "title": TALKS} for n in range(2)]
    for n in range(depth):
        listed = {f"level{n}": listed}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(listed))
    if found:
        assert len(fr.read_corpus(path).articles) == found
    else:
        with pytest.raises(ValueError, match="no article could be read"):
            fr.read_corpus(path)


@pytest.mark.parametrize(
    ("name", "text"), [("b.json", '{"text": "Café", broken'), ("b.csv", 'text,title\n"Café" x,y\n')]
)
def test_what_fails_has_the_encoding_it_was_read_in(tmp_path, name, text):
    (tmp_path / "a.txt").write_text(f"{TALKS}\n\n{FIRST}")
    audit = read_in(tmp_path, name, text.encode("cp1252")).audit
    failed = audit[audit["outcome"] == "failed"]
    assert len(failed) == 1
    assert "1252" in failed["encoding"].iloc[0]


@pytest.mark.parametrize(
    ("name", "start", "page"),
    [
        ("a.txt", "<!DOCTYPE html><html><body>", True),
        ("a.txt", "<3 to all ferries of the strait", False),
        ("a.txt", "Of <html> and <body> the article says", False),
        ("a.txt", f"<!-- {'x' * 3_900} --><html>", True),
        ("a.txt", f"<!-- {'x' * 4_000} --><html>", False),
        ("a.HTM", "Talks fail", True),
    ],
)
def test_a_page_begins_like_one_or_has_its_name(name, start, page):
    assert pages.recognises(File(name, data=start.encode())) == page


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links")
def test_a_link_to_a_file_is_read_and_other_links_are_rows(tmp_path):
    folder, other = tmp_path / "in", tmp_path / "other"
    for path in (folder, other):
        path.mkdir()
    (other / "a.txt").write_text(f"{TALKS}\n\n{FIRST}")
    for name, target in (
        ("file.txt", other / "a.txt"),
        ("gone.txt", other / "b.txt"),
        ("sub", other),
        ("zero.csv", "/dev/zero"),
    ):
        (folder / name).symlink_to(target)
    inputs = fr.read_corpus(folder).audit.query("block.isna()").set_index("source")
    assert inputs["outcome"].to_dict() == {
        "file.txt": "scored",
        "gone.txt": "skipped",
        "sub": "skipped",
        "zero.csv": "skipped",
    }
    assert inputs.loc["gone.txt", "reason"] == "a link to nothing"
    assert inputs.loc["zero.csv", "reason"] == "a link to what is neither a file nor a folder"
    assert inputs.loc["sub", "reason"].startswith("a link to a folder")


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (("Title", "Date"), True),
        (("Text", "Outlet"), True),
        (("Title", "Text"), False),
        (("Date", "Outlet"), False),
    ],
)
def test_a_table_in_a_page_names_a_text_or_title_and_an_outlet_or_a_date(names, table):
    cells = "".join(f"<td>{name}</td>" for name in names)
    start = f"<table><tr>{cells}</tr><tr><td>Text</td><td>Date</td></tr></table>"
    assert html_tables.recognises(File("a.xls", data=start.encode())) == table
    assert not html_tables.recognises(File("a.xls", data=f"x {start}".encode()))


@pytest.mark.parametrize(
    ("rows", "cell", "above", "table"),
    [
        (2, f"{'word ' * 14}end.", "", True), (2, f"{'word ' * 14}end.", "x" * 200, True),
        (1, f"{'word ' * 14}end.", "", False), (2, f"{'word ' * 13}end.", "", False),
        (2, f"{'word ' * 15}", "", False), (2, f"{'word ' * 14}end.", "x" * 201, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "names", [("title", "text"), ("Headline", "Body"), ("No.", "Titel", "Volltext")]
)
def test_a_table_of_titles_and_running_texts_is_one_of_articles(names, rows, cell, above, table):
    """What stands above it is the text of a page, without its style."""
    row = "".join(f"<td>{{{n}}}</td>" for n in range(len(names)))
    below = row.format(*range(len(names) - 1), cell)
    page = f"<html><style>{'x' * 300}</style><body>{above}<table><tr>{row.format(*names)}"
    page += f"<tr>{below}" * rows + "</table>"
    assert html_tables.recognises(File("a.html", data=page.encode())) == table


@pytest.mark.parametrize(
    ("field", "name", "plain"),
    [
        ("title", "Title", True),
        ("title", "headline", False),
        ("article", "ID", True),
        ("article", "key", False),
        ("event", "id", False),
    ],
)
def test_a_column_has_the_plain_name_of_its_field_or_a_similar_one(field, name, plain):
    assert _is_plain(field, name) == plain


def test_a_sheet_without_names_of_columns_is_read_from_its_first_row():
    row = [TANKER, f"{FIRST} {FIRST}"]
    found = list(spreadsheets._rows([["", ""], row, row], 1, "a.xlsx"))
    assert [r.where for r in found] == ["a.xlsx, row 1", "a.xlsx, row 2"]
    assert [list(r.cells.values()) for r in found] == [row, row]
    named = list(spreadsheets._rows([["title", "text"], row], 0, "a.xlsx"))
    assert [dict(r.cells) for r in named] == [{"title": row[0], "text": row[1]}]


@pytest.mark.parametrize(("room", "fails"), [(10**6, False), (100, True)])
def test_a_parquet_file_is_read_until_it_takes_too_much_memory(tmp_path, monkeypatch, room, fails):
    monkeypatch.setattr(compressed, "RATIO", 0)
    monkeypatch.setattr(compressed, "GRACE", room)
    rows = pd.DataFrame({"title": [TALKS] * 200, "text": [f"{FIRST} {n}" for n in range(200)]})
    rows.to_parquet(tmp_path / "a.parquet", row_group_size=64)
    reasons = read_in(tmp_path, "b.txt", f"{TALKS}\n\n{FIRST}").audit["reason"]
    assert reasons.str.contains("bytes unpacked: not read").any() == fails


@pytest.mark.parametrize(
    ("lines", "export"),
    [
        (["Body", "End of Document"], True),
        (["Body"], False),
        (["End of Document"], False),
        ([], False),
    ],
)
def test_an_export_of_nexis_has_a_body_and_an_end(lines, export):
    assert nexis.is_export(lines) == export


@pytest.mark.parametrize(
    ("lines", "of_export"),
    [
        (["Documents (2)", "Job Number: 7"], True),
        (["Documents (2)", "Documents (2)"], False),
        (["Documents (2)", "User Name: Ada", "Body"], False),
    ],
)
def test_the_list_of_an_export_of_nexis_counts_documents_and_names_the_job(lines, of_export):
    assert nexis.is_list(lines) == of_export


@pytest.mark.parametrize(
    ("words", "column", "explains"),
    [
        (59, ["outlet", "x"], True),
        (60, ["outlet", "x"], False),
        (60, ["outlet", "text"], True),
        (60, ["outlet", "text", "x", "y"], True),
        (60, ["outlet", "text", "x", "y", "z"], False),
    ],
)
def test_a_sheet_that_lists_two_columns_of_the_articles_explains_them(words, column, explains):
    """At least half of a column; a sheet of short cells that names no field is no table either."""
    rows = [[name, "rain " * words] for name in column]
    assert spreadsheets._explains(rows, {"outlet", "text", "date"}) == explains


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b"Rain\tfell.\n", True),
        (b"Rain\x00fell", False),
        (b"abcdefghi\xff", False),
        (b"abcdefghij\xff", True),
    ],
)
def test_a_text_has_no_control_character_and_nine_tenths_are_unicode(head, plain):
    assert collect._is_plain(head) == plain


@pytest.mark.parametrize(("before", "order"), [(192, "mdy"), (193, "")])
def test_the_order_of_day_and_month_is_looked_for_in_200_characters(before, order):
    assert day_month_order(f"{'x' * before} 1/31/18") == order


def test_what_is_said_of_one_input_has_a_line_of_a_few_hundred_characters():
    """Messages of exceptions and of services and names of columns come from outside, at any length."""
    assert failed("a.txt", ValueError("x" * 501)).reason == "x" * 500
    said = answer_without_articles({"status": "error", "message": "y" * 201})
    assert said == f"an answer that is an error: {'y' * 200!r}"
    with pytest.raises(ValueError, match=r"columns are: z{200}(?!z)"):
        fr.read_corpus(pd.DataFrame({"z" * 201: [1, 2]}))


def test_of_names_that_are_near_to_none_the_first_three_are_shown():
    rows = pd.DataFrame(
        {"title": ["Talks fail"], "text": ["They failed."], "date": "", "outlet": "x"}
    )
    with pytest.raises(ValueError, match=r"the nearest: 'date', 'outlet', 'text'$"):
        fr.read_corpus(rows, columns={"url": "QQQ"})
    with pytest.raises(ValueError, match=r"no outlet 'QQQ'; the nearest: 'a', 'b', 'c'$"):
        chosen(pd.Series([*"dcba"], name="outlet"), ["QQQ"])
    assert chosen(pd.Series([*"ab"], name="outlet"), ["b"]).tolist() == [False, True]


def test_five_columns_that_may_be_the_text_are_named():
    several = dict.fromkeys("abcdef", prose(90))
    question = Mapper({}, several).of(tuple(several)).question
    assert question.startswith("which column is the text? 'a', 'b', 'c', 'd', 'e' have")


@pytest.mark.parametrize(
    ("files", "more"), [(20, ""), (21, "\n  and 1 more"), (22, "\n  and 2 more")]
)
def test_of_inputs_that_could_not_be_read_twenty_are_listed_and_the_others_counted(files, more):
    said = _why([Found(f"{n:02}.txt", outcome="failed", reason="empty") for n in range(files)])
    assert said.startswith(f"{files} × empty\n  00.txt: failed: empty\n")
    assert said.endswith(f"  19.txt: failed: empty{more}")


@pytest.mark.parametrize(("number", "more"), [(4, ""), (5, " …")])
def test_four_articles_that_may_be_meant_are_listed(number, more):
    names = [f"a{n}" for n in range(number)]
    said = _listed(pd.DataFrame({"title": "Talks fail", "article": names}))
    assert said.count("Talks fail") == 4 and said.endswith(f"('a3'){more}")


def test_the_commonest_reason_for_which_dates_are_missing_is_the_first():
    """The one that is mended first; articles without any date are counted last."""
    reasons = ["'3/4/31': day or month first?", *["'May': no day in a known layout"] * 2, ""]
    articles = pd.DataFrame({"article": [*"abcd"]})
    said = [*_why_undated(articles, articles.assign(reason=reasons), "article")]
    assert [line.split(" (")[0] for line in said] == [
        "2 × no day in a known layout", "1 × day or month first?", "1 × none given",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "above", "row", "outcome"),
    [
        ("a.csv", "outlet,text\nGull,It rained.\n", "a,b,c\n", "failed"),
        ("a.csv", "outlet,text\nGull,It rained.\n", "Gull,\n", "skipped"),
        ("a.jsonl", '{"text": "It rained."}\n', "x\n", "failed"),
    ],
)
def test_of_very_many_rows_without_an_article_the_first_are_told_and_the_rest_counted(
    tmp_path, monkeypatch, name, above, row, outcome
):
    monkeypatch.setattr(collect, "_TOLD", 3)
    for n in (3, 4, 9):
        (tmp_path / name).write_text(f"{above}{row * n}{above.splitlines()[-1]}\n")
        corpus = fr.read_corpus(tmp_path / name)
        inputs = corpus.audit[corpus.audit["block"].isna()]
        others = inputs[inputs["outcome"] == outcome]
        assert len(others) == min(n, 4) and others["source"].map(number_of_rows).sum() == n
        assert others["reason"].str.startswith("6 more, of which the first: ").sum() == (n == 9)
        assert others["reason"].str.contains("more, of which").sum() == (n == 9)
        assert f"{n} {outcome}" in repr(corpus) and f"{n} {outcome}" in account(corpus)
        assert corpus.columns["rows"].max() == (n + 2 if outcome == "skipped" else 2)


def test_rows_that_may_describe_other_files_are_not_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr(collect, "_TOLD", 3)
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text(f"{FIRST} It was day {n}.")
    table = "".join(f"{n}.txt,Gull {n}\n" for n in range(9))
    (tmp_path / "about.csv").write_text(f"file,outlet\n{table}")
    assert fr.read_corpus(tmp_path).articles["outlet"].nunique() == 9


def test_an_article_has_at_most_so_many_paragraphs(tmp_path, monkeypatch):
    monkeypatch.setattr(collect, "_MOST_BLOCKS", 3)
    (tmp_path / "b.txt").write_text(TEXT)
    for n in (3, 4):
        audit = read_in(tmp_path, "a.txt", f"{FIRST}\n\n" * n).audit
        assert ("an article of over 3 paragraphs: not read" in audit["reason"].tolist()) == (n > 3)


def test_an_empty_file_is_told_as_such_whatever_its_name(tmp_path):
    (tmp_path / "b.txt").write_text(TEXT)
    names = [f"a.{end}" for end in ("txt", "md", "csv", "json", "html", "xml", "rtf", "eml", "zip")]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    audit = fr.read_corpus(tmp_path).audit.set_index("source")
    assert set(audit.loc[names, "reason"]) == {"an empty file"}


def test_an_object_of_over_five_thousand_names_is_no_row():
    names = [f"n{n}" for n in range(4_999)]
    assert fields_of(("text", *names)) == {"text": "text"}
    assert fields_of(("text", *names, "more")) == {}


# The words beside a number in the table of limits of docs/readers.md, and the number in the code.
IN_DOCS = [
    ("an article | {:,} MB", files.ARTICLE_BYTES / 1e6),
    ("JSON array) | {:,} MB", files.EXPORT_BYTES / 1e6),
    ("inside an archive | {:,} GB", walk.MEMBER_BYTES / 1e9),
    ("files in an archive | {:,}", walk.MEMBERS),
    ("{:,} times the compressed size", compressed.RATIO),
    ("the compressed size, or {:,} MB", compressed.GRACE / 1e6),
    ("elements of a web page | {:,}", pages._MOST["elements"][0]),
    ("parts of an e-mail | {:,};", collect._MOST_BLOCKS),
    ("; {:,} | failed", emails._MOST_PARTS),
    ("that are articles | {:,}", xml_files._KINDS),
    ("describe no other | {:,} have a row", collect._TOLD),
    ("{:,} are carried along", whole_tables.MOST_CARRIED),
    ("one in {:,} has", whole_tables.RARE),
    ("has, {:,} |", whole_tables.MOST_RARE),
    ("archives inside archives | {:,} levels", walk._NESTED),
    ("an element of XML | {:,}, or", MOST_NAMES),
    ("a paragraph | {:,} characters", PARAGRAPH_CHARACTERS),
    ("the first {:,} |", COMPARED),
    ("JSON lines has {:,} MB", csv_rows.LONGEST_LINE / 1e6),
    ("a row counts {:,} bytes", tables._ROW_BYTES),
    ("up to the last one; of all sheets of a workbook | {:,} million", sheet_sizes.CELLS / 1e6),
    ("million; {:,} million", sheet_sizes.IN_ALL / 1e6),
]


@pytest.mark.parametrize(("words", "number"), IN_DOCS, ids=[words for words, _ in IN_DOCS])
def test_the_limits_of_the_docs_are_those_of_the_code(words, number):
    """A researcher plans with them: of each, the code has exactly the number that is written."""
    lines = (ROOT / "docs" / "readers.md").read_text("utf-8").splitlines()
    said = "\n".join(line for line in lines if line.startswith("| "))
    assert words.format(number).replace(".0 ", " ") in said
