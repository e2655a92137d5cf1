"""Files that are broken, or made to do harm: each ends with a reason, and the run goes on."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import re
import struct
import time
import zipfile

import pandas as pd
import pytest

import framing as fr
from framing.corpus.summary import read_to
from tests.corpus.test_readers import adds_up, docx, warc, zipped

GOOD = b"Rain fell on the town\n\nIt rained all day, and nobody was surprised by it."


def reasons(folder, **members: bytes) -> pd.Series:
    """Read a folder with a good file and others; the reason that each other one ends with."""
    (folder / "good.txt").write_bytes(GOOD)
    for name, data in members.items():
        (folder / re.sub("_(?=[a-z]+$)", ".", name)).write_bytes(data)
    corpus = fr.read_corpus(folder)
    adds_up(corpus)
    assert "good" in set(corpus.articles["article"])
    inputs = corpus.audit[corpus.audit["block"].isna()]
    others = inputs[(inputs["source"] != "good.txt") & (inputs["outcome"] != "scored")]
    return others.set_index("source")["reason"]


def test_bombs_are_not_unpacked(tmp_path):
    """Zip, gzip and DOCX bombs, and archives nested too deep, fail within a second."""
    start = time.process_time()
    zeros = b"0" * 60_000_000
    bomb = zipped({"a.txt": zeros})
    part = b'<?xml version="1.0"?><w:document>' + zeros
    found = reasons(
        tmp_path,
        bomb_zip=bomb,
        bomb_txt=gzip.compress(zeros, 9),
        bomb_docx=zipped({"[Content_Types].xml": b"", "word/document.xml": part}),
        deep_zip=zipped({"1.zip": zipped({"2.zip": zipped({"3.txt": GOOD})})}),
    )
    assert "more than 200 times" in found["bomb.zip/a.txt"]
    assert "more than 200 times" in found["bomb.txt"]
    assert "bytes of XML" in found["bomb.docx"]
    assert "an archive in an archive" in found["deep.zip/1.zip/2.zip"]
    assert time.process_time() - start < 5


def test_entity_bombs_are_refused(tmp_path):
    """A document that declares a type is not read, whatever its entities would grow to."""
    lol = b'<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    part = b'<?xml version="1.0"?>' + lol
    found = reasons(
        tmp_path, bomb_docx=zipped({"[Content_Types].xml": b"", "word/document.xml": part})
    )
    assert "declares a document type" in found["bomb.docx"]


def test_names_in_archives_lead_nowhere(tmp_path):
    """Nothing is written, and no source leads out of the archive."""
    names = ["../../x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../b.txt", "con.txt"]
    members = {name: b"Outlet: Sun\n\n" + GOOD + name.encode() for name in names}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    before = sorted(tmp_path.parent.rglob("*"))
    corpus = fr.read_corpus(tmp_path / "a.zip")
    adds_up(corpus)
    assert len(corpus.articles) == len(names)
    assert corpus.audit["source"].str.startswith("a.zip/").all()
    assert not corpus.audit["source"].str.contains(r"\.\.|//", regex=True).any()
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_broken_archives_fail_alone(tmp_path):
    """Cut off, encrypted, of a false length: each has its reason."""
    good = zipped({"a.txt": GOOD, "b.txt": GOOD * 30})
    encrypted = bytearray(good)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = 0
        while (at := encrypted.find(mark, at)) >= 0:
            encrypted[at + (6 if mark[2] == 3 else 8)] |= 1
            at += 4
    damaged = bytearray(good)
    damaged[60:64] = b"\xff\xff\xff\xff"
    found = reasons(
        tmp_path,
        cut_zip=good[:-40],
        locked_zip=bytes(encrypted),
        damaged_zip=bytes(damaged),
        cut_gz=gzip.compress(GOOD * 50)[:-20],
        not_docx=b"PK\x03\x04nothing of the kind",
        cut_docx=docx(["One line."])[:-50],
    )
    assert set(found.index) >= {
        "cut.zip, end", "locked.zip/a.txt", "locked.zip/b.txt", "damaged.zip/a.txt", "cut.gz",
        "not.docx", "cut.docx, end",
    }  # fmt: skip
    assert "2 files read up to here" in found["cut.zip, end"]


def test_binary_files_and_pickles_are_not_read(tmp_path):
    """A pickle is never loaded; what is no text says how it begins."""

    class Harm:
        def __reduce__(self):
            return (open, (str(tmp_path / "harm"), "w"))

    found = reasons(
        tmp_path,
        harm_pkl=pickle.dumps(Harm()),
        harm_parquet=b"PAR1" + pickle.dumps(Harm()) + b"PAR1",
        photo_jpg=b"\xff\xd8\xff\xe0",
        noise_txt=bytes(range(256)) * 8,
        empty_txt=b"",
        blank_txt=b" \n\n\t ",
        nothing_html=b"<html></html>",
    )
    assert len(found) == 7
    assert found.str.len().gt(0).all()
    assert not (tmp_path / "harm").exists()


def test_limits_are_listed_not_cut(tmp_path):
    """An article over 20 MB fails, whether file, row or page; a paragraph over 100,000 is kept."""
    huge = b"It rained. " * 2_000_000
    row = json.dumps({"text": huge.decode(), "outlet": "Sun"}).encode()
    found = reasons(
        tmp_path,
        huge_txt=huge,
        rows_jsonl=row + b'\n{"text": "It dried.", "outlet": "Sun"}\n',
        cells_csv=b"outlet,text\nSun," + huge + b"\nSun,It dried.\n",
        page_html=b"<html><body><p>" + huge,
    )
    assert found.str.contains("over the limit of 20 MB").all()
    assert set(found.index) == {"huge.txt", "rows.jsonl, line 1", "cells.csv, row 1", "page.html"}
    (tmp_path / "huge.txt").unlink()
    (tmp_path / "long.txt").write_bytes(GOOD + b"\n\n" + huge[:110_000])
    corpus = fr.read_corpus(tmp_path / "long.txt")
    last = corpus.paragraphs.iloc[-1]
    assert (last["role"], len(last["text"])) == ("fragment", 109_999)
    assert "over 100,000 characters" in corpus.audit["reason"].iloc[-1]


def test_deep_nesting_does_not_end_the_run(tmp_path):
    """JSON, HTML and RTF nested 50,000 deep, and an e-mail whose parts are in parts."""
    n = 50_000
    kind = b'Content-Type: multipart/mixed; boundary="%d"\n\n'
    parts = b"".join(b"--%d\n" % (k - 1) + kind % k for k in range(1, 2000))
    deep = b'{"text": ' + b"[" * n + b"]" * n + b"}"
    found = reasons(
        tmp_path,
        deep_eml=b"Subject: L\n" + kind % 0 + parts,
        deep_jsonl=deep + b'\n{"text": "It dried."}',
        deep_json=b"[" + deep + b"]",
        deep_html=b"<html><body>" + b"<div>" * n + b"<p>It rained.",
        deep_rtf=b"{\\rtf1 " + b"{" * n + b"x" + b"}" * n + b"}",
    )
    assert found["deep.eml"].startswith("nested too deep")


def test_texts_with_hostile_characters_come_through(tmp_path):
    """Markup, formulas, combining marks, separators and lone surrogates are text in every table."""
    texts = [
        "<script>alert(1)</script> #import \"x\" $y$ @z ] =cmd|' /C calc'!A0", "x" + "\u0301" * 999,
        "a\ud800b", "a\x00b", "a\u2028b\x85c\x0bd", "\u202eevil\u202c", "😀" * 999, "\ufeffx",
    ]  # fmt: skip
    rows = [{"outlet": text, "title": text, "text": text, "id": text} for text in texts]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    corpus = fr.read_corpus(path)
    adds_up(corpus)
    assert len(corpus.articles) == len(texts)
    for name, table in zip(corpus._fields, corpus, strict=True):
        table.to_parquet(tmp_path / f"{name}.parquet")
    assert texts[0] in set(corpus.articles["outlet"])


def test_one_bad_record_does_not_end_a_web_archive(tmp_path):
    """Pages in a web archive fail for themselves; an archive that breaks off fails at the end."""
    whole = warc(
        ("https://x.example/1", "text/html", b"\x89\x00\x01\x02" * 99),
        ("https://x.example/2", "text/html", b""),
    )
    found = reasons(tmp_path, a_warc=gzip.decompress(whole), b_warc=whole[:-30])
    assert len(found) >= 3


def test_odd_zip_headers_are_not_trusted(tmp_path):
    """A member that says it is small and is not."""
    raw = bytearray(zipped({"a.txt": b"0" * 1_000_000}))
    at = raw.find(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as archive:
        assert archive.infolist()[0].file_size == 10
    reasons(tmp_path, odd_zip=bytes(raw))


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\xff\xfea", b"\x00" * 50, b"\xef\xbb\xbf"])
def test_bare_marks_and_odd_lengths(tmp_path, raw):
    """Half a character of UTF-16, only a mark, only zeros."""
    assert len(reasons(tmp_path, odd_txt=raw)) == 1


COOKIES = "We use cookies and similar technologies to give you the best experience of this site."


def test_a_cookie_wall_is_no_article(tmp_path):
    """The article has no body, with a reason; a page of scripts only fails with one."""
    wall = f"<html><head><title>Before you go on</title></head><body><p>{COOKIES}</p></body></html>"
    (tmp_path / "wall.html").write_text(wall)
    (tmp_path / "good.txt").write_bytes(GOOD)
    (tmp_path / "script.html").write_text("<html><body><script>x()</script></body></html>")
    corpus = fr.read_corpus(tmp_path)
    adds_up(corpus)
    assert "body" not in set(corpus.paragraphs.query("article == 'wall'")["role"])
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")
    assert inputs.loc["script.html", "outcome"] == "failed"
    wall_says = inputs.loc["wall.html"]
    assert wall_says["outcome"] == "failed" or "body missing" in wall_says["reason"]


def test_time_is_linear_in_an_article(tmp_path):
    """40,000 words in one block, 40,000 short lines, 10,000 emoji: each within seconds."""
    texts = {
        "words": "rain fell " * 20_000,
        "titles": "\n\n".join(f"Story {n} about the Strait" for n in range(40_000)),
        "same": "Ships wait in the strait\n\n" * 20_000,
        "emoji": "😀" * 10_000,
        "marks": "Sign up ' \" [ " * 20_000,
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"Title of it\n\n{text}", "utf-8")
        start = time.process_time()
        adds_up(fr.read_corpus(tmp_path / f"{name}.txt"))
        assert time.process_time() - start < 15, name


def test_the_account_survives_names_with_line_ends(tmp_path):
    """Lone CR, quotation marks, newlines and formulas in names and texts come back from the CSV.

    An apostrophe stands before what a spreadsheet would run.
    """
    names = ['a\rb"c', "=cmd|' /C calc'!A0", "a\nb,c", "NA"]
    rows = [{"id": name, "outlet": "Sun", "text": f"{name}\n\nIt rained."} for name in names]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    told = read_to(tmp_path / "rows.jsonl", tmp_path / "out", workers=1, progress=False)
    assert told.startswith("4 inputs: 4 read")
    audit = pd.read_csv(tmp_path / "out" / "audit.csv", keep_default_na=False, dtype=str)
    want = fr.read_corpus(tmp_path / "rows.jsonl").audit
    assert "'=cmd|' /C calc'!A0" in set(audit["article"])
    plain = audit["article"].str.replace(r"\A'(?=[=+\-@\t\r])", "", regex=True)
    assert plain.tolist() == want["article"].tolist()
    assert audit["reason"].tolist() == want["reason"].tolist()
