"""Clean sentences of which another reading agrees, and the same with a slip."""

from __future__ import annotations

import pytest
from msgspec import UNSET

import docanalyze

CLEAN = [
    "Dự toán thu năm 2023 Quốc hội giao 1.592.271 tỷ đồng; quyết toán 1.721.374 tỷ đồng. Trong đó: thu nội "
    "địa quyết toán 1.405.196 tỷ đồng, chiếm 81,6% tổng thu; thu từ dầu thô 64.561 tỷ đồng, chiếm 3,8%.",
    "Cổ đông trong nước sở hữu 66.612.345 cổ phần, chiếm 82,0%, trong đó tổ chức 38.993.000 cổ phần (48,0%), "
    "cá nhân 27.619.345 cổ phần (34,0%).",
    "Trong năm kết nạp 2.271 đảng viên, đạt 113,6% kế hoạch (2.000 đảng viên), tăng 171 đảng viên so với năm "
    "2024.",
    "Thu nội địa đạt 5.628 tỷ đồng. Có 7/8 khoản thu đạt tiến độ bình quân (75%).",
    "Công suất sử dụng giường bệnh chung 104,8%, trong đó tuyến tỉnh 118,3%, tuyến cơ sở 89,6%.",
    "Số người đang quản lý là 1.937 người, trong đó 1.812 người đang điều trị; số phát hiện mới 118 người.",
    "Kim ngạch xuất khẩu hàng hóa tháng 10 năm 2025 ước đạt 227,1 triệu USD, tăng 3,4% so với tháng trước. "
    "Tính chung 10 tháng năm 2025, kim ngạch xuất khẩu hàng hóa ước đạt 2.134,7 triệu USD.",
    "Hệ số thanh toán ngắn hạn 1,79 lần; hệ số nợ trên vốn chủ sở hữu 0,85 lần; ROA đạt 11,9%.",
    "Nếu không tính số vốn các địa phương giao tăng (168.130,9 tỷ đồng) thì số vốn đã phân bổ là 867.819,9 "
    "tỷ đồng, đạt 99,3% kế hoạch giao đầu năm.",
    "Tổng thu ngân sách đạt 6.025 tỷ đồng, bằng 58,1% dự toán giao (10.363 tỷ đồng). Trong đó: thu nội địa "
    "5.468 tỷ đồng, bằng 56,6% dự toán; thu xuất, nhập khẩu 557 tỷ đồng, bằng 79,3% dự toán.",
    "Đầu tư kho lạnh 31,8 tỷ đồng và phần mềm 15,5 tỷ đồng; lũy kế dự án dây chuyền đạt 212 tỷ đồng, bằng "
    "53% tổng mức đầu tư 400 tỷ đồng.",
]

SLIPS = [
    "Dự toán thu năm 2023 Quốc hội giao 1.592.271 tỷ đồng; quyết toán 1.721.374 tỷ đồng. Trong đó: thu nội "
    "địa quyết toán 1.405.196 tỷ đồng, chiếm 86,1% tổng thu; thu từ dầu thô 64.561 tỷ đồng, chiếm 3,8%.",
    "Trong năm kết nạp 2.271 đảng viên, đạt 131,6% kế hoạch (2.000 đảng viên), tăng 171 đảng viên so với năm "
    "2024.",
    "Trong năm kết nạp 2.271 đảng viên, tăng 117 đảng viên so với năm 2024 (2.100 đảng viên).",
]


def _told(text: str) -> list[str]:
    analysis = docanalyze.analyze_bytes(text.encode(), name="a.txt")
    assert analysis.findings is not UNSET
    return [finding.code for finding in analysis.findings if finding.severity != "info"]


@pytest.mark.parametrize("text", CLEAN)
def test_what_another_reading_explains_is_not_told(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_in_such_a_sentence_is_told(text: str) -> None:
    assert _told(text)
