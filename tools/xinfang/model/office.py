"""``office.yaml``: who the office is. No paper has a unit's name typed by hand (R03)."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from xinfang.model.fields import Count, Day, Flag, Line, Record, Text, matching, wrong
from xinfang.model.words import Category, PaperKind, Role

AgeRecipient = Annotated[
    str,
    AfterValidator(matching(r"age1[0-9a-z]{58}", "不是 age 公钥|公钥以 age1 开头,共 62 个字符")),
    WithJsonSchema({"type": "string", "pattern": "^age1[0-9a-z]{58}$"}),
]
#: So many representatives come at most (条例 20); fewer would take a right away (A6).
NATIONAL_REPRESENTATIVES: Final = 5
#: A stretch of more days than this is a slip of the year.
_LONGEST_ENTRY: Final = 366
#: Every month has this day.
_LAST_MONTH_END: Final = 28

Year = Annotated[str, AfterValidator(matching(r"20\d\d", "不是年份|请写四位年份,如 2027"))]
ClockId = Literal["I1", "I2", "I3", "I4", "I5", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]


class Register(Record):
    """The register itself."""

    name: Line = Field(alias="名称", description="登记册名称")
    sample: Flag = Field(False, alias="样例", description="是否样例;样例的文书印“样例数据”")
    sample_date: Day | None = Field(
        None, alias="样例日期", description="样例固定使用的“今天”,使演示不随时间变化"
    )
    first_year: Count | None = Field(None, alias="起始年份", description="从哪一年开始登记")


class Unit(Record):
    """A unit in the chain 项目部 → 分局 → 工程局."""

    code: Line = Field(alias="代号", description="在本文件中引用的代号,如 项目部")
    name: Line = Field(alias="全称", description="全称,落款用")
    short: Line = Field(alias="简称", description="规范化简称")
    superior: Line | None = Field(None, alias="上级", description="上级单位的代号")
    address: Line | None = Field(None, alias="地址", description="通信地址")
    phone: Line | None = Field(None, alias="电话", description="联系电话")
    credit_code: Line | None = Field(
        None, alias="统一社会信用代码", description="18 位统一社会信用代码"
    )


class Department(Record):
    """A department and the categories it is responsible for (R10)."""

    name: Line = Field(alias="名称", description="部室名称")
    aliases: list[Line] = Field(default_factory=list, alias="别名", description="文中的其他叫法")
    categories: list[Category] = Field(
        default_factory=list, alias="主管类别", description="主管哪些内容类别"
    )
    liaison: Line | None = Field(None, alias="联络员", description="联络员姓名")
    phone: Line | None = Field(None, alias="电话", description="联系电话")


class Post(Record):
    """One person in one post for one period; old papers keep their names (R06)."""

    name: Line = Field(alias="姓名", description="姓名")
    department: Line = Field(alias="部门", description="所在部室")
    title: Line = Field(alias="岗位", description="岗位名称,文书署名用")
    role: Role = Field(alias="职权", description="在信访工作中的职权")
    since: Day = Field(alias="自", description="任职起始日期")
    until: Day | None = Field(None, alias="至", description="离任日期")
    deputy: Line | None = Field(None, alias="B角", description="不在岗时由谁代")

    def holds_on(self, day: date) -> bool:
        """Whether the person held the post on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Channels(Record):
    """How people reach the office; a missing one is a closed door (条例 18; R08)."""

    address: Line = Field(alias="通信地址", description="来信地址")
    phone: Line = Field(alias="电话", description="来电号码")
    email: Line = Field(alias="电子邮箱", description="电子邮箱")
    fax: Line | None = Field(None, alias="传真", description="传真号码")
    hours: Line = Field(alias="接待时间", description="接待时间")
    place: Line = Field(alias="接待地点", description="接待地点")
    progress: Line = Field(alias="进度查询", description="怎样查询进度和结果")
    complaint: Line = Field(alias="监督渠道", description="对本办公室不满时找谁")
    aid: Line | None = Field(None, alias="困难帮扶", description="生活困难的,向谁求助、电话")


class ReviewBody(Record):
    """The next higher unit that reviews (条例 35, 36; A10)."""

    unit: Line = Field(alias="单位", description="单位代号")
    address: Line = Field(alias="地址", description="提交申请的地址")
    phone: Line = Field(alias="电话", description="联系电话")
    confirmed: Flag = Field(
        False, alias="已确认", description="是否经上级确认;未确认不得出具处理意见书"
    )


class Reviews(Record):
    """The review chain."""

    review: ReviewBody = Field(alias="复查", description="复查机构")
    rereview: ReviewBody = Field(alias="复核", description="复核机构")


class LegalRoute(Record):
    """A legal route with its body and time limit (domain/2 §2.5)."""

    name: Line = Field(alias="名称", description="途径名称,如 劳动争议仲裁")
    body: Line = Field(alias="机关", description="机关名称")
    address: Line = Field(alias="地址", description="机关地址")
    phone: Line = Field(alias="电话", description="机关电话")
    time_limit: Line = Field(alias="时限", description="法定时限")
    risk: Line = Field(alias="逾期后果", description="错过时限会怎样")
    materials: list[Line] = Field(default_factory=list, alias="材料", description="所需材料")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="依据的条款")
    categories: list[Category] = Field(
        default_factory=list, alias="适用类别", description="适用的内容类别"
    )


class NoticeBoard(Record):
    """What the notice board of a site must show (工资条例 34; paper D29)."""

    developer: Line = Field(alias="建设单位", description="建设单位名称")
    contractor: Line = Field(alias="施工总承包单位", description="施工总承包单位名称")
    subcontractors: list[Line] = Field(
        default_factory=list, alias="分包单位", description="分包单位名称"
    )
    authority: Line = Field(alias="行业主管部门", description="相关行业工程建设主管部门名称")
    wage_officer: Line = Field(alias="劳资专管员", description="劳资专管员的姓名和电话")
    minimum_wage: Line = Field(alias="最低工资标准", description="当地最低工资标准,写明生效日期")
    pay_day: Line = Field(alias="工资支付日期", description="每月哪天支付工资")
    complaints: list[Line] = Field(
        min_length=1, alias="投诉举报电话", description="主管部门、劳动监察投诉举报电话"
    )
    arbitration: Line = Field(alias="劳动争议调解仲裁申请渠道", description="机关、地址、电话")
    legal_aid: Line = Field(alias="法律援助申请渠道", description="机关、地址、电话")
    hotline: Line = Field(alias="公共法律服务热线", description="公共法律服务热线")


class Issuing(Record):
    """How issued papers are kept."""

    folder: Line | None = Field(
        None,
        alias="留存",
        description="把出具的文书另存到登记册中的这个文件夹并纳入 Git;不填只存 build/issued",
    )


class Hosting(Record):
    """The office's own Git host, where a reported matter can be handed in without a terminal."""

    new_file: Line = Field(
        alias="新建文件",
        description="在本单位 Git 网站上新建文件的网址,{路径} 和 {内容} 由登记页填入;"
        "GitHub 为 …/new/main?filename={路径}&value={内容},"
        "Gitea、Forgejo 为 …/_new/main/?filename={路径}&value={内容};"
        "GitLab 为 …/-/new/main?file_name={路径},不能由网址带入内容,登记页会先复制、再请粘贴",
    )


class ClockOverride(Record):
    """A stricter limit of this office with its own basis (DESIGN §4)."""

    length: Count = Field(alias="天数", description="天数;只能比默认更短")
    unit: Literal["日", "工作日"] | None = Field(None, alias="单位", description="日或工作日")
    basis: Line = Field(alias="依据", description="本单位规定的名称和条款")


class CalendarEntry(Record):
    """A site closure or make-up day with its source document."""

    first: Day = Field(alias="自", description="起始日期")
    last: Day | None = Field(None, alias="至", description="结束日期,不填为一天")
    kind: Literal["休息", "上班"] = Field(alias="类型", description="休息或上班")
    reason: Line = Field(alias="原因", description="原因,如 春节停工")
    source: Line = Field(alias="来源", description="依据的文件")
    official: Flag = Field(
        False, alias="官方", description="是否国家放假通知;本单位自己的安排不改变法定期限"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = ((self.last or self.first) - self.first).days
        if not 0 <= days <= _LONGEST_ENTRY:
            raise wrong("entry", "的起止日期不对|“至”不得早于“自”,一条不得超过一年")
        return self


class Recipient(Record):
    """A public key that sealed information is encrypted to."""

    name: Line = Field(alias="名称", description="保管人的岗位")
    key: AgeRecipient = Field(alias="公钥", description="age 公钥")
    since: Day | None = Field(None, alias="自", description="何时加入")


class Retention(Record):
    """How long files are kept; minimums until the superior confirms (domain/5 §5.6)."""

    grave: Literal["永久", "30年", "10年"] = Field(
        "永久", alias="重大事项", description="有领导重要批示和处理结果的"
    )
    answered: Literal["永久", "30年", "10年"] = Field(
        "30年", alias="有处理结果", description="其他有处理结果的"
    )
    other: Literal["永久", "30年", "10年"] = Field(
        "10年", alias="无处理结果", description="没有处理结果的"
    )
    sealed: Literal["同案卷", "3年", "5年", "10年"] = Field(
        "同案卷",
        alias="封存信息",
        description="登记册中封存的身份信息保管多久;纸质案卷另按上面的期限",
    )
    confirmed: Flag = Field(False, alias="已确认", description="是否经上级档案部门确认")


def _national_limit(value: int) -> int:
    if value != NATIONAL_REPRESENTATIVES:
        raise wrong(
            "representatives",
            f"不是国家规定的上限|信访工作条例第二十条规定不超过 {NATIONAL_REPRESENTATIVES} 人,"
            "本单位不能改;请删去这一项",
        )
    return value


class Policy(Record):
    """House readings of what the rule text leaves open (domain/1 §1.4, A1–A17)."""

    reply_days: Count = Field(3, alias="答复发出日", description="签批后几日内发出答复 (A3)")
    representatives_advice: Count = Field(3, alias="代表建议数", description="代表人数建议 (A6)")
    representatives_hard: Annotated[Count, AfterValidator(_national_limit)] = Field(
        NATIONAL_REPRESENTATIVES, alias="代表上限", description="国家规定的上限,不能改 (A6)"
    )
    grave_people: Count = Field(5, alias="重大人数", description="同一诉求几人以上为重大 (A14)")
    single_approver: Role = Field(
        Role.DEPUTY, alias="单部室签批", description="单部室答复由谁签批 (A4)"
    )
    joint_approver: Role = Field(
        Role.DEPUTY, alias="多部室签批", description="多部室答复由谁签批 (A4)"
    )


def _month_end(value: int) -> int:
    if not 1 <= value <= _LAST_MONTH_END:
        raise wrong("month", "不是月截止日|请写 1 至 28;按自然月统计的不填这一项")
    return value


class Reporting(Record):
    """How periods are counted in reports; without it months are those of the calendar."""

    month_end: Annotated[Count, AfterValidator(_month_end)] | None = Field(
        None,
        alias="月截止日",
        description="业务月到每月几日为止,1 至 28,如 25: 8 月为 7 月 26 日至 8 月 25 日;"
        "不填为自然月",
    )


class Office(Record):
    """The whole of ``office.yaml``."""

    register_: Register = Field(alias="登记册", description="登记册")
    units: list[Unit] = Field(min_length=1, alias="单位", description="本单位及其上级,由下而上")
    own: Line = Field(alias="本单位", description="本单位的代号")
    series: dict[PaperKind | Literal["转办单", "催办单", "督办单"], Line] = Field(
        alias="代字", description="各种文书的机关代字"
    )
    office_department: Line = Field(alias="信访办", description="归口管理的部室")
    departments: list[Department] = Field(alias="部门", description="部室")
    posts: list[Post] = Field(alias="人员", description="人员与岗位;离任填“至”,不删除")
    channels: Channels = Field(alias="渠道", description="信访渠道")
    reviews: Reviews | None = Field(None, alias="复查机构", description="复查、复核机构")
    routes: list[LegalRoute] = Field(default_factory=list, alias="途径", description="法定途径")
    notice_board: NoticeBoard | None = Field(
        None, alias="维权告示", description="施工现场维权信息告示牌的内容"
    )
    issuing: Issuing = Field(
        default_factory=lambda: Issuing.model_validate({}),
        alias="文书",
        description="出具的文书怎样留存",
    )
    hosting: Hosting | None = Field(
        None, alias="代码托管", description="登记册所在的 Git 网站;不用网站的不填"
    )
    clocks: dict[ClockId, ClockOverride] = Field(
        default_factory=dict, alias="期限", description="更严格的内部期限"
    )
    calendar: list[CalendarEntry] = Field(
        default_factory=list, alias="日历", description="停工、调班等,各附来源文件"
    )
    notices: dict[Year, Line] = Field(
        default_factory=dict,
        alias="放假通知",
        description="工具尚不认识、已在日历中全部录入的年份: 通知名称;这些年份不再暂定",
    )
    recipients: list[Recipient] = Field(
        default_factory=list, alias="收件人", description="封存信息的收件人公钥"
    )
    retention: Retention = Field(
        default_factory=lambda: Retention.model_validate({}),
        alias="保管期限",
        description="保管期限",
    )
    policy: Policy = Field(
        default_factory=lambda: Policy.model_validate({}),
        alias="口径",
        description="制度执行口径",
    )
    reporting: Reporting = Field(
        default_factory=lambda: Reporting.model_validate({}),
        alias="统计",
        description="月报、季报、年报的期间怎样算",
    )
    effective_from: Day | None = Field(
        None, alias="施行日期", description="细则的施行日期;原文落款日期不存在,须另行确认"
    )
    interpreter: Line | None = Field(None, alias="解释部门", description="细则由谁解释")
    reply_authority: Text | None = Field(
        None, alias="答复授权", description="部室拟稿、以项目部名义答复的授权说明"
    )

    @property
    def own_unit(self) -> Unit:
        """Our own unit; the first one where ``本单位`` names none (a rule reports that)."""
        return self.unit(self.own) or self.units[0]

    def unit(self, code: str) -> Unit | None:
        """Look a unit up by its code, full or short name."""
        return next((u for u in self.units if code in (u.code, u.name, u.short)), None)

    def unit_name(self, code: str) -> str:
        """Name a unit in full; as it is written where it is not listed (a rule reports that)."""
        unit = self.unit(code)
        return unit.name if unit else code

    def department(self, name: str) -> Department | None:
        """Look a department up by its name or an alias."""
        return self._departments_by_name.get(name)

    def post(self, name: str, day: date) -> Post | None:
        """Find the post that a person held on a day (R06)."""
        return next((p for p in self._posts_by_name.get(name, ()) if p.holds_on(day)), None)

    # Every case asks for these names many times over.

    @cached_property
    def _departments_by_name(self) -> dict[str, Department]:
        named: dict[str, Department] = {}
        for department in self.departments:
            for name in (department.name, *department.aliases):
                named.setdefault(name, department)
        return named

    @cached_property
    def _posts_by_name(self) -> dict[str, list[Post]]:
        named: dict[str, list[Post]] = {}
        for post in self.posts:
            named.setdefault(post.name, []).append(post)
        return named

    def holders(self, role: Role, day: date) -> list[Post]:
        """List who held a role on a day."""
        return [p for p in self.posts if p.role is role and p.holds_on(day)]

    def route(self, name: str) -> LegalRoute | None:
        """Look a legal route up by its name."""
        return next((r for r in self.routes if r.name == name), None)
