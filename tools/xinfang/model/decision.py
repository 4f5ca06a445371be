"""The assessment of a decision (重大决策风险评估; 细则 六, paper D21).

Its subject is a decision and nothing else: groups are a category and a number, whoever has to
act is a department or a post. There is no field for a person, and none for a rank of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema

from xinfang.model.fields import Count, Day, Flag, Line, Record, Text, matching

DECISION_PATTERN: Final = r"FX-\d{4}-\d{3,5}"
DecisionNumber = Annotated[
    str,
    AfterValidator(matching(DECISION_PATTERN, "不是评估编号|请写成 FX-2026-001 的形式")),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{DECISION_PATTERN}$", "examples": ["FX-2026-001"]}
    ),
]


class Trigger(StrEnum):
    """Which decisions are assessed beforehand (细则 六·二; R54)."""

    PAY = "薪酬绩效调整"
    CREW = "班组清退或提前退场"
    NIGHT = "夜间施工安排"
    LAND = "临时用地"
    LIVING = "食堂宿舍搬迁"
    SETTLEMENT = "分包结算办法"
    POLICY = "重大政策"
    PROJECT = "重大项目"
    INTERESTS = "其他涉及职工群众切身利益"


class Hearing(StrEnum):
    """How opinions were asked for."""

    MEETING = "座谈"
    SURVEY = "问卷"
    PUBLICATION = "公示"
    VISIT = "走访"
    CREW = "班组会"
    CONGRESS = "职代会"
    UNION = "工会"


#: Hearings that count as the democratic procedure for the interests of staff (工会法; R54).
STAFF_HEARINGS: Final = frozenset({Hearing.CONGRESS, Hearing.UNION})


class Adoption(StrEnum):
    """What became of the opinions heard."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    NOT = "未采纳"


class Verdict(StrEnum):
    """Whether a point of one of the four qualities is met."""

    MET = "符合"
    MOSTLY = "基本符合"
    NOT = "不符合"


class Degree(StrEnum):
    """Likelihood, or impact, of a risk."""

    SMALL = "小"
    MEDIUM = "中"
    GREAT = "大"


class RiskLevel(StrEnum):
    """Level of a decision's risk, lowest first (细则 六·四; three levels only, R58)."""

    LOW = "低"
    MEDIUM = "中"
    HIGH = "高"


class Advice(StrEnum):
    """What the assessment advises, and what may be decided."""

    GO = "实施"
    AFTER_MENDING = "完善后实施"
    WAIT = "暂缓"
    NO = "不实施"


#: Decisions by which the plan is carried out.
CARRIED_OUT: Final = frozenset({Advice.GO, Advice.AFTER_MENDING})

#: The published matrix: (likelihood, impact) → level.
MATRIX: Final[Mapping[tuple[Degree, Degree], RiskLevel]] = {
    (Degree.SMALL, Degree.SMALL): RiskLevel.LOW,
    (Degree.SMALL, Degree.MEDIUM): RiskLevel.LOW,
    (Degree.SMALL, Degree.GREAT): RiskLevel.MEDIUM,
    (Degree.MEDIUM, Degree.SMALL): RiskLevel.LOW,
    (Degree.MEDIUM, Degree.MEDIUM): RiskLevel.MEDIUM,
    (Degree.MEDIUM, Degree.GREAT): RiskLevel.HIGH,
    (Degree.GREAT, Degree.SMALL): RiskLevel.MEDIUM,
    (Degree.GREAT, Degree.MEDIUM): RiskLevel.HIGH,
    (Degree.GREAT, Degree.GREAT): RiskLevel.HIGH,
}

#: What a level means for the decision (R58).
CONSEQUENCES: Final[Mapping[RiskLevel, str]] = {
    RiskLevel.HIGH: "不实施，或者调整后重新评估",
    RiskLevel.MEDIUM: "完善措施后再议",
    RiskLevel.LOW: "落实措施后实施",
}


class Group(Record):
    """A group of people that the decision touches: what they have in common and how many."""

    category: Line = Field(alias="类别", description="群体类别,如 沿线居民、参加吊装的工人")
    people: Count = Field(alias="人数", description="人数(只写数目)")
    effect: Line = Field(alias="影响", description="受到什么影响")


class Consultation(Record):
    """How a group was heard; opinions are summed up, nobody's standpoint is noted (R55)."""

    manner: Hearing = Field(alias="方式", description="征求意见的方式")
    day: Day = Field(alias="日期", description="哪一天")
    times: Count = Field(alias="次数", description="几次")
    heads: Count = Field(alias="人次", description="多少人次")
    opinions: Text = Field(alias="意见", description="意见归纳;不逐人记录")
    adopted: Adoption = Field(alias="采纳", description="是否采纳")
    how: Line | None = Field(None, alias="采纳说明", description="怎样采纳,或为何未采纳")


class Point(Record):
    """One point of a quality: what was looked at, what came out, on what evidence (R57)."""

    about: Text = Field(alias="要点", description="评估要点")
    verdict: Verdict = Field(alias="结论", description="结论")
    reason: Line | None = Field(None, alias="说明", description="结论的说明或前提")
    evidence: list[Line] = Field(min_length=1, alias="证据", description="证据的编号和名称")


class Measure(Record):
    """Something that takes a risk away, with who and until when (R56)."""

    content: Text = Field(alias="内容", description="做什么")
    owner: Line = Field(alias="责任", description="责任部室")
    due: Day = Field(alias="期限", description="何时完成")
    done: Day | None = Field(None, alias="完成", description="何时完成的")
    evidence: Line | None = Field(None, alias="凭证", description="完成的凭证")


class Risk(Record):
    """A risk point: how likely, how grave, and how much of it the measures leave."""

    content: Line = Field(alias="风险点", description="可能发生什么")
    likelihood: Degree = Field(alias="可能性", description="措施之前的可能性")
    impact: Degree = Field(alias="影响程度", description="措施之前的影响程度")
    measures: list[Measure] = Field(min_length=1, alias="措施", description="化解措施")
    left_likelihood: Degree | None = Field(
        None, alias="余下可能性", description="措施落实之后的可能性;不填同前"
    )
    left_impact: Degree | None = Field(
        None, alias="余下影响", description="措施落实之后的影响程度;不填同前"
    )

    @property
    def level(self) -> RiskLevel:
        """What the matrix says of what the measures leave."""
        return MATRIX[self.left_likelihood or self.likelihood, self.left_impact or self.impact]


class CounterSignature(Record):
    """A department that took part and signed; by post, the name stands on the paper only."""

    department: Line = Field(alias="部室", description="会签部室")
    post: Line = Field(alias="岗位", description="签字人的岗位;姓名只在纸面")
    day: Day = Field(alias="日期", description="会签日期")
    opinion: Line | None = Field(None, alias="会签意见", description="保留意见等")


class Taken(Record):
    """The decision as it was taken."""

    day: Day = Field(alias="日期", description="决策日期")
    meeting: Line = Field(alias="会议", description="在哪个会议上")
    result: Advice = Field(alias="结果", description="决定")
    reason: Line | None = Field(None, alias="理由", description="与评估建议不同时的理由")


class FollowUp(Record):
    """Looking again after the decision was carried out (R56)."""

    day: Day = Field(alias="日期", description="复评日期")
    finding: Text = Field(alias="情况", description="实施后的情况")
    level: RiskLevel = Field(alias="等级", description="复评等级")


class Assessment(Record):
    """The assessment of one decision."""

    number: DecisionNumber = Field(alias="编号", description="评估编号,与文件名相同")
    title: Line = Field(alias="事项名称", description="要决定什么")
    trigger: Trigger = Field(alias="评估事由", description="属于必须评估的哪一类")
    department: Line = Field(alias="责任主体", description="承办部室")
    written: Day = Field(alias="填报日期", description="评估完成的日期")
    outline: Text = Field(alias="事项概况", description="要做什么、何时、多大范围")
    staff_interests: Flag = Field(alias="涉及职工切身利益", description="是,须经职代会或工会")
    groups: list[Group] = Field(
        default_factory=list, alias="涉及群体", description="只写类别和人数"
    )
    consultations: list[Consultation] = Field(
        default_factory=list, alias="征求意见", description="怎样听取意见"
    )
    legality: list[Point] = Field(default_factory=list, alias="合法性", description="是否合法")
    reasonableness: list[Point] = Field(
        default_factory=list, alias="合理性", description="是否合理"
    )
    feasibility: list[Point] = Field(default_factory=list, alias="可行性", description="是否可行")
    controllability: list[Point] = Field(
        default_factory=list, alias="可控性", description="风险能否控制"
    )
    risks: list[Risk] = Field(default_factory=list, alias="风险点", description="主要风险点")
    contingency: Text | None = Field(None, alias="应急预案", description="出现意外怎么办")
    level: RiskLevel = Field(alias="等级", description="风险等级")
    deviation: Text | None = Field(
        None, alias="等级理由", description="等级与风险矩阵不一致时的理由"
    )
    advice: Advice = Field(alias="建议", description="评估建议")
    reasons: Text | None = Field(None, alias="理由", description="结论的理由")
    signatures: list[CounterSignature] = Field(
        default_factory=list, alias="会签", description="参加评估的部室"
    )
    submitted: Day | None = Field(None, alias="提交", description="提交决策的日期")
    taken: Taken | None = Field(None, alias="决策", description="决策会议的决定")
    filed: Line | None = Field(None, alias="备案", description="上级备案情况")
    review_due: Day | None = Field(None, alias="复评期限", description="实施后何时复评")
    follow_ups: list[FollowUp] = Field(
        default_factory=list, alias="复评", description="实施后的复评"
    )
    earlier: DecisionNumber | None = Field(
        None, alias="前次评估", description="调整方案后重新评估的,前一次的编号"
    )

    @property
    def qualities(self) -> Mapping[str, list[Point]]:
        """The four qualities (细则 六·三) with their points."""
        return {
            "合法性": self.legality,
            "合理性": self.reasonableness,
            "可行性": self.feasibility,
            "可控性": self.controllability,
        }

    @property
    def is_submitted(self) -> bool:
        """Whether the assessment has gone to those who decide."""
        return self.submitted is not None or self.taken is not None

    @property
    def matrix_level(self) -> RiskLevel | None:
        """Level by the matrix: that of the gravest risk point; None without any."""
        order = list(RiskLevel)
        levels = [order.index(risk.level) for risk in self.risks]
        return order[max(levels)] if levels else None

    @property
    def is_carried_out(self) -> bool:
        """Whether the plan was decided to be carried out."""
        return self.taken is not None and self.taken.result in CARRIED_OUT

    def measures(self) -> Iterator[tuple[int, int, Measure]]:
        """Every measure with the places of its risk point and its own, from 0."""
        for place, risk in enumerate(self.risks):
            for index, measure in enumerate(risk.measures):
                yield place, index, measure

    def is_late(self, measure: Measure, today: date) -> bool:
        """Whether a measure is overdue; one of a plan that is not carried out never is."""
        given_up = self.taken is not None and not self.is_carried_out
        return measure.done is None and measure.due < today and not given_up
