"""The closed set of steps: one frozen model each, told apart by ``事项``.

A step is a dated act of the office. Steps are only ever appended; status, due dates and
counts are derived from them (domain/8 §8.2). The fields are those that the papers need
(domain/3).
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal, get_args

from pydantic import Field

from xinfang.model.fields import (
    CaseNumber,
    CommitId,
    Count,
    Day,
    Digest,
    Flag,
    FormId,
    Line,
    Money,
    PaperNumber,
    PartyCode,
    Record,
    ShortCode,
    Text,
    TimeOfDay,
)
from xinfang.model.words import (
    Attitude,
    Closing,
    Delivery,
    Medium,
    Outcome,
    PaperKind,
    ReviewPhase,
    ReviewResult,
)


class StepBase(Record):
    """What every step has."""

    #: The word after ``事项:``.
    KIND: ClassVar[str] = ""
    #: Papers whose number this kind of step gives, as ``代字`` in ``office.yaml`` names them; a
    #: step with a field ``文书`` names its paper itself.
    PAPERS: ClassVar[tuple[str, ...]] = ()

    day: Day = Field(alias="日期", description="办理这一步的日期(业务日期)")
    clock: TimeOfDay | None = Field(None, alias="时间", description='时刻,如 "14:30"')
    handler: Line | None = Field(None, alias="经办", description="经办人姓名")
    remark: Text | None = Field(None, alias="备注", description="备注;不写个人信息")


class Evidence(Record):
    """One piece of evidence, named so that a finding of fact can cite it."""

    number: Line = Field(alias="编号", description="证据编号,如 Z1")
    name: Line = Field(alias="名称", description="证据名称;不写个人信息")
    digest: Digest | None = Field(None, alias="散列", description="电子文件的 SHA-256")


class Execution(Record):
    """Who carries out a supported claim, when and how (D14 ⑤)."""

    department: Line = Field(alias="责任部室", description="负责落实的部室")
    due: Day = Field(alias="期限", description="落实期限")
    manner: Line = Field(alias="方式", description="怎样支付、怎样整改")
    amount: Money | None = Field(None, alias="金额", description="应兑现的金额(元)")


class Answer(Record):
    """The answer to one claim: outcome, facts, opinion, legal basis (条例 32)."""

    claim: Count = Field(alias="请求", description="第几条请求(从 1 数)")
    outcome: Outcome = Field(
        alias="结论",
        description="支持、部分支持、解释说明、不予支持;建议类为采纳、部分采纳、不予采纳",
    )
    facts: Text = Field(alias="查明", description="查明的事实和理由")
    evidence: list[Line] = Field(default_factory=list, alias="证据", description="所依据的证据编号")
    opinion: Text = Field(alias="意见", description="处理意见")
    basis: list[Line] = Field(
        default_factory=list, alias="依据", description="法律法规政策依据:全称与条款"
    )
    execution: Execution | None = Field(None, alias="落实", description="由谁、何时、怎样落实")


class Notice(StepBase):
    """告知: Written notice of receipt, route and procedure (条例 23; paper D05)."""

    KIND: ClassVar[str] = "告知"

    kind: Literal["告知"] = Field(
        alias="事项", description="书面告知已收到、走什么途径和程序(收到后 15 日内)"
    )
    paper: PaperKind = Field(alias="文书", description="告知用的文书")
    manner: Literal["当场书面", "书面", "口头", "电话", "公开"] = Field(
        alias="方式", description="怎样告知"
    )
    number: PaperNumber | None = Field(None, alias="文号", description="告知书文号,签批后编")
    content: Text | None = Field(
        None, alias="内容", description="告知了什么:处理途径、程序、承办部室、查询方式"
    )
    impossible: Text | None = Field(
        None, alias="无法告知", description="姓名或住址不清、无法书面告知的原因"
    )


class Acceptance(StepBase):
    """受理: The matter is accepted into the petition procedure; C3 runs from here (条例 34)."""

    KIND: ClassVar[str] = "受理"

    kind: Literal["受理"] = Field(alias="事项", description="受理为本单位的信访事项,60 日内办结")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="受理依据的条款")


class Referral(StepBase):
    """引导: The petitioner is told the legal route: body, address, phone, time limit.

    Source: 条例 23, 31; paper D06.
    """

    KIND: ClassVar[str] = "引导"
    PAPERS: ClassVar[tuple[str, ...]] = (
        PaperKind.ROUTE_NOTICE,
        PaperKind.REFUSAL,
    )

    kind: Literal["引导"] = Field(
        alias="事项", description="引导走法定途径:哪个机关、地址电话、时限和逾期后果"
    )
    claims: list[Count] = Field(
        default_factory=list, alias="请求", description="引导的是第几条请求,不填为全部"
    )
    route: Line = Field(
        alias="途径", description="法定途径,如 劳动争议仲裁;应与 office.yaml 的途径名称一致"
    )
    body: Line | None = Field(
        None, alias="机关", description="有权处理的机关;不填用 office.yaml 中该途径的机关"
    )
    time_limit: Line | None = Field(
        None, alias="时限", description="法定时限;不填用 office.yaml 中该途径的时限"
    )
    risk: Line | None = Field(
        None, alias="逾期后果", description="错过时限会怎样;不填用 office.yaml 中的"
    )
    own_duty: Text | None = Field(
        None, alias="自身义务核查", description="本单位自己应做的事查了没有、做了没有"
    )
    reason: Text | None = Field(None, alias="理由", description="为何走这一途径")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="依据的条款")
    number: PaperNumber | None = Field(None, alias="文号", description="引导告知书文号")
    approver: Line | None = Field(None, alias="审批人", description="不予受理须经办人与审批人两人")


class Refusal(StepBase):
    """不予受理: Refusal in the few cases the rules leave (条例 19 ¶3, 36 ¶3); two persons."""

    KIND: ClassVar[str] = "不予受理"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.REFUSAL,)

    kind: Literal["不予受理"] = Field(
        alias="事项", description="依规定不予受理,写明理由和依据,经办与审批两人"
    )
    reason: Text = Field(alias="理由", description="不予受理的理由")
    basis: list[Line] = Field(alias="依据", description="依据的条款")
    approver: Line = Field(alias="审批人", description="审批人,须与经办人不是同一人")
    number: PaperNumber | None = Field(None, alias="文号", description="不予受理告知书文号")


class Forwarding(StepBase):
    """转送: The matter is passed to another unit that has the power (条例 23; paper D07)."""

    KIND: ClassVar[str] = "转送"
    PAPERS: ClassVar[tuple[str, ...]] = (
        PaperKind.LETTER,
        PaperKind.FORWARD_NOTICE,
    )

    kind: Literal["转送"] = Field(
        alias="事项", description="转送有权处理的其他单位,并告知信访人转到了哪里"
    )
    unit: Line = Field(alias="单位", description="转送到哪个单位")
    told_on: Day | None = Field(None, alias="告知日期", description="哪天告知信访人转到了哪里")
    consent: Flag | None = Field(
        None, alias="本人同意", description="转送含个人信息,信访人是否知情同意"
    )
    number: PaperNumber | None = Field(None, alias="文号", description="转送函文号")


class Assignment(StepBase):
    """交办: A subordinate or subcontracted unit must handle it and report back (paper D09)."""

    KIND: ClassVar[str] = "交办"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.LETTER,)

    kind: Literal["交办"] = Field(alias="事项", description="交分包或下级单位办理,按期报告结果")
    unit: Line = Field(alias="单位", description="交给哪个单位办理")
    demand: Text = Field(alias="办理要求", description="要求怎样办理、办到什么程度")
    due: Day = Field(alias="期限", description="办结并报告的日期")
    report: Flag = Field(True, alias="报送报告", description="是否要求书面报送办理情况报告")
    number: PaperNumber | None = Field(None, alias="文号", description="交办函文号")


class Objection(StepBase):
    """异议: Objection to a wrong transfer, within 5 working days (条例 23 ¶3)."""

    KIND: ClassVar[str] = "异议"

    kind: Literal["异议"] = Field(alias="事项", description="对转错的来件提出异议,5 个工作日内")
    unit: Line = Field(alias="单位", description="向哪个转送、交办单位提出")
    reason: Text = Field(alias="理由", description="不属本单位的理由")
    agreed: Flag | None = Field(None, alias="同意退回", description="对方是否同意退回")


class Transfer(StepBase):
    """转办: Transfer to the responsible department, one lead and any co-departments.

    Source: 细则 五·四·1; paper D08.
    """

    KIND: ClassVar[str] = "转办"
    PAPERS: ClassVar[tuple[str, ...]] = ("转办单",)

    kind: Literal["转办"] = Field(alias="事项", description="转给承办部室:一个主办,可有协办")
    lead: Line = Field(alias="主办", description="主办部室")
    joint: list[Line] = Field(default_factory=list, alias="协办", description="协办部室")
    feedback_by: Day | None = Field(None, alias="反馈期限", description="要求反馈的日期")
    demand: Text | None = Field(None, alias="办理要求", description="要求怎样办理")
    signed_for: Day | None = Field(None, alias="签收", description="承办部室签收的日期")
    recipient: Line | None = Field(None, alias="签收人", description="签收人")
    number: PaperNumber | None = Field(None, alias="文号", description="转办单文号")


class Feedback(StepBase):
    """承办反馈: The department says whether it takes the matter on, and its plan.

    Source: 细则 三·一·1; paper D10.
    """

    KIND: ClassVar[str] = "承办反馈"

    kind: Literal["承办反馈"] = Field(
        alias="事项", description="部室回复是否承办、谁办、打算怎样办"
    )
    department: Line = Field(alias="部门", description="反馈的部室")
    takes_on: Flag = Field(alias="承办", description="是否承办")
    reason: Text | None = Field(None, alias="理由", description="不承办的理由")
    officer: Line | None = Field(None, alias="承办人", description="承办人")
    plan: Text | None = Field(None, alias="计划", description="打算怎样办")
    expected_on: Day | None = Field(None, alias="预计完成", description="预计完成的日期")


class Reminder(StepBase):
    """催办: A department is reminded of what is due (细则 三·一·1; paper D11)."""

    KIND: ClassVar[str] = "催办"
    PAPERS: ClassVar[tuple[str, ...]] = ("催办单",)

    kind: Literal["催办"] = Field(alias="事项", description="临期或逾期没有反馈,提醒部室")
    department: Line = Field(alias="部门", description="催哪个部室")
    answer_by: Day = Field(alias="请于", description="请在哪天前反馈")
    content: Text | None = Field(None, alias="内容", description="催办内容")
    number: PaperNumber | None = Field(None, alias="文号", description="催办单文号")


class Supervision(StepBase):
    """督办: A matter is put under supervision (paper D11)."""

    KIND: ClassVar[str] = "督办"
    PAPERS: ClassVar[tuple[str, ...]] = ("督办单",)

    kind: Literal["督办"] = Field(alias="事项", description="重大、逾期或领导要求的,督促限期办成")
    department: Line = Field(alias="部门", description="责任部室")
    content: Text = Field(alias="内容", description="督办事项")
    due: Day = Field(alias="期限", description="完成期限")
    number: PaperNumber | None = Field(None, alias="文号", description="督办单文号")
    closed_on: Day | None = Field(None, alias="销号", description="销号日期")


class Submission(StepBase):
    """请示: The office asks a leader for a decision (细则 五·四·2; paper D12)."""

    KIND: ClassVar[str] = "请示"

    kind: Literal["请示"] = Field(alias="事项", description="书面请示领导:事由、风险点、拟办意见")
    to: Line = Field(alias="呈送", description="呈送哪位领导")
    content: Text = Field(alias="内容", description="事由、风险点、拟办意见")


class Instruction(StepBase):
    """批示: A leader's instruction (细则 五·四·2)."""

    KIND: ClassVar[str] = "批示"

    kind: Literal["批示"] = Field(alias="事项", description="领导的书面批示")
    leader: Line = Field(alias="领导", description="批示人")
    content: Text = Field(alias="内容", description="批示内容")
    medium: Medium = Field(Medium.PAPER, alias="介质", description="批示的介质")
    digest: Digest | None = Field(None, alias="散列", description="扫描件或电子签名文件的 SHA-256")


class Investigation(StepBase):
    """调查: What was looked into, by whom, with which evidence (细则 四·一·4; 条例 28)."""

    KIND: ClassVar[str] = "调查"

    kind: Literal["调查"] = Field(
        alias="事项", description="查了什么、看了什么、查明什么,附证据编号"
    )
    officers: list[Line] = Field(alias="调查人", description="调查人")
    place: Line | None = Field(None, alias="地点", description="调查地点")
    course: Text = Field(alias="经过", description="问了哪些岗位、看了什么、查明什么;不写个人信息")
    evidence: list[Evidence] = Field(default_factory=list, alias="证据", description="证据清单")


class Exchange(Record):
    """One question and its answer in the record of an interview."""

    question: Line = Field(alias="问", description="问了什么")
    answer: Text = Field(alias="答", description="怎样回答;不写个人信息")


class Interview(StepBase):
    """接谈: A conversation with the petitioner, recorded and read back (paper D03)."""

    KIND: ClassVar[str] = "接谈"

    kind: Literal["接谈"] = Field(alias="事项", description="当面接谈并记成笔录,念给本人听")
    until: TimeOfDay | None = Field(None, alias="至", description='结束时刻,如 "15:10"')
    place: Line = Field(alias="地点", description="接谈地点")
    officers: list[Line] = Field(
        min_length=1, alias="接谈人", description="接谈人,两人以上为宜(疑难事项应两人)"
    )
    recorder: Line = Field(alias="记录人", description="记录人")
    parties: list[PartyCode] = Field(
        default_factory=list, alias="信访人", description="在场的信访人代号,不填为全部"
    )
    record: list[Exchange] = Field(min_length=1, alias="问答", description="一问一答;不写个人信息")
    materials: list[Line] = Field(
        default_factory=list, alias="材料", description="当场收下的材料,只写名称"
    )


class Decision(Record):
    """One thing a meeting settled: what, who, when, shown by what."""

    content: Line = Field(alias="内容", description="议定了什么")
    unit: Line = Field(alias="责任", description="责任单位或部室")
    due: Day | None = Field(None, alias="时限", description="何时完成")
    proof: Line | None = Field(None, alias="凭证", description="以什么为凭")


class Coordination(StepBase):
    """协调: A coordination meeting (细则 四·三·2; paper D19)."""

    KIND: ClassVar[str] = "协调"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.MINUTES,)

    kind: Literal["协调"] = Field(alias="事项", description="开协调会,议定谁在何时做什么")
    participants: list[Line] = Field(alias="参加", description="参加的部室、单位")
    attending: list[Line] = Field(default_factory=list, alias="列席", description="列席的单位")
    absent: list[Line] = Field(default_factory=list, alias="请假", description="请假的部室、单位")
    place: Line | None = Field(None, alias="地点", description="会议地点")
    chair: Line | None = Field(None, alias="主持", description="主持人")
    invited_on: Day | None = Field(None, alias="邀请日期", description="邀请函发出的日期")
    number: PaperNumber | None = Field(None, alias="文号", description="会议纪要文号")
    content: Text = Field(alias="内容", description="协调情况,客观写明各方意见")
    decisions: list[Decision | Line] = Field(
        default_factory=list,
        alias="议定事项",
        description="议定了什么、由谁、何时完成;一行文字,或分写内容、责任、时限、凭证",
    )
    unresolved: list[Line] = Field(
        default_factory=list, alias="未达成一致", description="没有达成一致的问题"
    )
    witness: Flag | None = Field(None, alias="社区见证", description="是否请社区工作人员见证")
    consent: Flag | None = Field(None, alias="本人同意", description="信访人是否书面同意请人见证")


class Hearing(StepBase):
    """听证: A hearing for a grave, complex or difficult matter (条例 31)."""

    KIND: ClassVar[str] = "听证"

    kind: Literal["听证"] = Field(alias="事项", description="重大、复杂、疑难事项举行听证")
    until: Day = Field(alias="至", description="听证结束的日期;听证时间不计入复核期限")
    content: Text | None = Field(None, alias="内容", description="听证情况")


class Explanation(StepBase):
    """解释说明: Explanation of law and policy; never a ground for closing (细则 五·二)."""

    KIND: ClassVar[str] = "解释说明"

    kind: Literal["解释说明"] = Field(alias="事项", description="讲清法律和政策;只解释不能办结")
    content: Text = Field(alias="内容", description="解释说明了哪些政策、条款")


class Mediation(StepBase):
    """调解: Mediation or settlement with both sides' consent (条例 33; paper D20)."""

    KIND: ClassVar[str] = "调解"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.AGREEMENT,)

    kind: Literal["调解"] = Field(alias="事项", description="双方自愿的调解、和解")
    form: Literal["调解", "和解"] = Field(alias="种类", description="调解还是和解")
    voluntary: Flag = Field(alias="双方自愿", description="双方是否自愿")
    other_party: Line | None = Field(
        None, alias="对方", description="与信访人签协议的单位;不填为本单位"
    )
    mediator: Line | None = Field(None, alias="调解组织", description="主持调解的组织")
    dispute: Text | None = Field(None, alias="争议", description="纠纷的主要事实和争议事项")
    liability: Text | None = Field(None, alias="责任", description="各方责任")
    agreement: Text = Field(alias="协议内容", description="协议内容:履行方式、金额")
    amount: Money | None = Field(None, alias="金额", description="协议金额(元);大写由程序写")
    payee: Line | None = Field(
        None, alias="收款", description="付给谁、怎样付,如 转入本人银行账户;有金额的必填"
    )
    perform_by: Day | None = Field(None, alias="履行期限", description="履行期限")
    default: Text | None = Field(None, alias="违约责任", description="不履行怎么办")
    number: PaperNumber | None = Field(None, alias="文号", description="协议书编号")


class Extension(StepBase):
    """延期: The 60 days are extended once, ≤ 30 days, by the head, before they end.

    Source: 条例 34; paper D13.
    """

    KIND: ClassVar[str] = "延期"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.EXTENSION_NOTICE,)

    kind: Literal["延期"] = Field(
        alias="事项", description="60 日内办不结的延长一次,不超过 30 日,由主要负责人在到期前批准"
    )
    days: Count = Field(alias="天数", description="延长几日,1 至 30")
    reason: Text = Field(alias="理由", description="具体理由,如需鉴定、外调;不得写工作繁忙")
    approver: Line = Field(alias="批准人", description="本单位主要负责人")
    told_on: Day | None = Field(
        None, alias="告知日期", description="哪天把延期理由和新期限告知信访人"
    )
    number: PaperNumber | None = Field(None, alias="文号", description="延期告知书文号")


class Draft(StepBase):
    """拟办: The reply is drafted, claim by claim (条例 32; paper D14)."""

    KIND: ClassVar[str] = "拟办"

    kind: Literal["拟办"] = Field(alias="事项", description="拟出答复:逐条写结论、查明、意见、依据")
    answers: list[Answer] = Field(alias="答复", description="对每条请求的拟答复")


class Countersignature(StepBase):
    """会签: A department signs its part of the draft (paper D12)."""

    KIND: ClassVar[str] = "会签"

    kind: Literal["会签"] = Field(alias="事项", description="协办部室对自己的部分会签")
    department: Line = Field(alias="部门", description="会签部室")
    signer: Line = Field(alias="签字人", description="签字人")
    medium: Medium = Field(Medium.PAPER, alias="介质", description="会签的介质")
    digest: Digest | None = Field(None, alias="散列", description="扫描件或电子签名文件的 SHA-256")
    opinion: Text = Field(alias="意见", description="会签意见")


class Approval(StepBase):
    """签批: A leader approves a paper in writing; only then may it be numbered (细则 四·三·1)."""

    KIND: ClassVar[str] = "签批"

    kind: Literal["签批"] = Field(alias="事项", description="领导书面签批;签批之后才能编号、发出")
    signer: Line = Field(alias="签批人", description="签批人")
    paper: PaperKind = Field(PaperKind.OPINION, alias="文书", description="签批的是哪份文书")
    medium: Medium = Field(alias="介质", description="纸质、扫描或电子签名;Git 提交不等于签署")
    digest: Digest | None = Field(None, alias="散列", description="扫描件或电子签名文件的 SHA-256")
    opinion: Text | None = Field(None, alias="意见", description="签批意见")


class Reply(StepBase):
    """答复: The approved reply is numbered and sealed (条例 32; papers D14, D05)."""

    KIND: ClassVar[str] = "答复"

    kind: Literal["答复"] = Field(alias="事项", description="签批过的答复编文号、盖章发出")
    paper: PaperKind = Field(PaperKind.OPINION, alias="文书", description="发出的文书")
    number: PaperNumber = Field(alias="文号", description="文号,签批后才编")


class Service(StepBase):
    """送达: A paper reached the petitioner; the day of receipt starts the review period.

    Source: 条例 35; paper D15.
    """

    KIND: ClassVar[str] = "送达"

    kind: Literal["送达"] = Field(
        alias="事项", description="文书送到信访人手里,复查期限从收到之日起算"
    )
    paper: PaperKind = Field(PaperKind.OPINION, alias="文书", description="送达的文书")
    manner: Delivery = Field(alias="方式", description="送达方式")
    received: Day | None = Field(None, alias="收到", description="信访人收到的日期")
    party: list[PartyCode] = Field(
        default_factory=list, alias="受送达人", description="受送达人代号,不填为全部"
    )
    attitude: Attitude | None = Field(None, alias="意见", description="信访人在回证上勾选的意见")
    objection: Text | None = Field(None, alias="异议理由", description="有异议的,写明理由")
    witness: Line | None = Field(None, alias="见证人", description="留置送达的见证人")
    failed: Text | None = Field(None, alias="未能送达", description="未能送达的原因和已做的努力")


class Review(StepBase):
    """复查: Review by the next higher unit (条例 35; papers D16)."""

    KIND: ClassVar[str] = "复查"

    kind: Literal["复查"] = Field(alias="事项", description="信访人请求上一级复查,及复查意见")
    phase: ReviewPhase = Field(alias="阶段", description="申请或意见")
    unit: Line | None = Field(None, alias="单位", description="复查单位")
    result: ReviewResult | None = Field(None, alias="结论", description="复查结论")
    received: Day | None = Field(None, alias="收到", description="信访人收到复查意见的日期")
    number: PaperNumber | None = Field(None, alias="文号", description="复查意见书文号")
    content: Text | None = Field(None, alias="内容", description="请求、理由或意见摘要")
    facts: Text | None = Field(None, alias="查明", description="复查查明的事实")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="复查意见的依据")


class Rereview(StepBase):
    """复核: Second review (条例 36; papers D16)."""

    KIND: ClassVar[str] = "复核"

    kind: Literal["复核"] = Field(alias="事项", description="信访人请求再上一级复核,及复核意见")
    phase: ReviewPhase = Field(alias="阶段", description="申请或意见")
    unit: Line | None = Field(None, alias="单位", description="复核单位")
    result: ReviewResult | None = Field(None, alias="结论", description="复核结论")
    received: Day | None = Field(None, alias="收到", description="信访人收到复核意见的日期")
    number: PaperNumber | None = Field(None, alias="文号", description="复核意见书文号")
    content: Text | None = Field(None, alias="内容", description="请求、理由或意见摘要")
    facts: Text | None = Field(None, alias="查明", description="复核查明的事实")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="复核意见的依据")


class Fulfilment(StepBase):
    """兑现: What was promised has been done, claim by claim (条例 32; 细则 五·五)."""

    KIND: ClassVar[str] = "兑现"

    kind: Literal["兑现"] = Field(alias="事项", description="答复里承诺的事做到了,逐条记")
    claim: Count = Field(alias="请求", description="第几条请求")
    amount: Money | None = Field(None, alias="金额", description="兑现的金额(元)")
    complete: Flag = Field(alias="全部兑现", description="这一条是否全部兑现")
    proof: Line = Field(alias="凭证", description="付款凭证、整改照片等的名称或编号")
    content: Text | None = Field(None, alias="内容", description="说明")


class SpecialReport(StepBase):
    """专题汇报: Report on a grave matter to the superior (细则 三·一·3; paper D17)."""

    KIND: ClassVar[str] = "专题汇报"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.SPECIAL_REPORT,)

    kind: Literal["专题汇报"] = Field(alias="事项", description="重大、疑难事项向上级专题汇报")
    to: Line = Field(alias="对象", description="向谁汇报")
    content: Text = Field(alias="内容", description="事项、已做工作、问题、措施;只报事项")
    number: PaperNumber | None = Field(None, alias="文号", description="专题报告文号")
    problems: list[Line] = Field(
        default_factory=list, alias="问题", description="存在的问题和原因,逐条"
    )
    measures: list[Line] = Field(
        default_factory=list, alias="措施", description="下一步措施,逐条写明责任和时限"
    )
    needed: list[Line] = Field(
        default_factory=list,
        alias="需协调",
        description="需要上级协调的事项;需要批准的另文请示",
    )
    basis: list[Line] = Field(default_factory=list, alias="依据", description="法律政策依据")
    guidance: Text | None = Field(None, alias="指导意见", description="上级指导意见及落实安排")


class ReportUp(StepBase):
    """上报: Written report to the unit that handed the matter over (细则 五·四·2; paper D18)."""

    KIND: ClassVar[str] = "上报"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.REPORT,)

    kind: Literal["上报"] = Field(alias="事项", description="向交办、转送的上级书面报告结果")
    unit: Line = Field(alias="单位", description="报送哪个单位")
    number: PaperNumber | None = Field(None, alias="文号", description="办理情况报告文号")
    content: Text | None = Field(None, alias="内容", description="报告摘要")


class Assistance(StepBase):
    """请求协助: A competent authority is asked for help (细则 四·三·3; paper D23)."""

    KIND: ClassVar[str] = "请求协助"
    PAPERS: ClassVar[tuple[str, ...]] = (PaperKind.LETTER,)

    kind: Literal["请求协助"] = Field(alias="事项", description="请有权的行政机关协助")
    unit: Line = Field(alias="单位", description="请求哪个机关协助")
    content: Text = Field(alias="内容", description="请求协助的具体事项")
    basis: list[Line] = Field(alias="依据", description="法律依据")
    number: PaperNumber | None = Field(None, alias="文号", description="函的文号")


class Recusal(StepBase):
    """回避: Someone directly interested steps aside (条例 28)."""

    KIND: ClassVar[str] = "回避"

    kind: Literal["回避"] = Field(alias="事项", description="与事项有直接利害关系的人回避,由谁接手")
    post: Line = Field(alias="回避人", description="谁回避")
    reason: Text = Field(alias="理由", description="为何回避")
    decided_by: Line = Field(alias="决定人", description="谁决定")
    successor: Line | None = Field(None, alias="接替人", description="由谁接替")


class Incident(StepBase):
    """安全事件: A safety incident, kept apart from the merits (细则 五·四·4; 条例 26, 47)."""

    KIND: ClassVar[str] = "安全事件"

    kind: Literal["安全事件"] = Field(
        alias="事项", description="现场的安全事件,与诉求是否成立分开记"
    )
    content: Text = Field(alias="内容", description="事实、时间、处置;不评价人")


class Breach(StepBase):
    """泄密处置: A leak of information: facts, remedy, who was told (个保法 57)."""

    KIND: ClassVar[str] = "泄密处置"

    kind: Literal["泄密处置"] = Field(alias="事项", description="信息泄露的事实、补救和告知")
    content: Text = Field(alias="内容", description="泄露了哪类信息、影响与补救")
    told: list[Line] = Field(alias="已通知", description="通知了本人、哪个部门")


class HandOver(StepBase):
    """移送: An accusation goes to the competent body, sealed (条例 30)."""

    KIND: ClassVar[str] = "移送"

    kind: Literal["移送"] = Field(
        alias="事项", description="检举控告移送有权处理的机关,内容不写在这里"
    )
    to: Line = Field(alias="接收", description="接收单位或岗位,不得是被反映的部室")
    by: Line = Field(alias="移送人", description="授权移送的人")


class DataRequest(StepBase):
    """个人信息请求: A party asks about their own data (个保法 45–47; paper D30)."""

    KIND: ClassVar[str] = "个人信息请求"

    kind: Literal["个人信息请求"] = Field(
        alias="事项", description="本人要求查阅、复制、更正、删除自己的信息"
    )
    party: PartyCode = Field(alias="信访人", description="谁提出(代号)")
    wants: list[Literal["查阅", "复制", "更正", "补充", "删除", "解释说明"]] = Field(
        min_length=1, alias="种类", description="要求什么"
    )
    verified: Line = Field(alias="核验", description="怎样核验是本人,如 当面核对来访时的签名")
    content: Text = Field(alias="内容", description="请求的内容;只写信息种类,不写个人信息")
    result: Literal["同意", "部分同意", "不同意"] | None = Field(
        None, alias="结果", description="处理结果"
    )
    reason: Text | None = Field(None, alias="理由", description="不同意或部分同意的理由")
    replied_on: Day | None = Field(None, alias="答复日期", description="答复本人的日期")


class Issue(StepBase):
    """出具: The final of a paper was printed and frozen; ``xinfang issue`` records it.

    The digest is that of the whole PDF; the short code stands in its footer and QR. A step of
    this kind is evidence of what went out, no part of any paper.
    """

    KIND: ClassVar[str] = "出具"

    kind: Literal["出具"] = Field(
        alias="事项", description="印出正式件并冻结;由 xinfang issue 记,不必手写"
    )
    form: FormId = Field(alias="文书", description="文书编号,如 D14")
    ordinal: Count = Field(1, alias="序", description="同一种文书的第几份(从 1 数)")
    version: Count = Field(1, alias="版本", description="第几版;案卷改动后重新出具的加 1")
    number: PaperNumber | None = Field(
        None, alias="文号", description="出具时编的文号;步骤里已有文号的不再写"
    )
    code: ShortCode = Field(alias="短码", description="印在页脚的核验码")
    digest: Digest = Field(alias="散列", description="PDF 文件的 SHA-256")
    data: CommitId | None = Field(
        None, alias="数据版本", description="所依据数据的 Git 提交;提交不等于签署"
    )


class VoidPaper(StepBase):
    """文书作废: A numbered paper is withdrawn; its number stays used and is never given again."""

    KIND: ClassVar[str] = "文书作废"

    kind: Literal["文书作废"] = Field(alias="事项", description="编了号的文书作废,该号永不再用")
    number: PaperNumber = Field(alias="文号", description="作废的文号")
    reason: Text = Field(alias="理由", description="作废的理由")
    approver: Line = Field(alias="批准人", description="批准作废的人")
    recovered: Flag | None = Field(None, alias="已收回", description="发出的份数是否已经收回")


class Withdrawal(StepBase):
    """撤回: The petitioner withdraws in writing (A7)."""

    KIND: ClassVar[str] = "撤回"

    kind: Literal["撤回"] = Field(alias="事项", description="信访人书面撤回")
    written: Flag = Field(alias="书面", description="是否本人书面撤回")
    document: Line | None = Field(None, alias="凭证", description="撤回申请的名称或编号")


class Merge(StepBase):
    """并案: The matter continues under an earlier number."""

    KIND: ClassVar[str] = "并案"

    kind: Literal["并案"] = Field(alias="事项", description="并入同一事项此前的编号继续办理")
    into: CaseNumber = Field(alias="并入", description="并入哪个编号")
    told_on: Day | None = Field(None, alias="告知日期", description="哪天告知信访人")


class Rectification(StepBase):
    """整改: What failed, why, and what will change (细则 七·二; paper D28)."""

    KIND: ClassVar[str] = "整改"

    kind: Literal["整改"] = Field(alias="事项", description="哪里没做到、为什么、怎样改")
    matter: Text = Field(alias="事由", description="哪一步超期或失当")
    reason: Text = Field(alias="原因", description="原因")
    measure: Text = Field(alias="措施", description="整改措施")
    due: Day | None = Field(None, alias="期限", description="整改期限")


class Correction(StepBase):
    """更正: A mistake in an earlier step is mended; the step itself stays (DESIGN §3)."""

    KIND: ClassVar[str] = "更正"

    kind: Literal["更正"] = Field(alias="事项", description="更正前面写错的一步;原来的一步仍在")
    step: Count = Field(alias="步骤", description="更正第几步(从 1 数)")
    change: dict[str, Any] = Field(
        default_factory=dict, alias="改为", description="改正后的内容,键同原步骤"
    )
    annul: Flag = Field(False, alias="作废", description="整步作废")
    reason: Text = Field(alias="理由", description="更正的理由")


class Closure(StepBase):
    """办结: The matter is closed (A7; paper D25)."""

    KIND: ClassVar[str] = "办结"

    kind: Literal["办结"] = Field(alias="事项", description="事项办结:以什么方式结束")
    way: Closing = Field(alias="方式", description="以何种方式办结")
    approver: Line = Field(alias="审批人", description="办结审批人")
    undelivered: Text | None = Field(
        None, alias="未送达说明", description="书面答复未能送达的,说明原因"
    )
    unfulfilled: Text | None = Field(
        None, alias="未兑现说明", description="尚未兑现的,说明后续安排和期限"
    )
    overrun: Text | None = Field(None, alias="超期原因", description="超过期限的,说明原因")
    recorded: Flag | None = Field(None, alias="已备案", description="部室办理的,是否报信访办备案")


class Archiving(StepBase):
    """归档: All papers are filed (细则 四·三·4)."""

    KIND: ClassVar[str] = "归档"

    kind: Literal["归档"] = Field(alias="事项", description="资料齐全,成卷归档")
    number: Line = Field(alias="档号", description="档号")
    retention: Literal["永久", "30年", "10年"] = Field(alias="保管期限", description="保管期限")
    items: Count | None = Field(None, alias="件数", description="件数")
    pages: Count | None = Field(None, alias="页数", description="页数")


class Hold(StepBase):
    """暂缓销毁: Nothing of the matter may be destroyed for now, whatever its period says."""

    KIND: ClassVar[str] = "暂缓销毁"

    kind: Literal["暂缓销毁"] = Field(alias="事项", description="因复查、诉讼等暂缓销毁封存的信息")
    reason: Text = Field(alias="理由", description="为何暂缓,如 正在仲裁、诉讼、审计")
    approver: Line = Field(alias="批准人", description="批准人")


class Release(StepBase):
    """解除暂缓: The hold is over."""

    KIND: ClassVar[str] = "解除暂缓"

    kind: Literal["解除暂缓"] = Field(alias="事项", description="暂缓的原因没有了,解除暂缓")
    reason: Text = Field(alias="理由", description="为何解除")
    approver: Line = Field(alias="批准人", description="批准人")


class Erasure(StepBase):
    """销毁: What was sealed is gone; the case itself stays (个保法 47)."""

    KIND: ClassVar[str] = "销毁"

    kind: Literal["销毁"] = Field(
        alias="事项", description="保管期满,封存的身份信息已销毁;由 xinfang erase 记"
    )
    scope: Literal["封存信息"] = Field("封存信息", alias="范围", description="销毁了什么")
    approver: Line = Field(alias="批准人", description="批准销毁的人")


#: Steps about the file of a matter: they handle nothing and stand in no paper of it.
ABOUT_THE_FILE: Final = (Issue, VoidPaper, Hold, Release, Erasure)


Step = Annotated[
    Notice
    | Acceptance
    | Referral
    | Refusal
    | Forwarding
    | Assignment
    | Objection
    | Transfer
    | Feedback
    | Reminder
    | Supervision
    | Submission
    | Instruction
    | Interview
    | Investigation
    | Coordination
    | Hearing
    | Explanation
    | Mediation
    | Extension
    | Draft
    | Countersignature
    | Approval
    | Reply
    | Service
    | Review
    | Rereview
    | Fulfilment
    | SpecialReport
    | ReportUp
    | Assistance
    | Recusal
    | Incident
    | Breach
    | HandOver
    | DataRequest
    | Withdrawal
    | Merge
    | Rectification
    | Correction
    | Issue
    | VoidPaper
    | Closure
    | Archiving
    | Hold
    | Release
    | Erasure,
    Field(discriminator="kind"),
]

#: Every kind of step by its Chinese word, in the order of the procedure.
STEP_TYPES: dict[str, type[StepBase]] = {kind.KIND: kind for kind in get_args(get_args(Step)[0])}
