"""Errors: unusable input or wrong use, each with one plain sentence and an exit code.

    DocanalyzeError
    ├── UsageError (2)             wrong option, argument or combination
    ├── UnreadableFile (3)         this file cannot be read
    │   ├── MissingFile            no such file, or no permission
    │   ├── NotAReport             a directory, an empty file, a format that is not read
    │   ├── DamagedPdf             the PDF is cut off or broken
    │   ├── EncryptedPdf           a password is needed, or the one given is wrong
    │   ├── LimitExceeded          more pages, bytes or seconds than the limits allow
    │   └── InvalidAnalysis        not an analysis of this schema version
    └── MissingPart (4)            an option asks for a part that is not installed

A wrong figure in a report is never an error, and an unreadable page is a warning in the analysis.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Language = Literal["vi", "en"]


class DocanalyzeError(Exception):
    """Base of all errors of docanalyze; `str(error)` is the sentence in English."""

    exit_code: ClassVar[int] = 1
    messages: ClassVar[dict[Language, str]] = {
        "en": "docanalyze failed: {reason}.",
        "vi": "docanalyze gặp lỗi: {reason}.",
    }

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.describe("en"))

    def describe(self, language: Language = "en") -> str:
        """Return the sentence in `language`: what is wrong with which file and what to do."""
        return self.messages[language].format_map(self.details)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.details))


def _rebuild(kind: type[DocanalyzeError], details: dict[str, object]) -> DocanalyzeError:
    return kind(**details)


class UsageError(DocanalyzeError):
    """A wrong option, argument or combination of them; `reason` says which."""

    exit_code = 2
    messages: ClassVar[dict[Language, str]] = {"en": "{reason}.", "vi": "{reason}."}


class UnreadableFile(DocanalyzeError):
    """A file that cannot be read; the other files of a run are still done."""

    exit_code = 3
    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: cannot be read ({reason}); check the file and try again.",
        "vi": "{path}: không đọc được ({reason}); hãy kiểm tra lại tệp.",
    }


class MissingFile(UnreadableFile):
    """There is no such file, or it may not be opened."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: no such file, or no permission to open it; check the path.",
        "vi": "{path}: không có tệp này hoặc không có quyền mở; hãy kiểm tra đường dẫn.",
    }


class NotAReport(UnreadableFile):
    """The path is a directory, an empty file, or a format that is not read."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: {problem_en}; give a PDF, or UTF-8 text as .txt or .md.",
        "vi": "{path}: {problem_vi}; hãy đưa tệp PDF, hoặc văn bản UTF-8 đuôi .txt, .md.",
    }


class DamagedPdf(UnreadableFile):
    """The file starts as a PDF but is cut off or broken beyond repair."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: the PDF is damaged or cut off; fetch it again or save it anew from a viewer.",
        "vi": "{path}: tệp PDF bị hỏng hoặc bị cắt cụt; hãy tải lại hoặc lưu lại từ trình xem PDF.",
    }


class EncryptedPdf(UnreadableFile):
    """The PDF needs a password, or the one given is wrong."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: the PDF is encrypted and the password is missing or wrong; give it with --password.",
        "vi": "{path}: tệp PDF có mật khẩu, mật khẩu thiếu hoặc sai; hãy nhập bằng --password.",
    }


class LimitExceeded(UnreadableFile):
    """The file goes beyond a safety limit; `limit_en`/`limit_vi` say which."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: more than the limit of {limit_en}; split the file or choose pages with --pages.",
        "vi": "{path}: vượt giới hạn {limit_vi}; hãy tách tệp hoặc chọn trang bằng --pages.",
    }


class InvalidAnalysis(UnreadableFile):
    """A JSON file that is not an analysis of this schema version."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: not an analysis of this version ({reason}); make it anew with docanalyze extract.",
        "vi": "{path}: không phải kết quả phân tích của phiên bản này ({reason}); "
        "hãy tạo lại bằng docanalyze extract.",
    }


class MissingPart(DocanalyzeError):
    """An option asks for an optional part that is not installed."""

    exit_code = 4
    messages: ClassVar[dict[Language, str]] = {
        "en": "{option} needs a part that is not installed; run: {command}",
        "vi": "{option} cần một phần chưa được cài; hãy chạy: {command}",
    }
