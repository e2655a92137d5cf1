"""One bad input costs no good one, and no input ends without a row of the audit."""

from __future__ import annotations

import io
import json
from types import ModuleType

import pyarrow as pa
import pytest

import framing as fr
from framing.corpus import collect, tables
from framing.corpus.readers import UNMARKED, Found, each, json_files, none_lost, raw_rows, rows
from tests.conftest import read_in

GOOD = "Ministers said on Monday that the talks may fail, and that people fear a long strike."


def outcomes(corpus: fr.Corpus) -> dict[str, str]:
    inputs = corpus.audit[corpus.audit["block"].isna()]
    return dict(zip(inputs["source"], inputs["outcome"], strict=True))


class Panic(BaseException):
    """What a library written in Rust raises: it is no Exception."""


STEPS = {
    collect: "clean split_blocks language_of", tables: "date_of agency body_status",
    raw_rows: "flattened _with_date", rows: "_unreadable", json_files: "items_of",
}  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name", "error"),
    [
        (module, name, error)
        for module, names in STEPS.items()
        for name in names.split()
        for error in (RecursionError, MemoryError, ValueError, KeyError, Panic)
        if error is not Panic or module in (collect, tables)  # readers of JSON are Python
    ],
)
def test_an_article_that_raises_anywhere_fails_alone(tmp_path, monkeypatch, module, name, error):
    """Of 30 articles in one file, three raise in one step of the way: 27 are read."""
    step = getattr(module, name)

    def raising(value, *rest, **options):
        if "BAD" in str(value):
            raise error("it went wrong")
        return step(value, *rest, **options)

    monkeypatch.setattr(module, name, raising)
    bad = {3, 4, 29}
    articles = [
        {"id": str(n), "date": "BAD" if n in bad else "", "byline": "BAD" if n in bad else "",
         "text": f"{GOOD} This is story {n}{', BAD' if n in bad else ''}."} for n in range(30)
    ]  # fmt: skip
    corpus = read_in(tmp_path, "a.jsonl", "".join(json.dumps(a) + "\n" for a in articles))
    assert set(corpus.articles["article"]) == {str(n) for n in range(30) if n not in bad}
    failed = {source for source, outcome in outcomes(corpus).items() if outcome == "failed"}
    assert failed == {f"a.jsonl, line {n + 1}" for n in bad}
    reasons = corpus.audit.loc[corpus.audit["outcome"] == "failed", "reason"]
    assert reasons.str.contains("it went wrong").all()


def panicking(*_: object) -> None:
    raise Panic("out of bounds")


@pytest.mark.parametrize("reader", collect.READERS, ids=lambda r: r.__name__.rpartition(".")[2])
@pytest.mark.parametrize("step", ["recognises", "read"])
def test_a_panic_in_any_reader_costs_one_file(tmp_path, monkeypatch, reader, step):
    """What was found above it is kept; the other file and the run go on."""

    def read(file, columns):
        yield from (Found(f"{file.source}, document {n}", text=GOOD) for n in (1, 2))
        panicking()

    of_bad = {"recognises": panicking, "read": read}[step]
    own = getattr(reader, step)
    for other in collect.READERS if step == "read" else ():
        recognises = other.recognises
        monkeypatch.setattr(
            other, "recognises",
            lambda file, it=other, own=recognises: it is reader if "bad" in file.name else own(file),
        )  # fmt: skip
    monkeypatch.setattr(
        reader, step, lambda file, *rest: (of_bad if "bad" in file.name else own)(file, *rest)
    )
    (tmp_path / "good.txt").write_text(GOOD)
    corpus = read_in(tmp_path, "bad.any", GOOD)
    found = {s: o for s, o in outcomes(corpus).items() if s != "good.txt"}
    above = {f"bad.any, document {n}": "scored" for n in (1, 2)} if step == "read" else {}
    assert found == above | {"bad.any": "failed"}
    assert outcomes(corpus)["good.txt"] == "scored"
    assert "Panic: out of bounds" in corpus.audit["reason"].tolist()


@pytest.mark.parametrize("ends", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_is_no_failed_input(tmp_path, monkeypatch, ends):
    def read(file, columns):
        raise ends

    monkeypatch.setattr(collect.text, "read", read)
    with pytest.raises(ends):
        read_in(tmp_path, "a.txt", GOOD)


@pytest.mark.parametrize("reader", collect.READERS, ids=lambda r: r.__name__.rpartition(".")[2])
def test_a_file_that_yields_nothing_has_a_row(tmp_path, monkeypatch, reader: ModuleType):
    """Whatever reader recognises a file: without an article in it, the audit says so."""
    for other in collect.READERS:
        monkeypatch.setattr(other, "recognises", lambda file, it=other: it is reader)
    read = reader.read
    monkeypatch.setattr(
        reader, "read", lambda file, c: [] if "none" in file.source else read(file, c)
    )
    monkeypatch.setattr(collect, "READERS", [m for m in collect.READERS if m is reader])
    (tmp_path / "none.any").write_text(GOOD)
    with pytest.raises(ValueError, match=r"no article in it|an empty file|cannot|not|no text"):
        read_in(tmp_path, "empty.any", "")
    found = list(collect._found(collect.File("none.any", tmp_path / "none.any"), {}))
    assert [f.outcome for f in found] == ["skipped"]
    assert reader.__name__.rpartition(".")[2].replace("_", " ") in found[0].reason


def test_an_item_of_a_file_fails_alone():
    """Whatever is wrong with one document of an export, those after it are read."""

    def read(item: int, where: str) -> Found:
        return Found(where, text=str(1 // item))

    found = list(each([1, 0, 1], read, "a\udcff.html"))
    assert [f.outcome for f in found] == ["scored", "failed", "scored"]
    assert found[1].source == "a\ufffd.html, document 2"
    assert "ZeroDivisionError" in found[1].reason


@pytest.mark.parametrize(("marks", "row"), [(0, False), (2, False), (3, True)])
def test_marks_of_articles_that_were_not_read_are_a_row(marks, row):
    """Two were read, one of them failed; a document without its mark is none of the marks."""
    found = [
        Found("a.htm, document 1", GOOD),
        Found("a.htm, document 2", outcome="failed", reason=UNMARKED),
        Found("a.htm, document 3", outcome="failed", reason="no date"),
    ]
    back = list(none_lost(found, marks, "a.htm"))
    assert back[:3] == found
    assert [f.source for f in back[3:]] == ["a.htm, the rest"] * row
    assert all("3 articles, of which 2 were read" in f.reason for f in back[3:])


BAD_LINES = {
    "a NUL": b"\x00", "NUL": b"\x00" * 1000, "NUL and spaces": b"\x00 \x00 \x00",
    "of no encoding": b"\x81\x8d\x01\x02\x00\x03" * 50,
}  # fmt: skip
WIDE_LINES = ["utf-16-le", "utf-16-be", "utf-16"]
LAYOUTS = {
    "a.jsonl": lambda n: json.dumps({"id": f"a{n}", "text": f"{GOOD} It was day {n}."}),
    "one.csv": lambda n: f'"{GOOD} It was day {n}."' if n else "text",
    "a.csv": lambda n: f'a{n},Gull,"{GOOD} It was day {n}."' if n else "id,outlet,text",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", [1, 3, 6, 300])
@pytest.mark.parametrize("bad", [*BAD_LINES, *WIDE_LINES])
def test_a_line_that_is_no_text_costs_that_line(tmp_path, layout, place, bad):
    """What a crash leaves in a file, or a line in another encoding, which may be read."""
    lines = [LAYOUTS[layout](n) for n in range(300 if place > 6 else 6)]
    raw = [f"{line}\n".encode() for line in lines]
    other = f"{LAYOUTS[layout](999)}\n"
    raw.insert(place, BAD_LINES[bad] + b"\n" if bad in BAD_LINES else other.encode(bad))
    corpus = read_in(tmp_path, layout, b"".join(raw))
    days = corpus.paragraphs["text"].str.extract(r"day (\d+)")[0].dropna().astype(int)
    assert {*days} - {999} == set(range(layout.endswith("csv"), len(lines)))
    found = list(outcomes(corpus).values())
    assert len(days) == found.count("scored")
    assert found.count("failed") == 1 - (999 in set(days))
    assert len(found) == len(days) + found.count("failed")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_utf_16_without_a_mark_is_no_text_with_nul(tmp_path, layout, order):
    raw = "\n".join(map(LAYOUTS[layout], range(20))).encode(order)
    corpus = read_in(tmp_path, layout, raw)
    assert set(outcomes(corpus).values()) == {"scored"}
    assert len(corpus.articles) == 20 - layout.endswith("csv")
    assert set(corpus.audit["encoding"]) == {order}


def arrow_stream(rows: int) -> bytes:
    """Articles in batches of twenty."""
    table = pa.table({
        "title": [f"Rain {n}" for n in range(rows)], "outlet": ["Gull"] * rows,
        "text": [f"{GOOD} This is story {n}." for n in range(rows)],
    })  # fmt: skip
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table, max_chunksize=20)
    return out.getvalue()


def test_a_table_that_breaks_off_keeps_the_rows_above(tmp_path):
    """Of a stream that was cut off, whole batches are read, also those within the first rows."""
    data = arrow_stream(100)
    found = outcomes(read_in(tmp_path, "a.arrow", data[: len(data) * 3 // 4]))
    assert found == {f"a.arrow, row {n + 1}": "scored" for n in range(60)} | {
        "a.arrow, the rest": "failed"
    }


def test_a_wrong_length_in_a_binary_table_costs_the_rows_that_have_it(tmp_path):
    """Texts of such lengths are not touched: to read one may end the process."""
    data = arrow_stream(40)
    lengths = b"".join(n.to_bytes(4, "little") for n in (6, 12, 18, 24))  # of "Rain 0", "Rain 1"
    assert data.count(lengths) == 1
    wrong = (b"\xff\xff\xff\x7f" * 2).join([lengths[:4], lengths[12:]])
    found = outcomes(read_in(tmp_path, "a.arrow", data.replace(lengths, wrong)))
    assert len(found) == 40
    failed = {source for source, outcome in found.items() if outcome == "failed"}
    assert failed == {f"a.arrow, row {n}" for n in (2, 3, 4)}


def test_a_list_that_cannot_be_looked_into_costs_no_row(tmp_path, monkeypatch):
    """What stands beside the articles is counted row by row."""
    count = rows.texts_inside
    monkeypatch.setattr(rows, "texts_inside", lambda cells: count(cells) if cells["n"] else 1 / 0)
    texts = [{"n": n, "text": f"{GOOD} {n}", "more": [{"text": "It rained."}]} for n in range(3)]
    corpus = read_in(tmp_path, "a.json", json.dumps(texts))
    assert len(corpus.articles) == 3
    assert corpus.audit["reason"].str.startswith("2 texts beside").sum() == 1
