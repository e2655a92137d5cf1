"""Names of columns that exports and scrapers use, and exports with a layout of their own.

They are data, in ``column_names.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from framing.corpus.readers import METADATA
from framing.utils.files import data_beside

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACCENTS = re.compile("[\u0300-\u036f]")
FIELDS = ("text", "article", *METADATA)
_DATA = data_beside(__file__)
SYNONYMS: Mapping[str, tuple[str, ...]] = {f: tuple(of_it) for f, of_it in _DATA["fields"].items()}
KEYS = frozenset(name for names in SYNONYMS.values() for name in names)
_NAMES = {kind: frozenset(names) for kind, names in _DATA["names"].items()}
LINKED = _NAMES["linked"] | {*SYNONYMS["url"]}
AROUND, ASKING, STAMPS = _NAMES["around"], _NAMES["asking"], _NAMES["stamps"]
IN_QUESTIONS = _NAMES["in_questions"] | ASKING
ABOUT, VAGUE = _NAMES["about"], _NAMES["vague"]
LEADS, SENTENCES, SUMMARIES = _NAMES["leads"], _NAMES["sentences"], _NAMES["summaries"]
DAYS = _DATA["days"]  # year, month and day, each in a column of its own
NOT_PUBLISHED = re.compile(
    r"crawl|scrap|collect|download|access|retriev|fetch|harvest|captur|index|import|insert|added|"
    r"coded|modif|updat|edited|last|abruf|abgerufen|erfass|erhob|erhebung|aktualisier|geandert"
    r"|collecte|consult|acces|misajour|recog|recopil|actualiz|raccolt|aggiorn|coleta|recolh"
    r"|atualiz|opgehaald|verzamel|bijgewerkt|gewijzigd"
)
NO_OUTLETS = re.compile(
    r"(?:lexis ?|pro|dow jones )?(?:nexis|quest|factiva|europresse|newsbank|eureka|wiso"
    r"|media ?cloud|newsapi|gdelt)(?: ?uni| advance)?|web|website|online|print|newspapers?|news"
    r"|press|api|rss"
)


class Export(NamedTuple):
    """An export with a layout of its own: the columns that identify it, and what they hold.

    ``lead`` is the column of the first paragraphs, if the text goes on in another one.
    """

    system: str
    identified_by: frozenset[str]
    columns: Mapping[str, str]
    lead: str = ""
    note: str = ""


EXPORTS = [
    Export(**{**of_it, "identified_by": frozenset(of_it["identified_by"])})
    for of_it in _DATA["exports"]
]
NO_EXPORT = Export("", frozenset(), {})


def export_of(names: Collection[str]) -> Export:
    """Return the export whose columns these are; an empty one if it is none."""
    return next((e for e in EXPORTS if e.identified_by <= set(names)), NO_EXPORT)


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """Return the form in which names of columns are compared.

    >>> key("Media_Name"), key("Média")
    ('medianame', 'media')
    """
    return "".join(words_of(name))


def words_of(name: str) -> list[str]:
    """Return the words of the name of a column, without case, accents and punctuation.

    >>> words_of("articleTitle"), words_of("TITRE de l'article"), words_of("bodyHTML")
    (['article', 'title'], ['titre', 'de', 'l', 'article'], ['body', 'html'])
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", _CAMEL.sub(" ", name)))
    return re.findall(r"[^\W_]+", plain.casefold())
