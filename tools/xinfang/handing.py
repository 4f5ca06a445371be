"""Handing a matter to a department: what goes along, what it is asked to do, until when.

Only what the department needs travels: the transfer with its claims and facts, a feedback form in
which all is printed that is known, and the due days as calendar entries, which hold no title. A
mail says by its subject what kind of matter it is, never whose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from xinfang.clocks import Deadline
from xinfang.formatting import chinese_date
from xinfang.icalendar import Event, calendar_text, event_text
from xinfang.matter import Matter
from xinfang.model.steps import Assignment, HandOver, Transfer
from xinfang.model.words import Category

#: Clock by which a department says whether it takes a matter on.
_ANSWER: Final = "I4"
#: Part of the UID of a calendar entry: when a department's findings are due.
_FEEDBACK: Final = "feedback"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along.

    Attributes:
        name: Name of the file.
        kind: MIME type.
        content: Its bytes.
        about: What it is, for the list in the cover text.
    """

    name: str
    kind: str
    content: bytes = field(repr=False)
    about: str


@dataclass(frozen=True, slots=True)
class Handing:
    """What a department, or a unit, is to do with a matter.

    Attributes:
        matter: The matter.
        to: Name of the department or unit.
        step: The step by which it was handed over.
        answer_by: Until when it says whether it takes the matter on; None where that is past.
        due: Until when it reports what it found; None where no day was set.
    """

    matter: Matter
    to: str
    step: Transfer | Assignment
    answer_by: date | None
    due: date | None

    @property
    def number(self) -> str:
        """Number of the case."""
        return self.matter.case.number

    @property
    def is_transfer(self) -> bool:
        """Whether it goes to a department of this unit."""
        return isinstance(self.step, Transfer)

    @property
    def last_day(self) -> date | None:
        """The day by which something is to come back."""
        return self.due or self.answer_by

    @property
    def subject(self) -> str:
        """Subject of a mail: number, kind and day, nobody's name and not the title."""
        what = "信访转办" if self.is_transfer else "信访交办"
        day = self.last_day
        until = (
            f"，请于{day.month}月{day.day}日前{'反馈' if self.is_transfer else '办结报告'}"
            if day
            else ""
        )
        return f"[{what}] {self.number} {self.matter.case.category}类事项{until}"


def last_transfer(matter: Matter, department: str) -> Transfer | None:
    """Find the last transfer to a department, by its proper name, as lead or joining."""
    office = matter.office
    wanted = office.department(department)
    for step in reversed(matter.of(Transfer)):
        if wanted in [office.department(name) for name in (step.lead, *step.joint)]:
            return step
    return None


def last_assignment(matter: Matter, unit: str) -> Assignment | None:
    """Find the last 交办 to a unit, by its name as written or as ``office.yaml`` has it."""
    names = {unit, matter.office.unit_name(unit)}
    return next((s for s in reversed(matter.of(Assignment)) if s.unit in names), None)


def handing(matter: Matter, to: str) -> Handing | None:
    """See how a matter was handed to a department or unit; None where it was not."""
    department = matter.office.department(to)
    if department is None:
        assigned = last_assignment(matter, to)
        return Handing(matter, to, assigned, None, assigned.due) if assigned else None
    step = last_transfer(matter, department.name)
    if step is None:
        return None
    pending = _pending(matter, department.name)
    return Handing(
        matter, department.name, step, pending.due if pending else None, step.feedback_by
    )


def _pending(matter: Matter, department: str) -> Deadline | None:
    """Find the clock by which a department says whether it takes the matter on, if it runs."""
    return next(
        (
            deadline
            for deadline in matter.deadlines
            if deadline.clock.id == _ANSWER
            and deadline.department == department
            and deadline.is_pending
        ),
        None,
    )


def hand_over_to(matter: Matter, department: str) -> HandOver | None:
    """Find the hand-over of an accusation to the discipline department; None for any other.

    An accusation goes to nobody else (细则 五·二, 条例 30; the rule
    ``accusation-handed-to-discipline`` checks the step itself).
    """
    known = matter.office.department(department)
    if known is None or Category.SEALED not in known.categories:
        return None
    return next(
        (s for s in reversed(matter.of(HandOver)) if matter.office.department(s.to) is known), None
    )


def calendar(handed: Handing, today: date) -> bytes:
    """Write the days that matter as an iCalendar file; without even the title of the matter."""
    events = []
    if handed.answer_by:
        events.append(_event(handed, _ANSWER, handed.answer_by, "回复是否承办", today))
    if handed.due:
        what = "反馈办理意见" if handed.is_transfer else "办结并报告"
        events.append(_event(handed, _FEEDBACK, handed.due, what, today))
    return calendar_text(f"{handed.number} {handed.to}", events)


def _event(handed: Handing, key: str, day: date, what: str, today: date) -> bytes:
    event = Event(
        key=(handed.number, key, handed.to),
        day=day,
        ready_by=day - timedelta(days=1),
        revision=max(0, (today - handed.step.day).days),
        summary=f"{handed.number} {what} {handed.to}",
        description=f"{chinese_date(handed.step.day)}{handed.step.KIND}，最迟{chinese_date(day)}{what}。",
        tentative=False,
    )
    return event_text(event, today)


def cover(handed: Handing, attachments: Sequence[Attachment]) -> str:
    """Write the letter that goes along: what to do, until when, how to send the form back."""
    office = handed.matter.office
    enclosed = "\n".join(
        f"  {i}. {one.about}（{one.name}）" for i, one in enumerate(attachments, 1)
    )
    doing = "\n".join(f"  {i}. {text}" for i, text in enumerate(_tasks(handed), 1))
    verb = "转请承办" if handed.is_transfer else "交请办理"
    return (
        f"{handed.to}：\n\n"
        f"信访事项 {handed.number}（{handed.matter.case.category}类）{verb}，"
        f"具体内容见附件。\n\n"
        f"附件\n{enclosed}\n\n"
        f"请做\n{doing}\n\n"
        f"请注意\n"
        f"  1. 只限承办人员知悉，不转发、不外传；不得打击报复信访人。\n"
        f"  2. 与信访人或者本事项有直接利害关系的，请回避并告诉{office.office_department}。\n"
        f"  3. 答复由{office.own_unit.short}统一出具，不直接答复信访人。\n\n"
        f"{office.own_unit.short}{office.office_department}　电话 {office.channels.phone}\n"
    )


def _tasks(handed: Handing) -> list[str]:
    office = handed.matter.office
    back = f"交回{office.office_department}"
    if not handed.is_transfer:
        return [
            f"收到后签收盖章，将签收回执{back}。",
            f"{_by(handed, handed.due)}办结并书面报告办理情况。",
        ]
    tasks = [f"收到当日在转办单的签收联上签收，{back}。"]
    if handed.answer_by:
        until = _by(handed, handed.answer_by)
        tasks.append(f"{until}填写承办反馈表，说明是否承办、由谁办、何时办完。")
    if handed.due:
        until = _by(handed, handed.due)
        tasks.append(f"{until}对每条请求写明查明的事实、拟答复意见和依据，书面反馈。")
    tasks.append(
        f"反馈表用 PDF 阅读器打开，在框里填写后保存，作为附件{back}（回复本邮件即可）；"
        "也可打印填写、签名后交回。登记编号和部室已印好，请不要另存成图片或“打印成 PDF”。"
    )
    return tasks


def _by(handed: Handing, day: date | None) -> str:
    """Write until when; a day that is past is told as such."""
    if day is None:
        return ""
    past = "（已过，请尽快）" if day < handed.matter.today else ""
    return f"{chinese_date(day)}前{past}，"


def confidential_cover(matter: Matter, step: HandOver, today: date) -> str:
    """Write the letter that goes along with an accusation: dates and how it is opened, no more."""
    office = matter.office
    return (
        f"{step.to}：\n\n"
        f"检举控告件 {matter.case.number}，{chinese_date(matter.case.received)}收到，"
        f"{chinese_date(step.day)}移送，请签收。\n\n"
        f"内容和身份只在加密的封存文件里，由持有密钥的人打开（xinfang open 或 age 程序）；"
        f"不打印、不转发、不存入共享文件夹。\n"
        f"不得将检举、控告材料及有关情况透露或者转给被反映的人员、单位（信访工作条例第三十条）。\n\n"
        f"签收人：　　　　　　　　签收时间：　　　　年　　月　　日　　时\n\n"
        f"{office.own_unit.short}{office.office_department}　{chinese_date(today)}\n"
    )


def mail(handed: Handing, text: str, attachments: Sequence[Attachment]) -> bytes:
    """Make a mail draft (RFC 5322): it opens for sending, to whom is left to the clerk.

    The same content gives the same bytes: no date, no identifier, and a boundary made of the
    attachments.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = handed.subject
    message["X-Unsent"] = "1"
    message.set_content(text)
    for one in attachments:
        main, _, sub = one.kind.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    digest = sha256(b"".join([text.encode(), *(one.content for one in attachments)]))
    message.set_boundary(f"=_xinfang_{digest.hexdigest()[:32]}")
    return message.as_bytes()
