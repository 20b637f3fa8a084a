"""The trade's words from which the names of public bodies are made, for telling where a name ends.

A name that the directory does not know is cut at a comma, a dash or `và` by what follows: another body begins
with `Trung tâm` or `VNPT`, while `Thể thao` goes on with `Sở Văn hóa`.
"""

from __future__ import annotations

from workflow.model.body_names import folded

Words = tuple[str, ...]
LONGEST_PHRASE = 4


def _phrases(*listed: str) -> frozenset[Words]:
    return frozenset(folded(phrase) for line in listed for phrase in line.split(","))


def begins_with(words: Words, phrases: frozenset[Words]) -> bool:
    """Whether the first words are one of `phrases`."""
    return any(words[:length] in phrases for length in range(1, LONGEST_PHRASE + 1))


OPENERS = _phrases(
    "ban, bch, bql, bcđ, bộ, phòng, sở, hội, tổ, trường, đảng ủy, đảng bộ, đảng viên, đoàn, đội",
    "đồn, đài, cục, vụ, cụm, khối, nhóm, trạm, thuế, thôn, xóm, ấp, khóm, buôn, làng, ubnd, hđnd",
    "hđtđkt, mttq, ubmttq, ubmttqvn, htx, ủy ban, uỷ ban, trung tâm, trung đoàn, công an",
    "công đoàn, công ty, công chức, văn phòng, viện kiểm sát, viện, thanh tra, thành đoàn",
    "thành ủy, thành viên, thường trực, thường vụ, toàn thể, toàn dân, mặt trận, ngân hàng",
    "liên đoàn, liên minh, liên hiệp, liên đội, chi cục, chi bộ, chi hội, chi đoàn, chi nhánh",
    "cơ quan, cơ sở, đơn vị, kho bạc, hạt kiểm lâm, bưu điện, bưu cục, điện lực, bệnh viện",
    "tòa án, nhà trường, bảo hiểm xã hội, quỹ tín dụng, hợp tác xã, doanh nghiệp, bí thư, chủ tịch",
    "phó, trưởng, giám đốc, hiệu trưởng, chánh, chuyên viên, đồng chí, đ/c, đc, ông, bà, khu phố",
    "khu dân cư, tổ dân phố, bản, lãnh đạo, nhân dân, nhân viên, viên chức, dân quân",
    "huyện ủy, tỉnh ủy, vnpt, viettel, evn, mobifone, agribank, ca, vp, tt, ttpvhcc, đtn, hpn",
    "hnd, hccb, hlhpn, lđlđ, bhxh, nhcsxh",
)
"""First words of names of bodies and of persons who are named in place of one."""

GROUP_HEADS = _phrases(
    "các, cán bộ, lãnh đạo, toàn thể, toàn, tất cả, những, mọi, người, mỗi, một số, thành viên",
)
"""First words of what names many at once: `Các phòng, ban, đơn vị` is one, as written."""

MANY = _phrases("các")

GROUP_PARTS = _phrases(
    "phòng, ban, ngành, sở, đoàn thể, đơn vị, cơ quan, hội, tổ chức, địa phương, thôn, bản, ấp",
    "khóm, xóm, khu, khu phố, khu dân cư, tổ dân phố, công chức, viên chức, người lao động",
    "hội viên, đoàn viên, bộ phận, mầm non, tiểu học, trung học, thcs, thpt, th, mn, doanh nghiệp",
    "xã, phường, đặc khu",
)

OFFICES_OF_FIELDS = _phrases(
    "phòng, p, sở, ban, trạm, nhà, đội, hạt, bộ, hội, hđ, vụ, cục, chi cục, trung tâm, tt, viện",
    "công chức",
    "khoa, tổ, văn phòng, ủy ban, uỷ ban, ub",
)
"""First words of names that list their fields: `Sở Văn hóa, Thể thao và Du lịch`."""

FIELDS = _phrases(
    "hạ tầng, đô thị, thể thao, thể dục, du lịch, xã hội, môi trường, thương binh, khen thưởng",
    "thi đua, khoa học, công nghệ, tin học, thông tin, truyền thông, truyền thanh, tài chính",
    "kế hoạch, nội vụ, nông nghiệp, phát triển, đào tạo, giáo dục, dân tộc, tôn giáo, công thương",
    "xây dựng, tư pháp, văn hóa, gia đình, trẻ em, an ninh, trật tự, kinh tế, dân vận, y tế",
    "thủy lợi, chăn nuôi, thú y, bảo vệ, cứu nạn, cứu hộ, việc làm, quản lý",
)
"""What an office may have in its charge; after a comma or `và` it goes on with the name before it."""

OFFICES_OF_COUNCILS = _phrases("văn phòng, vp, vphđnd, lãnh đạo")
JOINT_LEFT = _phrases("hđnd, hội đồng nhân dân, vphđnd, đđbqh, đbqh, đại biểu quốc hội")
JOINT_RIGHT = _phrases("ubnd, ủy ban nhân dân, uỷ ban nhân dân, hđnd, hội đồng nhân dân")
"""`Văn phòng` of HĐND `và` UBND is one office, whatever joins the two."""

PERSONS = _phrases("đồng chí, đ/c, đc, ông, bà")
POSTS = _phrases(
    "trưởng, phó, chủ tịch, bí thư, giám đốc, hiệu trưởng, chánh, ủy viên, uỷ viên, chuyên viên",
    "công chức, cán bộ, chỉ huy, đội trưởng, tổ trưởng, kế toán, văn thư",
)

SHORTENED = _phrases(
    "p, tt, vp, hđ, ub, bch, bql, bcđ, tp, tx, ct, pct, đc, gđ, tr, q, h, t, x, ts, ths, bs, gs",
    "pgs",
)
"""Words that a full stop shortens at the head of a name, and those of places anywhere in it."""
