"""Read by every Python that starts with this folder on its path: makes a write fail, or kills.

``FRAMING_FAULTS`` is JSON: ``folder``, ``driver`` (whether the process that plans the batch is
meant, or those of the reports), ``faults`` (by name of the report: number of the write point, and
kill, ENOSPC or EIO) and ``log`` (a folder for the number of points that each report had).
A write point is: opening a file to write, making, renaming or deleting a file or folder, fsync.
"""

import errno
import json
import os
import signal
import sys

told = json.loads(os.environ.get("FRAMING_FAULTS", "null"))
count: dict[str, int] = {}
handles: dict[int, str] = {}


def report_of(path: object) -> str:
    """The name of the report that a file belongs to."""
    text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    if not text.startswith(told["folder"] + os.sep):
        return ""
    first = text[len(told["folder"]) + 1 :].split(os.sep)[0].lstrip(".")
    for name in told["names"]:
        if first.startswith(name):
            return name
    return "" if not told["driver"] else "driver"


def point(path: object) -> None:
    name = report_of(path)
    in_driver = "framing.report.server" not in sys.orig_argv
    if not name or in_driver != told["driver"]:
        return
    count[name] = count.get(name, 0) + 1
    if told["log"]:
        with open(os.path.join(told["log"], name), "w") as stream:
            stream.write(str(count[name]))
    at, kind = told["faults"].get(name, (0, ""))
    if count[name] == at:
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, kind)
        raise OSError(number, os.strerror(number), os.fspath(path))


def hook(event: str, arguments: tuple) -> None:
    if event == "open":
        path, mode, flags = arguments
        if (mode and set(mode) & set("wax+")) or flags & (os.O_WRONLY | os.O_RDWR):
            point(path)
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        point(arguments[0])


def fsync(handle: int, *, real=os.fsync) -> None:
    point(os.readlink(f"/proc/self/fd/{handle}"))
    real(handle)


if told:
    sys.addaudithook(hook)
    os.fsync = fsync
