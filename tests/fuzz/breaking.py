"""One thing wrong with a valid file: in a story before it is written, in its part, or in the bytes."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from tests.adversarial import NOT_SPACES, SPACES
from tests.corpus.test_readers import zipped
from tests.fuzz.formats import Format, Story, stories

ODD = [*SPACES, *NOT_SPACES, *"’“—éΣİſΩ😀中Ａ\u2028\u2029\x92\ufffd"]
# What is repeated to a huge cell: it should take time and memory in proportion to its length.
REPEATS = (
    "said ", "x", "“a ", "a-", "- ", "[", "(", "<p>", "<", "&", " | ab", "1,", "Mr. ", "...", "\n", "é",
    "may not ", "\u0301", "\t", "''", '"', "By Ada ", "Copyright ", "{", "*", "__", "http://a", "1/2/",
)  # fmt: skip
_FIELDS = ("outlet", "date", "title", "text")


class Broken(NamedTuple):
    """A file with one thing wrong.

    ``marks`` are the marks of the stories that a plain search of it finds; ``costs`` is the most
    of them that may not be read, None if all; ``most`` is the number of articles in it if it is
    whole and that is known; ``size`` is that of the content, not packed.
    """

    name: str
    data: bytes
    marks: list[str]
    what: str
    costs: int | None
    most: int | None
    size: int


def broken(rng: random.Random, layouts: Sequence[Format]) -> Broken:
    """Return a file of one of the formats in which one thing is wrong, or nothing."""
    layout = rng.choice(layouts)
    written = stories(rng)
    kind = rng.choices(("nothing", "story", "part", "bytes"), (1, 4, 5, 4))[0]
    what, costs = "nothing", 0
    if kind == "story":
        written, what = _odd_story(rng, written)
        costs = 1
    head, parts, tail = layout.parts(written)
    if kind == "part" and layout.marks:
        what, parts, costs = _odd_part(rng, parts, layout)
    content = head + b"".join(parts) + tail
    data = layout.pack(content)
    if kind == "bytes":
        what, data, costs = _odd_bytes(rng, data)
    plain = content if kind != "bytes" or layout.pack is not bytes else data
    with suppress(OSError, EOFError, zlib.error):
        plain = gzip.decompress(data)  # cut where a member ends, it is whole
    marks = [s.mark for s in written if s.mark and s.mark.encode() in plain.replace(b"\x00", b"")]
    name, data = _wrapped(rng, layout.name, data)
    costs = None if name == "all.zip" and layout.name == "crawl.wacz" else costs  # too deep
    most = len(parts) if kind == "nothing" and layout.marks else None
    size = max(len(content), len(data))
    return Broken(name, data, marks, what, costs, most, size)


def _odd_story(rng: random.Random, written: Sequence[Story]) -> tuple[list[Story], str]:
    """Something odd in a field of one story: a letter, nothing at all, markup, or very much."""
    at, field = rng.randrange(len(written)), rng.choice(_FIELDS)
    story = written[at]
    value = {"text": story.paragraphs[0], "date": story.written_date}.get(
        field, getattr(story, field, "")
    )
    place = rng.randrange(len(value) + 1)
    huge = rng.choice(REPEATS) * rng.choice((300, 3000, 20_000))
    what = rng.choices(
        ("letter", "swapped", "empty", "markup", "huge", "formula", "missing"),
        (5, 2, 1, 2, 1, 1, 1),
    )[0]
    new = {
        "letter": value[:place] + rng.choice(ODD) + value[place:],
        "swapped": value[:place] + rng.choice(ODD) + value[place + 1 :],
        "empty": "",
        "markup": f"{value[:place]}<script>x</script>&#{rng.choice((0, 65, 55296, 9999999))};[[{value[place:]}",
        "huge": f"{value} {huge}",
        "formula": f"{rng.choice('=+-@')}{value}",
        "missing": rng.choice(("nan", "None", "NULL", "N/A", "[]", "{}", "1e999", "-0", "0001-01-01")),
    }[what]  # fmt: skip
    if field == "text":
        changed = story._replace(paragraphs=(new, *story.paragraphs[1:]))
        changed = changed._replace(mark=story.mark if story.mark in new else "")
    else:
        changed = story._replace(**{field: new})
    return [*written[:at], changed, *written[at + 1 :]], f"{what} in the {field} of story {at + 1}"


def _odd_part(
    rng: random.Random, parts: list[bytes], layout: Format
) -> tuple[str, list[bytes], int | None]:
    """One mark of the syntax missing, doubled, put in or replaced, or a byte of another encoding."""
    at = rng.randrange(len(parts))
    part, mark = parts[at], rng.choice(layout.marks)
    starts = [n for n in range(len(part)) if part.startswith(mark, n)]
    place = rng.choice(starts) if starts else rng.randrange(len(part) + 1)
    end = place + len(mark) if starts else place
    what = rng.choice(("without", "double", "with", "deep", "for", "twice", "byte"))
    deep = rng.choice((50, 2000)) if what == "deep" else 1
    new = {
        "without": part[:place] + part[end:],
        "double": part[:place] + mark + part[place:],
        "with": (inside := rng.randrange(len(part) + 1)) * b"" + part[:inside] + mark + part[inside:],
        "deep": part[:place] + mark * deep + part[place:],
        "for": part[:place] + rng.choice(layout.marks) + part[end:],
        "twice": part * 2,
        "byte": part[:place] + rng.choice((b"\xff", b"\x92", b"\x00", b"\xe9", b"\x80", b"\x1b")) + part[place:],
    }[what]  # fmt: skip
    return f"{what} {mark!r} in story {at + 1}", [*parts[:at], new, *parts[at + 1 :]], layout.costs


def _odd_bytes(rng: random.Random, data: bytes) -> tuple[str, bytes, int | None]:
    """A cut, a changed byte, a wrong number, a byte too many or too few, or another encoding."""
    place = rng.randrange(len(data) + 1)
    what = rng.choice(
        ("cut", "cut", "changed", "changed", "zeros", "inserted", "without", "utf-16")
    )
    new = {
        "cut": data[:place],
        "changed": data[:place] + rng.randbytes(1) + data[place + 1 :],
        "zeros": data[:place] + bytes(rng.choice((1, 4, 512))) + data[place + 4 :],
        "inserted": data[:place] + rng.randbytes(1) + data[place:],
        "without": data[: max(0, place - 1)] + data[place:],
        "utf-16": data.decode("latin-1").encode("utf-16"),
    }[what]
    return f"{what} at {place} of {len(data)} bytes", new, None


def _wrapped(rng: random.Random, name: str, data: bytes) -> tuple[str, bytes]:
    """Sometimes the file is compressed or in an archive, and that may be damaged, too."""
    kind = rng.choices(("", ".gz", ".zip", "zip.zip"), (12, 2, 2, 1))[0]
    if kind == ".gz" and not name.endswith(".gz"):
        name, data = f"{name}.gz", gzip.compress(data)
    elif kind == ".zip":
        name, data = f"{name}.zip", zipped({f"a/{name}": data})
    elif kind == "zip.zip":
        name, data = "all.zip", zipped({"in.zip": zipped({name: data}), "readme.txt": b"x"})
    return name, data
