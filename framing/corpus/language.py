"""The language of an article, identified by py3langid from a sample of its text."""

from __future__ import annotations

import heapq
import re
import warnings
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from framing.schema import PLACE
from framing.utils.files import data_beside

ENGLISH = "en"
_PIECES = 4  # of a sample; a piece has so many characters:
_BRIEF, _USUAL, _LONG = 60, 120, 300
_FEWEST = 25  # letters; fewer say nothing
_HEADLINE = 60  # letters; fewer are in the language that the source declares, if they may be
# Most English articles show in their commonest words, which no other language has together: this
# takes a tenth of the time of the model, and need not be right about any other language.
_COMMON = frozenset(["the", "and", "of", "to", "that", "with", "from", "this", "which", "would"])
_SURELY, _WORDS = 0.1, 30
# Probabilities: a text is English above the one and in another language below the other. Between
# them, or if no language reaches _NAMED, the model does not know.
_ENGLISH, _FOREIGN, _NAMED = 0.5, 0.05, 0.3
# A headline is in the declared language if that is possible, and no other is certain.
_POSSIBLE, _CERTAIN = 0.01, 0.9
# Of a table without languages, so many texts are looked at, and the model must be certain.
_TEXTS, _PLAINLY, _SEVERAL = 40, 0.99, 2
# In addition the longest texts, of so many letters, that lack the commonest English words: one in
# another language among many. From one in _SHARE on, each text is read as what it is.
_SUSPECTS, _SUSPECT, _SHARE = 15, 100, 4
_EACH = "each"  # text in its own
_EXAMPLE = 60  # characters of a text in a warning
# The model has varieties that are read as the language: Nigerian Pidgin for English headlines.
_VARIETIES = {"pcm": "en", "nb": "no", "nn": "no"}
_CODES = {name: c for c, names in data_beside(__file__).items() for name in names.split()}
_LETTER = re.compile(r"[^\W\d_]")
_WITH_DIGITS = re.compile(r"(?<!\w)[A-Za-z]*\d[A-Za-z\d]*")  # numbers and codes say nothing


def language_of(blocks: Sequence[str], *, declared: str = "") -> tuple[str, str]:
    """Return the language of some blocks of text, and the reason for not scoring it.

    English shows in about 480 characters from four places, or in the whole text; the model looks at
    240, and at 1,200 where they leave doubt. What the source declares, a code or a name, is used if
    the text is too short or in doubt. The language is a code of two letters (three where there are
    none), "und" for a text that is not English and in no language of the model, empty if not known:
    such a text is taken for English.

    Notes
    -----
    py3langid [1]_ against lingua 2.1.1 on articles of twelve US outlets, cut to so many words, and
    on pieces of ten words in 40 other languages: English not recognised in 0 of 715 (20 words)
    against 0; other languages taken for English 0 of 226 against 0; 0.2 ms a text against 6 ms;
    4.5 MB installed against 96 MB.

    References
    ----------
    .. [1] Lui, M. & Baldwin, T. (2012). langid.py: An off-the-shelf language identification tool.
       *Proceedings of the ACL 2012 System Demonstrations*, 25–30.

    Examples
    --------
    >>> language_of(["Die Gespräche sind am Montag gescheitert, und niemand war erstaunt."])
    ('de', "language 'de', by its text: not scored")
    >>> language_of(["Talks fail"], declared="ENGLISH")[0]
    'en'
    """
    said = code_of(declared) if declared else ""
    if _is_surely_english(_sample(blocks, _USUAL)) or _is_surely_english(" ".join(blocks)):
        return ENGLISH, ""
    text = _WITH_DIGITS.sub("", _sample(blocks, _BRIEF))
    letters = len(_LETTER.findall(text))
    if letters >= _FEWEST:
        may_be = said if letters < _HEADLINE else ""
        longer = _WITH_DIGITS.sub("", _sample(blocks, _LONG))
        if language := _identified(text, may_be) or _identified(longer, may_be):
            return language, f"language {language!r}, by its text: not scored"
    return said, f"language {said!r}, says the source: not scored"


def with_language(table: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Return texts with a column ``language`` if they have none and are plainly not English.

    ``language`` is what `language_in` found in the whole of a table that this is a part of.

    Warns
    -----
    UserWarning
        If a text is plainly in another language, and others in English: from a quarter on each gets
        its own, fewer are scored as English.

    Examples
    --------
    >>> german = pd.DataFrame({"text": ["Die Gespräche sind am Montag gescheitert, und niemand "
    ...     "war erstaunt, denn die Minister hatten schon am Sonntag vor dem Streit gewarnt."]})
    >>> with_language(german)["language"].tolist()
    ['de']
    """
    if "language" in table:
        return table
    if language is None:
        language = language_in([table])
    if language == _EACH:
        known = {text: _plainly(text[:_LONG]) for text in dict.fromkeys(table["text"])}
        return table.assign(language=[known[text] for text in table["text"]])
    return table.assign(language=language) if language else table


def language_in(parts: Sequence[pd.DataFrame]) -> str:
    """Return the language of the texts of all parts of a table; empty if it may be English.

    By texts chosen by chance: it is empty where the model has the slightest doubt. Of texts in
    several languages, most of which are not English, each gets its own.
    """
    table = pd.concat(parts)
    texts = table["text"].to_numpy(object)
    looked_at = [text[:_LONG] for text in texts[_chosen(table)]]
    languages = {text: _plainly(text) for text in dict.fromkeys(looked_at)}
    rows = Counter(languages[text] for text in looked_at)
    foreign = rows.total() - rows[""] - rows[ENGLISH]
    whole = _plainly(" ".join(languages))
    mixed = len(set(rows) - {"", ENGLISH}) > 1 or rows[ENGLISH]
    if whole not in ("", ENGLISH) and (foreign < _SEVERAL or not mixed):
        return whole
    languages |= {text[:_LONG]: _plainly(text[:_LONG]) for text in _suspects(texts)}
    foreign_texts = {text for text, code in languages.items() if code not in ("", ENGLISH)}
    if not foreign_texts or not (found := _foreign_rows(table, texts, foreign_texts)):
        return ""
    few = _SHARE * foreign < rows.total() and whole in ("", ENGLISH)
    first = texts[found[0]][:_LONG]
    names = ", ".join(sorted({languages[texts[n][:_LONG]] for n in found}))
    of_all = sum(part.attrs.get("rows", len(part)) for part in parts)
    warnings.warn(
        f"Not English: at least {len(found)} of {of_all} texts ({names}), such as "
        f"{first[:_EXAMPLE]!r}{', scored as if they were' if few else ''}. Leave them out, or give "
        "the table a column 'language', as framing.read_corpus does",
        stacklevel=5,
    )
    return "" if few else _EACH


def telling(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a part of a table by which `language_in` tells the language.

    They are those that it may look at, and one in English of their articles, and of those that may
    go on in another part.
    """
    texts, ids = (table[name].to_numpy(object) for name in ("text", "article"))
    suspects = set(_suspects(texts))
    told = {*_chosen(table), *(n for n, text in enumerate(texts) if text in suspects)}
    near = {*ids[list(told)], *ids[:1], *ids[-1:]} - {""}
    english = ((one, n) for n, one in enumerate(ids) if one in near and _may_be_english(texts[n]))
    rows = table.iloc[sorted({*told, *dict(english).values()})][[*PLACE, "text"]]
    rows.attrs["rows"] = len(table)
    return rows


def _suspects(texts: NDArray[np.object_]) -> list[str]:
    """Return the longest texts in which the commonest English words are missing."""
    found = {t for t in texts if " the " not in t and len(t) >= _SUSPECT and not _may_be_english(t)}
    return sorted(found, key=lambda text: (-len(text), text))[:_SUSPECTS]


def _may_be_english(text: str) -> bool:
    """Return whether a text has common English words; no other language has two of the last."""
    if any(word in text for word in (" the ", " and ", " that ", " with ")):
        return True
    return sum(word in text for word in (" to ", " of ", " for ")) > 1


def _foreign_rows(
    table: pd.DataFrame, texts: NDArray[np.object_], beginnings: set[str]
) -> list[int]:
    """Return the rows that begin so, but for quotations: those of articles with English text."""
    rows = [n for n, text in enumerate(texts) if text[:_LONG] in beginnings]
    if "article" not in table:
        return rows
    ids = table["article"].iloc[rows]
    same = table["article"].isin(ids[ids != ""]).to_numpy().nonzero()[0]
    english = table["article"].iloc[[n for n in same if _may_be_english(texts[n])]]
    return [n for n, quoted in zip(rows, ids.isin(english), strict=True) if not quoted]


def _chosen(table: pd.DataFrame) -> list[int]:
    """Return the rows of some texts, by a number that is as good as drawn, and always the same."""
    texts = table["text"].tolist()
    names = [table[name].astype(str) + "\0" for name in PLACE if name in table]
    begun = sum(names[1:], names[0]).tolist() if names else [""] * len(texts)
    drawn = (
        (zlib.crc32(f"{begin}{text}".encode(errors="surrogatepass")), text, n)
        for n, (begin, text) in enumerate(zip(begun, texts, strict=True))
        if len(text) >= _HEADLINE
    )
    return [n for *_, n in heapq.nsmallest(_TEXTS, drawn)]


def _plainly(text: str) -> str:
    """Return the language of a text, empty if the model is not certain of it."""
    text = text.encode(errors="ignore").decode()  # half of a pair of surrogates
    if _is_surely_english(text):
        return ENGLISH
    if len(_LETTER.findall(text)) < _HEADLINE:
        return ""
    likely = _likely(_WITH_DIGITS.sub("", text))
    best = max(likely, key=lambda code: likely[code])
    return best if likely[best] > _PLAINLY else ""


def code_of(declared: str) -> str:
    """Return the code of a language as sources write it: ``en-GB``, ``ENGLISH``, ``eng``.

    >>> code_of("en-GB"), code_of("German"), code_of("xyz")
    ('en', 'de', 'xyz')
    """
    name = declared.strip().lower()
    first = re.split(r"[-_,; ]", name)[0]
    return _CODES.get(name) or _CODES.get(first, first)


def known_code(name: str) -> str:
    """Return the code of a language that a user asks for; raise an error if it can be none."""
    code = code_of(name)
    if not re.fullmatch("[a-z]{2,3}", code):
        raise ValueError(f"languages must be codes such as 'en' or 'de', got {name!r}")
    return code


def _sample(blocks: Sequence[str], width: int) -> str:
    """Return the beginnings of some blocks, spread over the text."""
    step = max(1, len(blocks) // _PIECES)
    chosen = blocks[::step][:_PIECES]
    width = width * _PIECES // max(len(chosen), 1)
    return " ".join([block[:width] for block in chosen])


def _is_surely_english(text: str) -> bool:
    words = text.lower().split() if len(text) >= 2 * _WORDS - 1 else []
    return len(words) >= _WORDS and sum([w in _COMMON for w in words]) >= _SURELY * len(words)


def _identified(text: str, declared: str = "") -> str:
    """Return the language of a text, empty if the model is in doubt or it may be the declared."""
    likely = _likely(text)
    if likely.get(declared, 0) > _POSSIBLE and max(likely.values()) < _CERTAIN:
        return ""
    if likely[ENGLISH] > _ENGLISH:
        return ENGLISH
    if likely[ENGLISH] > _FOREIGN:
        return ""
    best = max(likely, key=lambda code: likely[code])
    return best if likely[best] > _NAMED else "und"


def _likely(text: str) -> dict[str, float]:
    """Return the probability of every language of the model."""
    likely: dict[str, float] = {}
    for code, probability in _model().rank(text):
        code = _VARIETIES.get(code, code)
        likely[code] = likely.get(code, 0.0) + probability
    return likely


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
