"""From files to three tables: articles, paragraphs, and an audit of every input."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from os import PathLike
from pathlib import Path

import pandas as pd

from framing.arguments import as_value
from framing.checks import as_pandas
from framing.corpus.blocks.roles import REMOVED
from framing.corpus.carried import with_about, with_carried
from framing.corpus.collect import read_items
from framing.corpus.columns import check_read, columns_table, text_lines, with_notes
from framing.corpus.corpus import Corpus
from framing.corpus.dates import ORDERS
from framing.corpus.language import ENGLISH, known_code
from framing.corpus.readers import Found
from framing.corpus.readers.column_names import FIELDS
from framing.corpus.readers.files import File
from framing.corpus.readers.tables import of_frame
from framing.corpus.readers.walk import walk
from framing.corpus.study_folder import check_settings, is_study, read_tables
from framing.corpus.tables import Tables, tables, tasks
from framing.corpus.versions import marked, with_versions
from framing.corpus.whole_tables import with_ids
from framing.schema import listed
from framing.text.encoding import printable
from framing.utils.files import bundled, find_data, split_sheet
from framing.utils.parallel import collecting_rarely, spread_over
from framing.utils.progress import telling


def read_corpus(
    path: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    outlets: Mapping[str, str] | None = None,
    keep: str | Sequence[str] = (),
    languages: str | Sequence[str] = ("en",),
    dates: str = "",
    workers: int = 1,
    progress: bool = False,
) -> Corpus:
    """Read the articles of a folder, a file or a table.

    Parameters
    ----------
    path : str, Path, DataFrame or a table of polars or Arrow
        A folder, which is read with all its subfolders (``"strait"`` is the example that comes with
        the package, where there is no such folder); one file: text, DOCX, RTF, HTML, WARC,
        CSV, TSV, Excel (``file.xlsx#sheet`` for one sheet), LibreOffice, JSON, JSON lines, Parquet,
        or an export of Nexis Uni, LexisNexis, Factiva, ProQuest, Europresse, Media Cloud, GDELT or
        NewsAPI; or a table with one article per row, read as a CSV of it would be. Files may be
        inside zip archives and gzip. The first bytes of a file decide its format, then its name.
        For files of one article, outlet and date are taken from the path
        (``{date}_{outlet}_{slug}.txt``, ``{outlet}/{date}-{slug}.txt`` and the like), from a block
        of ``Name: value`` lines at the top of a text, and from a table beside it with a column
        ``file``, where they exist; the last wins. A study folder, as ``framing read`` writes it,
        and the folder of tables beside a report open as exactly the articles that were read.
    columns : mapping of str to str, optional
        Which column of a table, or which key of a JSON object, holds which field:
        ``{"outlet": "media_name", "text": "body"}``. Fields are text, article, outlet, date,
        title, event, topic, url, byline, language. The others are found by their usual names and
        by what they hold; a warning lists what was guessed. ``{"outlet": "(path)"}`` takes the name
        of each table.
    outlets : mapping of str to str, optional
        Names in the source and the outlets they stand for: ``{"FOX": "Fox News"}``. Nothing else
        is merged; `lookalikes` lists names that look like one outlet.
    keep : str or sequence of str
        Roles whose blocks are scored as body, although they are not part of the story: caption,
        related, furniture, fragment.
    languages : str or sequence of str
        Codes of the languages whose articles are read; ``"any"`` reads all. The language of an
        article is identified from a sample of its text. Articles that are not English are
        scored for the cues of a lexicon of their language; their tone is missing.
    dates : str
        Order of day and month in dates such as 3/4/2018: "dmy" or "mdy". Without it, the other
        dates of the same column decide; where they do not, such a date stays empty.
    workers : int
        Number of processes that read and classify; the tables do not depend on it. With more than
        one, a script needs ``if __name__ == "__main__":``.
    progress : bool
        Whether to show the progress on standard error.

    Returns
    -------
    Corpus
        ``articles``: one row per article: ``article`` (id), ``outlet``, ``date`` (NaT if unknown),
        ``title``, ``event``, ``topic``, ``url``, ``byline``, ``language`` (a code, empty if
        unknown), ``agency`` (the news agencies credited in its byline, dateline or last lines,
        joined by "; "; see `framing.corpus.agencies`), ``body_status`` (full, truncated, missing),
        ``source`` (file and row, counted from 1), ``version_of`` (the id of the earliest article
        with the same URL; empty for the earliest). Further columns of the source follow; one whose
        name has a meaning here gets the ending ``_given``. ``article_given`` has the ids of the
        source, where some were given to several articles and got ``#2``.

        ``paragraphs``: one row per block: ``article``, ``outlet``, ``date``, ``event``,
        ``paragraph`` (0-based position), ``role`` (headline, standfirst, body, caption, related,
        furniture, fragment), ``text``, ``words``, ``topic`` if an article has one, ``language`` if
        there are articles that are not English, and ``version_of`` if there are later versions of a
        page, which comparisons leave out. The blocks of a body that the source cut off are
        fragments: only the headline of such an article is scored.

        ``audit``: one row per input, in which ``block`` is missing, with its number of ``blocks``
        and of those ``kept`` for scoring; and one row per block that was not kept. ``outcome`` is
        scored, skipped or failed; ``reason`` says why, or what was repaired.

        ``columns``: one row per column of the source: ``file`` and the number of ``files`` with
        the same columns, ``column``, ``field`` (empty if it is not used), ``how`` it was decided,
        and the number of ``rows``.

    Raises
    ------
    FileNotFoundError
        If ``path`` does not exist.
    TypeError
        If ``path`` is several paths, or none.
    ValueError
        If no article can be read, ``columns`` or ``keep`` has an unknown name, or the folder is a
        study that is incomplete, damaged, or was read with other options.

    Warns
    -----
    UserWarning
        Which columns were guessed.

    Examples
    --------
    >>> read_corpus("corpora/strait").articles["outlet"].nunique()
    6
    """
    keep, languages = _kept(keep), _codes(languages)
    if dates not in ("", *ORDERS):
        raise ValueError(f'dates must be "dmy" or "mdy", got {dates!r}')
    columns, outlets = columns or {}, outlets or {}
    for option, names in (("columns", columns), ("outlets", outlets)):
        _check_names(option, names)
    path, columns = as_pandas(path), _fields(columns)
    inputs: Iterable[File | Found]
    if isinstance(path, pd.DataFrame):
        name, inputs = "table", of_frame(path, columns)
    else:
        file, sheet = _found(path)
        if is_study(file):
            options = {"columns": columns, "outlets": outlets, "dates": dates}
            check_settings(file, **options, keep=keep, languages=languages)
            return _of_study(file)
        name, inputs = printable(file.name), walk(file, sheet)
    with collecting_rarely(), spread_over(workers) as spread:
        found = read_items(inputs, columns, languages, spread)
        batches = telling(found, "Inputs read", len) if progress else found
        items = with_ids(chain.from_iterable(batches), outlets, dates)
        of_items = [item.found for item in items]
        mapping = columns_table(of_items)
        check_read(of_items, mapping, columns, name)
        made = spread(tables, tasks(items, keep))
        if progress:
            made = telling(made, "Articles classified", lambda part: len(part.articles))
        corpus = _joined(list(made), mapping)
    for line in text_lines(corpus.articles, corpus.audit):
        warnings.warn(printable(f"{name}: {line}"), stacklevel=2)
    return corpus


def _of_study(folder: Path) -> Corpus:
    """Return the articles that were read into a study folder."""
    articles, paragraphs, *others = read_tables(folder)
    return Corpus(articles, marked(paragraphs, articles), *others)


def load_example() -> Corpus:
    """Return the example corpus: six invented outlets on events in an invented strait.

    Returns
    -------
    Corpus
        74 articles and their paragraphs, with the audit. In the public domain (CC0).

    Examples
    --------
    >>> load_example()
    Corpus of 74 articles from 6 outlets, 1,256 paragraphs (inputs: 74 scored, 1 skipped)
    """
    return read_corpus(bundled("corpora/strait"))


def _check_names(option: str, names: object) -> None:
    """Raise an error unless an option gives a name to each of several names."""
    if not isinstance(names, Mapping):
        raise TypeError(f"{option} must be a dict of names, got {as_value(names)}")
    for name, other in names.items():
        if not isinstance(other, str):
            raise TypeError(f"{option} must give a name for {name!r}, got {as_value(other)}")


def _fields(columns: Mapping[str, str]) -> Mapping[str, str]:
    if wrong := sorted(set(columns) - set(FIELDS)):
        near = get_close_matches(wrong[0], FIELDS, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise ValueError(f"no field {wrong[0]!r}{hint}; fields are: {', '.join(FIELDS)}")
    return columns


def _kept(keep: str | Sequence[str]) -> list[str]:
    if wrong := sorted(set(listed(keep)) - set(REMOVED)):
        raise ValueError(f"keep must be among {', '.join(REMOVED)}, got {wrong[0]!r}")
    return listed(keep)


def _codes(languages: str | Sequence[str]) -> list[str]:
    """Return codes of languages; none for any of them."""
    return [] if "any" in listed(languages) else [known_code(name) for name in listed(languages)]


def _joined(parts: Sequence[Tables], mapping: pd.DataFrame) -> Corpus:
    """Return the tables of all articles, with the columns that only all of them can tell."""
    whole = zip(*parts, strict=True)
    articles, paragraphs, audit = (pd.concat(part, ignore_index=True) for part in whole)
    articles, paragraphs, notes = with_carried(articles, paragraphs)
    mapping = with_notes(mapping, notes)
    if not articles["language"].isin(["", ENGLISH]).all():
        paragraphs = with_about(paragraphs, articles, "language")
    articles, paragraphs = with_versions(articles, paragraphs)
    return Corpus(articles, paragraphs, audit, mapping)


def _found(path: object) -> tuple[Path, str]:
    """Return the folder or file that is to be read, and its sheet."""
    if not isinstance(path, str | PathLike):
        raise TypeError(
            f"path must be one folder, file or table, got {as_value(path)}; several files are read "
            "as a folder, or joined with pandas.concat"
        )
    if not str(path):
        raise ValueError("path must name a folder or a file, got ''; '.' is the folder itself")
    whole = find_data(path if isinstance(path, str) else Path(path), "corpora")
    file, sheet = split_sheet(whole)
    if not file.exists():
        raise FileNotFoundError(f"{printable(whole)}: no such file or folder")
    return file, sheet
