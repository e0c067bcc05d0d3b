"""Jobs that behave badly on purpose, for the pool and the archive to survive."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import msgspec

from docanalyze.archive.work import Outcome, Task, analyze_document


def double(payload: bytes) -> bytes:
    print("noise on stdout")  # must not disturb what the worker says
    return payload * 2


def fail(payload: bytes) -> bytes:
    raise ValueError(payload.decode())


def hang(payload: bytes) -> bytes:
    time.sleep(600)
    return payload


def abort(payload: bytes) -> bytes:
    if sys.platform == "win32":
        os._exit(3)
    os.kill(os.getpid(), signal.SIGABRT)
    return payload


def abort_once(payload: bytes) -> bytes:
    """Die the first time; `payload` names a file that tells the second time."""
    mark = Path(payload.decode())
    if not mark.exists():
        mark.write_bytes(b"")
        os._exit(9)
    return b"second"


def be_killed(payload: bytes) -> bytes:
    """Be killed as from outside the first three times; `payload` names a file that counts."""
    mark = Path(payload.decode())
    with mark.open("ab") as file:
        file.write(b".")
    if mark.stat().st_size <= 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"fourth"


def swell(payload: bytes) -> bytes:
    held = [bytearray(b"x" * (1 << 20)) for _ in range(int(payload))]
    time.sleep(600)
    return bytes(len(held))


def tell_process(payload: bytes) -> bytes:
    del payload
    return str(os.getpid()).encode()


def analyze_or_misbehave(payload: bytes) -> bytes:
    """Do a document of an archive; one that is named for it hangs or dies instead."""
    label = msgspec.json.decode(payload, type=Task).item.label
    if "hang" in label:
        return hang(payload)
    if "abort" in label:
        return abort(payload)
    if "bug" in label:
        return fail(b"made for a test")
    return analyze_document(payload)


def analyze_slowly(payload: bytes) -> bytes:
    """Do a document of an archive, so that there is time to kill somebody meanwhile."""
    time.sleep(0.15)
    return analyze_document(payload)


def say_done(payload: bytes) -> bytes:
    """Do nothing and say that all is well."""
    del payload
    return msgspec.json.encode(Outcome("ok", pages=1))
