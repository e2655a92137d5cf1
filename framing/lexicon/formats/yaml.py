"""YAML dictionaries: nested keys are categories, lists hold their entries."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from framing.lexicon.formats import DictionaryError, Entry

_CORE = "tag:yaml.org,2002:"
_PLAIN = {yaml.MappingNode: "map", yaml.SequenceNode: "seq", yaml.ScalarNode: "str"}
# The key that quanteda uses for entries of a category that also has subcategories.
_OWN = "__"


def read(text: str, notes: list[str]) -> list[Entry]:
    r"""Read a mapping of categories to entries or to further categories.

    Only the structure of the file is parsed; no objects are constructed. Values that YAML does not
    read as text (``no``, ``.nan``, ``010``, ``!!python/…``) are errors; so are aliases, and a
    category with neither entries nor ``[]``.

    >>> read("alarm:\n  fear: [afraid, 'fear*']\n", [])[-1][:3]
    (2, ('alarm', 'fear'), 'fear*')
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise DictionaryError(
                1, "a YAML dictionary must be a mapping, such as 'fear: [afraid, dread*]'"
            )
        _refuse_types(root)
        return list(_mapping(root, (), set()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DictionaryError(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:  # a character that YAML does not allow
        line = text.count("\n", 0, error.position) + 1
        raise DictionaryError(line, f"not YAML: {error}") from None
    except RecursionError:
        raise DictionaryError(1, "categories are nested too deeply") from None


def _mapping(node: yaml.MappingNode, path: tuple[str, ...], seen: set[int]) -> Iterator[Entry]:
    names = set()
    for key, value in node.value:
        name = _name(key)
        if name in names:
            raise DictionaryError(_line(key), f"duplicate category {name!r}")
        names.add(name)
        inner = path if name == _OWN and path else (*path, name)
        if inner != path:
            yield Entry(_line(key), inner)
        yield from _value(value, inner, seen)


def _value(node: yaml.Node, path: tuple[str, ...], seen: set[int]) -> Iterator[Entry]:
    if id(node) in seen:
        raise DictionaryError(
            _line(node), "aliases (*name) are not supported; write out the repeated part"
        )
    seen.add(id(node))
    if node.tag == f"{_CORE}null":
        raise DictionaryError(
            _line(node), f"{path[-1]!r} has no entries; write [] for an empty category"
        )
    _refuse_types(node)
    if isinstance(node, yaml.MappingNode):
        yield from _mapping(node, path, seen)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _value(part, path, seen)
    elif node.value.strip():
        yield Entry(_line(node), path, node.value.strip())
    else:
        raise DictionaryError(_line(node), "an empty entry")


def _name(key: yaml.Node) -> str:
    _refuse_types(key)
    if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
        raise DictionaryError(_line(key), "the name of a category must be a word or a phrase")
    return str(key.value).strip()


def _refuse_types(node: yaml.Node) -> None:
    """Raise an error for a value that YAML does not read as text, list or mapping."""
    if node.tag != _CORE + _PLAIN[type(node)]:
        kind = node.tag.removeprefix(_CORE)
        what = f"{node.value!r} is" if isinstance(node, yaml.ScalarNode) else "a part is"
        raise DictionaryError(_line(node), f"{what} read as {kind}; put text in quotation marks")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
