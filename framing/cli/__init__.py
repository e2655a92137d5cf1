"""The ``framing`` command; what a command needs is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from framing import __version__
from framing.cli.articles import check, read, score
from framing.cli.reports import batch, cite, demo, new, report
from framing.cli.validation import validate
from framing.text.encoding import printable

_FIRST_STEPS = """\
framing measures tone, hedging and alarm in news articles and compares outlets.

Try it on the example:   framing demo
See what is in a file:   framing check my_articles.xlsx
Make a report of it:     framing report outlets --corpus my_articles.xlsx
Make many reports:       framing new my_study
All commands:            framing --help"""


class _Commands(click.Group):
    """Commands, also the errors of whose arguments have no control characters."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise click.UsageError(printable(error.format_message()), error.ctx) from None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="framing")
@click.pass_context
def main(context: click.Context) -> None:
    """Tone, hedging and alarm in news, compared across outlets."""
    from framing.utils.parallel import collect_rarely

    collect_rarely()
    if context.invoked_subcommand is None:
        click.echo(_FIRST_STEPS)


for command in (read, check, report, batch, score, new, demo, validate, cite):
    main.add_command(command)
