"""Records and lines that are packed each for itself: a damaged one costs none beside it."""

from __future__ import annotations

import gzip
import json
import random
import zlib

import pytest

from framing.corpus.collect import _read
from framing.corpus.readers import Found
from framing.corpus.readers.compressed import _Gzip
from framing.corpus.readers.files import File
from framing.corpus.readers.walk import opened
from tests.corpus.test_exports import FIRST, page, record
from tests.corpus.test_readers import zipped

pytest.importorskip("warcio")
NOISE = "".join(random.Random(0).choices("abcdefghij klmnop", k=200_000))
AT = 2  # the member that is damaged, of five


def members(level: int, *, long: bool) -> list[bytes]:
    """Records, each packed for itself; of a long one much is unpacked before its damage shows."""
    noise = f"<!-- {NOISE} -->".encode() * long
    pages = (page(n).replace(b"</body>", noise + b"</body>") for n in range(5))
    return [gzip.compress(record("response", p, n), level) for n, p in enumerate(pages)]


def found_in(data: bytes, name: str = "a.warc.gz") -> dict[str, Found]:
    files = opened(File(name, data=data), 0)
    found = [f for file in files for f in ([file] if isinstance(file, Found) else _read(file, {}))]
    assert len({f.source for f in found}) == len(found)
    return {f.source: f for f in found}


def other(data: bytes, at: int, size: int = 12) -> bytes:
    """Return it with some bytes of which each bit is another."""
    return data[:at] + bytes(255 - byte for byte in data[at : at + size]) + data[at + size :]


DAMAGES = {
    "in the middle": lambda m: other(m, len(m) // 2),
    "at its beginning": lambda m: other(m, 0),
    "in its first bytes": lambda m: other(m, 12),
    "in its checksum": lambda m: other(m, len(m) - 8, 4),
    "in its length": lambda m: other(m, len(m) - 4, 4),
    "cut off": lambda m: m[: len(m) * 2 // 3],
    "cut off in its head": lambda m: m[:5],
    "followed by others": lambda m: m + b"none of them",
}


@pytest.mark.parametrize(("level", "long"), [(0, False), (9, False), (9, True)])
@pytest.mark.parametrize("damage", DAMAGES)
def test_records_behind_a_damaged_member_are_read(damage, level, long):
    whole = members(level, long=long)
    before, behind = b"".join(whole[:AT]), b"".join(whole[AT + 1 :])
    found = found_in(before + DAMAGES[damage](whole[AT]) + behind)
    told = [f for f in found.values() if f.outcome == "failed"]
    begin = len(before) + len(whole[AT]) * (damage == "followed by others")
    assert len(told) == 1 and f"byte {begin:,}" in told[0].reason, told
    read = [f.url[-1] for f in found.values() if f.outcome == "scored"]
    assert read == [str(n) for n in range(5) if n != AT or damage == "followed by others"]
    assert all(f"day {f.url[-1]} of" in f.text for f in found.values() if f.outcome == "scored")


@pytest.mark.parametrize("damage", list(DAMAGES)[:-1])
@pytest.mark.parametrize("at", [0, 4])
def test_so_are_those_behind_the_first_one_and_before_the_last_one(damage, at):
    whole = members(9, long=False)
    whole[at] = DAMAGES[damage](whole[at])
    outcomes = [f.outcome for f in found_in(b"".join(whole)).values()]
    assert outcomes == ["failed"] * (at == 0) + ["scored"] * 4 + ["failed"] * (at == 4)


def test_several_members_are_damaged_in_an_archive_in_an_archive():
    whole = members(9, long=False)
    for at in (1, 3):
        whole[at] = DAMAGES["in the middle"](whole[at])
    packed = {"datapackage.json": b"{}", "archive/data.warc.gz": b"".join(whole)}
    found = found_in(zipped(packed), "a.wacz")
    outcomes = [f.outcome for f in found.values() if "data.warc.gz" in f.source]
    assert outcomes == ["scored", "failed", "scored", "failed", "scored"]


def test_what_begins_like_a_member_and_is_no_record_is_passed_over(monkeypatch):
    """A page that was sent packed, half a member, and very many marks."""
    whole, tried = members(9, long=False), []
    packed = gzip.compress(page(1))
    false = packed[:40] + packed + b"\x1f\x8b\x08\0" * 9_000 + whole[1][:11]
    monkeypatch.setattr(
        zlib, "decompressobj", lambda wbits, old=zlib.decompressobj: tried.append(1) or old(wbits)
    )
    outcomes = [f.outcome for f in found_in(whole[0] + false + whole[2]).values()]
    assert outcomes == ["scored", "failed", "scored"]
    assert 9_000 < len(tried) < 30_000  # each is tried once for each time that the file is read


def test_a_file_of_beginnings_only_is_read_in_steps(monkeypatch):
    """Each of many records breaks off after its first bytes."""
    begin, read = gzip.compress(record("response", page(1), 1), 0)[:40], []
    old = _Gzip.read
    monkeypatch.setattr(_Gzip, "read", lambda self, n: read.append(1) or old(self, n))
    found = found_in(members(9, long=False)[0] + begin * 500)
    assert [f.outcome for f in found.values()].count("failed") == len(found) - 1 > 499
    assert len(read) < 4_000


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at", [0, 1, 4])
def test_objects_in_lines_behind_a_damaged_member_are_read(damage, at):
    """As of several files of lines in one (``cat *.jsonl.gz``)."""
    rows = [{"id": f"a{n}", "title": f"Talks {n}", "text": f"{FIRST} {n}."} for n in range(10)]
    lines = [f"{json.dumps(row)}\n".encode() for row in rows]
    whole = [gzip.compress(b"".join(lines[n : n + 2])) for n in range(0, 10, 2)]
    whole[at] = DAMAGES[damage](whole[at])
    found = found_in(b"".join(whole), "a.jsonl.gz")
    lost = damage != "followed by others" and {2 * at, 2 * at + 1}
    sound = [row["text"] for n, row in enumerate(rows) if n not in (lost or ())]
    assert [f.text for f in found.values() if f.outcome == "scored"] == sound
    told = sum(f.outcome != "scored" for f in found.values())
    assert told == 1 + (at == 4 and damage == "cut off")  # a line without an end, and the end
