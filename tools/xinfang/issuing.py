"""Issuing a paper: what its final would be, with which number and version; and finding it again.

Issued means frozen. The same content is the same version, and printing it again gives the
same bytes; where the case changed since, a new version is made and the old one stays what it
was. Numbers come from one counter for each series and year, over all cases, and are given
only after the approval that the form asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xinfang.documents import Identities, Locate, Paper, Papers, Stamp
from xinfang.errors import XinfangError
from xinfang.forms import Form, follow
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import Office
from xinfang.model.steps import Issue
from xinfang.register import Register

#: Gives all cases of a register; reading them takes time.
Entries = Callable[[], Iterable[Entry]]

KIND: Final = Issue.KIND
#: Stands for what only printing can tell; never written.
_UNKNOWN_DIGEST: Final = "0" * 64
_UNKNOWN_CODE: Final = "0000-0000"


class CannotIssueError(XinfangError):
    """A paper may not go out yet; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What issuing a paper comes to.

    Attributes:
        paper: The final.
        stamp: Its mark.
        before: The version that went out last; None for a first one.
    """

    paper: Paper
    stamp: Stamp
    before: Issue | None

    @property
    def is_unchanged(self) -> bool:
        """Whether the last version says the same, so that nothing new is to be issued."""
        return self.before is not None and self.before.code == self.stamp.code

    def step(self, day: date, digest: str, commit: str | None) -> dict[str, Any]:
        """Write the step that records the issue.

        Args:
            day: Day of issuing.
            digest: SHA-256 of the PDF.
            commit: Git commit of the data; None outside Git.
        """
        values: dict[str, Any] = {
            "日期": day,
            "文书": self.paper.form.id,
            "序": self.paper.ordinal if self.paper.ordinal > 1 else None,
            "版本": self.stamp.version if self.stamp.version > 1 else None,
            "文号": self.paper.number,
            "短码": self.stamp.code,
            "散列": digest,
            "数据版本": commit,
        }
        return {key: value for key, value in values.items() if value is not None}


def plan(
    papers: Papers,
    form: Form,
    ordinal: int,
    matter: Matter,
    entries: Entries,
    identities: Identities | None,
    where: Locate,
) -> Plan | Paper:
    """Work out the final of a paper; the paper itself where findings stop it.

    Args:
        papers: The forms.
        form: The form.
        ordinal: Which paper of the form, from 1.
        matter: The matter.
        entries: Gives all cases; asked only where a number has to be given.
        identities: Who the petitioners are.
        where: Finds places for findings.

    Raises:
        CannotIssueError: There is no such paper, or it is not approved.
    """
    paper = _paper(papers, form, ordinal, matter, identities, where)
    if paper.html is not None and paper.state:
        number = _number(form, ordinal, matter, entries)
        matter = _numbered(matter, form, ordinal, number)
        paper = _paper(papers, form, ordinal, matter, identities, where)
    if paper.html is None:
        return paper
    if paper.state:
        message = f"{form.name}({form.id})还是{paper.state},不能出具"
        raise CannotIssueError(message)
    known = [step for step in matter.issued(form.id, ordinal) if step.digest != _UNKNOWN_DIGEST]
    before = known[-1] if known else None
    frozen = before is not None and before.code == paper.stamp(before.version).code
    if not frozen:
        _refuse_used(paper, entries)
    version = before.version + (not frozen) if before else 1
    return Plan(paper, paper.stamp(version), before)


def _paper(
    papers: Papers,
    form: Form,
    ordinal: int,
    matter: Matter,
    identities: Identities | None,
    where: Locate,
) -> Paper:
    made = papers.compose(form, matter, identities, where)
    if not 0 < ordinal <= len(made):
        message = f"本事项只有 {len(made)} 份{form.name}({form.id}),没有第 {ordinal} 份"
        raise CannotIssueError(message)
    return made[ordinal - 1]


def _number(form: Form, ordinal: int, matter: Matter, entries: Entries) -> str:
    """Give the next number of the paper's series, in the year of the paper."""
    name = f"{form.name}({form.id})"
    if form.approval is not None and matter.approval_of(form.approval) is None:
        message = (
            f"{name}还没有签批,不能编文号。请先记“签批”(文书: {form.approval}),签批以纸上或"
            "电子签名为准,Git 提交不算签批"
        )
        raise CannotIssueError(message)
    series = series_of(form, matter.office)
    if form.series is None or series is None:
        message = f"{name}还不是正式文书,或 office.yaml 没有它的代字({form.series})"
        raise CannotIssueError(message)
    subject = form.subjects(matter)[ordinal - 1]
    year = (subject.day if subject is not None else matter.today).year
    number = next_number(entries(), series, year)
    if form.number is not None and not form.number.startswith("本步."):
        raise CannotIssueError(_where_it_belongs(form, matter, number))
    return number


def _where_it_belongs(form: Form, matter: Matter, number: str) -> str:
    """Say by which step a paper is numbered that numbers are not given to on issue."""
    path = form.number or ""
    kind = path.split(".")[1]
    for spot in follow(path, matter):
        if spot.value in matter.voided and isinstance(spot.keys[1], int):
            return (
                f"{form.name}({form.id})的文号 {spot.value} 已作废。请追加“更正”: "
                f"步骤={spot.keys[1] + 1} 改为={{文号: {number}}},再出具"
            )
    return f"{form.name}({form.id})的文号写在“{kind}”这一步,请先记;下一个文号是 {number}"


def _refuse_used(paper: Paper, entries: Entries) -> None:
    """Keep a paper from going out under a number that another matter has used."""
    for entry in entries() if paper.number else ():
        if entry.number != paper.case and any(p.number == paper.number for p in entry.papers):
            message = f"文号 {paper.number} 已用于 {entry.number},不能再用;请用“更正”改为下一个文号"
            raise CannotIssueError(message)


def series_of(form: Form, office: Office) -> str | None:
    """Find the 代字 of a form's numbers."""
    table: Mapping[str, str] = {str(paper): series for paper, series in office.series.items()}
    return table.get(form.series or "")


def next_number(entries: Iterable[Entry], series: str, year: int) -> str:
    """Give the number after the highest one used, voided ones included: no number twice."""
    prefix = f"{series}〔{year}〕"
    used = [
        int(paper.number.removeprefix(prefix).removesuffix("号"))
        for entry in entries
        for paper in entry.papers
        if paper.number.startswith(prefix)
    ]
    return f"{prefix}{max(used, default=0) + 1}号"


def _numbered(matter: Matter, form: Form, ordinal: int, number: str) -> Matter:
    """See the matter as it will be once the number is recorded."""
    step = Issue.model_validate(
        {
            "日期": matter.today,
            "事项": KIND,
            "文书": form.id,
            "序": ordinal,
            "文号": number,
            "短码": _UNKNOWN_CODE,
            "散列": _UNKNOWN_DIGEST,
        }
    )
    case = matter.case.model_copy(update={"steps": [*matter.case.steps, step]})
    return Matter(case, matter.office, matter.calendar, matter.clocks, matter.today, matter.path)


# Finding an issued paper again


@dataclass(frozen=True, slots=True)
class Found:
    """An issued paper as its case records it.

    Attributes:
        case: Case number.
        step: The step that records the issue.
        latest: Version that went out last.
        voided: Whether its number was voided.
    """

    case: str
    step: Issue
    latest: int
    voided: bool


def by_digest(register: Register, digest: str) -> Found | None:
    """Find the issued paper whose file has this SHA-256."""
    return next((f for f in _search(register, digest) if f.step.digest == digest), None)


def by_code(register: Register, code: str) -> Found | None:
    """Find the issued paper that carries this short code."""
    return next((f for f in _search(register, code) if f.step.code == code), None)


def _search(register: Register, text: str) -> Iterator[Found]:
    """Look into those case files only that hold the text at all."""
    for file in register.case_files():
        if text.encode() not in file.read_bytes():
            continue
        loaded = register.load(file)
        if loaded.record is None:
            continue
        matter = register.matter(loaded.record, loaded.document.path)
        yield from (_found(matter, step) for step in matter.of(Issue))


def _found(matter: Matter, step: Issue) -> Found:
    return Found(
        matter.case.number,
        step,
        max(version.version for version in matter.issued(step.form, step.ordinal)),
        step.number is not None and step.number in matter.voided,
    )
