"""What is wrong with a source, by line: all problems of a file are gathered before it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


class SourceError(Exception):
    """A source that breaks its format; the message names file and line of every problem found."""

    def __init__(self, path: Path, problems: list[tuple[int, str]]) -> None:
        self.path = path
        self.problems = sorted(problems)
        super().__init__("\n".join(f"{path}:{line}: {message}" for line, message in self.problems))


class SourceErrors(Exception):
    """Several sources of a set that break their format."""

    def __init__(self, errors: list[SourceError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


@dataclass
class Problems:
    """The problems of one file so far; `raise_any` refuses it if there are some."""

    path: Path
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a problem at a line (counted from 1)."""
        if (line, message) not in self.found:
            self.found.append((line, message))

    def raise_any(self) -> None:
        """Raise SourceError if anything was noted."""
        if self.found:
            raise SourceError(self.path, self.found)
