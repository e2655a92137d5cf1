"""Processes that make one report at a time, and are ended with all that they started."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil

from framing.report.job import Job
from framing.utils.files import PACKAGE

_CHECKOUT = PACKAGE.parent


def end_all_below(pid: int) -> None:
    """Kill what a process has started, and what that has started."""
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


class Lane:
    """A server (`framing.report.server`) and what is said with it; one report at a time.

    ``environment`` is added to that of the server.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(environment or {})
        self._server: subprocess.Popen[bytes] | None = None

    def run(
        self,
        job: Job,
        *,
        tell: Callable[[dict[str, Any]], object] = lambda message: None,
    ) -> str:
        """Have a report made; return how its process ended.

        What it tells goes to ``tell``. After the job's ``timeout`` it is killed.
        """
        limit = job.report.timeout
        server = self._started()
        state: dict[str, Any] = {}
        late = threading.Event()

        def end() -> None:
            late.set()
            _end(state.get("pid"), server)

        timer = threading.Timer(limit or 0, end)
        try:
            assert server.stdin and server.stdout
            server.stdin.write(job.to_json().encode() + b"\n")
            server.stdin.flush()
            for line in server.stdout:
                message = _read(line)
                state |= message
                if "pid" in message and limit:
                    timer.start()
                if "ended" in message:
                    break
                tell(message)
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        if "ended" not in state:
            _end(state.get("pid"), server)
            self.close()
        return _why(state, limit if late.is_set() else None)

    def start(self) -> None:
        """Let the server begin with its imports."""
        self._started()

    def close(self) -> None:
        """End the server, with everything below it; also while another thread is in `run`."""
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
            # A session of its own: Ctrl-C is for the one who decides what is to be ended.
            self._server = subprocess.Popen(
                [sys.executable, "-P", "-m", "framing.report.server", str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment() | self._environment,
                start_new_session=True,
            )
        return self._server


def _environment() -> dict[str, str]:
    found = os.environ | {"PYTHONHASHSEED": "0"}
    if (_CHECKOUT / "pyproject.toml").exists():
        there = [str(_CHECKOUT), os.environ.get("PYTHONPATH", "")]
        found["PYTHONPATH"] = os.pathsep.join(filter(None, there))
    return found


def _read(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:  # cut off, because it was too long
        return {}
    return message if isinstance(message, dict) else {}


def _end(pid: int | None, server: subprocess.Popen[bytes]) -> None:
    """Kill the process of a report, or the server if there is none yet."""
    if pid is None:
        server.kill()
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.suspend()  # or it tells that its kernel has died
        end_all_below(pid)
        process.kill()


def _why(state: Mapping[str, Any], limit: float | None) -> str:
    status = state.get("ended")
    if limit:
        return f"took longer than the {limit:g} seconds that a report may take"
    if status is None:
        return "died with the process that it was forked from"
    if status < 0:
        return f"died: {signal.Signals(-status).name}"
    return f"died: its process ended itself with status {status}"
