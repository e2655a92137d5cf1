"""What reports name that their corpora do not have, before anything is made."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.report.job import Job
from framing.schema import listed
from framing.utils.files import bundled

if TYPE_CHECKING:
    from framing.corpus.corpus import Corpus

# Parameters that name values of a column of the articles.
_COLUMNS = {"outlets": "outlet", "outlet": "outlet", "events": "event"}


def names_something(job: Job) -> bool:
    """Return whether a report of the package names outlets, events, measures or the like.

    What a notebook of one's own does with such parameters is not known.
    """
    ours = bundled("notebooks") / job.report.notebook.name
    if not (job.takes_study and ours.is_file() and ours.read_text("utf-8") == job.content):
        return False
    given = {name for name, value in job.parameters.items() if value or name == "article"}
    return bool(given & {*_COLUMNS, "article", "measures", "recipes"})


def errors(jobs: Iterable[Job], studies: Iterable[Path | Exception]) -> Iterator[str]:
    """Yield the error with which each report would stop at a name; empty if there is none.

    ``studies`` are the study folders of the corpora, or the errors in reading them.
    """
    read = functools.lru_cache(maxsize=1)(_read)  # reports of a corpus follow each other
    for job, study in zip(jobs, studies, strict=True):
        try:
            if isinstance(study, Exception):
                raise study
            _check(read(study, job.parameters.get("language", "en")), job.parameters)
        except (ValueError, OSError) as error:
            yield str(error)
        else:
            yield ""


def _read(study: Path, language: str) -> Corpus:
    from framing.corpus.corpus import read_corpus  # slow to import

    return read_corpus(study, languages=[] if language == "any" else [language])


def _check(corpus: Corpus, parameters: Mapping[str, Any]) -> None:
    """Raise the error that the notebook would give."""
    from framing.corpus.choosing import article_id, chosen  # slow to import
    from framing.lexicon.loading import load_lexicon
    from framing.scoring.score import score
    from framing.stats.articles import main_measures

    lexicon = load_lexicon(parameters.get("lexicon") or None)
    none = corpus.paragraphs.head(0)
    scores = score(none, lexicon=lexicon, recipes=parameters.get("recipes", ()))
    for name, column in _COLUMNS.items():
        chosen(corpus.articles[column], listed(parameters.get(name) or ()))
    if "article" in parameters:
        article_id(corpus.articles, parameters["article"])
    main_measures(scores, parameters.get("measures", ()))
