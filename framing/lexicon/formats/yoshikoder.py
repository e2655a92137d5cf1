"""Yoshikoder (``.ykd``) and Lexicoder 2 (``.lcd``): categories and patterns nested in XML."""

from __future__ import annotations

from xml.parsers import expat

from framing.lexicon.formats import DictionaryError, Entry, number

_DEEPEST = 50


class _Handler:
    """Handles the elements of a file, and collects ``items``."""

    def __init__(self) -> None:
        self.items: list[Entry] = []
        self.path: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def fault(self, reason: str) -> DictionaryError:
        return DictionaryError(self.parser.CurrentLineNumber, reason)

    def doctype(self, *_: object) -> None:
        """Refuse document types, which can declare entities that expand without limit."""
        raise self.fault("a dictionary must not have a <!DOCTYPE>")

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "dictionary" and attributes.get("patternengine") == "regexp":
            raise self.fault("patterns must be globs such as afraid*, not regular expressions")
        if element not in ("cnode", "pnode"):
            return
        name = attributes.get("name", "").strip()
        if not name:
            raise self.fault(f"a <{element}> without a name")
        line = self.parser.CurrentLineNumber
        if element == "cnode":
            self.path.append(name)
            if len(self.path) > _DEEPEST:
                raise self.fault(f"categories must not be nested more than {_DEEPEST} levels deep")
            self.items.append(Entry(line, tuple(self.path)))
        elif not self.path:
            raise self.fault(f"the pattern {name!r} is in no category")
        else:
            weight = number(attributes.get("score") or "1", line)
            self.items.append(Entry(line, tuple(self.path), name, weight))

    def end(self, element: str) -> None:
        if element == "cnode":
            self.path.pop()


def read(raw: bytes, notes: list[str]) -> list[Entry]:
    """Read ``<cnode name="…">`` as categories and ``<pnode name="…"/>`` as their entries.

    The file is passed as bytes, because XML declares its own encoding.

    >>> read(b'<dictionary><cnode name="Fear"><pnode name="afraid"/></cnode></dictionary>', [])[1]
    Entry(line=1, category=('Fear',), entry='afraid', weight=1.0, tag='', rule='')
    """
    handler = _Handler()
    try:
        handler.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise DictionaryError(
            error.lineno, f"not well-formed XML ({expat.ErrorString(error.code)})"
        ) from None
    return handler.items
