"""What is asked for a new register; every answer may be missing, and is then marked 待填."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import Field, ValidationError

from xinfang.diagnostics import Finding, Level
from xinfang.model.fields import Day, Line, Record
from xinfang.model.load import known_keys
from xinfang.model.messages import findings_of
from xinfang.model.office import Department, Hosting, NoticeBoard, Recipient
from xinfang.model.words import Role
from xinfang.source import Document

#: Stands where an answer is missing; ``check`` reports it until somebody fills it in.
OPEN: Final = "待填"


class UnitAnswer(Record):
    """One unit of the chain, as far as it is known."""

    name: Line | None = Field(None, alias="全称", description="全称,落款用")
    short: Line | None = Field(None, alias="简称", description="规范化简称,不填与全称相同")
    address: Line | None = Field(None, alias="地址", description="通信地址")
    phone: Line | None = Field(None, alias="电话", description="联系电话")


class PersonAnswer(Record):
    """Who holds which post; from today where no day is given."""

    name: Line = Field(alias="姓名", description="姓名")
    department: Line = Field(alias="部门", description="所在部室")
    title: Line = Field(alias="岗位", description="岗位名称,文书署名用")
    role: Role = Field(alias="职权", description="在信访工作中的职权")
    since: Day | None = Field(None, alias="自", description="任职起始日期,不填为今天")
    deputy: Line | None = Field(None, alias="B角", description="不在岗时由谁代")


class ChannelsAnswer(Record):
    """How people reach the office; what is not said follows from the unit."""

    address: Line | None = Field(None, alias="通信地址", description="来信地址")
    phone: Line | None = Field(None, alias="电话", description="信访电话")
    email: Line | None = Field(None, alias="电子邮箱", description="电子邮箱")
    fax: Line | None = Field(None, alias="传真", description="传真号码")
    hours: Line | None = Field(None, alias="接待时间", description="接待时间")
    place: Line | None = Field(None, alias="接待地点", description="接待地点")
    progress: Line | None = Field(None, alias="进度查询", description="怎样查询进度和结果")
    complaint: Line | None = Field(None, alias="监督渠道", description="对本办公室不满时找谁")
    aid: Line | None = Field(None, alias="困难帮扶", description="生活困难的,向谁求助、电话")


class RouteAnswer(Record):
    """The local body of a legal route; time limits and papers come from the law."""

    name: Line = Field(alias="名称", description="途径名称,如 劳动争议仲裁")
    body: Line = Field(alias="机关", description="当地机关的全称")
    address: Line = Field(alias="地址", description="机关地址")
    phone: Line = Field(alias="电话", description="机关电话")


class Answers(Record):
    """All that is asked; each key is written as in ``office.yaml``."""

    units: list[UnitAnswer] = Field(
        default_factory=list,
        max_length=3,
        alias="单位",
        description="本单位、上一级、再上一级,由下而上",
    )
    letters: Line | None = Field(
        None, alias="机关代字", description="发文代字的开头,如 某机电;后面的信告、信处等自动加上"
    )
    departments: list[Department] = Field(
        default_factory=list, alias="部门", description="部室和主管类别,不填用常见的八个"
    )
    people: list[PersonAnswer] = Field(
        default_factory=list, alias="人员", description="领导、信访办和各部室的人"
    )
    channels: ChannelsAnswer = Field(
        default_factory=lambda: ChannelsAnswer.model_validate({}),
        alias="渠道",
        description="信访渠道",
    )
    routes: list[RouteAnswer] = Field(
        default_factory=list, alias="途径", description="当地受理各法定途径的机关"
    )
    notice_board: NoticeBoard | None = Field(
        None, alias="维权告示", description="施工现场维权信息告示牌的内容"
    )
    hosting: Hosting | None = Field(
        None, alias="代码托管", description="登记册所在的 Git 网站;不用网站的不填"
    )
    recipients: list[Recipient] = Field(
        default_factory=list, alias="收件人", description="本机密钥以外的收件人公钥"
    )
    effective_from: Day | None = Field(None, alias="施行日期", description="细则的施行日期")
    interpreter: Line | None = Field(None, alias="解释部门", description="细则由谁解释")


@dataclass(frozen=True, slots=True)
class _Read:
    """Answers, or None where the file does not make them; and what was found."""

    answers: Answers | None
    findings: tuple[Finding, ...]


def load_answers(document: Document) -> _Read:
    """Validate a file of answers, with the same sentences as any other file."""
    findings = list(document.findings)
    answers: Answers | None = None
    if document.readable:
        try:
            answers = Answers.model_validate(document.data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            findings += findings_of(details, document, known_keys(Answers))
    if any(finding.level is Level.ERROR for finding in findings):
        answers = None
    return _Read(answers, tuple(sorted(findings)))


def open_points(text: str) -> int:
    """Count the places in a text that are still to be filled in."""
    return sum(OPEN in line for line in text.splitlines() if not line.lstrip().startswith("#"))
