"""Whether coding sheets say where their sentences are from, by a search over all their bytes.

``python -m tests.validation.blindness [--sheets 200]`` invents a corpus for every sheet, whose
texts name their outlet, author, page and day in many ways, and prints what it finds of these in
the unpacked workbook, its properties and the CSV files.
"""

from __future__ import annotations

import html
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from tests.programs import options

_FIRST = ["Daily", "Evening", "Northern", "Harbour", "Free", "New", "Old", "Island"]
_LAST = ["Gull", "Herald", "Beacon", "Ledger", "Echo", "Lantern", "Courier", "Tide"]
_QUALIFIED = ["{}", "{} (Web News)", "{} Online News", "The {}", "{} - Print"]
_NAMES = ["Ada", "Bram", "Cleo", "Dov", "Esme", "Finn"]
_SURNAMES = ["Oduya", "Marchetti", "Lindqvist", "Okafor", "Petrova", "Sandoval"]
_BYLINES = ["{0}", "By {0}", "By {0} and {1}", "{0}, Staff Writer", "BY {0} | {1}"]
# Each names something that a coder must not see; {site} is the outlet's name without spaces.
_MENTIONS = [
    "{outlet} has learned that it may rain.",
    "It may rain, {caps} can reveal.",
    "{outlet}'s reporters fear a storm.",
    "It may rain, the {short_name} reports.",
    "Write to newsroom@{site}.com, which may answer.",
    "Follow @{site} or {first}_{last}: it clearly rains.",
    "See www.{site}.com/weather or {site}.co.uk/rain for the risk.",
    "It may rain (https://{site}.org/{iso}).",
    "{author} warned of rain.",
    "It may rain, wrote {author_caps}.",
    "On {long} it may rain.",
    "On {british} it may rain.",
    "It may rain on {short}.",
    "As of {iso}, rain is likely.",
    "As of {slashes}, rain is likely.",
    "The{site}App warns of rain.",
]


def invented_corpus(rng: np.random.Generator) -> tuple[pd.DataFrame, list[str]]:
    """Return paragraphs, and what no byte of a sheet may hold, in small letters."""
    outlets = [f"{first} {last}" for first, last in zip(
        rng.choice(_FIRST, 4, replace=False), rng.choice(_LAST, 4, replace=False), strict=True
    )]  # fmt: skip
    rows, secrets = [], {name.lower() for name in outlets}
    secrets |= {name.replace(" ", "") for name in secrets}
    secrets |= {f"the {name.split()[-1].lower()} reports" for name in outlets}
    for outlet in outlets:
        label = str(rng.choice(_QUALIFIED)).format(outlet)
        for number in range(6):
            authors = [f"{rng.choice(_NAMES)} {rng.choice(_SURNAMES)}" for _ in range(2)]
            day = pd.Timestamp("2031-01-01") + pd.Timedelta(days=int(rng.integers(365)))
            first, last = authors[0].split()
            dates = {
                "long": f"{day:%B} {day.day}, {day.year}", "iso": f"{day:%Y-%m-%d}",
                "british": f"{day.day} {day:%B %Y}", "slashes": f"{day:%d/%m/%Y}",
                "short": f"{day:%b}. {day.day}",
            }  # fmt: skip
            byline = str(rng.choice(_BYLINES)).format(*authors)
            named = authors if "and" in byline or "|" in byline else authors[:1]
            secrets |= {author.lower() for author in named}
            secrets |= {f"on {written.lower()} " for written in dates.values()}
            text = " ".join(_MENTIONS).format(
                outlet=outlet, caps=outlet.upper(), site=outlet.replace(" ", "").lower(),
                short_name=outlet.split()[-1],
                author=authors[0], author_caps=authors[0].upper(), first=first, last=last, **dates,
            )  # fmt: skip
            rows.append((f"{label}-{number}", label, byline, day, f"A title of {outlet}", text))
    columns = ["article", "outlet", "byline", "date", "title", "text"]
    return pd.DataFrame(rows, columns=columns).assign(role="body", paragraph=0), sorted(secrets)


def found_in(sheet: fr.CodingSheet, secrets: list[str], folder: Path) -> Iterator[str]:
    """Yield each secret that a file for the coders holds."""
    book = sheet.to_excel(folder / "sheet.xlsx")
    with zipfile.ZipFile(book) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
        parts += [archive.comment, "\n".join(archive.namelist()).encode()]
    csv = sheet.to_csv(folder / "csv")
    parts += [file.read_bytes() for file in csv.glob("*.csv")]
    content = html.unescape(b"\n".join(parts).decode("utf-8", "replace")).lower()
    assert "it may rain" in content
    yield from (secret for secret in secrets if secret in content)


def leaks(seed: int) -> list[str]:
    """Draw a sheet from an invented corpus, and return what it tells of where it is from."""
    paragraphs, secrets = invented_corpus(np.random.default_rng(seed))
    scores = fr.score(paragraphs)
    sheet = fr.coding_sheet(scores, fr.find_cues(scores), hits=20, per_article=None, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        return list(found_in(sheet, secrets, Path(folder)))


def main() -> None:
    """Print the sheets that tell something."""
    sheets = options(__doc__, sheets=200).sheets
    leaking = {seed: found for seed in range(sheets) if (found := leaks(seed))}
    for seed, found in leaking.items():
        print(f"sheet {seed}: {', '.join(found)}")
    print(f"{len(leaking)} sheets tell where sentences are from")


if __name__ == "__main__":
    main()
