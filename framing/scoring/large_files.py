"""Files larger than memory: read, scored and written a piece at a time, and resumed."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm
from vaderSentiment import vaderSentiment

from framing.checks import check_columns
from framing.corpus.language import language_in, telling
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.recipe import Recipe
from framing.schema import PLACE
from framing.scoring.paragraph_checks import check_unique
from framing.scoring.score import chosen_recipes, score, score_rows, scored_rows
from framing.scoring.voices import Layout, layouts, openings
from framing.utils.files import PACKAGE, locked, sha256, sha256_of_package, unfinished
from framing.utils.parallel import cluster, in_order, spread_out

_ROWS, _BYTES = 20_000, 8_000_000  # of a piece, at most; bytes are an estimate
_PART = b"framing part"  # what it depends on, and its number, in the metadata of its file
NEEDED = ("article", "paragraph", "text")
# What scores are computed with: the rooms that this one may import, and libraries. A figure or a
# report may change, and the parts of a run remain what they are.
_ROOMS = ("schema.py", "arguments.py", "checks.py", "text", "utils", "lexicon", "scoring")
_LIBRARIES = ("numpy", "pandas", "pyarrow", "sentencex")


class _Piece(NamedTuple):
    """Rows of a file: the number of the piece, that of its first row, layout and language."""

    number: int
    first: int
    rows: pa.RecordBatch
    where: Layout
    language: str


def score_file(
    source: str | Path,
    out: str | Path,
    *,
    lexicon: Lexicon | None = None,
    recipes: str | Recipe | Sequence[str | Recipe] = (),
    normalise: bool = True,
    workers: int = 1,
    dask: str | None = None,
    progress: bool = False,
) -> Path:
    """Score a Parquet file of paragraphs of any size; an interrupted run is resumed.

    ``source`` has the columns ``article``, ``paragraph`` and ``text``; ``out`` gets those that
    `score` returns. Finished parts are kept in the folder ``<out>.parts`` until all are there, or a
    text is refused; then it is deleted. Parts of another input, lexicon or version are not used.
    ``dask`` is the address of a scheduler, such as ``tcp://10.0.0.1:8786``, whose workers need the
    same versions of this package and its libraries, and none of the files. It is an `OSError` if
    another process writes to ``out``.
    """
    source, out = Path(source), Path(out)
    file = pq.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20)
    lexicon, chosen = chosen_lexicon(lexicon), chosen_recipes(recipes)
    empty = file.schema_arrow.empty_table().to_pandas()
    check_columns(empty, NEEDED, kind="paragraphs, as framing.read_corpus(path) returns them")
    schema = _typed(score(empty, lexicon=lexicon, recipes=chosen), file.schema_arrow)
    if normalise:
        schema = schema.with_metadata({**schema.metadata, **note(source, lexicon)})
    parts = out.with_name(f"{out.name}.parts")
    asked = [recipe.hash for recipe in chosen]
    folder = parts / _key(source, schema, lexicon.hash, *asked, str(normalise), str(_rows(file)))
    out.parent.mkdir(parents=True, exist_ok=True)
    work = partial(
        _score_piece, schema=schema, expected=programs(),
        lexicon=lexicon, recipes=chosen, normalise=normalise,
    )  # fmt: skip
    with locked(out.with_name(f".{out.name}.lock"), out):
        try:
            _write(file, folder, work, schema, out, workers=workers, dask=dask, progress=progress)
        except (TypeError, ValueError):  # a refused text: parts of this input are of no more use
            shutil.rmtree(parts)
            raise
        shutil.rmtree(parts)
    return out


def _write(
    file: pq.ParquetFile,
    folder: Path,
    work: Callable[[_Piece], pa.Table],
    schema: pa.Schema,
    out: Path,
    *,
    workers: int,
    dask: str | None,
    progress: bool,
) -> None:
    """Make the parts that are missing, and a file of all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with _progress(file.metadata.num_rows, shown=progress) as advance:
        where, language = _looked_through(file)
        pieces = _missing(file, folder, where, language, advance)
        for number, rows, scored in _results(work, pieces, workers=workers, dask=dask):
            with unfinished(_part(folder, number)) as path:
                own = scored.replace_schema_metadata({_PART: f"{folder.name} {number}"})
                pq.write_table(own, path, write_page_checksum=True)
            advance(rows)
    with unfinished(out) as path, pq.ParquetWriter(path, schema) as writer:
        for number in range(len(where)):
            writer.write_table(_read(_part(folder, number)))


@cache
def programs() -> str:
    """Return a hash of all code and data that scores are computed with."""
    about = [platform.python_version(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    about += [sha256_of_package(Path(vaderSentiment.__file__).parent)]
    about += [sha256_of_package(PACKAGE, *_ROOMS)]
    return hashlib.sha256("\n".join(about).encode()).hexdigest()


def note(paragraphs: Path, lexicon: Lexicon) -> dict[bytes, bytes]:
    """Return hashes of what scores and cues were made of, for the metadata of their Parquet file.

    They are of the Parquet file of paragraphs, the lexicon and the programs.
    """
    made_of = {"paragraphs": sha256(paragraphs), "lexicon": lexicon.hash, "programs": programs()}
    return {f"framing {name}".encode(): value.encode() for name, value in made_of.items()}


def _key(source: Path, schema: pa.Schema, *settings: str) -> str:
    """Return a name for all that the parts depend on: the input, the settings, the programs."""
    about = [schema.to_string(), *settings, sha256(source), programs()]
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:32]


def _typed(scores: pd.DataFrame, source: pa.Schema) -> pa.Schema:
    """Return the types of scores; those of the source where an empty column does not show them."""
    inferred = pa.Schema.from_pandas(scores, preserve_index=False)
    for place, field in enumerate(inferred):
        if pa.types.is_null(field.type) or pa.types.is_dictionary(field.type):
            inferred = inferred.set(place, source.field(field.name))
    return inferred


def _rows(file: pq.ParquetFile) -> int:
    """Return how many rows a piece may have, by the mean size of a row."""
    about = file.metadata
    size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
    return max(1, min(_ROWS, _BYTES * about.num_rows // max(size, 1)))


def _missing(
    file: pq.ParquetFile,
    folder: Path,
    layouts_of: list[Layout],
    language: str,
    advance: Callable[[int], object],
) -> Iterator[_Piece]:
    """Yield the pieces that are still to be scored."""
    first = 0
    for number, (batch, where) in enumerate(zip(_batches(file), layouts_of, strict=True)):
        if _intact(folder, number):
            advance(batch.num_rows)
        else:
            yield _Piece(number, first, batch, where, language)
        first += batch.num_rows


def _batches(file: pq.ParquetFile, names: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    return file.iter_batches(batch_size=_rows(file), columns=names)


def _looked_through(file: pq.ParquetFile) -> tuple[list[Layout], str]:
    """Return the layout of each piece, whose articles may go on in others, and the language."""
    first, opened, told = 0, [], []
    for batch in _batches(file, [*NEEDED, *({"role"} & set(file.schema_arrow.names))]):
        rows = scored_rows(batch.to_pandas(), first=first)
        opened.append(openings(rows))
        told.append(telling(rows))
        first += batch.num_rows
    check_unique(pd.concat([part[PLACE] for part in opened]))
    return layouts(opened), "" if "language" in file.schema_arrow.names else language_in(told)


def _intact(folder: Path, number: int) -> bool:
    """Return whether a part is there, is as it was written, and is one of this input."""
    try:
        about = _read(_part(folder, number)).schema.metadata
    except (OSError, pa.ArrowException):
        return False
    return about == {_PART: f"{folder.name} {number}".encode()}


def _read(part: Path) -> pa.Table:
    return pq.read_table(part, page_checksum_verification=True)


def _part(folder: Path, number: int) -> Path:
    return folder / f"{number:08}.parquet"


def _score_piece(
    piece: _Piece, *, schema: pa.Schema, expected: str, **options: Any
) -> tuple[int, int, pa.Table]:
    if programs() != expected:  # on a machine that would compute other numbers
        raise RuntimeError(
            f"the worker on {platform.node()} has other versions of framing or its libraries "
            "(Python, numpy, pandas, pyarrow, sentencex, vaderSentiment): install the same ones"
        )
    rows = scored_rows(piece.rows.to_pandas(), first=piece.first)
    scores = score_rows(rows, piece.where, language=piece.language, **options)
    table = pa.Table.from_pandas(scores, schema=schema, preserve_index=False)
    return piece.number, piece.rows.num_rows, table


def _results(
    work: Callable[[_Piece], tuple[int, int, pa.Table]],
    pieces: Iterator[_Piece],
    *,
    workers: int,
    dask: str | None,
) -> Iterator[tuple[int, int, pa.Table]]:
    """Score the pieces here, in processes, or on the workers of a cluster."""
    if dask is None:
        yield from spread_out(work, pieces, workers=workers)
        return
    with cluster(dask) as client:
        ahead = 2 * max(1, sum(client.nthreads().values()))
        yield from in_order(client.get_executor(), work, pieces, ahead=ahead)


@contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[Callable[[int], object]]:
    """Give a function that shows how many more rows are done: on a bar, or in lines."""
    done = 0
    with tqdm(total=total, unit=" rows", disable=not (shown and sys.stderr.isatty())) as bar:

        def advance(rows: int) -> None:
            nonlocal done
            done += rows
            bar.update(rows)
            if shown and bar.disable:
                print(f"{done:,} of {total:,} rows done", file=sys.stderr, flush=True)

        yield advance
