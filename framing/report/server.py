"""A process that imports everything once and forks a process for every report.

``python -m framing.report.server PARENT TOKEN`` takes jobs on standard input, a line of JSON each.
To standard output it writes messages, a line each, the token before it: ``pid`` of the process of
a report, what that process tells, ``ended`` with its exit code. When a report has ended, or
whoever started this has, every process below this one is killed. There are no threads here, so
that forking is safe.

The forkserver of `multiprocessing` starts reports as fast. But with it a report that is in compiled
code and programs that a report detached outlive a killed parent, a script needs a guard, and a
program that used it before has set its hash seed and its imports already.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import sys
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from framing.report.job import Job
from framing.report.processes import end_all_below
from framing.report.warm_up import isolate, warm_up

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_STDIN = 0
_SECONDS = 0.1  # between two looks at a report whose end is not announced


def main() -> None:
    """Run jobs until standard input ends, or this process is terminated."""
    messages = os.dup(1)
    os.dup2(2, 1)  # anything else that is printed here is not a message
    folder = Path(tempfile.mkdtemp(prefix=f"framing-{os.getpid()}-"))

    def end() -> None:
        end_all_below(os.getpid())
        shutil.rmtree(folder, ignore_errors=True)

    def terminate(*_: object) -> None:
        end()  # all of it here: an exception could interrupt the same work below
        os._exit(1)

    signal.signal(signal.SIGTERM, terminate)
    _die_with_parent(signal.SIGTERM)
    try:
        if sys.platform == "linux" and sys.argv[1] != str(os.getppid()):
            return  # the parent had ended before
        isolate(folder)
        warm_up()
        if sys.platform == "win32":  # which cannot fork: a process per report
            _become(Job.from_json(sys.stdin.buffer.readline()), messages)
        else:
            _serve(messages)
    finally:
        end()


def _serve(messages: int) -> None:
    """Fork a process for every job, one after the other."""
    _control(_PR_SET_CHILD_SUBREAPER, 1)
    while line := sys.stdin.buffer.readline():
        report = get_context("fork").Process(target=_child, args=(Job.from_json(line), messages))
        report.start()
        if not _ended(report):
            return
        end_all_below(os.getpid())
        os.write(messages, _line({"ended": report.exitcode}))
        report.close()


def _ended(report: BaseProcess) -> bool:
    """Wait for the end of a report; return False if it is no longer wanted."""
    while report.exitcode is None:
        # A process that the report forked may keep its sentinel open, so check it at times, too.
        if _STDIN in wait([report.sentinel, _STDIN], timeout=_SECONDS):
            return False  # while a report runs, standard input is readable only at its end
    return True


def _child(job: Job, messages: int) -> None:
    """Make a report in the forked process, and exit."""
    status = 1
    try:
        _die_with_parent(signal.SIGKILL)
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _become(job, messages)
        status = 0
    finally:
        os._exit(status)


def _become(job: Job, messages: int) -> None:
    """Make the report in this process, with an empty standard input and output to the log."""
    os.write(messages, _line({"pid": os.getpid()}))
    null, log = os.open(os.devnull, os.O_RDONLY), os.open(job.log, os.O_CREAT | os.O_RDWR)
    for handle, place in ((null, 0), (log, 1), (log, 2)):
        os.dup2(handle, place)
    from framing.report.make import make

    def send(message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # a notebook may have closed the pipe
            os.write(messages, _line(message))

    make(job, send)


def _line(message: dict[str, Any]) -> bytes:
    """Return a message as one line, short enough to be written at once."""
    short = {k: v[:800] if isinstance(v, str) else v for k, v in message.items()}
    text = json.dumps(short, ensure_ascii=False).encode(errors="replace")[:4000]
    # On a line of its own, even if a notebook has written to the pipe.
    return b"\n" + sys.argv[2].encode() + b" " + text + b"\n"


def _die_with_parent(with_signal: int) -> None:
    _control(_PR_SET_PDEATHSIG, with_signal)


def _control(option: int, value: int) -> None:
    """Set who inherits orphans, or the signal at the death of the parent; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main()
