"""Compressed files and tar archives are read as what is in them, and bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import tarfile
import tracemalloc
import zipfile

import pandas as pd
import pyarrow as pa
import pytest

import framing as fr
from framing.corpus.readers import compressed, tar_headers, walk
from framing.corpus.readers.files import File
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND, nexis
from tests.corpus.test_readers import TALKS, docx, zipped


def _zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": _zstd}
ROWS = pd.DataFrame({"outlet": "Gull", "date": "2031-03-12", "title": TALKS, "text": [FIRST] * 400})


def tar(members: dict[str, bytes], name: str = "w", form: int = tarfile.DEFAULT_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=name, format=form) as archive:
        for path, data in members.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def inputs(corpus: fr.Corpus) -> pd.DataFrame:
    return corpus.audit[corpus.audit["block"].isna()].set_index("source")


@pytest.mark.parametrize("kind", PACK)
def test_a_compressed_table_is_read_as_a_plain_one(tmp_path, kind):
    ROWS.head(5).to_csv(tmp_path / "a.csv", index=False)
    plain = fr.read_corpus(tmp_path / "a.csv")
    packed = tmp_path / f"a.csv.{kind}"
    packed.write_bytes(PACK[kind]((tmp_path / "a.csv").read_bytes()))
    corpus = fr.read_corpus(packed)
    pd.testing.assert_frame_equal(
        corpus.articles.drop(columns="source"), plain.articles.drop(columns="source")
    )
    parquet = tmp_path / f"b.parquet.{kind}"  # which is not read from front to back
    parquet.write_bytes(PACK[kind](ROWS.to_parquet()))
    assert len(fr.read_corpus(parquet).articles) == len(ROWS)


@pytest.mark.parametrize(
    ("kind", "n"), [("gz", 4_000), ("bz2", 20_000), ("xz", 4_000), ("zst", 4_000)]
)
def test_a_compressed_file_that_breaks_off_is_read_up_to_the_damage(tmp_path, kind, n):
    number = random.Random(7)
    texts = [f"{FIRST.replace(',', '')} {number.random()}." for _ in range(n)]
    lines = "".join(f"Gull,{k},{text}\n" for k, text in enumerate(texts))
    data = PACK[kind](f"outlet,id,text\n{lines}".encode())
    corpus = read_in(tmp_path, f"a.csv.{kind}", data[: len(data) * 3 // 4], languages=())
    of_it = inputs(corpus)
    assert of_it["reason"].str.contains("damage").sum() >= 1, of_it["reason"].unique()
    assert 100 < len(corpus.articles) < n and {*corpus.paragraphs["text"]} <= {*texts}


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_told(tmp_path, kind):
    with pytest.raises(ValueError, match="more than 200 times"):
        read_in(tmp_path, f"a.csv.{kind}", PACK[kind](b"text\n" + b"0" * 30_000_000))


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.tar.bz2"])
def test_the_files_of_a_tar_archive_are_read(tmp_path, name):
    members = {
        "./Gull/2031-03-12-1.txt": FIRST.encode(), "Gull/._2031-03-12-1.txt": b"\0\1",
        "../../etc/rows.csv": ROWS.head(2).to_csv(index=False).encode(),
    }  # fmt: skip
    mode = {"gz": "w:gz", "tgz": "w:gz", "xz": "w:xz", "bz2": "w:bz2"}.get(
        name[-3:].strip("."), "w"
    )
    corpus = read_in(tmp_path, name, tar(members, mode))
    assert len(corpus.articles) == 3
    assert set(corpus.articles["outlet"]) == {"Gull"}
    of_it = inputs(corpus)
    assert of_it.loc[f"{name}/Gull/._2031-03-12-1.txt", "reason"] == "a hidden file"
    assert f"{name}/etc/rows.csv, row 2" in of_it.index


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("which", [(0,), (1,), (3,), (1, 2), (0, 2, 3), (0, 1, 2)])
@pytest.mark.parametrize("begin", [0, 140, 250])
def test_a_damaged_header_in_a_tar_archive_costs_its_own_file(tmp_path, form, which, begin):
    """Whether its name, size or mark is gone, also where a long name stands in a block above."""
    long = "long " * 30 * (form != tarfile.USTAR_FORMAT)
    texts = [f"{FIRST} {SECOND} It was day {n}. {'Rain fell. ' * 50}" for n in range(4)]
    data = bytearray(tar({f"{n}{long}.txt": t.encode() for n, t in enumerate(texts)}, form=form))
    with tarfile.open(fileobj=io.BytesIO(bytes(data))) as archive:
        headers = [info.offset_data - tarfile.BLOCKSIZE for info in archive]
    for n in which:
        data[headers[n] + begin : headers[n] + begin + 200] = b"\xff" * 200
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(data))
    of_it = inputs(read_in(tmp_path, "other.txt", SECOND, languages=())).drop("other.txt")
    whole = [f"a.tar.gz/{n}{long}.txt" for n in range(4) if n not in which]
    assert sorted(of_it.index[of_it["outcome"] == "scored"]) == whole
    told = of_it[of_it["outcome"] == "failed"].index.str.contains(r"gz/bytes|, end\Z|gz\Z")
    assert len(of_it) == len(whole) + len(told)
    assert told.all() and len(told) == sum(n - 1 not in which for n in which)


def _header(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.USTAR_FORMAT)


def _named(data: bytes) -> list[str]:
    return [thing.source for thing in walk.opened(File("a.tar", data=data), 0)]


def test_what_only_looks_like_a_header_in_a_tar_archive_is_none(monkeypatch):
    """Behind a damaged one each block is tried once, and is one if it has the mark."""
    block = bytearray(_header("b.txt"))
    block[tar_headers._AT : tar_headers._AT + 8] = bytes(8)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    assert tarfile.TarInfo.frombuf(bytes(block), "utf-8", "strict").name == "b.txt"
    data = bytearray(tar({"a.txt": b"a", "gone.txt": bytes(block) * 99, "c.txt": b"c"}))
    data[1024:1034] = b"x" * 10
    tried = []
    found = tar_headers._Header.frombuf.__func__
    counted = classmethod(lambda cls, *about: tried.append(1) or found(cls, *about))
    monkeypatch.setattr(tar_headers._Header, "frombuf", counted)
    assert _named(bytes(data)) == ["a.tar/a.txt", "a.tar/bytes 1,024 to 52,224", "a.tar/c.txt"]
    assert len(tried) <= len(data) // tarfile.BLOCKSIZE + 1


def test_a_false_length_of_a_name_in_a_tar_archive_hides_no_file():
    for kind in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
        data = _header("long", kind, 2_000_000) + tar({"a.txt": b"a", ".b.txt": b"b"})
        assert _named(data) == ["a.tar/bytes 0 to 512", "a.tar/a.txt", "a.tar/.b.txt"]
    data = tar({"a.txt": b"a"}) + tar({".b.txt": b"b"})
    assert _named(data) == ["a.tar/a.txt", "a.tar/zeros before .b.txt", "a.tar/.b.txt"]
    reasons = [thing.reason for thing in list(walk.opened(File("a.tar", data=data), 0))[1:]]
    assert reasons == ["a file may have been here, or the end", "a hidden file"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
@pytest.mark.parametrize("whole", [0, 1, 3])
def test_of_a_tar_archive_that_is_cut_off_what_stands_before_is_read_and_told(
    tmp_path, mode, whole
):
    """The file in which it breaks off is named, and the last row says how many were read."""
    words = random.Random(0).choices("abcdefgh", k=60_000)  # which no program packs well
    members = {f"{n}.txt": f"{SECOND}\n\n{''.join(words[n::6])}".encode() for n in range(6)}
    packed = tar(members, mode).rstrip(b"\0")
    cut = packed[: int((whole + 0.5) / 6 * len(packed))]
    (tmp_path / "a.tar").write_bytes(cut)
    of_it = inputs(read_in(tmp_path, "other.txt", FIRST, languages=()))
    scored = [f"a.tar/{n}.txt" for n in range(whole)]
    assert [s for s in of_it.index[of_it["outcome"] == "scored"] if s != "other.txt"] == scored
    assert "unexpected end" in of_it.loc[f"a.tar/{whole}.txt", "reason"]
    files = "1 file" if whole == 1 else f"{whole} files"
    assert of_it.loc["a.tar, end", "reason"].startswith(f"{files} read up to here")


def test_the_files_of_a_tar_archive_are_counted(tmp_path, monkeypatch):
    """As many as are allowed are read; of one more the first ones, and a row says so."""
    monkeypatch.setattr("framing.corpus.readers.walk.MEMBERS", 3)
    for n in (3, 4):
        path = tmp_path / f"{n}.tar"
        path.write_bytes(tar({f"{k}.txt": f"{FIRST} {k}".encode() for k in range(n)}))
        corpus = fr.read_corpus(path, languages=())
        assert len(corpus.articles) == 3
        assert inputs(corpus)["reason"].str.contains("over 3 files in it").sum() == (n == 4)


def test_an_archive_in_an_archive_is_read_alone_as_in_a_folder(tmp_path):
    whole = zipped({"a.zip": zipped({"a.txt": FIRST.encode()})})
    for corpus in (read_file(tmp_path / "b.zip", whole), fr.read_corpus(tmp_path)):
        assert corpus.articles["source"].tolist() == ["b.zip/a.zip/a.txt"]


def test_links_and_holes_in_a_tar_archive_are_told(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            link = tarfile.TarInfo(f"link{kind.decode()}.txt")
            link.type, link.linkname = kind, "/etc/hostname" * (kind != tarfile.FIFOTYPE)
            archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    told = inputs(read_in(tmp_path, "other.txt", FIRST))["reason"].drop("other.txt")
    link = "a link to '/etc/hostname': not followed"
    assert sorted(told) == [link, link, "neither a file nor a folder"]


def test_an_archive_with_other_bytes_before_it_is_read(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "It rained in the town on Monday.")
    (tmp_path / "a.zip").write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" * 90 + out.getvalue())
    (tmp_path / "b.zip").write_bytes(b"no archive")
    rows = inputs(fr.read_corpus(tmp_path))["outcome"].to_dict()
    assert rows == {"a.zip/a.txt": "scored", "b.zip": "skipped"}


class Unseekable(io.BytesIO):
    """As a socket: a zip archive written to it has the sizes below each member."""

    def tell(self):
        raise OSError


def test_a_link_in_a_zip_archive_is_no_article(tmp_path):
    """Its content is the path that it points to."""
    link = zipfile.ZipInfo("b.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", f"{TALKS}\n\n{FIRST}")
        archive.writestr(link, "../../elsewhere/article.txt")
    audit = fr.read_corpus(tmp_path).audit.set_index("source")
    assert audit.loc["a.zip/b.txt", "reason"] == "a link: not followed"
    assert audit.loc["a.zip/b.txt", "outcome"] == "skipped"


@pytest.mark.parametrize("stream", [io.BytesIO, Unseekable])
@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_archive_that_is_cut_off_is_read_up_to_the_cut(tmp_path, stream, kind):
    """Its members have a list at the end, without which no program opens it."""
    out = stream()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for n in range(5):
            archive.writestr(f"Gull/ñ{n}.txt", f"{TALKS}\n\n{FIRST}\n\n{SECOND} {n}")
        last, end = archive.infolist()[4].header_offset, archive.fp.tell()
    for size, whole in ((last + 90, 4), (last, 4), (end, 5), (end + 9, 5)):
        (tmp_path / "a.zip").write_bytes(out.getvalue()[:size])
        if stream is Unseekable and kind == zipfile.ZIP_STORED:  # where a member ends is unknown
            with pytest.raises(ValueError, match=r"was cut off, its list of .*: copy or download"):
                fr.read_corpus(tmp_path / "a.zip")
            continue
        corpus = fr.read_corpus(tmp_path / "a.zip")
        names = [f"a.zip/Gull/ñ{n}.txt" for n in range(whole)]
        assert sorted(corpus.articles["source"]) == names
        assert sorted(inputs(corpus).index) == ["a.zip, end", *names]
        told = inputs(corpus).loc["a.zip, end", "reason"]
        assert told.startswith(
            f"{whole} files read up to here; the rest is not: the archive was cut"
        )


def test_a_document_whose_end_is_cut_off_is_read_if_its_text_is_whole(tmp_path):
    lines = nexis(TALKS, "Daily Gull", "March 12, 2031", "Copyright 2031 Daily Gull")
    corpus = read_file(tmp_path / "a.docx", docx(lines)[:-30])
    assert corpus.articles["title"].tolist() == [TALKS]
    assert inputs(corpus).loc["a.docx, end", "outcome"] == "failed"


def test_a_bomb_in_a_zip_archive_that_is_cut_off_is_refused(tmp_path):
    whole = zipped({"a.txt": bytes(60_000_000), "b.txt": b"x"})
    (tmp_path / "a.zip").write_bytes(whole[:-40])
    found = inputs(read_in(tmp_path, "b.txt", f"{TALKS}\n\n{FIRST}"))
    assert "more than 200 times its bytes" in found.loc["a.zip/a.txt", "reason"]


def test_zeros_in_a_tar_archive_do_not_end_it(tmp_path):
    """A file is damaged, or two archives stand one behind the other; both have a row."""
    files = {f"{n}.txt": f"{n}. The talks may fail, ministers said.".encode() for n in range(4)}
    whole = bytearray(tar(files))
    whole[1024:2048] = bytes(1024)
    for data, texts in ((bytes(whole), 3), (tar({"a.txt": b"Rain fell."}) + whole, 4)):
        corpus = read_file(tmp_path / "a.tar", data)
        assert len(corpus.articles) == texts
        assert corpus.audit["reason"].str.startswith("a file may have been here").any()


def test_what_is_no_file_and_an_archive_without_files_are_errors(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.zip").write_bytes(zipped({}))
    for name, why in (("a.txt", "neither a file nor a folder"), ("b.zip", "no file in it")):
        with pytest.raises(ValueError, match=why):
            fr.read_corpus(tmp_path / name)


def _outcomes(path, data: bytes) -> dict[str, str]:
    path.write_bytes(data)
    return inputs(fr.read_corpus(path.parent, languages=()))["outcome"].to_dict()


def _numbered(*numbers: int) -> dict[str, bytes]:
    return {f"good{n}.txt": f"{FIRST} {n}".encode() for n in numbers}


@pytest.mark.parametrize("size", [9_000_000, 900_000])
def test_a_bomb_in_a_zip_archive_costs_no_other_file(tmp_path, monkeypatch, size):
    """Neither one that is too large for itself nor several that are so together."""
    monkeypatch.setattr(compressed, "GRACE", 1_000_000)
    good = _numbered(*range(3))
    bombs = {f"bomb{n}.txt": bytes(size) for n in range(3)}
    found = _outcomes(tmp_path / "a.zip", zipped({"a.txt": SECOND.encode(), **bombs, **good}))
    failed = sorted(name for name, outcome in found.items() if outcome == "failed")
    assert failed and set(failed) <= {f"a.zip/{name}" for name in bombs}
    assert {f"a.zip/{name}": found[f"a.zip/{name}"] for name in good} == {
        f"a.zip/{name}": "scored" for name in good
    }


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_member_of_a_zip_archive_that_says_it_is_small_is_not_unpacked(tmp_path, kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("a.txt", bytes(100_000_000))
    data = out.getvalue().replace(struct.pack("<I", 100_000_000), struct.pack("<I", 9))
    tracemalloc.start()
    found = [thing.reason for thing in walk.opened(File("a.zip", data=data), 0)]
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1 and "Bad CRC-32" in found[0]
    assert held < 100_000_000


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_members_of_a_zip_archive_are_read_however_they_are_packed(tmp_path, kind):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", kind) as archive:
        for name, text in _numbered(0, 1).items():
            archive.writestr(name, text)
    assert [*fr.read_corpus(tmp_path).paragraphs["text"]] == [f"{FIRST} {n}" for n in (0, 1)]


def test_what_stands_before_a_bomb_in_a_packed_tar_archive_is_read(tmp_path):
    members = {**_numbered(0), "bomb.txt": bytes(90_000_000), **_numbered(1)}
    found = _outcomes(tmp_path / "a.tar.gz", tar(members, "w:gz"))
    assert found == {
        "a.tar.gz/good0.txt": "scored", "a.tar.gz/bomb.txt": "failed", "a.tar.gz, end": "failed",
    }  # fmt: skip
