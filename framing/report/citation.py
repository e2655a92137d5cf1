"""How to cite the package and what it builds on, from CITATION.cff."""

from __future__ import annotations

import re
from typing import Any

import yaml

from framing import __version__
from framing.utils.files import bundled

# Words that styles of bibliographies would write small.
_TITLES, _CAPITALS = ("title", "booktitle"), re.compile(r"\b\w*[A-Z]\w*[A-Z]\w*\b")


def citation() -> str:
    """Return the references as text: the package, then VADER.

    >>> print(citation().splitlines()[0])
    The framing authors (2026). framing: tone, hedging and alarm in news, compared across outlets
    (Version ...) [Computer software]. https://pypi.org/project/news-framing/
    """
    package, *others = _references()
    lines = [
        f"{_authors(package)} ({package['year']}). {package['title']} "
        f"(Version {__version__}) [Computer software]. {package['url']}"
    ]
    lines += [
        f"{_authors(work)} ({work['year']}). {work['title']}. {work['collection-title']}, "
        f"{work['volume']}({work['issue']}), {work['start']}–{work['end']}. "
        f"https://doi.org/{work['doi']}"
        for work in others
    ]
    return "\n".join(lines)


def bibtex() -> str:
    """Return the same references as BibTeX entries.

    >>> [line for line in bibtex().splitlines() if line.startswith("@")]
    ['@software{framing,', '@inproceedings{hutto2014,']
    """
    package, *others = _references()
    fields = {
        "author": f"{{{_authors(package)}}}",
        "title": package["title"],
        "version": __version__,
        "year": package["year"],
        "url": package["url"],
    }
    entries = [_entry("software", "framing", fields)]
    for work in others:
        names = [f"{a['family-names']}, {a['given-names']}" for a in work["authors"]]
        fields = {
            "author": " and ".join(names),
            "title": work["title"],
            "booktitle": work["collection-title"],
            "volume": work["volume"],
            "number": work["issue"],
            "pages": f"{work['start']}--{work['end']}",
            "year": work["year"],
            "doi": work["doi"],
        }
        key = f"{work['authors'][0]['family-names'].lower()}{work['year']}"
        entries.append(_entry("inproceedings", key, fields))
    return "\n\n".join(entries)


def _references() -> list[dict[str, Any]]:
    """Return the package and the works it builds on, as CITATION.cff describes them."""
    package = yaml.safe_load(bundled("CITATION.cff").read_text("utf-8"))
    return [package | {"year": package["date-released"].year}, *package["references"]]


def _authors(work: dict[str, Any]) -> str:
    """Name the authors in APA style, such as Hutto, C. J., & Gilbert, E."""
    names = [
        author["name"]
        if "name" in author
        else f"{author['family-names']}, "
        + " ".join(f"{given[0]}." for given in author["given-names"].split())
        for author in work["authors"]
    ]
    return ", & ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _entry(kind: str, key: str, fields: dict[str, Any]) -> str:
    fields = fields | {k: _CAPITALS.sub(r"{\g<0>}", fields[k]) for k in _TITLES if k in fields}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}"
