"""A CSV packed in several members, of which one is damaged: the articles of the others are read."""

from __future__ import annotations

import csv
import gzip
import io
import random
import warnings
import zlib

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import framing as fr
from framing.corpus.readers.csv_records import DAMAGED, records
from tests.conftest import read_in

WORDS = ["talks", "failed", "harbour", "ships", "town,", "rain,", "council", "he", "said"]
NAMES = ["outlet", "title", "text"]
HOW = st.sampled_from(["cut", "one", "zeros", "dropped"])


def table(rows: list[list[str]], *, quoted: bool) -> bytes:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def articles(number: random.Random, many: int, lines: int) -> list[list[str]]:
    found = []
    for n in range(many):
        text = (" ".join(number.choices(WORDS, k=9)) for _ in range(number.randint(1, lines)))
        said = 'begin "yes, no" and' * number.randint(0, 1)
        found.append(["Gull", f"Title {n}", f"{n}a {said} " + "\n".join(text) + f" {n}b."])
    return found


def damaged(data: bytes, how: str, at: int) -> bytes:
    return (
        data[:at]
        + {
            "cut": b"",
            "one": bytes([data[at] ^ 1]) + data[at + 1 :],
            "zeros": bytes(len(data[at : at + 60])) + data[at + 60 :],
            "dropped": data[at + 60 :],
        }[how]
    )


def texts_of(corpus: fr.Corpus) -> set[str]:
    """Return the texts that were read, each with single spaces."""
    body = corpus.paragraphs[corpus.paragraphs["role"] != "headline"]
    return {" ".join(" ".join(of_it).split()) for _, of_it in body.groupby("article")["text"]}


@settings(max_examples=60, phases=[Phase.generate])
@given(
    st.integers(0, 9999), st.sampled_from(["names", "rows", "anywhere"]), st.booleans(),
    st.integers(1, 3), HOW, st.floats(0, 1, exclude_max=True), st.sampled_from([0, 6]),
)  # fmt: skip
def test_wherever_a_member_is_damaged_those_beside_it_are_read(
    tmp_path_factory, seed, begins, quoted, lines, how, place, level
):
    """Of whole articles in sound members one on each side may fail; no other text is made up.

    Members begin with the names of columns, with a row, or anywhere in the text of one.
    """
    number = random.Random(seed)
    rows = articles(number, 40, lines)
    parts = [table([NAMES], quoted=quoted)] + [table([row], quoted=quoted) for row in rows]
    if begins == "anywhere":
        joined, size = b"".join(parts), number.randint(400, 1200)
        members = [joined[n : n + size] for n in range(0, len(joined), size)]
    else:
        head = parts[0] * (begins == "names")
        members = [(head if n else b"") + b"".join(parts[n : n + 10]) for n in range(0, 41, 10)]
    which = number.randrange(begins != "names", len(members))
    packed = [gzip.compress(member, level, mtime=0) for member in members]
    at = 4 + int(place * (len(packed[which]) - 4))  # its first bytes are not those of a gzip file
    packed[which] = damaged(packed[which], how, at)
    folder = tmp_path_factory.mktemp("in")
    with warnings.catch_warnings(action="ignore"):
        corpus = read_in(folder, "a.csv.gz", b"".join(packed), languages="any")
    read, original = texts_of(corpus), [" ".join(row[2].split()) for row in rows]
    assert read <= set(original)
    seen = [member for n, member in enumerate(members) if n != which]
    whole = [o for o, part in zip(original, parts[1:], strict=True) if any(part in m for m in seen)]
    assert len(whole) - len(read & set(whole)) <= 2
    told = corpus.audit["reason"].str.contains("the gzip file is damaged").any()
    assert told or zlib.decompress(packed[which], 31) == members[which]  # its time, in its head


HOLE = ("a hole", DAMAGED)
STRAY = ['a,"b,c\n', *["d,e,f\n"] * 7]


@pytest.mark.parametrize(
    ("above", "below", "cells"),
    [
        (["a,b\n"], ["c,d\n", "e,f\n"], ["ab", None, "c d", "ef"]),
        (['a,"b\n', "c,d\n"], ["e,f\n", "g,h\n"], [None, "e f", "gh"]),  # a cell is open
        (STRAY, ["g,h,i\n"], [None, *["def"] * 7, None, "g h i"]),  # that is a wrong mark
        (["a,b\n"], ["c,d\n", 'e"\n', 'f,"g"\n'], ["ab", None, "c,d\ne", "fg"]),
        (["a,b\n"], ["c\n", 'd"",e"\n', 'f,"g"\n'], ["ab", None, 'c\nd",e', "fg"]),
        (["a,b\n"], ["c,d\n", 'e,""\n', 'f,"g"\n'], ["ab", None, "c d", "e", "fg"]),
    ],
)
def test_a_record_ends_where_lines_are_missing_and_none_goes_on_there(above, below, cells):
    """That behind them is told; it may lack its beginning, up to a quotation mark."""
    lines = [(line, "utf-8") for line in above], [(line, "utf-8") for line in below]
    found = list(records(iter([*lines[0], HOLE, *lines[1]]), ","))
    shown = [None if r.cells is None else (" " if r.error else "").join(r.cells) for r in found]
    assert shown == cells
    behind = [r.error for r in found].index("a hole") + 1
    assert "may be in what is damaged above" in found[behind].error
    assert not any(r.error for r in found[behind + 1 :])


@pytest.mark.parametrize("how", ["one", "cut"])
def test_of_a_member_that_is_altered_nothing_is_read_and_of_one_cut_off_what_is_there(
    tmp_path, how
):
    """Its texts may be others: of what is packed, only the sum at the end tells."""
    rows = articles(random.Random(1), 40, 1)
    packed = gzip.compress(table([NAMES, *rows], quoted=False), 6, mtime=0)
    (tmp_path / "b.txt").write_text("Rain\n\nIt rained in the old town, and nobody knew why.")
    data = damaged(packed, how, len(packed) * 3 // 4)
    corpus = read_in(tmp_path, "a.csv.gz", data, languages="any")
    read = corpus.articles["source"].str.startswith("a.csv").sum()
    assert read == 0 if how == "one" else 20 < read < 40
    reasons = corpus.audit["reason"]
    assert reasons.str.contains("nothing of it is read: it may be altered").sum() == (how == "one")
    assert reasons.str.contains("it is cut off in what begins at byte 0").sum() == (how == "cut")
