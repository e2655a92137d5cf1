"""Which column of a table holds which field of an article: by names, then by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from framing.corpus.readers import Column
from framing.corpus.readers import column_names as usual
from framing.corpus.readers.by_name import by_name, is_stamp, of_label
from framing.corpus.readers.column_names import Export, key
from framing.corpus.readers.parts import Parts
from framing.corpus.readers.profiles import LONG, SHORT, Profile
from framing.schema import RESERVED
from framing.text.encoding import printable

JOINED = "not used: the rows of each article are joined"
NOT_USED = "not used: a long text"
FILE_NAME = "(path)"  # in the place of a column: the name of the table
LEAD = "lead; it stands before a text that does not have it"
MAYBE_PARTS = "the rows may be parts of articles"
MAYBE_TEXT = "carried; it may be the text"
MAYBE_TITLE = "carried; it may be the title"
MAYBE_DATE = "carried; the day of collection or of a change"
_Names = Sequence[str]
_Fields = Mapping[str, str]  # the column of each
_ANOTHER_TEXT = 200  # words in the median cell of a column that is not carried beside the text
_FEWEST_OF_TITLE, _FEW = 3, 0.2  # words in the median title; share of cells that are none
_TIMES = 3  # as many words as in an export's own text has one that was merged into it
_SECOND = re.compile(r"_\d+$")  # of columns of one name
_LABEL = 5  # words in the median cell of a "content" or "story" that is no text
_LONG_IN_SIDECAR = 80  # a description of a file is shorter


class Mapped(NamedTuple):
    """Which column holds which field, and what becomes of the other columns.

    ``carried`` maps columns to their names in the table of articles. ``question`` is what the user
    has to decide before the table can be read; ``lead`` is a column whose text precedes the text,
    and ``lead_alone`` whether it is the text of an article that has no other. ``others`` are more
    columns with the usual name of a text, unless the user named the text.
    """

    columns: Mapping[str, str]
    carried: Mapping[str, str]
    listed: tuple[Column, ...]
    note: str
    about: str
    question: str
    lead: str
    lead_alone: bool
    others: tuple[str, ...]


class Mapper:
    """Fields of the rows of one table, whose columns may differ from row to row.

    ``of(names)`` maps fields to columns: as given, as the export is known, by name, or by content.

    >>> Mapper({}, {}).of(("Body", "media_name", "leaning"))[:2]
    ({'text': 'Body', 'outlet': 'media_name'}, {'leaning': 'leaning'})
    """

    def __init__(
        self,
        given: Mapping[str, str],
        profiles: Mapping[str, Profile],
        parts: Parts = Parts(),  # noqa: B008
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self._given, self._profiles, self._parts = given, profiles, parts
        self._labels = labels or {}
        self.of = lru_cache(maxsize=1000)(self._mapped)

    def _mapped(self, names: tuple[str, ...]) -> Mapped:
        given = {f: there for f, name in self._given.items() if (there := _there(name, names))}
        export = usual.export_of(names)
        files = (n for n in names if key(n) in usual.ABOUT or self._holds(n).files > 0.5)
        about = "" if export.system else next(files, "")
        columns, how, question = self._fields(names, given, export, about)
        lead = self._lead(names, columns, how, export)
        left = self._left(names, {*columns.values(), lead}, columns.get("text"))
        carried = _carried([n for n in names if n not in left], columns)
        if export.lead:
            carried.pop(lead, None)
        listed = [Column(c, f, how[f]) for f, c in columns.items() if c not in left]
        listed += [Column(lead, "text", how["text"] if export.lead else LEAD)] if lead else []
        why = self._doubts(carried, columns, about, export)
        listed += [Column(c, f, why.get(c, "carried")) for c, f in carried.items()]
        listed += [Column(name, "", reason) for name, reason in left.items()]
        if "outlet" not in columns and "url" in columns:
            listed.append(Column(columns["url"], "outlet", "host of the URL"))
        is_given = how.get("text") in (None, "given")
        others = (n for n in names if n not in (*columns.values(), lead) and not is_given)
        texts = tuple(n for n in others if key(_SECOND.sub("", n)) in usual.SYNONYMS["text"])
        return Mapped(
            columns, carried, tuple(self._with_doubt(column) for column in listed),
            "" if "date" in given else export.note,
            "" if "text" in columns else about, question, lead, bool(export.lead), texts,
        )  # fmt: skip

    def _holds(self, name: str) -> Profile:
        return self._profiles.get(name, Profile())

    def _fields(
        self, names: _Names, given: _Fields, export: Export, about: str
    ) -> tuple[dict[str, str], dict[str, str], str]:
        """Return the column of each field, how that was decided, and the question left open."""
        exported = ""
        if export.system:
            known = {f: _there(name, names) for f, name in export.columns.items()}
            columns = {f: name for f, name in known.items() if name}
            how = dict.fromkeys(columns, f"{export.system} export")
            exported = columns.pop("text", "")
            texts = self._merged_texts(names, columns, how, export.lead, exported)
        else:
            columns = {**by_name(names, self._profiles, set(given.values())), **given}
            how = {f: "name" if _is_plain(f, c) else "similar name" for f, c in columns.items()}
            for find, why in (
                (self._by_label, "label"), (self._title, "content"), (self._date, "content")
            ):  # fmt: skip
                added = find(names, columns)
                columns = {f: c for f, c in columns.items() if c not in added.values()} | added
                how |= dict.fromkeys(added, why)
            texts = self._texts(names, columns, _LONG_IN_SIDECAR if about else LONG)
        texts = [] if "text" in given else texts
        if texts:
            columns.pop("text", None)
        if len(texts) == 1:
            columns["text"], how["text"] = texts[0], "content"
        elif exported and not texts:
            columns.setdefault("text", exported)
        unclear = bool(texts or about) and "text" not in columns
        if not (export.system or unclear) and (whole := self._whole_text(names, columns)):
            columns["text"], how["text"] = whole, "content"
        whole = self._parts.whole
        if whole and whole in names and columns.get("article") != whole:
            columns["article"], how["article"] = whole, "content"
        return {**columns, **given}, how | dict.fromkeys(given, "given"), _which(texts)

    def _lead(self, names: _Names, columns: _Fields, how: _Fields, export: Export) -> str:
        """Return the column of the first paragraph, if the text is in another one."""
        text = columns.get("text")
        if export.lead:
            return export.lead if text == export.columns["text"] else ""
        if text is None or how["text"] == "given":
            return ""
        return next((n for n in self._long(names) if key(n) in usual.LEADS and n != text), "")

    def _left(self, names: Iterable[str], used: set[str], text: str | None) -> dict[str, str]:
        """Return the columns that are not used, with the reason."""
        left: dict[str, str] = {}
        for name in names:
            holds = self._holds(name)
            part_of_text = text is not None and name.startswith(f"{text}.") and holds.is_long
            if name not in used and (part_of_text or holds.words >= _ANOTHER_TEXT):
                left[name] = NOT_USED
        part = self._parts.part
        return left | ({part: JOINED} if part and part in names else {})

    def _doubts(
        self, carried: Iterable[str], columns: _Fields, about: str, export: Export
    ) -> dict[str, str]:
        """Return the columns that are carried, but may be the text, the title or the date."""
        found = {} if "text" in columns or about else dict.fromkeys(self._long(carried), MAYBE_TEXT)
        short = [name for name in carried if self._may_be_title(name)]
        if "title" not in columns and len(short) == 1:
            found.setdefault(short[0], MAYBE_TITLE)
        if "date" not in columns and not export.system:
            dated = ((n, key(n)) for n in self._dated(carried))
            other = [n for n, k in dated if usual.NOT_PUBLISHED.search(k) or k in usual.STAMPS]
            found |= dict.fromkeys(other, MAYBE_DATE)
        return found

    def _with_doubt(self, column: Column) -> Column:
        doubtful = self._parts.doubt and column.column == self._parts.doubt
        return column._replace(how=f"{column.how}; {MAYBE_PARTS}") if doubtful else column

    def _merged_texts(
        self, names: _Names, columns: dict[str, str], how: dict[str, str], lead: str, exported: str
    ) -> list[str]:
        """Return the texts that may be merged into an export with none, or only its beginning.

        One that has the usual name is added.
        """
        least = _TIMES * self._holds(exported).words
        free = [n for n in names if n != lead and n not in columns.values()]
        longer = [n for n in self._long(free) if self._holds(n).words > least]
        if text := by_name(longer, self._profiles).get("text"):
            columns["text"], how["text"] = text, "similar name"
            return []
        return self._texts(longer, columns)

    def _by_label(self, names: _Names, columns: _Fields) -> dict[str, str]:
        """Return the fields that only the labels of columns tell, in files of Stata and SPSS."""
        free = {of_label(self._labels[n]): n for n in names if self._labels.get(n)}
        free = {label: n for label, n in free.items() if n not in columns.values()}
        profiles = {label: self._holds(n) for label, n in free.items()}
        found = by_name(list(free), profiles)
        return {field: free[label] for field, label in found.items() if field not in columns}

    def _title(self, names: _Names, columns: _Fields) -> dict[str, str]:
        """Return a title under the name of a link or an article, as in lists of hits."""
        free = {n for n in names if n not in columns.values() or n == columns.get("article")}
        found = [n for n in names if n in free and key(n) in usual.LINKED and self._may_be_title(n)]
        return {"title": found[0]} if "title" not in columns and len(found) == 1 else {}

    def _may_be_title(self, name: str) -> bool:
        holds = self._holds(name)
        of_length = _FEWEST_OF_TITLE <= holds.words <= SHORT and not holds.same
        return of_length and holds.urls + holds.files + holds.dates < _FEW

    def _date(self, names: _Names, columns: _Fields) -> dict[str, str]:
        """Return the only column of dates that may be those of publication."""
        free = [n for n in names if n not in columns.values()]
        dated = self._dated(n for n in free if not usual.NOT_PUBLISHED.search(key(n)))
        dated = [n for n in dated if not is_stamp(n, names)]
        return {"date": dated[0]} if "date" not in columns and len(dated) == 1 else {}

    def _texts(self, names: _Names, columns: _Fields, least: int = LONG) -> list[str]:
        """Return the columns of long texts, if no name tells the text."""
        free = [n for n in names if n not in columns.values()]
        long = self._long(free, least)
        if "title" in columns:
            long = [name for name in long if key(name) not in usual.SUMMARIES]
        is_label = 0 < self._holds(columns.get("text", "")).words < _LABEL
        return long if "text" not in columns or is_label else []

    def _whole_text(self, names: _Names, columns: _Fields) -> str:
        """Return the column in which a text goes on that breaks off in most cells.

        In tables without a text, an "excerpt" may go on in a "summary" that is the whole of it.
        """
        summaries = [n for n in names if key(n) in usual.SUMMARIES]
        begun, full = summaries, self._long(summaries, SHORT)
        if "text" in columns:
            begun, full = [columns["text"]], [n for n in self._long(names) if n not in summaries]
        known = [self._holds(name) for name in begun]
        return next((n for n in full if any(b.goes_on_in(self._holds(n)) for b in known)), "")

    def _dated(self, names: Iterable[str]) -> list[str]:
        """Return the columns of dates."""
        return [n for n in names if self._holds(n).dates > 0.8]

    def _long(self, names: Iterable[str], least: int = LONG) -> list[str]:
        """Return the columns of texts of so many words."""
        return [n for n in names if (of_it := self._holds(n)).is_long and of_it.words >= least]


def _carried(names: _Names, columns: _Fields) -> dict[str, str]:
    """Return the columns that are no field, with names that do not clash with ours."""
    used = set(columns.values())
    parents = {name.rsplit(".", n)[0] for name in names for n in range(1, name.count(".") + 1)}
    carried: dict[str, str] = {}
    known, taken = set(names), set[str]()
    for name in names:
        if name in used or name in parents or not name.strip():
            continue
        safe = printable(f"{name}_given" if name.strip() in RESERVED else name)
        while safe in taken or (safe != name and safe in known):
            safe += "_"
        carried[name] = safe
        taken.add(safe)
    return carried


def _which(texts: _Names) -> str:
    """Return the question that several long texts leave open."""
    if len(texts) < 2:
        return ""
    quoted = ", ".join(map(repr, texts[:5]))
    return (
        f"which column is the text? {quoted} have long texts: name it with "
        f"columns={{'text': {texts[0]!r}}} or --map text={texts[0]}; call parts of one text "
        "text_part_1, text_part_2 …, and they are joined"
    )


def _is_plain(field: str, name: str) -> bool:
    return key(name) == field or (field == "article" and key(name) == "id")


def _there(name: str, names: _Names) -> str:
    """Return the column of a name, or the one that has it inside; empty if there is none."""
    if name == FILE_NAME:
        return name
    outer = name.partition(".")[0]
    return next((n for n in (name, outer) if n in names), "")
