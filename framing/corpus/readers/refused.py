"""Files of formats that are not read, with what to do about it.

Those that first bytes or names tell are in ``refused.csv``: bytes as in Python, names with spaces.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from framing.corpus.readers import Found, skipped, wordpress
from framing.corpus.readers.files import File

_TABLE = Path(__file__).with_suffix(".csv").read_text("utf-8").splitlines()
_FORMATS = [
    (begins.encode().decode("unicode_escape").encode("latin-1"), tuple(names.split()), reason)
    for begins, names, reason in csv.reader(_TABLE[1:])
]
# References begin with a tag of RIS, MEDLINE, EndNote or BibTeX.
_REFERENCES = re.compile(
    r"TY  - |PMID- |%0 [A-Z]|@(?:article|misc|book|inproceedings|techreport|online|newspaper)\{",
    re.IGNORECASE,
)
_READ = re.compile(r"\{\\rtf|<(?:!doctype html|html)\b", re.IGNORECASE)
_OLD_WORD = (b"\xd0\xcf", b"\xdb\xa5", b"1\xbe")
_MANY_TEXTS = re.compile(r"(?:@@|##)[\d-]+ ")  # english-corpora.org
_WORD_A_LINE = re.compile(
    r"(?:<(?:doc|text|corpus|p|s)\b[^<>\n]*>\s*"
    r"|# ?(?:newdoc|newpar|sent_id|text|global\.)[^\n]*\n)+"
    r"(?:[^\t\n<]{1,60}\t[^\n]{0,200}\n){3}"
)
_REFERENCE_NAMES = (".ris", ".bib", ".enw", ".nbib", ".enl")
_SGML = re.compile(r"<!DOCTYPE (?!html|nitf|article)\w+ (?:SYSTEM|PUBLIC)", re.IGNORECASE)
_SQL = re.compile(
    r"-- (?:MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin|Host:|Adminer)\b.{0,40}"
    r"|(?:DROP TABLE IF EXISTS|CREATE TABLE|INSERT INTO|PRAGMA foreign_keys|BEGIN TRANSACTION)\b"
)
_GDELT = re.compile(r"(?:.*\D)?\d{8,14}\.(?:export|gkg|gkgcounts|mentions)\.csv")
_HAR = re.compile(r'\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries)"')
_FEED = re.compile(
    r"<(\?xml[^>]*>\s*(?:(?:<!--.*?-->|<\?.*?\?>)\s*)*+<)?(rss|feed|rdf:RDF)\b", re.DOTALL
)


def recognises(file: File) -> bool:
    """Return whether the file is of a format that is known and not read."""
    return bool(_reason(file))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the file as skipped, with the reason."""
    yield skipped(file.source, _reason(file))


def _is_read(file: File) -> bool:
    """Return whether the first bytes are those of a format that is read, whatever the name says."""
    in_word = file.head.startswith(b"PK") and b"word/document.xml" in file.head
    plain = file.name.endswith(".doc") and b"\0" not in file.head
    plain = plain and not file.head.startswith(_OLD_WORD)
    return in_word or plain or _READ.match(file.start) is not None


def _reason(file: File) -> str:
    misnamed = _is_read(file)
    for begins, extensions, reason in _FORMATS:
        named = not misnamed and file.name.endswith(extensions)
        if (begins and file.head.startswith(begins)) or named:
            return reason
    if file.name.endswith(_REFERENCE_NAMES) or _REFERENCES.match(file.start):
        return "references, which hold abstracts at most: export the full texts from the database"
    if _MANY_TEXTS.match(file.start):
        return "several texts in one file (each begins with @@ or ##): write each to its own file"
    if _WORD_A_LINE.match(file.start):
        return "a word in each line (a vertical file): write the texts as CSV, or each to a file"
    if _SGML.match(file.start):
        return "SGML with several documents in it: no reader; convert it to CSV, text or HTML"
    if _GDELT.fullmatch(file.name):
        return "a table of GDELT, which has no texts: collect the pages that it links to"
    if _HAR.match(file.start):
        return "what a browser loaded (HAR): save its pages as HTML, or as a web archive (WARC)"
    if _SQL.match(file.start):
        return "a dump of a database (SQL): export the table of articles as CSV from the database"
    if _FEED.match(file.start[:2000]) and not wordpress.recognises(file):
        return "a feed (RSS or Atom), which has summaries only: save the pages that it links to"
    return ""
