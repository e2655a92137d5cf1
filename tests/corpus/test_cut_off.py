"""What is cut off at any place is told: pages in web archives, e-mails and exports."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.collect import _read
from framing.corpus.readers import Found
from framing.corpus.readers.files import File
from tests.corpus.test_exports import FIRST, SECOND, mails, page, record
from tests.corpus.test_readers import TALKS


def found_in(name: str, data: bytes) -> list[Found]:
    """What is found, and last what is said of articles that are not there."""
    return sorted(_read(File(name, data=data), {}), key=lambda f: f.source.endswith(", the rest"))


def in_chunks(data: bytes, size: int = 90) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return (
        b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\nX: y\r\n\r\n"
    )


def archive(*bodies: tuple[bytes, bytes]) -> bytes:
    """A web archive of pages, each with its HTTP head, whose own lengths are right."""
    payloads = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%b\r\n\r\n%b" % pair for pair in bodies
    )
    kind = "application/http"
    return b"".join(
        record("response", p, n, http=False, kind_of=kind) for n, p in enumerate(payloads)
    )


PACKED, CHUNKED = b"Content-Encoding: gzip", b"Transfer-Encoding: chunked"
PAGE = page(1)
SENT = {  # the head, the body, and how many of its last bytes may be missing without loss
    "length": (b"Content-Length: %d" % len(PAGE), PAGE, 0),
    "chunks": (CHUNKED, in_chunks(PAGE), len(b"\r\nX: y\r\n\r\n")),
    "packed": (PACKED, gzip.compress(PAGE), 0),
    "packed in chunks": (PACKED + b"\r\n" + CHUNKED, in_chunks(gzip.compress(PAGE), 30), 10),
}


@pytest.mark.parametrize("how", SENT)
@given(st.data())
def test_a_body_of_a_page_that_is_cut_off_is_told(how, data):
    head, whole, spare = SENT[how]
    cut = data.draw(st.integers(0, len(whole) - spare - 1))
    sound, broken, after = found_in(
        "a.warc", archive((head, whole), (head, whole[:cut]), (b"", PAGE))
    )
    assert sound.text == after.text and (sound.outcome, sound.reason) == ("scored", "")
    assert (broken.outcome == "failed" and broken.reason) or "cut off" in broken.reason
    assert (after.outcome, after.reason) == ("scored", "")


@pytest.mark.parametrize("wrong", [b"zz", b"-5", b"1", b"ffff", b"9" * 5_000])
@pytest.mark.parametrize("at", [0, 3])
def test_a_wrong_size_of_a_chunk_is_told_and_the_head_of_the_page_is_read(wrong, at):
    parts = in_chunks(PAGE).split(b"\r\n")
    parts[2 * at] = wrong
    (found,) = found_in("a.warc", archive((CHUNKED, b"\r\n".join(parts))))
    assert "chunks that are damaged" in found.reason
    assert found.title == TALKS or wrong in (b"1", b"9" * 5_000)


@pytest.mark.parametrize("above", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
@pytest.mark.parametrize("head", [
    CHUNKED, PACKED, PACKED + b"\r\n" + CHUNKED, b"Content-Length: 20", b"Content-Length: \xb2",
])  # fmt: skip
def test_a_page_that_a_crawler_stored_unpacked_is_no_damage(head, above):
    (found,) = found_in("a.warc", archive((head, above + PAGE)))
    assert (found.outcome, found.reason) == ("scored", "")


def in_base64(text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Gull <a@gull.example>", TALKS
    mail.set_content(text, cte="base64")
    return mail


@given(st.integers(0, 400))
def test_an_e_mail_whose_text_in_base64_is_cut_off_is_told(cut):
    """As far as it can be: four characters are three bytes, and a text may end behind each."""
    head, _, coded = in_base64(f"{FIRST}\n\n{SECOND}\n" * 3).as_string().partition("\n\n")
    (sound,) = found_in("a.eml", f"{head}\n\n{coded}".encode())
    (broken,) = found_in("a.eml", f"{head}\n\n{coded[:cut]}".encode())
    told = len(coded[:cut].replace("\n", "")) % 4 != 0
    assert sound.reason == "" and ("base64" in broken.reason) == told


@given(st.data())
def test_an_e_mail_of_several_parts_that_is_cut_off_is_told(data):
    first, whole, last = mails([1, 3, 5])
    begin, end = whole.index(b"\n\n"), whole.rindex(b"--")
    cut = data.draw(st.integers(begin, end - 1))
    between = b"\nFrom a@gull.example Wed Mar 12 10:00:00 2031\n"
    found = found_in("a.mbox", between.join([b"", first, whole[:cut], last]))
    told = ["cut off" in f.reason for f in found]
    assert told == [False, True, False]
    assert [f.outcome for f in found[::2]] == ["scored", "scored"]


def item(number: int, of: int) -> str:
    """An item of LexisNexis."""
    return (
        f"\n{number} of {of} DOCUMENTS\n\nMeridian Wire\n\nMarch {number}, 2031 Wednesday\n\n{TALKS}\n\n"
        f"BYLINE: Ada Holm\n\nLENGTH: 62 words\n\n{FIRST}\n\n{SECOND} {number}\n\n"
        "LOAD-DATE: March 12, 2031\n\nLANGUAGE: ENGLISH\n\nCopyright 2031 Meridian Wire\n\n"
    )


def export(numbers: Iterable[int], of: int) -> str:
    return "".join(item(n, of) for n in numbers)


def as_rtf(text: str) -> str:
    lines = "".join(rf"{{\b0 {line}}}\par" + "\n" for line in text.split("\n"))
    return rf"{{\rtf1\ansi{{\fonttbl{{\f0 Arial;}}}}\f0 {lines}}}"


@given(st.integers(0, len(item(3, 3)) - 1))
def test_an_export_of_lexisnexis_that_is_cut_off_in_its_last_article_is_told(cut):
    """Unless no text of it is missing; those before it are read as they are."""
    text, last = export([1, 2], 3), item(3, 3)
    whole = found_in("a.txt", (text + last).encode())
    assert [(f.outcome, f.reason, f.layout) for f in whole] == [("scored", "", "")] * 3
    found = found_in("a.txt", (text + last[:cut]).encode())
    assert found[:1] == whole[:1] and {FIRST} < set(found[1].text.split("\n\n"))
    told = [f for f in found[1:] if f.outcome == "failed" or "cut off" in f.reason]
    assert told or (found[2].text == whole[2].text and "LOAD-DATE: " in last[:cut])


@pytest.mark.parametrize(
    "text", [f"{TALKS}\n\n{FIRST}\n\n{SECOND}", export([1, 2], 2), export([1, 2], 3)]
)
@given(st.data())
def test_an_rtf_that_is_cut_off_anywhere_is_told_and_its_last_article_fails(text, data):
    whole = as_rtf(text).encode()
    sound = [f for f in found_in("a.rtf", whole) if f.outcome == "scored"]
    assert sound and not any(f.reason for f in sound)
    begin = whole.rfind(FIRST.encode())
    found = found_in("a.rtf", whole[: data.draw(st.integers(begin, len(whole) - 1))])
    assert found[: len(sound) - 1] == sound[:-1]
    last = found[len(sound) - 1]
    assert last.outcome == "failed" and "without its last closing brace" in last.reason


@given(
    st.sets(st.integers(1, 12), min_size=1, max_size=12),
    st.sampled_from([(1, False), (1, True), (2, False)]),
)
def test_documents_that_an_export_of_lexisnexis_counts_and_lacks_are_named(kept, how):
    """From the first that is there on; an export may be the second part of a larger one."""
    times, down = how
    parts = [export(sorted(kept, reverse=down), 12), export([1, 2], 2)]
    *found, last = found_in("a.txt", "".join(parts * times).encode())
    lacking = set(range(min(kept), 13)) - kept
    if not lacking:
        assert len([*found, last]) == times * (len(kept) + 2) and last.reason == ""
    elif times == 1 or 1 in kept:
        assert all(f.outcome == "scored" and not f.reason for f in found)
        assert (
            last.outcome == "failed" and f"cut off: {times * len(lacking)} document" in last.reason
        )
        named = re.findall(r"(\d+)(?: to (\d+))? of 12", last.reason)
        assert {n for a, b in named for n in range(int(a), int(b or a) + 1)} == lacking


def test_of_many_gaps_in_an_export_the_first_ones_are_named():
    (*_, last) = found_in("a.txt", export(range(1, 90, 2), 10**8).encode())
    assert "99,999,955 documents" in last.reason and last.reason.endswith("20 of 100000000, …)")
