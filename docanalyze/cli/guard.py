"""A single file read under watch: a crash in native code ends in one plain sentence, not in silence.

The command goes on in a forked child, which starts as fast as the command itself; what is left behind
waits, and passes on the signals that it gets and the exit code. Where a process cannot fork (Windows),
the command runs as it is: a crash there shows what the system shows.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_PASSED_ON = ("SIGINT", "SIGTERM", "SIGHUP")
_GRACE = 0.2
"""Seconds that a child is given to end of the interrupt that a terminal sends to both of us."""


def run_guarded(work: Callable[[], int], tell: Callable[[str], None]) -> int:
    """Return the exit code of `work`, done in a child; a crash is told by its signal's name, with code 3.

    run_guarded(lambda: 0, lambda name: print(f"bao-cao.pdf: hỏng ({name})"))   # 0
    """
    if not hasattr(os, "fork"):
        return work()
    ours, theirs = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(theirs)
        threading.Thread(target=_end_with_parent, args=(ours,), daemon=True).start()
        return work()
    os.close(ours)
    code = _wait(child)
    if code < 0:
        tell(signal.Signals(-code).name)
        return 3
    return code


def _end_with_parent(pipe: int) -> None:
    """End this process when the other end of a pipe is gone: the parent was killed."""
    os.read(pipe, 1)
    os._exit(130)


def _wait(child: int) -> int:
    """Return a child's exit code, or its signal as a negative number; pass on what we are sent."""

    def pass_on(number: int, _: object) -> None:
        if number == signal.SIGINT:
            time.sleep(_GRACE)
        os.kill(child, number)

    for name in _PASSED_ON:
        if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), pass_on)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
