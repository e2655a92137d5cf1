"""Names of columns that exports and scrapers use, and exports with a layout of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import NamedTuple

from framing.corpus.readers import METADATA

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACCENTS = re.compile("[\u0300-\u036f]")
FIELDS = ("text", "article", *METADATA)
# Names that exports and scrapers use, the likeliest first; compared without case and punctuation.
SYNONYMS = {
    "text": (
        "fulltext", "fullcontent", "fullbody", "fullarticle", "fullstory", "fullarticletext",
        "completetext", "text", "body", "content", "maintext", "bodytext", "story", "paragraphs",
        "bodyparagraphs", "textcontent", "contenttext", "plaintext", "textbody", "bodycontent",
        "txt", "document", "transcript", "paragraph", "sentence", "artikeltext", "volltext",
        "texte", "texteintegral", "texto", "cuerpo", "cuerpodelanoticia", "testo", "tekst",
        "textocompleto", "testocompleto", "textecomplet", "fuldtekst", "fulltekst",
        "volledigetekst", "artikeltekst", "artikelinhalt", "brødtekst", "brodtext", "contenu",
        "contenido", "contenuto", "conteudo", "inhoud", "innehall", "indhold", "innhold", "corps",
        "corpo", "inhalt", "message", "article",
    ),
    "article": (
        "article", "id", "artid", "uid", "guid", "uuid", "recordid", "textid", "accessionnumber",
        "doc",
    ),
    "outlet": (
        "outlet", "containertitle", "source", "src", "medianame", "publication", "publisher",
        "newspaper", "site",
        "sourcename", "media", "medium", "sitename", "outletname", "mediaoutlet",
        "publicationname", "publicationtitle", "newspapername", "publishername", "sourcetitle",
        "journal", "paper", "brand", "domain", "sourcedomain", "hostname", "website", "host",
        "sourcehostname", "pub", "pubname", "pubtitle", "zeitung", "quelle", "publikation",
        "journaltitle", "periodico", "medio", "mediodecomunicacion", "fuente", "giornale",
        "testata", "fonte", "krant", "bron", "station", "channel",
        "nomdujournal", "diario", "quotidiano", "jornal", "veiculo", "medie", "kilde", "tidning",
        "kalla", "dagblad", "nieuwsbron", "network", "pagename", "blogname", "blogtitle",
        "feedname", "feedtitle", "avis",
    ),
    "date": (
        "date", "publishdate", "published", "publishedat", "pubdate", "datepublished",
        "publicationdate", "datepublish", "datetime", "publisheddate", "publishedon",
        "publicationtime", "publishtime", "publishedtime", "pubtime", "pubdt",
        "webpublicationdate", "datetimepublished", "firstpublished", "firstpublishdate",
        "displaydate", "issued", "issuedate", "releasedate", "onlinedate", "posteddate",
        "dateposted",
        "timestamp", "time", "created", "createdat", "datum", "fecha", "erscheinungsdatum",
        "publikationsdatum", "datedeparution", "datedepublication", "fechadepublicacion",
        "datadipubblicazione", "datapubblicazione", "datadepublicacao", "datapublicacao",
        "fechapublicacion", "datepublication", "dateparution", "publicatiedatum",
        "veroffentlichungsdatum", "erscheinungstag", "dato", "udgivelsesdato", "publiceringsdato",
        "publiseringsdato", "publiceringsdatum",
    ),
    "title": (
        "title", "headline", "heading", "headlinetext", "headlinemain", "titletext", "webtitle",
        "head", "hed", "hl", "hd", "ttl", "titel", "uberschrift", "schlagzeile", "titre", "titulo",
        "titular", "titulardelanoticia", "titredelarticle", "titolo", "kop", "overskrift",
        "tittel", "manchete", "encabezado", "krantenkop", "headlinesbasic",
    ),
    "event": ("event", "eventid"),
    "topic": (
        "topic", "section", "category", "subject", "sectionname", "ressort", "rubrik", "rubrique",
        "seccion", "sezione", "secao", "sektion", "seksjon", "sectie", "rubriek", "editoria",
    ),
    "url": (
        "url", "link", "weburl", "permalink", "canonicalurl", "pageurl", "sourceurl", "href", "uri",
        "lien", "enlace", "lenke",
    ),
    "byline": (
        "byline", "author", "authors", "authorname", "writer", "journalist", "reporter", "creator",
        "autor", "auteur", "verfasser", "autore", "forfatter", "forfattare",
    ),
    "language": (
        "language", "lang", "languagecode", "sprache", "langue", "idioma", "lingua", "taal",
        "sprog", "sprak",
    ),
}  # fmt: skip
# Columns that have the titles where no other has: of a link, or of the article as a whole.
LINKED = frozenset({
    *SYNONYMS["url"], "hyperlink", "weblink", "articlelink", "article", "story", "item", "hit",
    "result", "news", "newsitem", "post", "document", "artikel", "beitrag",
})  # fmt: skip
# Words around the name of a field that say only whose it is: "article_title", "clean text".
AROUND = frozenset({
    "article", "story", "news", "post", "document", "doc", "item", "raw", "clean", "cleaned",
    "original", "scraped",
})  # fmt: skip
# The first or last words of what a form asks for, and words of it that name no field.
ASKING = frozenset({
    "which", "what", "paste", "copy", "enter", "insert", "please", "here", "welche", "welcher",
    "welches", "aus", "bitte", "einfugen", "kopieren", "quel", "quelle", "collez", "copiez", "ici",
    "cual", "pega", "pegue", "aqui",
})  # fmt: skip
IN_QUESTIONS = ASKING | frozenset({
    "is", "was", "it", "the", "this", "a", "an", "from", "into", "ist", "der", "die", "das", "den",
    "hier", "stammt", "artikel", "est", "le", "la", "l", "es", "el",
})  # fmt: skip
# When an answer was given, as forms name it.
STAMPS = frozenset({"timestamp", "zeitstempel", "horodateur", "marcatemporal", "tijdstempel"})
KEYS = frozenset(name for names in SYNONYMS.values() for name in names)
# Year, month and day, each in a column of its own.
DAYS = (
    ("year", "month", "day"), ("pubyear", "pubmonth", "pubday"), ("jahr", "monat", "tag"),
    ("annee", "mois", "jour"), ("ano", "mes", "dia"), ("anno", "mese", "giorno"),
    ("jaar", "maand", "dag"), ("yyyy", "mm", "dd"),
)  # fmt: skip
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
SENTENCES = frozenset({"sentences", "sents"})  # lists of those of one text
# Long texts that are not the article; where there are titles, they do not take its place.
SUMMARIES = frozenset({
    "description", "summary", "abstract", "lead", "leadparagraph", "teaser", "excerpt", "snippet",
    "subtitle", "subheadline", "standfirst", "deck", "dek", "hlead", "keywords", "tags", "notes",
    "comment", "comments", "bio", "caption", "shortdescription", "shorttext", "articledescription",
    "abstractnote", "metadescription", "articlesummary", "seodescription", "openingtext",
    "hitsentence",
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
        "ProQuest TDM Studio", frozenset({"GOID", "Obj", "TextInfo"}),
        {
            "text": "TextInfo.Text", "article": "GOID", "outlet": "DFS.PubFrosting.Title",
            "date": "Obj.NumericDate", "title": "Obj.TitleAtt.Title", "language": "Obj.Language",
        },
    ),
    Export(
        "ProQuest", frozenset({"RecordID", "RecordTitle", "NumericPubDate"}),
        {
            "text": "FullText", "article": "RecordID", "date": "NumericPubDate",
            "outlet": "Publication.Title", "title": "RecordTitle", "url": "URLDocView",
            "language": "LanguageCode",
        },
    ),
    Export(
        "trafilatura", frozenset({"source-hostname", "text", "hostname"}),
        {
            "text": "text", "outlet": "source-hostname", "date": "date", "title": "title",
            "url": "source", "byline": "author", "language": "language",
        },
    ),
    Export(
        "Telegram", frozenset({"date_unixtime", "text_entities"}),
        {"article": "id", "outlet": "from", "date": "date", "text": "text"},
    ),
    Export(
        "LexisNexisTools", frozenset({"ID", "Source_File", "Newspaper", "Headline"}),
        {
            "article": "ID", "outlet": "Newspaper", "date": "Date", "title": "Headline",
            "topic": "Section", "byline": "Author", "text": "Article",
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
    >>> key("Media_Name"), key("Média")
    ('medianame', 'media')
    """
    return "".join(words_of(name))


def words_of(name: str) -> list[str]:
    """Return the words of the name of a column, without case, accents and punctuation.

    Examples
    --------
    >>> words_of("articleTitle"), words_of("TITRE de l'article"), words_of("bodyHTML")
    (['article', 'title'], ['titre', 'de', 'l', 'article'], ['body', 'html'])
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", _CAMEL.sub(" ", name)))
    return re.findall(r"[^\W_]+", plain.casefold())
