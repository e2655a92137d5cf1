"""Commands that make reports: of one notebook, of a plan, of the example."""

from __future__ import annotations

import shlex
import signal
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from framing.cli.options import FORMATS, echo, one_line_errors, reading_options, take_reading
from framing.typeset import PAPERS
from framing.utils.files import bundled


def _help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the help, and the parameters of the notebook if one is given."""
    from framing.report.notebooks import notebook_parameters

    if not wanted:
        return
    echo(context.get_help())
    if notebook := context.params.get("notebook"):
        known = one_line_errors(notebook_parameters)(notebook)
        formatter = context.make_formatter()
        with formatter.section(f"Parameters of {notebook}"):
            formatter.write_dl([(f"{p.name} = {p.default!r}", p.comment) for p in known])
        echo("\n" + formatter.getvalue().rstrip())
    context.exit()


@click.command(add_help_option=False)
@click.argument("notebook", required=False, is_eager=True, metavar="NOTEBOOK")
@click.option("--corpus", metavar="IN", help="File or folder of articles.")
@click.option("--example", is_flag=True, help="Use the example corpus that comes with framing.")
@click.option("-o", "--output", metavar="OUT.pdf", help="PDF to write; NOTEBOOK.pdf by default.")
@click.option("-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE",
              help="A parameter of the notebook. Commas separate the items of a list. "
                   "Repeatable.")  # fmt: skip
@reading_options
@click.option("--tables", metavar="DIR", help="Folder for the tables; beside the PDF by default.")
@FORMATS
@click.option(
    "--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="Paper size."
)
@click.option("--fonts", metavar="DIR", help="Folder with fonts for further scripts or emoji.")
@click.option("--html", is_flag=True, help="Also write a web page, as a single file.")
@click.option("--docx", is_flag=True, help="Also write a Word document, to comment in.")
@click.option("--kernel", is_flag=True, help="Run NOTEBOOK in a Jupyter kernel; slower.")
@click.option("--keep-notebook", is_flag=True, help="Also write the notebook as it ran.")
@click.help_option(
    "-h", "--help", is_eager=False, callback=_help, help="Show this, and NOTEBOOK's parameters."
)
@one_line_errors
def report(notebook: str | None, parameters: tuple[tuple[str, str], ...], **options: Any) -> None:
    """Run NOTEBOOK and write its output as a PDF.

    NOTEBOOK is a file, or the name of one that comes with framing: outlets, portrait, article,
    headlines, rewrite, timeline, validate. The tables behind every number are saved beside the PDF.
    """
    from framing.corpus.summary import reading
    from framing.report.render import render

    if notebook is None:
        raise click.MissingParameter(param_hint="NOTEBOOK", param_type="argument")
    output = Path(options.pop("output") or f"{Path(notebook).stem}.pdf")
    corpus = _corpus(notebook, corpus=options.pop("corpus"), example=options.pop("example"))
    render(
        notebook, output, corpus=corpus, reading=take_reading(options),
        parameters=dict(parameters), progress=sys.stderr.isatty(), **options,
    )  # fmt: skip
    tables = Path(options["tables"] or output.with_name(f"{output.stem}-tables"))
    if (tables / "columns.parquet").is_file():  # what was read as what
        echo(reading(tables), err=True)
    echo(output)


def _corpus(notebook: str, *, corpus: str | None, example: bool) -> str | Path | None:
    """Return the corpus to report on; a bundled notebook without one is an error."""
    from framing.report.notebooks import find_notebook

    if corpus and example:
        raise click.UsageError("give --corpus or --example, not both")
    if example:
        return bundled("corpora/strait")
    if corpus is None and find_notebook(notebook).parent == bundled("notebooks"):
        raise click.UsageError(
            f"no articles given. Use your own:  framing report {notebook} --corpus IN\n"
            f"or the example:                          framing report {notebook} --example"
        )
    return corpus


@click.command()
@click.argument("plan", metavar="REPORTS.toml")
@click.option("--workers", type=int, metavar="N", help="Reports at a time.")
@click.option(
    "--only", default="*", metavar="PATTERN", help="Only reports with such a name: 'outlets-*'."
)
@click.option("--dry-run", is_flag=True, help="Make nothing; list what would be made, and why.")
@click.option("--html", is_flag=True, help="Also write a web page of each, as a single file.")
@click.option("--docx", is_flag=True, help="Also write a Word document of each.")
@click.option("--kernel", is_flag=True, help="Run the notebooks in Jupyter kernels; slower.")
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to use.")
@click.option("--cache", metavar="DIR", help="Folder that keeps corpora, read and scored.")
@one_line_errors
def batch(plan: str, **options: Any) -> None:
    """Make all reports of a plan that are not up to date.

    An interrupted batch is resumed by the same command. The exit status is 1 if a report failed;
    its log and the notebook as far as it ran are kept in its place.
    """
    from framing.batch.batch import outcomes

    try:
        with _sigterm_exits():
            results = outcomes(plan, progress=True, **options)
    except (KeyboardInterrupt, SystemExit):
        echo("Stopped. Reports that are done stay, and the same command makes the rest.", err=True)
        raise
    for row in results:
        about = f"{row.why}; {row.seconds:.1f} s" if row.outcome in ("done", "failed") else row.why
        echo(f"{row.outcome:<10}  {row.report}{f'  ({about})' if about else ''}")
        if row.error:
            echo(textwrap.indent(row.error, " " * 12))
    counts = Counter(row.outcome for row in results)
    echo(", ".join(f"{n} {outcome}" for outcome, n in counts.most_common()))
    if counts["failed"] or counts["would fail"]:
        sys.exit(1)


@contextmanager
def _sigterm_exits() -> Iterator[None]:
    """Make SIGTERM exit as Ctrl-C does, so that nothing is left behind."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command()
@click.argument("folder", metavar="DIR")
@one_line_errors
def new(folder: str) -> None:
    """Create a study in DIR: notebooks, a plan of reports, and an example corpus."""
    from framing.batch.new_study import new_study

    made = new_study(folder)
    echo(f"Created {made}. Next: cd {shlex.quote(str(made))} && framing batch reports.toml")


@click.command()
@click.option("-o", "--output", default="reports", show_default=True, metavar="DIR",
              help="Folder to write to.")  # fmt: skip
@one_line_errors
def demo(output: str) -> None:
    """Make two reports of the example corpus.

    One compares its six outlets, whose sentences two people have coded; the other takes one article
    apart.
    """
    from framing.report.render import render

    corpus = bundled("corpora/strait")
    reports = {
        "outlets": {"coded": str(bundled("corpora/strait-coded"))},
        "article": {"article": "standard-review/2031-04-22-leak"},
    }
    for number, (name, parameters) in enumerate(reports.items(), start=1):
        echo(f"{number} of 2: running notebook {name} on {corpus.name}", err=True)
        out, shown = Path(output) / f"{name}.pdf", sys.stderr.isatty()
        render(name, out, corpus=corpus, parameters=parameters, progress=shown)
    echo("Made:")
    for name in reports:
        echo(f"  {Path(output) / name}.pdf")


@click.command()
@click.option("--bibtex", is_flag=True, help="Print BibTeX entries only.")
def cite(bibtex: bool) -> None:
    """Print how to cite framing and VADER, as text and as BibTeX."""
    from framing.report import citation

    echo(citation.bibtex() if bibtex else f"{citation.citation()}\n\n{citation.bibtex()}")
