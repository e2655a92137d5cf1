"""Files that are written completely or not at all, locks, and hashes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import socket
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from framing.text.encoding import printable

PACKAGE = Path(__file__).parents[1]
SHEETS = (".xlsx", ".xls", ".ods")
UNFINISHED = ".unfinished-"  # so begin folders of files that are being written
_SOURCES = {".py", ".csv", ".toml", ".txt", ".typ"}  # code, and data that the package reads


def bundled(name: str) -> Path:
    """Return a file or folder that comes with the package: ``notebooks``, ``corpora/strait``.

    In a checkout it is beside the package, in an installed package inside.
    """
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name


def find_data(name: str | Path, kind: str, folder: Path = Path()) -> Path:
    """Return the path of data: a file or folder, or what comes with the package by that name.

    A path may have a ``#sheet``, is seen from ``folder``, and goes before a name such as
    ``strait``, which is looked up in a folder of the package, ``kind``: "corpora" or
    "lexicon/data".
    """
    path = folder / name
    if Path(name).name != str(name) or split_sheet(path)[0].exists():
        return path
    files = sorted(file for file in bundled(kind).glob("*") if file.suffix != ".toml")
    return {file.stem: file for file in files}.get(str(name), path)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what is in a TOML file; an error names it."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError(
            f"{printable(path)}: not TOML, which is in UTF-8: save it in this encoding"
        ) from None
    except tomllib.TOMLDecodeError as error:
        hint = "; write paths with /" if "\\" in str(error) else ""
        raise ValueError(printable(f"{path}: not TOML: {error}{hint}")) from None


def data_beside(module: str) -> dict[str, Any]:
    """Return the data in the TOML file that has the name of a module."""
    return read_toml(Path(module).with_suffix(".toml"))


def check_path(name: str, value: object, what: str = "a file") -> None:
    """Raise an error unless an argument is a path, or could be one."""
    if not isinstance(value, str | PathLike):
        kind = type(value).__name__
        raise TypeError(f"{name} must be {what}, got {'None' if value is None else f'a {kind}'}")


def is_table(name: str | Path) -> bool:
    """Return whether a parameter names a file, not a column."""
    return Path(name).suffix.lower() in (".csv", ".tsv", *SHEETS)


def flush(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a path to write to; the file is moved to its final name at the end of the block.

    It has that name already, in a folder beside it. Two processes may write the same file: each has
    a path of its own, and the last one wins.
    """
    with all_or_none([path]) as (file,):
        yield file


@contextmanager
def all_or_none(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Give paths to write files of one folder to, as `unfinished` does for one file.

    They are moved in this order, and only when all are on the disk. If one cannot be written or
    moved, the folder is as it was.
    """
    folder = paths[0].parent
    with (
        naming(folder if paths[1:] else paths[0]),
        tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as made,
    ):
        files = [Path(made, path.name) for path in paths]
        yield files
        for file in files:
            flush(file)
        old = Path(tempfile.mkdtemp(dir=made))
        with contextlib.ExitStack() as undo:
            for file, path in zip(files, paths, strict=True):
                if path != paths[-1]:  # behind which nothing can fail
                    undo.callback(_kept(path, old / path.name))
                file.replace(path)
            undo.pop_all()
        if sys.platform != "win32":  # which cannot open folders
            flush(folder)


def _kept(path: Path, old: Path) -> Callable[[], object]:
    """Keep a file under another name, too, and return what brings it back."""
    if not os.path.lexists(path):
        return partial(path.unlink, missing_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        old.hardlink_to(path)
    except OSError:  # a disk without such links
        path.rename(old)
    return partial(old.replace, path)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of all files in a folder."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        listed = "".join(f"{file.relative_to(path).as_posix()}\0{sha256(file)}\n" for file in files)
        return hashlib.sha256(listed.encode(errors="surrogateescape")).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_package(folder: Path, *parts: str) -> str:
    """Return a SHA-256 of the names and contents of the source files in the folder of a package.

    With ``parts``, only of these files and folders in it.
    """
    found = (
        file for part in parts or (".",) for file in [folder / part, *(folder / part).rglob("*")]
    )
    files = sorted(file for file in found if file.suffix in _SOURCES and file.is_file())
    listed = "".join(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n" for file in files)
    return hashlib.sha256(listed.encode()).hexdigest()


def split_sheet(path: Path) -> tuple[Path, str]:
    """Return the file and the sheet that ``book.xlsx#sheet`` names; no sheet for other paths.

    >>> split_sheet(Path("no such book.xlsx#2022"))[1]
    '2022'
    """
    if path.exists() or "#" not in path.name:
        return path, ""
    name, _, sheet = path.name.partition("#")
    return path.with_name(name), sheet


def sha256_of_rows(path: Path) -> str:
    """Return a hash of the lines of a file that does not depend on their order.

    It is the sum of their SHA-256 modulo 2**256; for a folder, its `sha256`.
    """
    if path.is_dir():
        return sha256(path)
    with path.open("rb") as stream:
        each = (hashlib.sha256(line.rstrip(b"\r\n")).digest() for line in stream)
        return f"{sum(int.from_bytes(digest, 'big') for digest in each) % 2**256:064x}"


@contextmanager
def locked(path: Path, what: Path | None = None) -> Iterator[None]:
    """Hold a lock file, which the system releases when this process ends, however it ends.

    ``what`` is locked by it; the folder of the file by default. If another process holds it, an
    error names the process where the system allows it.
    """
    from filelock import FileLock, Timeout  # slow to import

    lock = FileLock(path)
    with naming(path):
        try:
            lock.acquire(blocking=False)
        except Timeout:
            owner = ""
            with contextlib.suppress(OSError):
                owner = path.read_text("utf-8").strip()
            by = owner or "another process"
            raise OSError(f"{what or path.parent}: locked by {by}") from None
    try:
        with contextlib.suppress(OSError):  # on Windows nobody can write to a locked file
            path.write_text(f"process {os.getpid()} on {socket.gethostname()}", "utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows cannot delete an open file
            path.unlink()
        lock.release()  # last, so that a process waiting for the deleted file starts over


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Add a path to system errors without one, such as that of a full disk.

    Or with that of a file that is given another name when it is complete.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or UNFINISHED not in str(error.filename or UNFINISHED):
            raise
        raise type(error)(error.errno, os.strerror(error.errno), str(path)) from error


def remove(path: Path) -> None:
    """Delete a file or a folder, if it exists."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
