"""Print how well article bodies are found on web pages, beside trafilatura alone, as Markdown.

``python -m tests.benchmarks.pages FOLDER``; in the folder are the pages, ``html/NAME.html.gz`` or
``html/NAME.html``, and what is known of them, ``ground-truth.json``: ``{"NAME": {"articleBody":
"the text of the article, without its headline"}, ...}``. This is how the public
article-extraction-benchmark is laid out.

Word F1 is that of the words of a page with their counts, in lower case; a mean over the pages. A
page on which nothing is found has 0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

import framing as fr
from framing.schema import SCORED_ROLES
from framing.text.encoding import decode
from tests.benchmarks.copies import markdown

_WORD = re.compile(r"\w+")


class Found(NamedTuple):
    """What share of the words found is right, and what share of the right ones was found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    print(markdown(compared(options.parse_args().folder).round(4)))


def compared(folder: Path) -> pd.DataFrame:
    """Means over the pages, of trafilatura alone and of the body paragraphs of `read_corpus`."""
    told = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    known = {name: page["articleBody"] for name, page in told.items()}
    theirs, ours = alone(folder / "html"), body(folder / "html")
    rows = []
    for tool, texts in (("trafilatura", theirs), ("framing", ours)):
        found = [overlap(texts.get(name, ""), text) for name, text in known.items()]
        means = np.mean([(f.f1, f.precision, f.recall) for f in found], axis=0)
        rows.append((tool, len(found), *means, sum(f.recall == 0 for f in found)))
    columns = ["tool", "pages", "word F1", "precision", "recall", "nothing found"]
    return pd.DataFrame(rows, columns=columns)


def overlap(found: str, known: str) -> Found:
    """Compare two texts by their words, each as often as it stands there."""
    one, other = (Counter(_WORD.findall(text.lower())) for text in (found, known))
    shared = (one & other).total()
    return Found(shared / max(one.total(), 1), shared / max(other.total(), 1))


def alone(folder: Path) -> Mapping[str, str]:
    """What trafilatura itself takes for the article, page by page."""
    from trafilatura import extract

    found = {}
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        html, _ = decode(gzip.decompress(raw) if path.suffix == ".gz" else raw)
        found[_name(path.name)] = extract(html, include_comments=False) or ""
    return found


def body(folder: Path) -> Mapping[str, str]:
    """The paragraphs of each page that are scored as its body."""
    corpus = fr.read_corpus(folder, languages=())
    scored = corpus.paragraphs[corpus.paragraphs["role"].isin(set(SCORED_ROLES) - {"headline"})]
    texts = scored.groupby("article")["text"].agg("\n".join)
    names = corpus.articles.set_index("article")["source"].map(_name)
    return {names[article]: text for article, text in texts.items()}


def _name(file: str) -> str:
    return file.removesuffix(".gz").removesuffix(".html")


if __name__ == "__main__":
    main()
