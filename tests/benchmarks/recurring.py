"""Print what is left of passages that recur in an outlet, and what is lost, as Markdown.

``python -m tests.benchmarks.recurring [--articles 8000] [--text PATH] [--seed 1] [--newsroom]``.
Twelve outlets, of the world of `tests.benchmarks.newsroom` or of this one, in which the sentences are those of a file (JSON lines with ``text``) or of Python's manual, put together anew,
so that every paragraph of a story stands in one article. Into the stories go

- notes about the outlet of 100 to 300 words and forms of 30 to 60, with other dates and numbers
  each time;
- galleries of 10 to 40 captions, paragraph by paragraph or run together, some of which grow; the
  marks between captions that are run together are left out of every second gallery;

and, as traps, stories that are reprinted as a whole, versions of a story that share most of their
paragraphs, and paragraphs of agencies that two articles of every outlet quote.
"""

from __future__ import annotations

import random
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

import framing as fr
from framing.schema import SCORED_ROLES
from framing.text.encoding import clean
from tests.benchmarks.copies import markdown
from tests.benchmarks.newsroom import Block, Newsroom
from tests.benchmarks.texts import prose
from tests.programs import options

OUTLETS = [f"Outlet {letter}" for letter in "ABCDEFGHIJKL"]
_MONTHS = ["January", "March", "May", "June", "August", "October", "December"]
_GALLERIES = ("gallery, apart", "gallery, together", "gallery, unmarked")
STORIES = {"alone", "single", "reprint", "version", "update", "agency", "death"}  # to be kept
Sentence = Callable[[], str]
Kinds = dict[tuple[str, str], str]  # of blocks, by outlet and text


def main() -> None:
    given = options(__doc__, articles=8_000, text=None, seed=1, newsroom=False)
    make = newsroom if given.newsroom else corpus
    table, kinds = make(given.articles, given.text, given.seed)
    began = time.process_time()
    left, lost = compared(table, kinds)
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(markdown(left.round(4)), markdown(lost), sep="\n\n")
    print(f"\n{len(table):,} articles: {seconds:.1f} s of processor time, {memory:,.0f} MB")


def compared(table: pd.DataFrame, kinds: Kinds) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Words that recur, of those kept, by outlet; and paragraphs taken for recurring, by kind."""
    read = fr.read_corpus(table)
    found = read.paragraphs[read.paragraphs["role"] != "headline"]
    found = found.assign(kind=[kinds[k] for k in zip(found["outlet"], found["text"], strict=True)])
    kept = found[found["role"].isin(SCORED_ROLES)]
    words = kept.pivot_table(
        index="outlet", columns="kind", values="words", aggfunc="sum", fill_value=0
    )
    recurs = words.reindex(columns=sorted({*kinds.values()} - STORIES), fill_value=0)
    left = recurs.assign(share=recurs.sum(axis=1) / words.sum(axis=1))
    reasons = read.audit.dropna(subset="block").set_index(["article", "block"])["reason"]
    why = reasons.reindex(pd.MultiIndex.from_frame(found[["article", "paragraph"]]))
    lost = (
        (why == "furniture: the outlet repeats it")
        .groupby(found["kind"].array)
        .agg(["size", "sum"])
    )
    lost = lost.set_axis(["paragraphs", "taken for recurring"], axis=1)
    return left.reset_index(), lost.rename_axis("kind").reset_index()


def corpus(articles: int, path: str | None = None, seed: int = 1) -> tuple[pd.DataFrame, Kinds]:
    """A table of articles, and the kind of every block in it."""
    draw = random.Random(seed)
    sentence = _sentences(path, draw)
    agency = [_paragraph(sentence, draw) for _ in range(articles // 100)]
    each = articles // len(OUTLETS)
    return _table({name: _of_outlet(each, agency, sentence, draw) for name in OUTLETS})


def newsroom(articles: int, path: str | None = None, seed: int = 1) -> tuple[pd.DataFrame, Kinds]:
    """The same of the other world, whose sentences are words of a text at random."""
    draw = random.Random(seed)
    words = sorted({word.lower() for word in prose(path) if word.isascii() and word.isalpha()})
    each = articles // len(OUTLETS)
    return _table({name: Newsroom(words, draw).articles(each) for name in OUTLETS})


def _table(written: Mapping[str, Iterable[list[Block]]]) -> tuple[pd.DataFrame, Kinds]:
    kinds: Kinds = {}
    rows = []
    for outlet, articles in written.items():
        for blocks in articles:
            kinds.update({(outlet, text): kind for kind, text in blocks})
            rows.append((outlet, "\n\n".join(text for _, text in blocks)))
    table = pd.DataFrame(rows, columns=["outlet", "text"])
    return table.assign(id=table.index.astype(str), title=[f"Item {n}" for n in table.index]), kinds


def _of_outlet(
    number: int, agency: list[str], sentence: Sentence, draw: random.Random
) -> Iterator[list[Block]]:
    """Yield the articles of an outlet."""
    about, form = _note(100, 300, sentence, draw), _note(30, 60, sentence, draw)
    galleries = [
        (kind, [sentence() for _ in range(draw.randint(10, 40))])
        for kind in _GALLERIES * max(1, number // 150)
    ]
    quoted = iter(draw.sample(agency * 2, len(agency) * 2))
    for story in _stories(number, sentence, draw):
        if (paragraph := next(quoted, None)) and draw.random() < 0.5:
            story = [*story[:2], ("agency", paragraph), *story[2:]]
        if draw.random() < 0.15:
            kind, captions = draw.choice(galleries)
            if draw.random() < 0.2:
                captions.append(sentence())
            place = draw.randint(1, len(story))
            story = [*story[:place], *_gallery(kind, captions), *story[place:]]
        if draw.random() < 0.4:
            place = draw.randint(1, len(story))
            story = [*story[:place], ("form", form()), *story[place:]]
        yield [*story, ("about", about())] if draw.random() < 0.5 else story


def _stories(number: int, sentence: Sentence, draw: random.Random) -> Iterator[list[Block]]:
    """Yield the stories themselves: most stand alone, some in reprints or in versions."""
    left = number
    while left > 0:
        kind = draw.choices(["alone", "reprint", "version"], [0.96, 0.02, 0.02])[0]
        copies = 1 if kind == "alone" else draw.randint(3, 5)
        story = [(kind, _paragraph(sentence, draw)) for _ in range(draw.randint(4, 25))]
        for _ in range(min(copies, left)):
            yield story
            if kind == "version":
                new = [(kind, _paragraph(sentence, draw)) for _ in range(draw.randint(1, 6))]
                story = draw.sample(story, len(story)) + new
        left -= copies


def _gallery(kind: str, captions: list[str]) -> list[Block]:
    if kind == "gallery, apart":
        return [(kind, caption) for caption in captions]
    mark = " Hide Caption {} of {} " if kind == "gallery, together" else " "
    marks = [mark.format(n, len(captions)) for n in range(1, len(captions) + 1)]
    return [(kind, "".join(c + m for c, m in zip(captions, marks, strict=True)).strip())]


def _note(fewest: int, most: int, sentence: Sentence, draw: random.Random) -> Callable[[], str]:
    """Return a writer of a passage with another date and another number each time."""
    text = ""
    while len(text.split()) < fewest:
        text += f" {sentence()}"
    text = " ".join(text.split()[: most - 14])

    def write() -> str:
        day = f"{draw.choice(_MONTHS)} {draw.randint(1, 28)}, {draw.randint(2015, 2031)}"
        return f"Since {day}, {draw.randint(2, 900)},000 people have read it. {text}."

    return write


def _paragraph(sentence: Sentence, draw: random.Random) -> str:
    return " ".join(sentence() for _ in range(draw.randint(2, 3)))


def _sentences(path: str | None, draw: random.Random) -> Sentence:
    """Return a drawer of sentences of 8 to 40 words."""
    text = clean(" ".join(prose(path))).text
    text = " ".join(text.split())
    found = re.findall(r"[A-Z][^.!?]{30,220}[.!?]", text)
    pool = sorted({s for s in found if 8 <= len(s.split()) <= 40})
    return lambda: draw.choice(pool)


if __name__ == "__main__":
    main()
