"""The case: one matter, one file. Nothing that can be derived is stored in it."""

from __future__ import annotations

from pydantic import Field

from xinfang.model.fields import (
    CaseNumber,
    Count,
    Day,
    DayMoment,
    Flag,
    Line,
    Money,
    PaperNumber,
    PartyCode,
    Record,
    ShortCode,
    Text,
)
from xinfang.model.steps import Step
from xinfang.model.words import (
    Category,
    Channel,
    GraveReason,
    Particular,
    PartyKind,
    Purpose,
    ReviewKind,
    Route,
    Urgency,
)


class Party(Record):
    """A petitioner by code; who they are stands sealed, the file says only what was given."""

    code: PartyCode = Field(alias="代号", description="信访人代号 A、B、C……;身份另行封存")
    kind: PartyKind = Field(alias="类型", description="个人或单位")
    representative: Flag = Field(False, alias="代表", description="是否为多人推选的代表")
    given: list[Particular] = Field(
        alias="已载明", description="信访人已提供哪些信息(只写项目,不写内容)"
    )
    relation: Line | None = Field(
        None, alias="关系", description="与项目的关系,如 分包工人、周边居民、职工、供应商"
    )
    agent: Flag | None = Field(None, alias="委托代理", description="是否由代理人代为提出")
    interpreter: Line | None = Field(None, alias="翻译", description="需要何种语言的翻译")


class Claim(Record):
    """One request of the petitioner; each needs its own answer (条例 32)."""

    content: Text = Field(alias="内容", description="请求的内容;不写个人信息")
    amount: Money | None = Field(None, alias="金额", description="请求的金额(元)")


class Origin(Record):
    """Where a matter from above comes from (细则 三·一·1)."""

    unit: Line = Field(alias="单位", description="转送、交办的单位")
    number: Line | None = Field(None, alias="文号", description="来文字号")
    received: Day = Field(alias="收文", description="收到来文的日期")
    due: Day | None = Field(None, alias="办理期限", description="来文要求的办理期限")
    report: Flag = Field(False, alias="要求报告", description="是否要求书面报告办理结果")
    answer_petitioner: Flag = Field(
        True, alias="要求答复本人", description="是否要求直接答复信访人"
    )


class Reviewed(Record):
    """The opinion of another unit that this unit is asked to review (条例 35, 36)."""

    kind: ReviewKind = Field(alias="阶段", description="复查或复核")
    unit: Line = Field(alias="单位", description="作出这份意见的单位:原办理单位,复核的为复查单位")
    number: Line | None = Field(None, alias="编号", description="该单位登记册中的编号")
    paper: PaperNumber | None = Field(None, alias="意见文号", description="请求复查的意见书文号")
    served: Day | None = Field(None, alias="意见送达", description="信访人收到这份意见书的日期")
    asked: Day | None = Field(
        None, alias="提出", description="提出请求的日期,邮寄的为寄出日期;不填以收到日期计"
    )
    first_unit: Line | None = Field(
        None, alias="原办理单位", description="只用于复核:作出原处理意见的单位"
    )
    first_paper: PaperNumber | None = Field(
        None, alias="原意见文号", description="只用于复核:原处理意见书文号"
    )


class Case(Record):
    """One matter as filed (papers D02, D04)."""

    number: CaseNumber = Field(alias="编号", description="登记编号,与文件名相同")
    query_code: ShortCode | None = Field(
        None, alias="查询码", description="印在回执上,凭它查询进度;只用于查询,不是密钥"
    )
    former: list[Line] = Field(
        default_factory=list, alias="原编号", description="改号以前用过的编号,旧台账中的编号"
    )
    title: Line = Field(alias="标题", description="一句话事由;不写姓名、电话")
    received: DayMoment = Field(alias="收到", description="收到的日期和时间,如 2026-03-02 09:20")
    registered: Day = Field(alias="登记", description="登记日期")
    channel: Channel = Field(alias="渠道", description="信访形式")
    origin: Origin | None = Field(None, alias="来源", description="上级转送、交办的来文")
    review: Reviewed | None = Field(
        None, alias="复查对象", description="请求本单位复查、复核的,写明是哪个单位的哪份意见"
    )
    first_contact: Line | None = Field(None, alias="首问人", description="最先接待的人")
    registrar: Line = Field(alias="登记人", description="登记人")
    purpose: Purpose = Field(alias="目的", description="信访目的")
    category: Category = Field(alias="类别", description="内容类别")
    route: Route | None = Field(
        None, alias="路径", description="条例第三十一条的六条路径之一,或 不属本单位"
    )
    urgency: Urgency = Field(Urgency.ORDINARY, alias="紧急", description="紧急程度,只看事项后果")
    urgency_reason: Text | None = Field(None, alias="紧急理由", description="为何紧急")
    grave: list[GraveReason] = Field(
        default_factory=list, alias="重大", description="重大、疑难事项的判据"
    )
    people: Count = Field(1, alias="人数", description="提出同一事项的人数(只写数目)")
    parties: list[Party] = Field(
        default_factory=list, alias="信访人", description="信访人或代表,以代号列出"
    )
    claims: list[Claim] = Field(default_factory=list, alias="请求", description="逐条列出的请求")
    facts: Text | None = Field(None, alias="事实", description="反映的主要事实;不写个人信息")
    reasons: Text | None = Field(None, alias="理由", description="信访人所述理由")
    materials: list[Line] = Field(default_factory=list, alias="材料", description="提交的材料清单")
    section: Line | None = Field(None, alias="标段", description="涉及的合同、标段或环节")
    concerned: list[Line] = Field(
        default_factory=list, alias="被反映部室", description="被反映的部室;不写个人"
    )
    earlier: list[CaseNumber] = Field(
        default_factory=list, alias="关联", description="同一事项此前的编号,只为核对是否答复到位"
    )
    privacy_told: Flag | None = Field(
        None, alias="已告知个人信息处理", description="是否已说明个人信息怎样使用"
    )
    simplified: Flag = Field(False, alias="简易办理", description="是否按简易程序办理")
    steps: list[Step] = Field(
        default_factory=list, alias="办理", description="办理经过,只追加、不改动"
    )
