"""Records of a CSV: lines, joined inside quotation marks, whether these are right or wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

Line = tuple[str, str]  # with its encoding
DAMAGED = "damaged"  # in the place of an encoding: no line, but why bytes are missing here
_BEHIND = "its beginning may be in what is damaged above"
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')  # by R, MySQL and Spark
_ESCAPED_END = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\r?\n\Z)")  # of a line, by MySQL
_LONE = re.compile(r'(?<!")"(?:"")*+(?!")')  # marks that open or close a cell
_FIELD_BYTES = 2**31 - 1  # a longer cell is an article over the limit, not a broken row
_ROWS = 5  # fewer lines of a text may look like rows
_PROSE = 5  # blanks in a cell
_FAR = 100_000  # characters in which a quotation mark is looked for
_LONGEST_RECORD = 1000  # lines; with wrong quotation marks a record may go on to the end


def as_written(lines: list[Line], delimiter: str) -> Callable[[Line], Line]:
    r"""Return how lines are changed so that most rows are whole.

    Quotation marks in cells may be written \", or, between tabs, as if they meant nothing.
    """
    ways: list[Callable[[Line], Line]] = []
    ways += [_doubled] * any(_ESCAPED_END.search(line) for line, _ in lines)
    ways += [_as_it_is]
    ways += [_doubled] * any(_ESCAPED.search(line) for line, _ in lines)
    ways += [_unquoted] * (delimiter == "\t" and any('"' in line for line, _ in lines))
    if len(ways) == 1:
        return _as_it_is
    names = lines[0][0].count(delimiter) + 1

    def whole(way: Callable[[Line], Line]) -> int:
        """Return how many more records are whole than not; the last one may break off here."""
        widths = Counter(len(r.cells or ()) for r in records(map(way, lines), delimiter))
        return 2 * max(widths[names], widths[names + 1]) - widths.total()

    return max(ways, key=whole)


def _as_it_is(line: Line) -> Line:
    return line


def _unquoted(line: Line) -> Line:
    """Return a line with every cell in quotation marks, and doubled ones inside."""
    body = line[0].rstrip("\r\n")
    cells = body.replace('"', '""').replace("\t", '"\t"')
    return f'"{cells}"{line[0][len(body) :]}' if body else line[0], line[1]


def _doubled(line: Line) -> Line:
    r"""Return a line with quotation marks written "" that are written \", and a plain end."""
    return _ESCAPED_END.sub(r"\1", _ESCAPED.sub(r'\1""', line[0])), line[1]


class Record(NamedTuple):
    """The number of its first line, its cells if they can be told, its encoding, what is wrong.

    A record that is read may have a note.
    """

    line: int
    cells: list[str] | None
    encoding: str
    error: str
    note: str = ""


def _joined(lines: list[str], delimiter: str, cells: list[str], last: int) -> str:
    """Return a note if a quotation mark may join a row with those below, up to a line, the last.

    If it surely does, that is an error.
    """
    rows = lines[1:-1] or [line.replace('"', "", 1) for line in lines]  # of two, both
    same = len(cells) > 2 and all(row.count(delimiter) == len(cells) - 1 for row in rows)
    if len(lines) < 2 or not same or re.search(rf'"|{re.escape(delimiter)}[ ”’]', "".join(rows)):
        return ""
    below = f"it with the rows below, up to line {last:,}"
    if len(rows) >= _ROWS:
        raise csv.Error(f"a quotation mark joins {below}")
    like = all(_is_like(cells, row.rstrip("\r\n").split(delimiter)) for row in rows)
    return f"a quotation mark may join {below}" if like else ""


def _is_like(cells: list[str], row: list[str]) -> bool:
    """Return whether a line may be a row as another is: with prose, and numbers where it has them.

    >>> [_is_like(["17", "Hail fell"], ["18", text]) for text in ("Rain on all of the ports", "No")]
    [True, False]
    """
    prose = max(cell.count(" ") for cell in row) >= _PROSE
    both = [(a, b) for a, b in zip(cells, row, strict=True) if "\n" not in a]
    decimals = zip(_between_digits(cells), _between_digits(row), strict=True)
    numbers = all(a.isdecimal() == b.isdecimal() for a, b in both)
    return prose and numbers and all(a or not b for a, b in decimals)


def _between_digits(cells: list[str]) -> list[bool]:
    """Return which delimiters stand between digits, as the comma of a decimal does."""
    return [a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(cells)]


class _Queue:
    """Lines, some of which are read again; where bytes are missing, they end."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines, self._again = lines, deque[Line]()

    def end(self) -> str | None:
        """Return why bytes are missing before the next line; None if there is a line."""
        if not self._again:
            self._again.extend(islice(self._lines, 1))
        if not self._again:
            return ""
        text, encoding = self._again[0]
        return text if encoding == DAMAGED else None

    def take(self) -> Line:
        return self._again.popleft()

    def again(self, lines: Sequence[Line]) -> None:
        self._again.extendleft(reversed(lines))

    def go_on(self, delimiter: str) -> None:
        """Go on behind missing bytes; a cell that began there has a quotation mark again."""
        self.take()
        text = ""
        for line in self._lines:
            self._again.append(line)
            if line[1] == DAMAGED or len(text) > _FAR:
                break
            text += line[0]
        if _begins_in_cell(text, delimiter):
            text, encoding = self.take()
            self.again([(f'"{text}', encoding)])


def _begins_in_cell(text: str, delimiter: str) -> bool:
    r"""Return whether a text begins inside quotation marks, by the first mark that tells.

    >>> [_begins_in_cell(text, ",") for text in ('rain."\\na,"b"', 'rain.\\na,"b"', '",a\\n"b c"')]
    [True, False, True]
    """
    beside = (delimiter, "\r", "\n", "")
    for number, mark in enumerate(_LONE.finditer(text)):
        opens = text[max(0, mark.start() - 1) : mark.start()] in beside
        if opens != (text[mark.end() : mark.end() + 1] in beside):
            return opens == bool(number % 2)
    return False


def _are_mostly_rows(lines: Sequence[Line], delimiter: str) -> bool:
    """Return whether most lines have as many cells as each other, and are no text."""
    cells = Counter(t.count(delimiter) for t, _ in lines if f"{delimiter} " not in t)
    del cells[0]
    return len(lines) >= _ROWS and 2 * max(cells.values(), default=0) > len(lines)


def _fed(queue: _Queue, taken: list[Line], *, alone: bool) -> Iterator[str]:
    while not (alone and taken) and queue.end() is None:
        taken.append(queue.take())
        yield taken[-1][0]


def records(decoded: Iterator[Line], delimiter: str, number: int = 1) -> Iterator[Record]:
    """Yield the records of a CSV, each with the number of its first line.

    Where quotation marks are wrong, only the first line of the record is given up and reading goes
    on with the next one. Lines that were read in vain in a very long record are then read one by
    one, so that no line is read more than three times. Where bytes are missing, a record ends with
    an error, and so does the one that begins there.
    """
    csv.field_size_limit(_FIELD_BYTES)
    queue = _Queue(decoded)
    taken: list[Line] = []
    alone, behind = 0, ""  # lines of the queue that are records of their own
    while True:
        error, note = behind, ""
        try:
            feed = _fed(queue, taken, alone=alone > 0)
            cells = next(csv.reader(feed, delimiter=delimiter, strict=True))
            lines = [line for line, _ in taken]
            note = _joined(lines, delimiter, cells, number + len(taken) - 1)
        except StopIteration:
            if not (why := queue.end()):
                return
            yield Record(number, None, "", why)
            queue.go_on(delimiter)
            behind = _BEHIND
            number += 1
            continue
        except csv.Error as problem:
            cells, error = None, str(problem)
            if queue.end() and not _are_mostly_rows(taken, delimiter):
                cells = []  # told with what is missing
            else:
                queue.again(taken[1:])
                alone = len(taken) if len(taken) > _LONGEST_RECORD else alone
                del taken[1:]
        alone = max(0, alone - len(taken))
        if cells != []:
            encodings = sorted({encoding for _, encoding in taken})
            yield Record(number, cells, ", ".join(encodings), error, note)
        number += len(taken)
        behind = ""
        taken.clear()
