"""YAML dictionaries: nested keys are categories, lists hold their entries."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from framing.lexicon.formats import DictionaryError, Item

_CORE = "tag:yaml.org,2002:"
_PLAIN = {yaml.MappingNode: "map", yaml.SequenceNode: "seq", yaml.ScalarNode: "str"}
# What quanteda calls the entries of a category that has other categories in it as well.
_OWN = "__"


def read(text: str, notes: list[str]) -> list[Item]:
    r"""Read a mapping of categories to entries or to further categories.

    Only the shape of the file is parsed, no object is built from it. What YAML reads as
    something else than text (``no``, ``.nan``, ``010``, ``!!python/…``) is a fault; so are
    aliases, and a category with neither entries nor ``[]``.

    Examples
    --------
    >>> read("alarm:\n  fear: [afraid, 'fear*']\n", [])[-1][:3]
    (2, ('alarm', 'fear'), 'fear*')
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise DictionaryError(
                1, "a YAML dictionary is a mapping, like 'fear: [afraid, dread*]'"
            )
        _refuse_types(root)
        return list(_mapping(root, (), set()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DictionaryError(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise DictionaryError(1, f"not YAML: {error}") from None
    except RecursionError:
        raise DictionaryError(1, "categories are nested too deep") from None


def _mapping(node: yaml.MappingNode, path: tuple[str, ...], seen: set[int]) -> Iterator[Item]:
    names = set()
    for key, value in node.value:
        name = _name(key)
        if name in names:
            raise DictionaryError(_line(key), f"the category {name!r} stands here twice")
        names.add(name)
        inner = path if name == _OWN and path else (*path, name)
        if inner != path:
            yield Item(_line(key), inner)
        yield from _value(value, inner, seen)


def _value(node: yaml.Node, path: tuple[str, ...], seen: set[int]) -> Iterator[Item]:
    if id(node) in seen:
        raise DictionaryError(
            _line(node), "an alias (*name) repeats a part of the file; write it out"
        )
    seen.add(id(node))
    if node.tag == f"{_CORE}null":
        raise DictionaryError(
            _line(node), f"{path[-1]!r} has no entries; write [] if that is meant"
        )
    _refuse_types(node)
    if isinstance(node, yaml.MappingNode):
        yield from _mapping(node, path, seen)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _value(part, path, seen)
    elif node.value.strip():
        yield Item(_line(node), path, node.value.strip())
    else:
        raise DictionaryError(_line(node), "an empty entry")


def _name(key: yaml.Node) -> str:
    _refuse_types(key)
    if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
        raise DictionaryError(_line(key), "the name of a category is a word or a phrase")
    return str(key.value).strip()


def _refuse_types(node: yaml.Node) -> None:
    """Whatever YAML would turn into another thing than text, list or mapping."""
    if node.tag != _CORE + _PLAIN[type(node)]:
        kind = node.tag.removeprefix(_CORE)
        what = f"{node.value!r} is" if isinstance(node, yaml.ScalarNode) else "a part is"
        raise DictionaryError(
            _line(node), f"{what} read as {kind}, not as text; quote what is text"
        )


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
