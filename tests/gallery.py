"""Reports of all kinds and their first pages as pictures, to be looked at.

``python -m tests.gallery FOLDER`` makes all of them, ``python -m tests.gallery FOLDER NAME …`` some.
It prints how many pages a report has, and which share of each page but the last is empty.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from PIL import Image

import framing as fr
from framing.typeset.compiler import fitted
from framing.typeset.notebook import typeset
from framing.typeset.pdf import lay_out
from framing.typeset.pieces import Context
from framing.typeset.text import Typesetter

ARTICLES = 712  # of the made corpora
ACROSS = 5  # pages in a row of the overview
DICTIONARY = {"ships": ["ship*", "warship*", "ferr*", "boat*"], "talks": ["talks", "negotiat*"]}


def reports(folder: Path) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """Return notebook, corpus and parameters of each report, by its name."""
    return {
        "1-outlet": ("portrait", "strait", {"outlet": "Daily Clarion"}),
        "2-outlets": ("outlets", "strait", {"outlets": ["Daily Clarion", "Meridian Wire"]}),
        "6-outlets": ("outlets", "strait", {}),
        "12-outlets": ("outlets", made_corpus(folder, 12), {}),
        "89-outlets": ("outlets", made_corpus(folder, 89), {}),
        "groups": ("outlets", made_corpus(folder, 12), {"groups": "leaning"}),
        "leanings": ("outlets", made_corpus(folder, 12), {"by": "leaning"}),
        "headlines": ("headlines", "strait", {}),
        "headlines-groups": ("headlines", made_corpus(folder, 12), {"groups": "leaning"}),
        "timeline": ("timeline", "strait", {"breaks": ["2031-04-07"]}),
        "rewrite": ("rewrite", "strait", {}),
        "article": ("article", "strait", {}),
        "own-dictionary": ("outlets", "strait", {"lexicon": str(made_dictionary(folder))}),
        "validated": ("outlets", "strait", {"coded": "strait-coded"}),
        "validate": ("validate", "strait", {}),
    }


def made_corpus(folder: Path, outlets: int) -> Path:
    """Write articles of so many outlets, of paragraphs of the example drawn at random."""
    draw, paragraphs = random.Random(outlets), fr.load_example().paragraphs
    texts = list(paragraphs["text"][paragraphs["role"] == "body"])
    path = folder / f"{outlets}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["outlet", "leaning", "date", "title", "text"])
        for number in range(ARTICLES):
            text = "\n\n".join(draw.sample(texts, 9))
            date = f"2031-{1 + number % 12:02d}-{1 + number % 28:02d}"
            paper = number % outlets
            leaning = ("left", "centre", "right")[paper % 3]
            rows.writerow([f"Paper {1 + paper}", leaning, date, f"Story {number}", text])
    return path


def made_dictionary(folder: Path) -> Path:
    """Write a dictionary of two categories."""
    lines = [f"{name},{entry}" for name, entries in DICTIONARY.items() for entry in entries]
    path = folder / "sea.csv"
    path.write_text("category,entry\n" + "\n".join(lines) + "\n", encoding="utf-8")
    path.with_suffix(".toml").write_text('name = "Sea words"\nversion = "1"\n', encoding="utf-8")
    return path


def first_page(notebook: Path, out: Path) -> list[float]:
    """Draw the first page of an executed notebook; return what of each page but the last is empty."""
    context = Context(Typesetter(None), 442.0, 700.0)
    source = typeset(nbformat.read(notebook, as_version=4), context, name=out.stem, paper="a4")
    with tempfile.TemporaryDirectory() as temporary:
        pages = compiled(source, context.assets, Path(temporary), ppi=110)
        pages[0].save(out)
        return [empty(page) for page in pages[:-1]]


def compiled(
    source: str, assets: dict[str, bytes], work: Path, *, ppi: float = 40
) -> list[Image.Image]:
    """Draw all pages of a report, in a folder that keeps what Typst needs."""
    lay_out(work, source, assets)
    fitted(work).compile(output=work / "{p}.png", format="png", ppi=ppi)
    pages = sorted(work.glob("*.png"), key=lambda file: int(file.stem))
    return [Image.open(page) for page in pages]


def empty(page: Image.Image) -> float:
    """Return the share of a page, without its margins, that is below the last ink."""
    rows = np.asarray(page.convert("L"))
    millimetres = 297 if rows.shape[0] > rows.shape[1] else 210
    top, bottom = (round(rows.shape[0] * at / millimetres) for at in (27, millimetres - 25))
    inked = np.flatnonzero((rows[top:bottom] < 200).any(axis=1))
    return 1 - (inked.max(initial=-1) + 1) / (bottom - top)


def overview(pages: list[Path], out: Path) -> None:
    """Put all pages into one picture."""
    images = [Image.open(page).convert("RGB").reduce(2) for page in pages]
    wide, high = images[0].size
    sheet = Image.new("RGB", (wide * ACROSS, high * -(-len(images) // ACROSS)), "#bbbbbb")
    for place, image in enumerate(images):
        sheet.paste(image, (place % ACROSS * wide, place // ACROSS * high))
    sheet.save(out, optimize=True)


def main(out: Path, *names: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    pages = []
    with tempfile.TemporaryDirectory() as temporary:
        made = reports(Path(temporary))
        for name in names or made:
            notebook, corpus, parameters = made[name]
            pdf, tables = out / f"{name}.pdf", Path(temporary, name)
            fr.render(notebook, pdf, corpus=corpus, parameters=parameters, tables=tables,
                      keep_notebook=True)  # fmt: skip
            pages.append(out / f"{name}.png")
            shares = first_page(pdf.with_suffix(".ipynb"), pages[-1])
            print(name, 1 + len(shares), *(f"{share:.2f}" for share in shares))
    overview(pages, out / "overview.png")


if __name__ == "__main__":
    folder, *chosen = sys.argv[1:] or ["reports/gallery"]
    main(Path(folder), *chosen)
