"""Sidecar tables: one row per file beside them, with its outlet, date and so on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from framing.corpus.readers import METADATA, Found, file_of

USED = "describes another input"  # reason of rows that are read with the file that they describe
_EXTENSION = re.compile(r"\.[a-z]\w{1,7}$")


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
        for name in {*_names(f.source), *_names(f.source.rpartition("/")[2])}:
            places.setdefault(name, []).append(place)
    told = []
    for row in rows:
        at = places.get(row.about.replace("\\", "/").lower().removeprefix("./"), [])
        if len(at) != 1:
            why = f"{'no such file' if not at else f'{len(at)} files of that name'}: {row.about!r}"
            told.append(row._replace(outcome="failed", reason=why))
            continue
        said = {name: value for name in METADATA if (value := getattr(row, name))}
        article = articles[at[0]]
        mapped = tuple(column for column in article.mapped if column.field not in said)
        articles[at[0]] = article._replace(
            **said, mapped=(*mapped, *row.mapped), extra=row.extra, missing=row.missing
        )
        told.append(row._replace(reason=f"{USED}: {articles[at[0]].source}"))
    return articles + told


def by_id(found: Sequence[Found], bodies: Sequence[bool]) -> list[Found]:
    """Let rows without a body describe the files that they name in some column: 7 is ``007.txt``.

    A file without a body describes the text of its own name: ``7.json`` beside ``7.txt``; a row
    without one describes the row of its id in a table of nothing but ids and texts. In that
    column, whatever it is called, at least half of the rows of a table have to name a file
    each, and each another one; then the other rows of the table describe files that do not exist.
    """
    both = list(zip(found, bodies, strict=True))
    texts = [f.source for f, body in both if body and file_of(f.source) == f.source]
    named = Counter(map(_id, texts))
    files = {_id(text): text for text in texts if named[_id(text)] == 1}
    stems = {_stem(text): text for text in texts}
    about: dict[int, str] = {}
    rows: dict[str, list[int]] = {}
    for n, (f, body) in enumerate(both if texts else ()):
        if f.mapped and not body and (table := file_of(f.source)) != f.source:
            rows.setdefault(table, []).extend([] if f.about else [n])
        elif f.mapped and not body and (text := stems.get(_stem(f.source))):
            about[n] = text
    for of_it in rows.values():
        names = _names_of_files([found[n] for n in of_it], files)
        about |= {n: files.get(_id(name), name) for n, name in zip(of_it, names, strict=False)}
    about |= dict(_of_texts(both))
    return [
        f._replace(outcome="skipped", about=about[n], article="") if n in about else f
        for n, f in enumerate(found)
    ]


def _of_texts(both: Sequence[tuple[Found, bool]]) -> Iterator[tuple[int, str]]:
    """Yield the rows of tables without texts, each with the row that has the text of its id.

    The texts stand in a table of nothing but ids and texts, as LexisNexisTools writes them.
    """
    bare: dict[str, dict[str, str]] = {}
    others = set[str]()
    heads: dict[str, list[int]] = {}
    for n, (f, body) in enumerate(both):
        table = file_of(f.source)
        if not f.mapped or f.about or table == f.source:
            continue
        if not body:
            heads.setdefault(table, []).append(n)
        elif f.title or f.outlet or f.date or not f.article or f.article in bare.get(table, {}):
            others.add(table)
        else:
            bare.setdefault(table, {})[f.article] = f.source
    texts = {t: rows for t, rows in bare.items() if t not in others | heads.keys()}
    for table, rows in heads.items():
        ids = Counter(both[n][0].article for n in rows)
        beside = [of_it for t, of_it in texts.items() if _folder(t) == _folder(table)]
        of_text = beside.pop() if len(beside) == 1 else {}
        known = [n for n in rows if both[n][0].article in of_text]
        if table not in bare and table not in others and 2 * len(known) >= len(rows):
            yield from ((n, of_text[i]) for n in known if ids[i := both[n][0].article] == 1)


def _names_of_files(rows: Sequence[Found], files: Mapping[str, str]) -> list[str]:
    """Return the cells of the column that names files, one for each row; none without one."""
    columns: dict[str, list[str]] = {"": [f.article for f in rows]}
    for n, f in enumerate(rows):
        for column, cell in f.extra:
            columns.setdefault(column, [""] * len(rows))[n] = cell
    known = {c: [_id(cell) for cell in of_it if _id(cell) in files] for c, of_it in columns.items()}
    best = max(known, key=lambda column: len(known[column]))
    fitting = known[best]
    named = len(fitting) > 1 and 2 * len(fitting) >= len(rows) and len(set(fitting)) == len(fitting)
    return columns[best] if named else []


def _folder(table: str) -> str:
    """Return the workbook of a sheet, or the folder of a file."""
    return table.rpartition("#" if "#" in table else "/")[0]


def _stem(source: str) -> str:
    return source.lower().rsplit(".", 1)[0]


def _id(name: str) -> str:
    """Return a name without folders, extension and leading zeros.

    >>> _id("texts/007.txt"), _id("0000"), _id("")
    ('7', '0', '')
    """
    base = name.replace("\\", "/").rpartition("/")[2].strip().lower()
    bare = _stem(base) if _EXTENSION.search(base) else base
    return bare.lstrip("0") or bare[:1]


def _names(source: str) -> set[str]:
    """Return the names of a file with and without its extension."""
    return {source.lower(), _stem(source)}
