"""What a reader should know about a page, as sentences in Vietnamese and English."""

from __future__ import annotations

from docanalyze.core.analysis import OcrMode
from docanalyze.core.errors import Language

_NOTICES: dict[str, dict[Language, str]] = {
    "page-without-text": {
        "en": "The page has no text layer (a scan or a picture) and was not read: {advice}.",
        "vi": "Trang không có lớp chữ (bản quét hoặc ảnh) nên chưa đọc được: {advice}.",
    },
    "bad-text-layer": {
        "en": "The text layer is damaged and was used all the same: {advice}.",
        "vi": "Lớp chữ bị hỏng nhưng vẫn phải dùng: {advice}.",
    },
    "legacy-font": {
        "en": "Text in fonts from before Unicode was decoded: {fonts}.",
        "vi": "Đã chuyển sang Unicode phần chữ dùng phông mã cũ: {fonts}.",
    },
    "page-unreadable": {
        "en": "The page is damaged and could not be opened.",
        "vi": "Trang bị hỏng, không mở được.",
    },
    "page-too-large": {
        "en": "The page goes beyond the safety limits (size of its picture or text) and was not read.",
        "vi": "Trang vượt giới hạn an toàn (kích thước ảnh hoặc lượng chữ) nên không đọc.",
    },
    "page-late": {
        "en": "The time limit of {seconds} s was over; pages {pages} were not read.",
        "vi": "Hết thời hạn {seconds} giây; chưa đọc các trang {pages}.",
    },
    "page-ocr-late": {
        "en": "The page was not recognised in time; its text, if any, is that of the text layer.",
        "vi": "Không nhận dạng kịp trang trong thời hạn; nếu có chữ thì đó là lớp chữ sẵn có.",
    },
    "page-ocr-failed": {
        "en": "Recognition of the page failed; its text, if any, is that of the text layer.",
        "vi": "Nhận dạng trang không thành công; nếu có chữ thì đó là lớp chữ sẵn có.",
    },
}


def write_notice(code: str, language: Language, **details: object) -> str:
    """Return the sentence of a warning code.

    >>> write_notice("page-unreadable", "vi")
    'Trang bị hỏng, không mở được.'
    """
    return _NOTICES[code][language].format(**details)


def write_advice(ocr: OcrMode, language: Language, command: str) -> str:
    """Return what to do for a page that needs OCR and had none.

    >>> write_advice("never", "en", "")
    'run again without --ocr never'
    """
    if ocr == "never":
        return "run again without --ocr never" if language == "en" else "hãy chạy lại và bỏ --ocr never"
    if language == "en":
        return f"install Tesseract with its Vietnamese data ({command})"
    return f"hãy cài Tesseract kèm dữ liệu tiếng Việt ({command})"
