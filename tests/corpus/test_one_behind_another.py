"""Several whole files of a binary format, one behind the other in one file: all are read."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framing.corpus.collect import _prepared
from framing.corpus.readers import one_behind_another
from framing.corpus.readers.files import File
from framing.corpus.readers.walk import opened
from tests.conftest import ROOT, read_file
from tests.corpus.test_readers import docx, zipped
from tests.fuzz.formats import FORMATS, stories

STORY = "The ministers said on Monday that the talks on the ferry had failed in {0}. " * 5


def table(name: str, rows: int) -> pd.DataFrame:
    """Articles of their own, in a table with a column of its own."""
    texts = [STORY.format(f"{name} {n}") for n in range(rows)]
    titles = [f"Talks in {name} {n} fail" for n in range(rows)]
    columns = {"outlet": "Gull", "date": "2031-03-12", "title": titles, "text": texts, name: 1}
    return pd.DataFrame(columns, index=range(rows))


def written(kind: str, name: str, rows: int) -> bytes:
    """A file with so many articles."""
    out, articles = io.BytesIO(), table(name, rows)
    if kind == "a.arrow":
        whole = pa.Table.from_pandas(articles)
        with pa.ipc.new_stream(out, whole.schema) as stream:
            stream.write_table(whole)
        return out.getvalue()
    if kind == "a.zip":
        return zipped({f"{name}{n}.txt": STORY.format(name + str(n)).encode() for n in range(rows)})
    if kind in ("a.sav", "a.zsav"):
        sav = pytest.importorskip("pyreadstat")
        with tempfile.NamedTemporaryFile(suffix=kind) as file:
            sav.write_sav(articles, file.name, compress=kind == "a.zsav")
            return Path(file.name).read_bytes()
    write = {
        "a.parquet": articles.to_parquet, "a.feather": articles.to_feather,
        "a.dta": lambda out: articles.to_stata(out, write_index=False, version=118),
        "old.dta": lambda out: _cut(articles).to_stata(out, write_index=False, version=114),
        "a.xlsx": lambda out: articles.to_excel(out, index=False),
    }[kind]  # fmt: skip
    write(out)
    return out.getvalue()


def _cut(articles: pd.DataFrame) -> pd.DataFrame:
    """With texts as long as old Stata has them."""
    return articles.assign(text=articles["text"].str[:240])


KINDS = [
    "a.parquet",
    "a.feather",
    "a.arrow",
    "a.dta",
    "old.dta",
    "a.xlsx",
    "a.zip",
    "a.sav",
    "a.zsav",
]


@pytest.mark.parametrize("at_once", [61, 1_000_000])
@pytest.mark.parametrize("kind", KINDS)
def test_all_are_read_whatever_their_lengths(tmp_path, monkeypatch, kind, at_once):
    monkeypatch.setattr(one_behind_another, "_AT_ONCE", at_once)
    data = b"".join(written(kind, name, rows) for name, rows in (("a", 3), ("b", 1), ("c", 2)))
    articles = read_file(tmp_path / kind, data).articles
    assert len(articles) == 6
    assert articles["source"].is_unique
    assert set(articles["outlet"]) == ({"unknown"} if kind == "a.zip" else {"Gull"})
    packed = read_file(tmp_path / f"{kind}.gz", gzip.compress(data)).paragraphs
    assert packed["article"].nunique() == 6


def test_a_document_behind_another_is_an_article_without_an_outlet(tmp_path):
    data = b"".join(docx([f"Talks in {name} fail", STORY.format(name)]) for name in "ab")
    articles = read_file(tmp_path / "talks.docx", data).articles
    assert sorted(articles["title"]) == ["Talks in a fail", "Talks in b fail"]
    assert set(articles["outlet"]) == {"unknown"}


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.name)
def test_of_every_format_a_second_file_is_read_or_told(layout):
    rng, between = random.Random(1), b"\n" * (layout.pack is bytes and bool(layout.marks))

    def outcomes(*files: bytes) -> list[str]:
        found = opened(File(f"a/{layout.name}", data=between.join(files)), 0)
        return [item.found.outcome for item in _prepared(list(found), {}, ("en",))]

    made = [layout.parts(stories(rng)) for _ in range(2)]
    first, second = (layout.pack(head + b"".join(parts) + tail) for head, parts, tail in made)
    alone, both = [*outcomes(first), *outcomes(second)], outcomes(first, second)
    assert "failed" in both or both.count("scored") == alone.count("scored")


@pytest.mark.parametrize("kind", ["a.zip", "a.docx", "a.xlsx"])
def test_a_comment_behind_an_archive_hides_none_that_follows(kind):
    both = []
    for name in "ab":
        out = io.BytesIO(written("a.zip", name, 2))
        with zipfile.ZipFile(out, "a") as archive:
            archive.comment = b"of " + name.encode() * 50
        both.append(out.getvalue())
    parts = one_behind_another.parts_of(File(kind, data=b"".join(both)))
    assert parts == [(0, len(both[0])), (len(both[0]), len(both[0] + both[1]))]


@pytest.mark.parametrize("kind", ["a.zip", "a.xlsx"])
def test_what_stands_behind_an_archive_is_read_or_told(tmp_path, kind):
    whole, other = written(kind, "a", 2), written("a.parquet", "b", 3)
    blank = b"\0\n" * 9
    for behind, scored, failed in (
        (blank, 2, 0), (other, 5, 0), (blank + whole, 4, 0), (blank + other, 5, 0),
        (other[:-9], 2, 1), (whole[:40], 2, 1),
    ):  # fmt: skip
        outcomes = read_file(tmp_path / kind, whole + behind).audit.query("block.isna()")["outcome"]
        assert outcomes.eq("scored").sum() == scored, behind
        assert outcomes.ne("scored").sum() == failed


def test_a_file_in_a_file_is_none_behind_it():
    """Archives in an archive that packs nothing, and the mark of an end in a cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.zip", written("a.zip", "a", 1))
        archive.comment = b"of three"  # so that it is searched
    assert one_behind_another.parts_of(File("a.zip", data=out.getvalue())) == []
    for mark in (b"PAR1PAR1", b"ARROW1ARROW1"):
        cells, out = pa.table({"text": [f"Rain {mark.decode()}"] * 3}), io.BytesIO()
        pq.write_table(cells, out, compression="none", use_dictionary=False)
        data = out.getvalue() if mark == b"PAR1PAR1" else mark[:6] + out.getvalue()
        assert mark in data
        assert one_behind_another.parts_of(File("a", data=data)) == []


def test_what_follows_a_stream_and_is_none_is_told(tmp_path):
    whole = written("a.arrow", "a", 2)
    for rest in (written("a.arrow", "b", 2)[:-300], b"\0" * 9 + b"rest", b"PAR1" * 9):
        inputs = read_file(tmp_path / "a.arrow", whole + rest).audit
        assert inputs[inputs["block"].isna()]["outcome"].tolist().count("failed") == 1, rest
    no_end = whole.removesuffix(b"\xff\xff\xff\xff\0\0\0\0") + whole
    assert "failed" in set(read_file(tmp_path / "a.arrow", no_end).audit["outcome"])


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_an_old_workbook_behind_another_is_read(tmp_path, packed):
    whole = (ROOT / "tests" / "fixtures" / "workbooks" / "news.xls").read_bytes()
    name = f"a.xls{'.gz' * (packed is not bytes)}"
    one = read_file(tmp_path / name, packed(whole)).articles
    both = read_file(tmp_path / name, packed(whole * 2)).articles
    assert sorted(both["title"]) == sorted([*one["title"]] * 2)
    assert sorted(both["outlet"]) == sorted([*one["outlet"]] * 2)


def ole(content: bytes, size: int) -> bytes:
    """An OLE file with the sectors of its content, their lists, and the sectors that list these."""
    count, row = -(-len(content) // size), size // 4
    lists = -(-(count + 1) // (row - 1))  # a few too many
    further = -(-max(0, lists - 109) // (row - 1))
    used = count + lists + further
    places = [*range(count, count + lists)]
    begins = [count + lists + n for n in range(further)]
    head = bytearray(size)
    head[:8] = one_behind_another.OLE
    struct.pack_into("<H", head, 30, size.bit_length() - 1)
    struct.pack_into("<I", head, 44, lists)
    struct.pack_into("<2I", head, 68, *(begins[:1] or [0xFFFFFFFE]), further)
    struct.pack_into("<109I", head, 76, *[*places, *[0xFFFFFFFF] * 109][:109])
    table = struct.pack("<I", 1) * used + b"\xff" * (4 * (lists * row - used))
    rest = [*places[109:], *[0xFFFFFFFF] * row]
    more = b"".join(
        struct.pack(f"<{row}I", *rest[n * (row - 1) : (n + 1) * (row - 1)], after)
        for n, after in enumerate([*begins, 0xFFFFFFFE][1:])
    )
    return bytes(head) + content.ljust(count * size, b"\0") + table + more


@pytest.mark.parametrize(
    ("size", "sectors"),
    [(512, 9), (512, 127), (512, 14_000), (512, 40_000), (4096, 9), (4096, 3000)],
)
def test_a_document_in_an_old_one_is_none_behind_it(size, sectors):
    """Its first bytes stand where a sector begins."""
    inside = ole(b"x", size)
    whole = ole(bytes(size) + inside + bytes((sectors - 4) * size) + inside, size)
    assert whole.count(one_behind_another.OLE) == 3
    assert one_behind_another.parts_of(File("a.xls", data=whole)) == []
    n = len(whole)
    parts = one_behind_another.parts_of(File("a.xls", data=whole * 3))
    assert parts == [(0, n), (n, 2 * n), (2 * n, 3 * n)]
