"""PDFium's functions called from Python as cheaply as may be: thousands of times a page.

ctypes makes an object of every argument whose type is declared. What `byref` made goes through as
it is, and so does a small number: less than half the cost of a call.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

_AT_ONCE = 1024


def bind_plain(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes plain addresses: half the cost of one that takes pointers.

    Without `arguments` it takes numbers and what `point_at` returns, nothing else.
    It keeps Python's lock: PDFium may only be called from one thread at a time, and its calls take
    less time than letting the lock go.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def point_at(pointer: Any) -> Any:
    """Return what stands for a pointer of PDFium in a function that was bound without arguments."""
    return ctypes.byref(ctypes.c_char.from_address(ctypes.cast(pointer, ctypes.c_void_p).value or 0))


class Collector:
    """Calls a function of PDFium with many numbers, each time for a few floats that it writes."""

    def __init__(self, function: Any, floats: int) -> None:
        self._call, self._size = bind_plain(function, None), 4 * floats
        self._room = (ctypes.c_float * (floats * _AT_ONCE))()
        self._bytes = memoryview(self._room).cast("B")
        self._places = [ctypes.byref(self._room, self._size * i) for i in range(_AT_ONCE)]

    def collect(self, handle: Any, numbers: Sequence[int]) -> array[float]:
        """Return the floats of each number, zeros where PDFium writes none; `handle` is of `point_at`."""
        found = array("f")
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            ctypes.memset(self._room, 0, self._size * len(some))
            deque(map(self._call, repeat(handle), some, self._places), maxlen=0)
            found.frombytes(self._bytes[: self._size * len(some)])
        return found
