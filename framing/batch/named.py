"""What reports name that their corpora do not have, before anything is made."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.report.job import Job
from framing.schema import SCORED_ROLES
from framing.utils.files import bundled

if TYPE_CHECKING:
    from framing.corpus.corpus import Corpus

# Parameters.
_NAMES = {"outlets", "outlet", "events", "where", "article", "measures", "recipes", "by"}


def names_something(job: Job) -> bool:
    """Return whether a report of the package names outlets, events, measures or the like.

    What a notebook of one's own does with such parameters is not known.
    """
    ours = bundled("notebooks") / job.report.notebook.name
    if not (job.takes_study and ours.is_file() and ours.read_text("utf-8") == job.content):
        return False
    given = {name for name, value in job.parameters.items() if value or name == "article"}
    return bool(given & _NAMES)


def errors(jobs: Iterable[Job], studies: Iterable[Path | Exception]) -> Iterator[str]:
    """Yield the error with which each report would stop at a name; empty if there is none.

    ``studies`` are the study folders of the corpora, or the errors in reading them.
    """
    from framing.corpus.read import read_corpus

    read = functools.lru_cache(maxsize=1)(read_corpus)  # reports of a corpus follow each other
    for job, study in zip(jobs, studies, strict=True):
        try:
            if isinstance(study, Exception):
                raise study
            corpus = read(study, languages=job.parameters.get("language", "en"))
            _check(corpus, job.parameters)
        except (ValueError, OSError) as error:
            yield str(error)
        else:
            yield ""


def _check(corpus: Corpus, parameters: Mapping[str, Any]) -> None:
    """Raise the error that the notebook would give."""
    from framing.corpus.choosing import article_id  # slow to import
    from framing.lexicon.loading import load_lexicon
    from framing.scoring.paragraph_checks import check_language
    from framing.scoring.score import chosen_recipes, score
    from framing.scoring.study import having
    from framing.stats.measures import main_measures

    lexicon = load_lexicon(parameters.get("lexicon") or None)
    recipes = chosen_recipes(parameters.get("recipes", ()))
    outlets = parameters.get("outlets") or parameters.get("outlet") or ()
    asked = {name: parameters.get(name) or () for name in ("events", "where")}
    chosen = corpus.only(outlets=outlets, **asked)
    if by := parameters.get("by"):
        having(chosen, [by])
    scored = chosen.paragraphs[chosen.paragraphs["role"].isin(SCORED_ROLES)]
    check_language(scored, lexicon, *recipes)
    if "article" in parameters:
        article_id(corpus.articles, parameters["article"])
    scores = score(corpus.paragraphs.head(0), lexicon=lexicon, recipes=recipes)
    main_measures(scores, parameters.get("measures", ()))
