"""The ``framing`` command."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import tempfile
import textwrap
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing import __version__
from framing.batch import batch
from framing.batch import new_study as study
from framing.report.execute import ReportError
from framing.report.notebooks import find_notebook, notebook_parameters
from framing.report.render import render
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.typeset import PAPERS, TypesettingError
from framing.utils.files import bundled
from framing.utils.parallel import collect_rarely

if TYPE_CHECKING:
    from framing.corpus.corpus import Corpus

_OURS = (
    ReportError,
    TypesettingError,
    ValueError,
    TypeError,
    OSError,
    RuntimeError,
    ImportError,
)


def _one_line_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Print expected errors and warnings as one line each, without a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = lambda message, *_, **__: click.echo(
                f"Warning: {printable(str(message))}", err=True
            )
            try:
                return command(*args, **kwargs)
            except _OURS as error:
                raise click.ClickException(printable(str(error))) from None

    return wrapped


_FIRST_STEPS = """\
framing measures tone, hedging and alarm in news articles and compares outlets.

Try it on the example:   framing demo
See what is in a file:   framing check my_articles.xlsx
Make a report of it:     framing report outlets --corpus my_articles.xlsx
Make many reports:       framing new my_study
All commands:            framing --help"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="framing")
@click.pass_context
def main(context: click.Context) -> None:
    """Tone, hedging and alarm in news, compared across outlets."""
    collect_rarely()
    if context.invoked_subcommand is None:
        click.echo(_FIRST_STEPS)


def _named(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Return a mapping of repeated NAME=VALUE options."""
    pairs = [value.partition("=") for value in values]
    for value, (name, equals, named) in zip(values, pairs, strict=True):
        if not (name and equals and named):
            raise click.BadParameter(f"{value!r} is not of the form {option.metavar}")
    return {name: named for name, _, named in pairs}


_FORMATS = click.option(
    "--formats",
    default="",
    metavar="LIST",
    callback=lambda _context, _option, value: tuple(
        filter(None, value.replace(" ", "").split(","))
    ),
    help="Formats of the tables beside CSV and Parquet, such as xlsx,dta: xlsx, dta, sav.",
)
_WORKERS = click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    default=lambda: os.cpu_count() or 1,
    show_default="one per processor",
    help="Processes.",
)


def _reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how articles are read."""
    options = [
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            callback=_named,
            help="Column or key that holds a field, such as outlet=media_name. Repeatable.",
        ),
        click.option(
            "--outlet",
            "outlets",
            multiple=True,
            metavar="NAME=OUTLET",
            callback=_named,
            help="Outlet that a name in IN stands for, such as FOX='Fox News'. Repeatable.",
        ),
        click.option(
            "--keep",
            multiple=True,
            metavar="ROLE",
            help="Score these blocks as body: caption, related, furniture, fragment.",
        ),
        click.option(
            "--language",
            "languages",
            multiple=True,
            default=["en"],
            show_default=True,
            metavar="CODE",
            callback=lambda _context, _option, codes: () if "any" in codes else codes,
            help="Language of the articles to read; 'any' for all of them. Repeatable.",
        ),
        click.option(
            "--dates",
            type=click.Choice(["dmy", "mdy"]),
            default=None,
            callback=lambda _context, _option, order: order or "",
            help="Order of day and month in dates such as 3/4/2018.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    """Take the options out that say how articles are read, if they are not the usual ones."""
    usual = {"columns": {}, "outlets": {}, "keep": (), "languages": ("en",), "dates": ""}
    return {name: value for name in usual if (value := options.pop(name)) != usual[name]}


@main.command(name="read")
@click.argument("source", metavar="IN")
@click.option("-o", "--output", metavar="DIR", help="Folder for the tables; IN-read by default.")
@_FORMATS
@_reading
@_WORKERS
@_one_line_errors
def read_command(source: str, output: str | None, **options: Any) -> None:
    """Read IN, a file or folder of articles in any format there is a reader for.

    Writes a study folder, which --corpus opens as exactly these articles, and prints a summary.
    The audit lists every file, row and block as scored, skipped or failed, with a reason.
    """
    from framing.corpus.summary import read_to

    out = output or f"{Path(source).resolve().name.split('.')[0]}-read"
    click.echo(printable(read_to(source, out, **options)))
    click.echo(f"{out}: {', '.join(sorted(file.name for file in Path(out).glob('[!.]*.*')))}")


@main.command()
@click.argument("source", metavar="IN")
@_reading
@_WORKERS
@_one_line_errors
def check(source: str, **options: Any) -> None:
    """Show what would be read from IN, and which reports are possible. Writes nothing."""
    from framing.corpus.corpus import read_corpus
    from framing.corpus.summary import account
    from framing.report.feasibility import feasibility

    corpus = read_corpus(source, progress=sys.stderr.isatty(), **options)
    click.echo(printable(account(corpus)))
    click.echo("\nFirst article, as read:")
    for name, value in _first_article(corpus):
        click.echo(printable(f"  {name:<8}  {textwrap.shorten(value, 80, placeholder=' …')}"))
    click.echo("\nReports:")
    for row in feasibility(corpus).itertuples():
        click.echo(f"  {row.report:<10}  {'yes' if row.possible else 'no ':<3}  {row.detail}")


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


def _help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the help, and the parameters of the notebook if one is given."""
    if not wanted:
        return
    click.echo(context.get_help())
    notebook = context.params.get("notebook")
    if notebook:
        known = _one_line_errors(notebook_parameters)(notebook)
        formatter = context.make_formatter()
        with formatter.section(f"Parameters of {notebook}"):
            formatter.write_dl([(f"{p.name} = {p.default!r}", p.comment) for p in known])
        click.echo("\n" + formatter.getvalue().rstrip())
    context.exit()


@main.command(name="report", add_help_option=False)
@click.argument("notebook", required=False, is_eager=True, metavar="NOTEBOOK")
@click.option("--corpus", metavar="IN", help="File or folder of articles.")
@click.option("--example", is_flag=True, help="Use the example corpus that comes with framing.")
@click.option("-o", "--output", metavar="OUT.pdf", help="PDF to write; NOTEBOOK.pdf by default.")
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter of the notebook. Commas separate the items of a list. Repeatable.",
)
@_reading
@click.option("--tables", metavar="DIR", help="Folder for the tables; beside the PDF by default.")
@_FORMATS
@click.option(
    "--paper",
    type=click.Choice(list(PAPERS)),
    default="a4",
    show_default=True,
    help="Paper size.",
)
@click.option("--fonts", metavar="DIR", help="Folder with fonts for further scripts or emoji.")
@click.option("--html", is_flag=True, help="Also write a web page, as a single file.")
@click.option("--docx", is_flag=True, help="Also write a Word document, to comment in.")
@click.option("--kernel", is_flag=True, help="Run NOTEBOOK in a Jupyter kernel; slower.")
@click.option("--keep-notebook", is_flag=True, help="Also write the notebook as it ran.")
@click.help_option(
    "-h", "--help", is_eager=False, callback=_help, help="Show this, and NOTEBOOK's parameters."
)
@_one_line_errors
def report_command(
    notebook: str | None, parameters: tuple[tuple[str, str], ...], **options: Any
) -> None:
    """Run NOTEBOOK and write its output as a PDF.

    NOTEBOOK is a file, or the name of one that comes with framing: outlets, portrait, article,
    headlines, rewrite, timeline, validate. The tables behind every number are saved beside the PDF.
    """
    if notebook is None:
        raise click.MissingParameter(param_hint="NOTEBOOK", param_type="argument")
    output = options["output"] or f"{Path(notebook).stem}.pdf"
    out = render(
        notebook,
        output,
        corpus=_corpus(notebook, **{name: options[name] for name in ("corpus", "example")}),
        reading=_chosen(options),
        parameters=dict(parameters),
        tables=options["tables"],
        formats=options["formats"],
        paper=options["paper"],
        fonts=options["fonts"],
        html=options["html"],
        docx=options["docx"],
        kernel=options["kernel"],
        keep_notebook=options["keep_notebook"],
        progress=sys.stderr.isatty(),
    )
    beside = Path(output).with_name(f"{Path(output).stem}-tables")
    _tell_what_was_read(Path(options["tables"] or beside))
    click.echo(f"{out}")


def _tell_what_was_read(tables: Path) -> None:
    """Print what was read as what, if a report has saved it."""
    from framing.corpus.summary import reading

    if (tables / "columns.parquet").is_file():
        click.echo(printable(reading(tables)), err=True)


def _corpus(notebook: str, *, corpus: str | None, example: bool) -> str | Path | None:
    """Return the corpus to report on; a bundled notebook without one is an error."""
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


@main.command(name="batch")
@click.argument("plan", metavar="REPORTS.toml")
@click.option("--workers", type=int, metavar="N", help="Reports at a time.")
@click.option(
    "--only",
    default="*",
    metavar="PATTERN",
    help="Only reports with such a name: 'outlets-*'.",
)
@click.option("--dry-run", is_flag=True, help="Make nothing; list what would be made, and why.")
@click.option("--html", is_flag=True, help="Also write a web page of each, as a single file.")
@click.option("--docx", is_flag=True, help="Also write a Word document of each.")
@click.option("--kernel", is_flag=True, help="Run the notebooks in Jupyter kernels; slower.")
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to use.")
@click.option("--cache", metavar="DIR", help="Folder that keeps corpora, read and scored.")
@_one_line_errors
def batch_command(plan: str, **options: Any) -> None:
    """Make all reports of a plan that are not up to date.

    An interrupted batch is resumed by the same command. The exit status is 1 if a report failed;
    its log and the notebook as far as it ran are kept in its place.
    """
    with _sigterm_exits():
        results = batch.outcomes(plan, progress=True, **options)
    for row in results:
        about = f"{row.why}; {row.seconds:.1f} s" if row.outcome in ("done", "failed") else row.why
        click.echo(f"{row.outcome:<10}  {row.report}{f'  ({about})' if about else ''}")
        if row.error:
            click.echo(textwrap.indent(row.error, " " * 12))
    counts = Counter(row.outcome for row in results)
    click.echo(", ".join(f"{n} {outcome}" for outcome, n in counts.most_common()))
    if counts["failed"]:
        sys.exit(1)


@contextmanager
def _sigterm_exits() -> Iterator[None]:
    """Make SIGTERM exit as Ctrl-C does, so that nothing is left behind."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@main.command(name="score")
@click.argument("source", metavar="IN")
@click.option(
    "-o", "--output", required=True, metavar="OUT.parquet", help="Also .csv, .xlsx, .dta, .sav."
)
@_reading
@click.option("--workers", default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--lexicon", metavar="FILE", help="A dictionary; the built-in one by default.")
@click.option(
    "--recipe",
    "recipes",
    multiple=True,
    metavar="NAME",
    help="A question to answer, such as uncertainty or fear; may be repeated.",
)
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster that does the work.")
@_one_line_errors
def score_command(source: str, output: str, lexicon: str | None, **options: Any) -> None:
    """Score IN: a Parquet file of paragraphs, or articles in any format there is a reader for.

    An interrupted run is resumed by the same command.
    """
    import pandas as pd

    from framing.lexicon.lexicon import load_lexicon
    from framing.scoring.large_files import score_file
    from framing.utils.table_files import check_formats, write_table

    chosen, out = load_lexicon(lexicon), Path(output)
    check_formats([out.suffix[1:]], what=f"the ending of {out}")
    if out.resolve() == Path(source).resolve():
        raise ValueError(f"{out} is the input, which would be overwritten; name another output")
    is_parquet = out.suffix == ".parquet"
    made = out if is_parquet else out.with_name(f".{out.name}.parquet")
    with _paragraphs_of(Path(source), _chosen(options)) as paragraphs:
        score_file(paragraphs, made, lexicon=chosen, progress=True, **options)
    if not is_parquet:
        write_table(pd.read_parquet(made), out)
        made.unlink()
    click.echo(f"{out}")


@contextmanager
def _paragraphs_of(source: Path, reading: dict[str, Any]) -> Iterator[Path]:
    """Give a Parquet file of paragraphs: the source, or a file made from it."""
    import pyarrow.parquet as pq

    from framing.corpus.corpus import read_corpus
    from framing.scoring.large_files import NEEDED

    if source.suffix == ".parquet" and set(NEEDED) <= set(pq.read_schema(source).names):
        if reading:
            raise ValueError(f"{source} holds paragraphs: {', '.join(reading)} cannot change them")
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        made = Path(folder, "paragraphs.parquet")
        read_corpus(source, **reading).paragraphs.to_parquet(made, index=False)
        yield made


@main.command()
@click.argument("folder", metavar="DIR")
@_one_line_errors
def new(folder: str) -> None:
    """Create a study in DIR: notebooks, a plan of reports, and an example corpus."""
    made = study.new_study(folder)
    click.echo(f"Created {made}. Next: cd {shlex.quote(str(made))} && framing batch reports.toml")


@main.command()
@click.option("-o", "--output", default="reports", show_default=True, metavar="DIR", help="Folder.")
@_one_line_errors
def demo(output: str) -> None:
    """Make two reports of the example corpus.

    One compares its six outlets, whose sentences two people have coded; the other takes one article
    apart.
    """
    corpus = bundled("corpora/strait")
    article = "standard-review/2031-04-22-leak"
    coded = {"coded": str(bundled("corpora/strait-coded"))}
    jobs: list[tuple[str, dict[str, Any]]] = [("outlets", coded), ("article", {"article": article})]
    made = []
    for number, (name, given) in enumerate(jobs, start=1):
        click.echo(f"{number} of {len(jobs)}: running notebook {name} on {corpus.name}", err=True)
        out = Path(output) / f"{name}.pdf"
        shown = sys.stderr.isatty()
        made.append(render(name, out, corpus=corpus, parameters=given, progress=shown))
    click.echo("Made:")
    for path in made:
        click.echo(f"  {path}")


@main.group()
def validate() -> None:
    """Find out whether the lexicon is right in a corpus: draw a sheet, check it, report."""


@validate.command(name="new")
@click.argument("corpus", metavar="IN")
@click.option("-o", "--output", required=True, metavar="SHEET.xlsx", help="Workbook, or a folder.")
@click.option("--by", default="outlet", show_default=True, metavar="COLUMN", help="To compare.")
@click.option("--hits", default=100, show_default=True, metavar="N", help="An outlet and measure.")
@click.option("--near-misses", default=50, show_default=True, metavar="N", help="Likewise.")
@click.option("--without", default=100, show_default=True, metavar="N", help="An outlet.")
@click.option("--coders", default=2, show_default=True, metavar="N", help="Number of coders.")
@click.option("--learn", default=0.0, show_default=True, metavar="SHARE", help="To tune with.")
@click.option("--lexicon", metavar="FILE", help="A dictionary; the built-in one by default.")
@click.option("--seed", default=1, show_default=True, metavar="N", help="Of the draw.")
@_one_line_errors
def validate_new(corpus: str, output: str, lexicon: str | None, **options: Any) -> None:
    """Draw sentences of IN for people to code.

    Coders fill in the workbook (or the CSV files of a folder); the key beside it says where each
    sentence is from, and is not for them.
    """
    from framing.lexicon.lexicon import load_lexicon
    from framing.scoring.study import open_study
    from framing.validation.sheets import coding_sheet, key_of

    chosen = load_lexicon(lexicon)
    study = open_study(corpus, lexicon=chosen)
    sheet = coding_sheet(study.scores, study.cues, lexicon=chosen, **options)
    write = sheet.to_excel if output.endswith(".xlsx") else sheet.to_csv
    click.echo(f"{write(output)}: {sheet}")
    click.echo(f"{key_of(Path(output))}: the key, not for coders")


@validate.command(name="check")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@click.option("--key", metavar="KEY.json", help="The key; beside the first sheet by default.")
@_one_line_errors
def validate_check(sheets: tuple[str, ...], key: str | None) -> None:
    """Check filled sheets: how much is coded, and how far coders agree."""
    from framing.validation.agreement import disagreements
    from framing.validation.coding import read_coding
    from framing.validation.statement import agreement_sentences

    coded = read_coding(sheets, key=key)
    click.echo(f"{coded}")
    for sentence in agreement_sentences(coded):
        click.echo(sentence)
    click.echo(many(len(disagreements(coded)), "disagreement"))


@validate.command(name="report")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@click.option("--corpus", required=True, metavar="IN", help="What the sheet was drawn from.")
@click.option("--key", metavar="KEY.json", help="The key; beside the first sheet by default.")
@click.option("--lexicon", metavar="FILE", help="The dictionary that the sheet was drawn with.")
@click.option("--tables", metavar="DIR", help="Folder for the tables behind the numbers.")
@_one_line_errors
def validate_report(
    sheets: tuple[str, ...], corpus: str, key: str | None, lexicon: str | None, tables: str | None
) -> None:
    """Print what filled sheets say of the lexicon, as a paragraph for a paper."""
    from framing.lexicon.lexicon import load_lexicon
    from framing.report.tables import save_tables
    from framing.scoring.study import open_study
    from framing.validation.coding import read_coding
    from framing.validation.statement import outdated, validation_paragraph
    from framing.validation.validity import validity

    chosen, coded = load_lexicon(lexicon), read_coding(sheets, key=key)
    study = open_study(corpus, lexicon=chosen)
    if reasons := outdated(coded, study.corpus.paragraphs, lexicon=chosen):
        raise click.ClickException("; ".join(reasons))
    click.echo(textwrap.fill(validation_paragraph(coded, study.cues, lexicon=chosen), 80))
    if tables:
        found = validity(coded, study.cues, lexicon=chosen)
        save_tables(tables, validity=found.table, errors=found.errors, codes=coded.codes)


@main.command()
@click.option("--bibtex", is_flag=True, help="Print BibTeX entries only.")
def cite(bibtex: bool) -> None:
    """Print how to cite framing and VADER, as text and as BibTeX."""
    from framing.report import citation

    click.echo(citation.bibtex() if bibtex else f"{citation.citation()}\n\n{citation.bibtex()}")
