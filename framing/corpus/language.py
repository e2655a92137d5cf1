"""The language of an article, by its function words: enough to set apart what is not English."""

from __future__ import annotations

import re
from collections.abc import Sequence

ENGLISH = "en"
ENGLISH = "en"
_WORDS = 200  # that are looked at
_FEWEST = 20  # words that say something about a language
# Shares of function words among the words: news in a language has 20 to 45 in 100 of its own, and
# up to 10 of those of another (Danish and Dutch share "for", "at", "in" and "was" with English).
_SURELY_ENGLISH, _SHARE = 0.18, 0.12
# Words that news in a language cannot do without; those of several languages are in all of them.
_FUNCTION_WORDS = {
    "en": "the of to and in that is was for on with as at by from it his her he they this be are "
    "has have had not but which who were been will would their an said or its we you i",
    "de": "der die das und ist nicht ein eine einen einem einer zu den dem des mit von für auf im "
    "sich auch es er sie wird wurde haben hat dass werden bei nach aus als zum zur",
    "fr": "le la les des de du et est un une en dans que qui pour pas sur au aux par il elle ne se "
    "ce cette avec sont plus ont été leur mais ses",
    "es": "el la los las de del y que en un una es se por con para no su al lo como más pero sus "
    "le ha fue son este esta entre sobre",
    "it": "il lo la i gli le di del della dei che e è un una in per non con si da al alla sono ha "
    "come più anche nel nella dal questo",
    "pt": "o a os as de do da dos das que e em um uma é não com para por se no na ao mais foi como "
    "mas pelo pela são seu sua",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar "
    "hij werd wordt heeft maar over uit dit",
    "sv": "och att det i en är som på för av med den till inte har de om ett han var från vi men "
    "sig kan hade ska efter",
    "da": "og at det i en er som på for af med den til ikke har de om et han var fra vi men sig "
    "kan havde skal efter blev der",
    "no": "og at det i en er som på for av med den til ikke har de om et han var fra vi men seg "
    "kan hadde skal etter ble",
    "pl": "i w na z do że się nie jest to o jak po od za przez ale dla ma był było jego są oraz",
    "tr": "ve bir bu da de için ile olarak olan daha çok gibi kadar ancak sonra en ne var ise dedi",
    "ru": "и в не на что с по как а из к у за от о для это но его он был также",
    "uk": "і в не на що з та у за як до про від це для але його він був також",
}  # fmt: skip
_LISTS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_NAMES = {
    "en": "english englisch anglais inglés ingles inglese eng",
    "de": "german deutsch allemand ger deu",
    "fr": "french français französisch fre fra", "es": "spanish español espagnol spanisch spa",
    "it": "italian italiano ita", "pt": "portuguese português por", "nl": "dutch nederlands nld",
    "sv": "swedish", "da": "danish", "no": "norwegian", "pl": "polish", "tr": "turkish",
    "ru": "russian", "uk": "ukrainian",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def language_of(blocks: Sequence[str], *, declared: str = "") -> tuple[str, str]:
    """Say the language of some blocks of text, and how that is known.

    Parameters
    ----------
    blocks : sequence of str
        Their first 200 words are looked at.
    declared : str
        What the source says, a code or a name; it counts where there are too few words, or where
        their language is none of those known.

    Returns
    -------
    language : str
        A code of two letters, ``und`` for a script other than Latin or Cyrillic that is not
        declared, empty where it is not known: such a text is taken for English.
    reason : str
        Why it is not scored, where it is not one of those that are.

    Examples
    --------
    >>> language_of(["Die Gespräche sind am Montag gescheitert, und niemand in der Stadt war "
    ... "darüber erstaunt, dass es nach einer Woche ohne einen Erfolg so kam."])
    ('de', "language 'de', by its function words: not scored")
    >>> language_of(["Talks fail"], declared="ENGLISH")[0]
    'en'
    """
    words = _first_words(blocks)
    said = code_of(declared)
    by_source = f"language {said!r}, says the source: not scored"
    if len(words) < _FEWEST:
        return said, by_source
    if _share(words, ENGLISH) >= _SURELY_ENGLISH:
        return ENGLISH, ""
    best = max(_LISTS, key=lambda code: (_share(words, code), code == said, code))
    if _share(words, best) >= _SHARE:
        return best, f"language {best!r}, by its function words: not scored"
    if said:
        return said, by_source
    letters = "".join(words)
    foreign = len(_LATIN.findall(letters)) < 0.5 * len(letters)
    return ("und", "a language in another script: not scored") if foreign else ("", "")


def _share(words: Sequence[str], code: str) -> float:
    of_it = _LISTS[code]
    return sum([word in of_it for word in words]) / len(words)


def code_of(declared: str) -> str:
    """Give the code of a language as sources write it: ``en-GB``, ``ENGLISH``, ``eng``."""
    name = declared.strip().lower()
    return _CODES.get(name, re.split(r"[-_,; ]", name)[0] if len(name) != 3 else name)


def _first_words(blocks: Sequence[str]) -> list[str]:
    words: list[str] = []
    for block in blocks:
        words.extend(_WORD.findall(block[: 20 * _WORDS].lower()))
        if len(words) >= _WORDS:
            break
    return words[:_WORDS]
