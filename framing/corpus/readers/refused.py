"""Files of formats that are not read, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.corpus.readers import Found, wordpress
from framing.corpus.readers.files import File

# First bytes, extensions, and the reason; either identifies the format.
_FORMATS: tuple[tuple[bytes, tuple[str, ...], str], ...] = (
    (
        b"%PDF", (".pdf",),
        "PDF: its text has no reliable paragraphs; export the articles from the database as text, "
        "DOCX, RTF or HTML, or convert it (pdftotext -layout)",
    ),
    (b"{\\pwi", (".doc", ".dot", ".wps"), "an old Word document: save it as .docx"),
    (b'{\n "study": {', (), "how a study was read, written by framing"),
    (b'{\n "about": {\n  "by": ', (), "the key of a coding sheet, written by framing"),
    (b'{\n "framing": "', (), "the record of a report, written by framing"),
    (b"", (".odt",), "a word processor document: save it as .docx"),
    (b"", (".pages",), "an Apple Pages document: export it as Word (.docx)"),
    (b"", (".gdoc",), "a link to a Google document: download it as Word (.docx)"),
    (b"", (".gsheet",), "a link to a Google sheet: download it as CSV or Excel"),
    (b"", (".ppt", ".pptx", ".odp", ".key"), "slides: copy their text to a text file"),
    (
        b"[InternetShortcut]", (".url", ".webloc"),
        "a link to a page: open it and save the page as HTML",
    ),
    (
        b"window.YTD.", (),
        "an archive of X (Twitter): write the posts as CSV, with the columns outlet, date and text",
    ),
    (b"", (".js", ".mjs", ".css"), "part of a web page: save the page as HTML"),
    (b"", (".br",), "compressed with brotli: decompress it first (brotli -d)"),
    (
        b"\xff\xd8\xff",
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic", ".avif", ".bmp"),
        "a picture: its text has to be recognised first (OCR)",
    ),
    (b"\x89PNG", (), "a picture: its text has to be recognised first (OCR)"),
    (b"", (".msg",), "an e-mail of Outlook: save its text, or the page that it links to"),
    (
        b"", (".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".avi", ".mkv", ".webm"),
        "a recording: write down what is said, or export its transcript as text",
    ),
    (b"", (".mhtml", ".mht"), "a saved page (MHTML): save it as HTML"),
    (b"", (".webarchive",), "a page saved by Safari: save it as HTML (page source)"),
    (b"", (".epub", ".mobi"), "an e-book: save its chapters as text or HTML"),
    (b"FEA1", (), "Feather, version 1: save the table as version 2, or as Parquet"),
    (b"7z\xbc\xaf", (".7z",), "a 7-Zip archive: unpack it, or make it a zip archive"),
    (b"Rar!", (".rar",), "a RAR archive: unpack it, or make it a zip archive"),
    (b"", (".tar",), "a tar archive of an old kind: unpack it, or make it a zip archive"),
    (
        b"", (".rds", ".rdata", ".rda"),
        "an R file: write the table from R with write.csv(x, 'articles.csv', row.names = FALSE)",
    ),
    (b"", (".numbers",), "an Apple Numbers file: export it as CSV or Excel"),
    (
        b"\0" * 12 + b"\xc2\xea\x81\x60", (".sas7bdat", ".xpt"),
        "a SAS file: export the table as CSV or Excel (proc export)",
    ),
    (b"HEADER RECORD*******LIB", (), "a SAS file: export the table as CSV or Excel (proc export)"),
    (b"", (".por",), "an SPSS file of an old kind: save it as .sav, CSV or Excel"),
    (b"", (".pkl", ".pickle"), "a pickle, which is never loaded: save the table as Parquet or CSV"),
    (
        b"", (".sql",),
        "a dump of a database (SQL): export the table of articles as CSV from the database",
    ),
    (
        b"SQLite format 3", (".sqlite", ".db"),
        "a database: export the table of articles as CSV or Parquet",
    ),
    (
        b"\0\1\0\0Standard ", (".accdb", ".mdb"),
        "an Access database: export the table of articles as CSV or Excel",
    ),
)  # fmt: skip
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
    yield Found(file.source, outcome="skipped", reason=_reason(file))


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
