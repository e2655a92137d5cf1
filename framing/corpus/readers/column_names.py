"""Names of columns that exports and scrapers use, and exports with a layout of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from framing.corpus.readers import METADATA

FIELDS = ("text", "article", *METADATA)
# Names that exports and scrapers use, the likeliest first; compared without case and punctuation.
SYNONYMS = {
    "text": (
        "text", "body", "content", "fulltext", "articletext", "maintext", "articlebody", "bodytext",
        "story", "paragraphs", "bodyparagraphs", "articlecontent", "contentoriginal", "textcontent",
        "contenttext", "newstext", "newscontent", "storytext", "storybody", "plaintext", "rawtext",
        "cleantext", "textbody", "bodycontent", "originaltext", "articlefulltext", "document",
        "transcript", "paragraph", "sentence", "artikeltext", "volltext", "texte",
        "texteintégral", "texteintegral", "texto", "cuerpo", "cuerpodelanoticia", "testo",
        "article",
    ),
    "article": (
        "article", "id", "articleid", "artid", "docid", "documentid", "uid", "guid", "uuid",
        "storyid", "newsid", "recordid", "textid", "accessionnumber", "doc",
    ),
    "outlet": (
        "outlet", "source", "src", "medianame", "publication", "publisher", "newspaper", "site",
        "sourcename", "media", "medium", "sitename", "outletname", "mediaoutlet", "newsoutlet",
        "newssource", "publicationname", "publicationtitle", "newspapername", "publishername",
        "sourcetitle", "journal", "paper", "brand", "domain", "sourcedomain", "hostname", "website",
        "host", "sourcehostname", "pubtitle", "zeitung", "quelle", "publikation", "journaltitle",
        "periodico", "periódico", "medio", "mediodecomunicación", "fuente", "giornale", "testata",
        "fonte", "krant", "bron", "mediumname",
    ),
    "date": (
        "date", "publishdate", "published", "publishedat", "pubdate", "datepublished",
        "publicationdate", "datepublish", "datetime", "publisheddate", "publishedon",
        "publicationtime", "publishtime", "publishedtime", "pubtime", "webpublicationdate",
        "articledate", "newsdate", "datetimepublished", "firstpublished", "posteddate",
        "dateposted", "timestamp", "time", "created", "createdat", "datum", "fecha",
        "erscheinungsdatum", "publikationsdatum", "datedeparution", "datedepublication",
        "fechadepublicación", "fechadepublicacion", "datadipubblicazione",
    ),
    "title": (
        "title", "headline", "heading", "articletitle", "headlinetext", "headlinemain",
        "titletext", "webtitle", "newstitle", "storytitle", "articleheadline", "newsheadline",
        "documenttitle", "head", "titel", "überschrift", "schlagzeile", "titre", "titulo", "título",
        "titular", "titulardelanoticia", "titredelarticle", "titolo", "kop", "headlinesbasic",
    ),
    "event": ("event", "eventid"),
    "topic": (
        "topic", "section", "category", "subject", "sectionname", "ressort", "rubrik", "rubrique",
        "sección", "seccion",
    ),
    "url": (
        "url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "pageurl", "sourceurl",
        "newsurl", "storyurl", "articlelink", "href", "uri",
    ),
    "byline": (
        "byline", "author", "authors", "authorname", "writer", "journalist", "reporter", "creator",
        "autor", "auteur", "verfasser", "autore",
    ),
    "language": ("language", "lang", "languagecode", "sprache", "langue", "idioma"),
}  # fmt: skip
KEYS = frozenset(name for names in SYNONYMS.values() for name in names)
ABOUT = ("file", "filename", "path", "filepath")  # a row that describes another file
NOT_PUBLISHED = re.compile(
    r"crawl|scrap|collect|download|access|retriev|fetch|harvest|captur|index|import|insert|added|"
    r"coded|modif|updat|edited|last"
)
# Columns that may name a database or a kind of media, which is then the same in all rows.
VAGUE = frozenset(
    {"source", "src", "media", "medium", "site", "website", "brand", "publisher", "host"}
)
NO_OUTLETS = re.compile(
    r"(?:lexis ?|pro|dow jones )?(?:nexis|quest|factiva|europresse|newsbank|eureka|wiso"
    r"|media ?cloud|newsapi|gdelt)(?: ?uni| advance)?|web|website|online|print|newspapers?|news"
    r"|press|api|rss"
)
# The first paragraph in a column of its own, which the text may or may not have, too.
LEADS = frozenset({
    "lead", "lede", "leadparagraph", "leadparagraphs", "leadtext", "firstparagraph", "articlelead",
})  # fmt: skip
# Long texts that are not the article; where there are titles, they do not take its place.
SUMMARIES = frozenset({
    "description", "summary", "abstract", "lead", "leadparagraph", "teaser", "excerpt", "snippet",
    "subtitle", "subheadline", "standfirst", "deck", "dek", "hlead", "keywords", "tags", "notes",
    "comment", "comments", "bio", "caption", "shortdescription", "shorttext", "articledescription",
    "metadescription", "articlesummary", "seodescription",
})  # fmt: skip


class Export(NamedTuple):
    """An export with a layout of its own: the columns that identify it, and what they hold.

    ``lead`` is the column of the first paragraphs, if the text goes on in another one.
    """

    system: str
    identified_by: frozenset[str]
    columns: Mapping[str, str]
    lead: str = ""
    note: str = ""


# A dot leads into an object inside the object.
EXPORTS = (
    Export(
        "GDELT", frozenset({"seendate", "domain", "sourcecountry"}),
        {"outlet": "domain", "title": "title", "url": "url", "language": "language"},
        note="GDELT says when it saw the page (seendate), not when the page was published: "
        "date left empty; columns={'date': 'seendate'} takes it",
    ),
    Export(
        "NewsAPI", frozenset({"publishedAt", "content", "source"}),
        {
            "text": "content", "outlet": "source.name", "date": "publishedAt", "title": "title",
            "url": "url", "byline": "author",
        },
    ),
    Export(
        "Factiva", frozenset({"HD", "LP", "TD"}),
        {
            "text": "TD", "article": "AN", "outlet": "SN", "date": "PD", "title": "HD",
            "topic": "SE", "byline": "BY", "language": "LA",
        },
        lead="LP",
    ),
    Export(
        "Dow Jones", frozenset({"an", "snippet", "body"}),
        {
            "text": "body", "article": "an", "outlet": "source_name", "date": "publication_date",
            "title": "title", "byline": "byline", "language": "language_code",
        },
        lead="snippet",
    ),
    Export(
        "trafilatura", frozenset({"source-hostname", "text", "hostname"}),
        {
            "text": "text", "outlet": "source-hostname", "date": "date", "title": "title",
            "url": "source", "byline": "author", "language": "language",
        },
    ),
    Export(
        "Media Cloud", frozenset({"media_name", "indexed_date", "publish_date"}),
        {
            "article": "id", "outlet": "media_name", "date": "publish_date", "title": "title",
            "url": "url", "language": "language", "text": "text",
        },
    ),
)  # fmt: skip
NO_EXPORT = Export("", frozenset(), {})


def export_of(names: Collection[str]) -> Export:
    """Return the export whose columns these are; an empty one if it is none."""
    return next((e for e in EXPORTS if e.identified_by <= set(names)), NO_EXPORT)


def key(name: str) -> str:
    """Return the form in which names of columns are compared.

    Examples
    --------
    >>> key("Media_Name")
    'medianame'
    """
    return re.sub(r"[\W_]+", "", name.casefold())
