"""The closed vocabularies of the field: English in code, Chinese in files."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a matter came in (条例 17; 细则 四·一·1 with the two lost words restored)."""

    LETTER = "书信"
    EMAIL = "电子邮件"
    FAX = "传真"
    PHONE = "电话"
    VISIT = "走访"
    NET = "网上"
    FORWARDED = "上级转送"
    ASSIGNED = "上级交办"
    OTHER = "其他"


class Purpose(StrEnum):
    """The three kinds of petition (条例 29–31)."""

    SUGGESTION = "建议意见"
    ACCUSATION = "检举控告"
    APPEAL = "申诉求决"


class Category(StrEnum):
    """What a matter is about, for an installation project (domain/6 §6.3)."""

    WAGES = "工资支付"
    SETTLEMENT = "分包班组结算"
    RENT = "材料设备租赁款"
    INJURY = "工伤与医疗"
    EMPLOYMENT = "劳动合同社保待遇"
    LIVING = "食宿与劳动条件"
    NOISE = "噪声扬尘污水"
    LAND = "临时用地青苗道路"
    HOUSING = "房屋开裂施工损害"
    SAFETY = "安全隐患"
    CONDUCT = "作风与管理意见建议"
    SEALED = "检举控告"
    OTHER = "其他"


class Route(StrEnum):
    """Which procedure a matter belongs to (条例 31, items 1–6), or that it is not ours."""

    JUDICIAL = "司法程序"
    ARBITRATION = "仲裁程序"
    PARTY_DISCIPLINE = "党员申诉程序"
    ADMINISTRATIVE = "行政程序"
    LAW_ENFORCEMENT = "申请查处程序"
    PETITION = "信访程序"
    NOT_OURS = "不属本单位"


#: Item number of each route in 条例 31.
ROUTE_ITEMS: dict[Route, str] = {
    Route.JUDICIAL: "一",
    Route.ARBITRATION: "二",
    Route.PARTY_DISCIPLINE: "三",
    Route.ADMINISTRATIVE: "四",
    Route.LAW_ENFORCEMENT: "五",
    Route.PETITION: "六",
}


class Urgency(StrEnum):
    """Urgency by the consequence of the matter, never by the person (R43)."""

    EXTREME = "特急"
    URGENT = "急"
    ORDINARY = "一般"


class GraveReason(StrEnum):
    """Closed list of what makes a matter grave (A14); criteria of the matter only."""

    SAFETY = "人身伤害或安全危险"
    WAGES = "多人工资逾期"
    SAME_DEMAND = "五人以上同一诉求"
    DEADLINE = "期限将超"
    INQUIRY = "媒体或上级关注"
    COMPLEX = "疑难复杂"


class PartyKind(StrEnum):
    """Who petitions: a natural person or a unit."""

    PERSON = "个人"
    UNIT = "单位"


class Particular(StrEnum):
    """What a party has stated about themselves (条例 19; values are sealed)."""

    NAME = "姓名"
    ADDRESS = "住址"
    CONTACT = "联系方式"
    ID_NUMBER = "证件号"
    CREDIT_CODE = "统一社会信用代码"


class Outcome(StrEnum):
    """Outcome of one claim (条例 29, 32)."""

    SUPPORTED = "支持"
    PARTLY = "部分支持"
    EXPLAINED = "解释说明"
    NOT_SUPPORTED = "不予支持"
    ADOPTED = "采纳"
    PARTLY_ADOPTED = "部分采纳"
    NOT_ADOPTED = "不予采纳"


class Medium(StrEnum):
    """How a signature was given. A Git commit is never a signature."""

    PAPER = "纸质"
    SCAN = "扫描"
    ELECTRONIC = "电子签名"


class Delivery(StrEnum):
    """How a paper was served (by analogy to 民诉法 87–95)."""

    DIRECT = "直接送达"
    FAMILY = "成年家属代收"
    POST = "邮寄送达"
    ENTRUSTED = "委托送达"
    ELECTRONIC = "电子送达"
    LEFT = "留置送达"
    NOTICE = "公告送达"


class Attitude(StrEnum):
    """What the petitioner ticked on the receipt."""

    CONTENT = "无异议"
    OBJECTS = "有异议"
    SILENT = "拒绝表态"


class Closing(StrEnum):
    """How a matter may end (A7). Sending people away is not among them.

    旧台账 is for what ended before the register began, as an old ledger tells; a rule keeps it.
    """

    ANSWERED = "答复"
    ROUTED = "引导"
    FORWARDED = "转送"
    SETTLED = "调解和解"
    WITHDRAWN = "撤回"
    MERGED = "并案"
    HANDED_OVER = "移送"
    OLD_LEDGER = "旧台账"


class PaperKind(StrEnum):
    """Papers that are approved, numbered and served."""

    RECEIPT_NOTICE = "接收告知书"
    ACCEPTANCE_NOTICE = "受理告知书"
    ROUTE_NOTICE = "引导告知书"
    REFUSAL = "不予受理告知书"
    FORWARD_NOTICE = "转送告知书"
    EXTENSION_NOTICE = "延期告知书"
    OPINION = "处理意见书"
    SUGGESTION_REPLY = "建议答复"
    REPORT = "办理情况报告"
    SPECIAL_REPORT = "专题报告"
    LETTER = "函"
    MINUTES = "纪要"
    AGREEMENT = "协议书"
    REVIEW_OPINION = "复查意见书"
    REREVIEW_OPINION = "复核意见书"
    OTHER = "其他"


class ReviewKind(StrEnum):
    """What a petitioner asks of the next higher unit (条例 35, 36)."""

    REVIEW = "复查"
    REREVIEW = "复核"


class ReviewPhase(StrEnum):
    """Phases of 复查 and 复核 as they reach this office."""

    REQUEST = "申请"
    OPINION = "意见"


class ReviewResult(StrEnum):
    """Customary trio of a review opinion."""

    UPHELD = "维持"
    REVOKED = "撤销"
    CHANGED = "变更"


class Role(StrEnum):
    """What a post may do; names differ from office to office, roles do not."""

    HEAD = "主要负责人"
    DEPUTY = "分管领导"
    OFFICE_HEAD = "信访办负责人"
    CLERK = "信访办经办"
    DEPARTMENT_HEAD = "部门负责人"
    LIAISON = "部门联络员"
    DISCIPLINE = "纪检人员"
    OTHER = "其他"
