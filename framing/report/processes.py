"""Processes that make one report at a time, and are ended with everything they started."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from framing.report.job import Job
from framing.utils.files import PACKAGE

_CHECKOUT = PACKAGE.parent
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def end_all_below(pid: int) -> None:
    """Kill all descendants of a process."""
    while below := _below(pid):
        for process in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(below, timeout=1)


def _below(pid: int) -> list[psutil.Process]:
    try:
        found = psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return [process for process in found if _alive(process)]


def _alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Worker:
    """A process that makes reports, one at a time, each in a fork of its own."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(8)  # no notebook can write a message by mistake
        self._server: subprocess.Popen[bytes] | None = None

    def run(
        self, job: Job, *, on_message: Callable[[dict[str, Any]], object] = lambda message: None
    ) -> str:
        """Make a report, and return how its process ended.

        Each message of that process is passed to ``on_message``. It is killed after the job's
        ``timeout``.
        """
        server, limit = self._started(), job.report.timeout
        state: dict[str, Any] = {}
        late = threading.Event()

        def end() -> None:
            late.set()
            _end(state.get("pid"), server)

        timer = threading.Timer(min(limit or 0, threading.TIMEOUT_MAX), end)
        try:
            assert server.stdin and server.stdout
            server.stdin.write(job.to_json().encode() + b"\n")
            server.stdin.flush()
            for line in server.stdout:
                message = _message(line, self._token)
                state |= message
                if "pid" in message and limit:
                    timer.start()
                if "ended" in message:
                    break
                on_message(message)
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        if "ended" not in state:
            _end(state.get("pid"), server)
            self.close()
        return _reason(state.get("ended"), limit if late.is_set() else None)

    def start(self) -> None:
        """Start the process, which begins with its imports."""
        self._started()

    def close(self) -> None:
        """End the process and its descendants; also while another thread is in `run`."""
        if self._server is None:
            return
        server, self._server = self._server, None
        assert server.stdin
        with contextlib.suppress(OSError):
            server.stdin.close()
        try:
            server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            end_all_below(server.pid)
            server.kill()
            server.wait()
        for left in Path(tempfile.gettempdir()).glob(f"framing-{server.pid}-*"):
            shutil.rmtree(left, ignore_errors=True)  # of a server that was killed

    def _started(self) -> subprocess.Popen[bytes]:
        if self._server is not None and self._server.poll() is not None:
            self.close()
        if self._server is None:
            command = [sys.executable, "-P", "-m", "framing.report.server"]
            # A session of its own: Ctrl-C reaches this process, which decides what is ended.
            self._server = subprocess.Popen(
                [*command, str(os.getpid()), self._token],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_variables(),
                start_new_session=True,
            )
        return self._server


def _variables() -> dict[str, str]:
    """Return the environment of reports: a fixed hash seed, and this copy of the package.

    The products of matrices in a report are small: threads for them mostly wait for each other, in
    a busy loop.
    """
    found = os.environ | {"PYTHONHASHSEED": "0", **dict.fromkeys(_THREADS, "1")}
    if (_CHECKOUT / "pyproject.toml").exists():
        paths = [str(_CHECKOUT), os.environ.get("PYTHONPATH", "")]
        found["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return found


def _message(line: bytes, token: str) -> dict[str, Any]:
    """Return the message of a line; empty if it was cut off, or written by a notebook."""
    mark, _, text = line.partition(b" ")
    with contextlib.suppress(ValueError):
        return json.loads(text) if mark == token.encode() else {}
    return {}


def _end(pid: int | None, server: subprocess.Popen[bytes]) -> None:
    """Kill the process of a report, or the server if it has not started one."""
    if pid is None:
        server.kill()
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.suspend()  # otherwise it would report that its kernel died
        end_all_below(pid)
        process.kill()


def _reason(status: int | None, limit: float | None) -> str:
    if limit:
        return f"took longer than the {limit:g} seconds that a report may take"
    if status is None:
        return "died with the process that it was forked from"
    if status < 0:
        return f"died: {signal.Signals(-status).name}"
    return f"died: its process ended itself with status {status}"
