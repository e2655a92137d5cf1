"""What is cut off at any place is told: pages in web archives, e-mails and exports."""

from __future__ import annotations

import gzip
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
    return list(_read(File(name, data=data), {}))


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
