"""Files larger than memory: read, scored and written a piece at a time, and taken up again."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from tqdm import tqdm
from vaderSentiment import vaderSentiment

from framing.corpus.corpus import read_corpus
from framing.lexicon.lexicon import Lexicon, built_in
from framing.scoring.score import score
from framing.utils.parallel import in_order, spread_out

_ROWS, _BYTES = 20_000, 8_000_000  # of a piece, at most; bytes are an estimate
_NEEDED = {"article", "paragraph", "text"}


class _Piece(NamedTuple):
    """Rows of a file, and the place of the piece among all."""

    number: int
    table: pa.Table


def score_file(
    source: str | Path,
    out: str | Path,
    *,
    lexicon: Lexicon | None = None,
    normalise: bool = True,
    workers: int = 1,
    dask: str | None = None,
    progress: bool = False,
) -> Path:
    """Score a file of paragraphs of any size, and go on where a run before this was ended.

    Parameters
    ----------
    source : str or Path
        A Parquet file with the columns ``article``, ``paragraph`` and ``text``; or whatever
        `read_corpus` reads, which is then read whole.
    out : str or Path
        The Parquet file to write. What is done stands in the folder ``<out>.parts`` until all of
        it is; parts of another input, lexicon or version are not used. The folder is deleted.
    lexicon, normalise
        As in `score`.
    workers : int, default 1
        Processes that share the work.
    dask : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``: its workers do the work.
        They need this package, and none of the files.
    progress : bool, default False
        Tell on standard error how far it is: a bar, or lines if that is no terminal.

    Returns
    -------
    Path
        That of the scores: the columns that `score` gives.

    Raises
    ------
    ValueError
        If ``out`` is the source itself.
    """
    source, out = Path(source), Path(out)
    if out.resolve() == source.resolve():
        raise ValueError(f"{out}: the scores would take the place of the input; name another file")
    parts = out.with_name(f"{out.name}.parts")
    parts.mkdir(parents=True, exist_ok=True)
    paragraphs = _paragraphs(source, parts)
    file = pq.ParquetFile(paragraphs, pre_buffer=False, buffer_size=1 << 20)
    lexicon = lexicon or built_in()
    empty = score(file.schema_arrow.empty_table().to_pandas(), lexicon=lexicon)
    schema = _schema(pa.Schema.from_pandas(empty, preserve_index=False), file.schema_arrow)
    folder = parts / _key(paragraphs, schema, lexicon.hash, str(normalise), str(_rows(file)))
    folder.mkdir(exist_ok=True)

    work = partial(_score_piece, lexicon=lexicon, normalise=normalise, schema=schema)
    with _told(file.metadata.num_rows, progress) as tell:
        todo = _missing(file, folder, tell)
        for number, rows, scores in _done(work, todo, workers=workers, dask=dask):
            with _whole(_part(folder, number)) as path:
                pq.write_table(scores, path)
            tell(rows)
    with _whole(out) as path, pq.ParquetWriter(path, schema) as writer:
        for part in sorted(folder.glob("*.parquet")):
            writer.write_table(pq.read_table(part))
    shutil.rmtree(parts)
    return out


def _paragraphs(source: Path, parts: Path) -> Path:
    """Name a Parquet file of paragraphs: the source, or one that is made of it."""
    if source.suffix == ".parquet" and set(pq.read_schema(source).names) >= _NEEDED:
        return source
    made = parts / "paragraphs.parquet"
    with _whole(made) as path:
        read_corpus(source).paragraphs.to_parquet(path, index=False)
    return made


def _schema(inferred: pa.Schema, source: pa.Schema) -> pa.Schema:
    """Take a type from the source where an empty column does not show it."""
    for place, field in enumerate(inferred):
        if pa.types.is_null(field.type) or pa.types.is_dictionary(field.type):
            inferred = inferred.set(place, source.field(field.name))
    return inferred


def _key(paragraphs: Path, schema: pa.Schema, *settings: str) -> str:
    """Name what the parts depend on: the input, the settings, the programs."""
    programs = [Path(vaderSentiment.__file__), *sorted(Path(__file__).parent.glob("*.py"))]
    about = [schema.to_string(), *settings]
    for path in (paragraphs, *programs):
        with path.open("rb") as stream:
            about.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:32]


def _rows(file: pq.ParquetFile) -> int:
    """Rows that a piece may have, by the mean size of a row."""
    about = file.metadata
    size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
    return max(1, min(_ROWS, _BYTES * about.num_rows // max(size, 1)))


def _missing(file: pq.ParquetFile, folder: Path, tell: Callable[[int], object]) -> Iterator[_Piece]:
    for number, table in enumerate(_cut(file)):
        if _part(folder, number).exists():
            tell(table.num_rows)
        else:
            yield _Piece(number, table)


def _cut(file: pq.ParquetFile) -> Iterator[pa.Table]:
    """Yield the rows in pieces, cut between two articles where a piece has two."""
    rest = file.schema_arrow.empty_table()
    for batch in file.iter_batches(batch_size=_rows(file)):
        rest = pa.concat_tables([rest, pa.Table.from_batches([batch])])
        article = rest["article"].combine_chunks()
        changes = pc.indices_nonzero(pc.not_equal(article[1:], article[:-1]))
        end = changes[-1].as_py() + 1 if len(changes) else rest.num_rows
        yield rest[:end]
        rest = rest[end:]
    if rest.num_rows:
        yield rest


def _part(folder: Path, number: int) -> Path:
    return folder / f"{number:08}.parquet"


def _score_piece(
    piece: _Piece, *, lexicon: Lexicon, normalise: bool, schema: pa.Schema
) -> tuple[int, int, pa.Table]:
    scores = score(piece.table.to_pandas(), lexicon=lexicon, normalise=normalise)
    table = pa.Table.from_pandas(scores, schema=schema, preserve_index=False)
    return piece.number, piece.table.num_rows, table


def _done(
    work: Callable[[_Piece], tuple[int, int, pa.Table]],
    pieces: Iterator[_Piece],
    *,
    workers: int,
    dask: str | None,
) -> Iterator[tuple[int, int, pa.Table]]:
    """Have the pieces scored: here, in processes, or by the workers of a cluster."""
    if dask is None:
        yield from spread_out(work, pieces, workers=workers)
        return
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ModuleNotFoundError("Dask is missing: pip install 'news-framing[dask]'") from None
    with Client(dask) as client:
        ahead = 2 * max(1, sum(client.nthreads().values()))
        yield from in_order(client.get_executor(), work, pieces, ahead=ahead)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a name to write to; the file gets its own name once it is all on the disk."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    yield unfinished
    with unfinished.open("rb+") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(path)


@contextmanager
def _told(total: int, progress: bool) -> Iterator[Callable[[int], object]]:
    """Tell how many rows are done: as a bar, or as lines where nothing can be written over."""
    if sys.stderr.isatty():
        with tqdm(total=total, unit=" paragraphs", disable=not progress) as bar:
            yield bar.update
        return
    done = 0

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        if progress:
            print(f"scored {done:,} of {total:,} paragraphs", file=sys.stderr, flush=True)

    yield tell
