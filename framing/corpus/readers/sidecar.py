"""Sidecar tables: one row per file beside them, with its outlet, date and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from framing.corpus.readers import METADATA, Found, file_of


def join(found: Sequence[Found]) -> list[Found]:
    """Add the metadata in sidecar rows to the articles of their files.

    A row names a file by its path below the folder, or by its name alone. Its values win over
    those of path, header or page. A row whose file does not exist fails.
    """
    rows = [f for f in found if f.about]
    if not rows:
        return list(found)
    articles = [f for f in found if not f.about]
    places: dict[str, list[int]] = {}
    for place, f in enumerate(articles):
        for name in {*_names(f.source), *_names(f.source.rsplit("/", 1)[-1])}:
            places.setdefault(name, []).append(place)
    told = []
    for row in rows:
        at = places.get(row.about.replace("\\", "/").lower().removeprefix("./"), [])
        if len(at) != 1:
            why = f"{row.about!r}: {'no such file' if not at else f'{len(at)} files of that name'}"
            told.append(row._replace(outcome="failed", reason=why))
            continue
        said = {name: value for name in METADATA if (value := getattr(row, name))}
        article = articles[at[0]]
        mapped = tuple(column for column in article.mapped if column.field not in said)
        articles[at[0]] = article._replace(
            **said, mapped=(*mapped, *row.mapped), extra=row.extra, missing=row.missing
        )
        told.append(row._replace(reason=f"tells of {articles[at[0]].source}"))
    return articles + told


def by_id(found: Sequence[Found], bodies: Sequence[bool]) -> list[Found]:
    """Let rows without a body describe the files whose names are their ids: 7 is ``007.txt``.

    At least half of the rows of a table have to name a file each.
    """
    texts = [
        f for f, body in zip(found, bodies, strict=True) if body and file_of(f.source) == f.source
    ]
    named = Counter(_id(f.source) for f in texts)
    rows: dict[str, list[int]] = {}
    for n, (f, body) in enumerate(zip(found, bodies, strict=True)):
        if f.outcome == "scored" and f.article and not body and file_of(f.source) != f.source:
            rows.setdefault(file_of(f.source), []).append(n)
    files = {_id(f.source): f.source for f in texts}
    out = list(found)
    for of_it in rows.values():
        fitting = [n for n in of_it if named[_id(found[n].article)] == 1]
        for n in fitting if 2 * len(fitting) >= len(of_it) and len(fitting) > 1 else ():
            about = files[_id(found[n].article)]
            out[n] = found[n]._replace(outcome="skipped", about=about, article="")
    return out


def _id(name: str) -> str:
    """Return a name without folders, extension and leading zeros."""
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower().lstrip("0")


def _names(source: str) -> set[str]:
    """Return the names of a file with and without its extension."""
    lowered = source.lower()
    return {lowered, lowered.rsplit(".", 1)[0]}
