"""Commands on articles: read, check and score them."""

from __future__ import annotations

import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import (
    FORMATS,
    LEXICON,
    WORKERS,
    echo,
    one_line_errors,
    reading_options,
    take_reading,
)

if TYPE_CHECKING:
    from framing.corpus.corpus import Corpus


@click.command()
@click.argument("source", metavar="IN")
@click.option("-o", "--output", metavar="DIR", help="Folder for the tables; IN-read by default.")
@FORMATS
@reading_options
@WORKERS
@one_line_errors
def read(source: str, output: str | None, **options: Any) -> None:
    """Read IN, a file or folder of articles in any format there is a reader for.

    Writes a study folder, which --corpus opens as exactly these articles, and prints a summary.
    The audit lists every file, row and block as scored, skipped or failed, with a reason.
    """
    import pyarrow as pa

    from framing.corpus.study_folder import files_of_study
    from framing.corpus.summary import read_to

    # Tables then lie where the articles lay that they are made of, not beside it.
    pa.set_memory_pool(pa.system_memory_pool())
    out = output or f"{Path(source).resolve().name.split('.')[0]}-read"
    echo(read_to(source, out, **options))
    echo(f"{out}: {', '.join(sorted(files_of_study(options['formats'])))}")


@click.command()
@click.argument("source", metavar="IN")
@reading_options
@WORKERS
@one_line_errors
def check(source: str, **options: Any) -> None:
    """Show what would be read from IN, and which reports are possible. Writes nothing."""
    from framing.corpus.read import read_corpus
    from framing.corpus.summary import account
    from framing.report.feasibility import feasibility

    corpus = read_corpus(source, progress=sys.stderr.isatty(), **options)
    echo(account(corpus))
    echo("\nFirst article, as read:")
    for name, value in _first_article(corpus):
        echo(f"  {name:<8}  {textwrap.shorten(value, 80, placeholder=' …')}")
    echo("\nReports:")
    for row in feasibility(corpus).itertuples():
        echo(f"  {row.report:<10}  {'yes' if row.possible else 'no ':<3}  {row.detail}")


def _first_article(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the fields of the first article, so that a wrong column shows."""
    article = corpus.articles.iloc[0]
    yield "outlet", article["outlet"]
    yield "date", str(article["date"])[:10] if article["date"] == article["date"] else "none"
    yield "title", article["title"] or "none"
    yield "event", article["event"] or "none"
    body = corpus.paragraphs[corpus.paragraphs["article"] == article["article"]]
    text = body["text"][body["role"] == "body"]
    yield "text", text.iloc[0] if len(text) else "none"


@click.command()
@click.argument("source", metavar="IN")
@click.option("-o", "--output", required=True, metavar="OUT.parquet",
              help="Scores to write; also .csv, .xlsx, .dta, .sav.")  # fmt: skip
@reading_options
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, metavar="N",
              help="Number of processes.")  # fmt: skip
@LEXICON
@click.option("--recipe", "recipes", multiple=True, metavar="NAME",
              help="A question to answer, such as uncertainty or fear. Repeatable.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster that does the work.")
@one_line_errors
def score(source: str, output: str, lexicon: str | None, **options: Any) -> None:
    """Score IN: a Parquet file of paragraphs, or articles in any format there is a reader for.

    An interrupted run is resumed by the same command.
    """
    import pandas as pd

    from framing.lexicon.loading import load_lexicon
    from framing.report.prepare import check_folder
    from framing.scoring.large_files import score_file
    from framing.scoring.score import chosen_recipes
    from framing.utils.files import unfinished
    from framing.utils.table_files import check_formats, write_table

    chosen, out = load_lexicon(lexicon), Path(output)
    options["recipes"] = chosen_recipes(options["recipes"])
    check_formats([out.suffix[1:]], what=f"the ending of {out}")
    if out.resolve() == Path(source).resolve():
        raise ValueError(f"{out} is the input, which would be overwritten; name another output")
    if out.is_dir():
        raise IsADirectoryError(f"{out} is a folder; name a file in it")
    check_folder(out.parent)
    is_parquet = out.suffix == ".parquet"
    made = out if is_parquet else out.with_name(f".{out.name}.parquet")
    with _paragraphs_of(Path(source), take_reading(options)) as paragraphs:
        score_file(paragraphs, made, lexicon=chosen, progress=True, **options)
    if not is_parquet:
        try:
            with unfinished(out) as path:
                write_table(pd.read_parquet(made), path)
        finally:
            made.unlink()
    echo(out)


@contextmanager
def _paragraphs_of(source: Path, reading: dict[str, Any]) -> Iterator[Path]:
    """Give a Parquet file of paragraphs: the source, or a file made from it."""
    import pandas as pd
    import pyarrow.parquet as pq

    from framing.corpus.read import read_corpus
    from framing.corpus.summary import account
    from framing.schema import own_table
    from framing.scoring.large_files import NEEDED
    from framing.utils.files import naming

    names = pq.read_schema(source).names if source.suffix == ".parquet" else []
    if own_table(names) == "paragraphs" or set(NEEDED) <= set(names):
        if reading:
            raise ValueError(f"{source} holds paragraphs: {', '.join(reading)} cannot change them")
        yield source
        return
    if {"article", "text"} <= set(names):  # of which each row would be read as an article
        ids = pd.read_parquet(source, columns=["article"])["article"].dropna()
        if len(twice := ids[ids.duplicated()]):
            raise ValueError(
                f"{source} has the article {twice.iloc[0]!r} in several rows, and no column "
                "'paragraph': number the rows of each article in such a column (in pandas, "
                "table.groupby('article').cumcount()), or give each article one row"
            )
    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        made, corpus = Path(folder, "paragraphs.parquet"), read_corpus(source, **reading)
        echo(account(corpus), err=True)
        with naming(made):
            corpus.paragraphs.to_parquet(made, index=False)
        yield made
