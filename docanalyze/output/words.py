"""The fixed words of what an auditor reads, in both languages."""

from __future__ import annotations

from docanalyze.core.relation import Severity, Text

SEVERITIES: dict[Severity, Text] = {
    "error": Text(vi="lỗi", en="error"),
    "warning": Text(vi="cảnh báo", en="warning"),
    "info": Text(vi="lưu ý", en="info"),
}
STATES = {
    "new": Text(vi="mới", en="new"),
    "same": Text(vi="đã có từ trước", en="known"),
    "waived": Text(vi="đã chấp nhận", en="waived"),
    "expired": Text(vi="hết hạn chấp nhận", en="waiver expired"),
    "gone": Text(vi="đã hết", en="gone"),
}
REASONS = {
    "no-partner": Text(vi="không có số liệu khác để đối chiếu", en="no other figure to hold it against"),
    "unsure": Text(vi="chưa chắc đối chiếu với số liệu nào", en="no sure partner"),
}
EDITS = {
    "digit": Text(vi="một chữ số", en="one digit"),
    "drop": Text(vi="thiếu chữ số", en="a digit dropped"),
    "insert": Text(vi="thừa chữ số", en="a digit too many"),
    "swap": Text(vi="đảo chữ số", en="digits swapped"),
    "scale": Text(vi="lệch hàng", en="a power of ten"),
    "unit": Text(vi="đơn vị", en="the unit"),
    "sign": Text(vi="dấu", en="the sign"),
    "row": Text(vi="nhầm dòng", en="the wrong row"),
    "separator": Text(vi="dấu phân cách", en="the separator"),
}
VERDICTS = {
    "holds": Text(vi="khớp", en="holds"),
    "holds-by-truncation": Text(vi="khớp (cắt bớt số lẻ)", en="holds, cut off"),
    "suspicious": Text(vi="đáng ngờ", en="suspicious"),
    "fails": Text(vi="không khớp", en="fails"),
    "not-checkable": Text(vi="không kiểm tra được", en="not checkable"),
}
LEDGER = {
    "holds": Text(vi="đã đối chiếu, khớp", en="checked, agrees"),
    "fails": Text(vi="đã đối chiếu, không khớp", en="checked, disagrees"),
    "not-checkable": Text(vi="chưa đối chiếu được", en="not checkable"),
}
WORDS = {
    "findings-sheet": Text(vi="Phát hiện", en="Findings"),
    "relations-sheet": Text(vi="Đối chiếu", en="Relations"),
    "figures-sheet": Text(vi="Số liệu", en="Figures"),
    "id": Text(vi="Mã số", en="Id"),
    "severity": Text(vi="Mức độ", en="Severity"),
    "message": Text(vi="Nội dung", en="Message"),
    "edit": Text(vi="Kiểu sai sót", en="Kind of slip"),
    "quote": Text(vi="Trích dẫn", en="Quote"),
    "state": Text(vi="Trạng thái", en="State"),
    "note": Text(vi="Ghi chú của kiểm toán viên", en="Auditor's note"),
    "verdict": Text(vi="Kết luận khi đọc", en="Verdict as read"),
    "computed": Text(vi="Tính lại", en="Computed"),
    "gap": Text(vi="Chênh lệch", en="Difference"),
    "least": Text(vi="Chênh lệch từ", en="Difference from"),
    "most": Text(vi="… đến", en="… to"),
    "live": Text(vi="Khớp?", en="Agrees?"),
    "agrees": Text(vi="khớp", en="agrees"),
    "differs": Text(vi="lệch", en="differs"),
    "as-printed": Text(vi="Như in", en="As printed"),
    "value": Text(vi="Giá trị", en="Value"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "indicator": Text(vi="Chỉ tiêu", en="Indicator"),
    "scope": Text(vi="Phạm vi", en="Scope"),
    "relations": Text(vi="Quan hệ", en="Relations"),
    "keys": Text(vi="phím j, k: tới, lui; /: tìm", en="keys j, k: next, previous; /: search"),
    "no-pictures": Text(
        vi="Không có hình trang: không tìm thấy tệp gốc.",
        en="No pictures of pages: the source file was not at hand.",
    ),
    "checked": Text(vi="số liệu đã đối chiếu", en="figures checked"),
    "agree": Text(vi="khớp", en="agree"),
    "disagree": Text(vi="không khớp", en="disagree"),
    "not-checkable": Text(vi="chưa đối chiếu được", en="not checkable"),
    "none": Text(vi="Không có phát hiện nào.", en="No findings."),
    "none-left": Text(vi="Không có phát hiện nào khớp bộ lọc.", en="No finding passes the filter."),
    "page": Text(vi="Trang", en="Page"),
    "arithmetic": Text(vi="Phép tính", en="Arithmetic"),
    "printed": Text(vi="Số in", en="Printed"),
    "expected": Text(vi="Tính ra", en="Expected"),
    "suggestion": Text(vi="Có thể là", en="May have to read"),
    "gone": Text(vi="Phát hiện lần trước nay đã hết", en="Findings of the earlier run that are gone"),
    "holding": Text(vi="Quan hệ khớp", en="Relations that hold"),
    "code": Text(vi="Mã", en="Code"),
    "cut-off": Text(vi=" (cắt bớt, không làm tròn)", en=" (cut off, not rounded)"),
    "unchecked": Text(vi="Số liệu chưa đối chiếu được", en="Figures that could not be checked"),
    "figure": Text(vi="Số liệu", en="Figure"),
    "why": Text(vi="Vì sao", en="Why"),
}
