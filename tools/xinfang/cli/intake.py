"""``xinfang intake``: take in what came from the registration page, on a form, or as a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from xinfang import git
from xinfang.arrivals import read_arrival
from xinfang.asking import Answers, CaseForm, Option, Question, read_answer
from xinfang.asking.questions import about
from xinfang.cli.ask import asker, can_ask, confirmed
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.deliveries import Delivery, deliveries
from xinfang.cli.feedback import Taken, take_feedback
from xinfang.cli.finish import clerk_at
from xinfang.cli.outcome import report_written
from xinfang.cli.papers import form_named, keys_of, papers_of
from xinfang.cli.printing import print_papers
from xinfang.cli.reading import shown
from xinfang.desk import compose_case, next_number, parse_pairs
from xinfang.diagnostics import Finding, Level, exit_code
from xinfang.entering import fields_of
from xinfang.errors import XinfangError
from xinfang.filled import (
    Filled,
    feedback_sheet,
    is_pdf,
    read_filled,
    registration_sheet,
)
from xinfang.intake import (
    Incoming,
    Prepared,
    duplicate,
    from_arrival,
    from_sheet,
    land,
    prepare,
    troubles,
)
from xinfang.model import Case
from xinfang.model.words import Purpose, Role
from xinfang.register import INBOX_FOLDER, Register
from xinfang.render import described
from xinfang.similar import similar
from xinfang.source import read_bytes
from xinfang.store import remove

_RECEIPT: Final = "D02a"
_FEEDBACK: Final = "D10"
_FAULT: Final = 3
#: Asked for where the matter calls for them, though a case makes a record without.
_NEEDED: Final = frozenset({"来源", "紧急理由"})


class NotTakenError(XinfangError):
    """A delivery that is not taken in; the reason is a Chinese sentence with a mend."""


@dataclass
class _Desk:
    """One call of the command: what it needs, and what has come of it.

    Attributes:
        context: The register.
        given: Fields stated on the command line, for every file.
        commit: Whether to commit each.
        anyway: Whether feedback is recorded against the rules.
    """

    context: Context
    given: Mapping[str, Any]
    commit: bool
    anyway: bool
    numbers: list[str] = field(default_factory=list)
    replies: int = 0
    refused: list[str] = field(default_factory=list)
    code: int = 0

    @property
    def register(self) -> Register:
        return self.context.register


@command(
    "intake",
    epilog="例: xinfang intake ~/下载/intake-7K3M-9QXR.yaml · xinfang intake inbox 登记人=李敏 · "
    "xinfang intake 登记表.pdf 反馈表.pdf --commit",
)
@click.argument("arguments", nargs=-1, metavar="[文件|文件夹]… [项目=内容]…")
@click.option("--anyway", is_flag=True, help="承办反馈与规则不符也如实记录(已经发生的事)")
@click.option("--commit", is_flag=True, help="收下后提交到 Git(提交说明只有编号和步骤)")
@pass_context
def intake(context: Context, arguments: tuple[str, ...], *, anyway: bool, commit: bool) -> int:
    """收来件:登记页生成的来件、填好的登记表和首问登记单(PDF)、部室交回的承办反馈表(PDF)。

    逐个检查,分配编号,事项和封存部分一并存入登记册,打印回执;有一处不妥的整个不收,原文件不动,其余照收。
    不写文件时收 inbox/ 里全部来件。文件夹、压缩包里的逐个收。

    缺的项目(登记人、目的、类别等)在终端上问,或写成 登记人=李敏;身份已在登记页上加密,不需要密钥。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is taken in
    paths, pairs = _sorted_out(arguments)
    given = parse_pairs(pairs, Case, context.today)
    desk = _Desk(context, given, commit, anyway)
    for delivery in deliveries(_found(context.register, paths)):
        _take(desk, delivery)
    _receipts(desk)
    return _summary(desk)


def _sorted_out(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell files from pairs; a file with ``=`` in its name is a file where it exists."""
    pairs = [one for one in arguments if "=" in one and not Path(one).exists()]
    return [argument for argument in arguments if argument not in pairs], pairs


def _found(register: Register, paths: Sequence[str]) -> list[Path]:
    """Find what was named, from here or in the register; its inbox without any name, if it has one.

    An inbox into which nothing was ever put is empty and no mistake.
    """
    inbox = register.folder / INBOX_FOLDER
    named = [Path(p) if Path(p).exists() else register.folder / p for p in paths] or [inbox]
    return [path for path in named if path != inbox or path.exists()]


def _take(desk: _Desk, delivery: Delivery) -> None:
    """Take one delivery in; whatever is wrong with it is said, and the others go on."""
    try:
        findings = _taken(desk, delivery)
    except (XinfangError, OSError) as error:
        # A register that cannot be written to is a trouble of one file here, not of all.
        reason = (
            str(error) if isinstance(error, XinfangError) else "写入登记册失败,请检查磁盘和权限"
        )
        _refuse(desk, delivery, reason)
        return
    except Exception as error:  # noqa: BLE001 - one file's trouble never keeps the others out
        _refuse(desk, delivery, f"程序出错({described(error)}),请交给维护人员")
        desk.code = _FAULT
        return
    if findings is not None:
        for finding in sorted(set(findings)):
            click.echo(str(finding), err=True)
        _refuse(desk, delivery, "")


def _refuse(desk: _Desk, delivery: Delivery, reason: str) -> None:
    if reason:
        click.secho(f"{delivery.name}: 错误: {reason}", fg="red", err=True)
    kept = ";文件原样未动" if delivery.raw else ""
    click.secho(f"没有收 {delivery.name}{kept}", fg="red", err=True)
    desk.refused.append(delivery.name)
    desk.code = max(desk.code, 1)


def _taken(desk: _Desk, delivery: Delivery) -> Iterable[Finding] | None:
    """Take a delivery in; gives findings where it was not taken."""
    if delivery.trouble:
        raise NotTakenError(delivery.trouble)
    if not is_pdf(delivery.raw):
        arrival, found = read_arrival(read_bytes(delivery.raw, delivery.name))
        if arrival is None:
            return found
        return _register(desk, delivery, from_arrival(arrival, delivery.name))
    filled = read_filled(delivery.raw)
    if filled.form == _FEEDBACK:
        sheet = feedback_sheet(filled, desk.context.today)
        taken, found = take_feedback(desk.context, sheet, delivery.name, anyway=desk.anyway)
        if taken is None:
            return found
        _recorded(desk, delivery, taken)
        return None
    return _from_form(desk, delivery, filled)


def _from_form(desk: _Desk, delivery: Delivery, filled: Filled) -> Iterable[Finding] | None:
    sheet = registration_sheet(filled, desk.context.today)
    if _is_taken(desk, sheet.number):
        message = f"表上已有登记编号 {sheet.number},这件已经登记;补充情况请写进该事项"
        raise NotTakenError(message)
    if sheet.troubles:
        return troubles(sheet, delivery.name)
    refused = _register(desk, delivery, from_sheet(sheet, delivery.name))
    if refused is None and sheet.parties and (delivery.file is None or delivery.file.exists()):
        click.echo("这份 PDF 写有姓名、住址等明文:打印入卷后请删除,不要提交到 Git", err=True)
    return refused


def _is_taken(desk: _Desk, number: str) -> bool:
    known = {file.stem for file in desk.register.case_files()}
    return number in known or (bool(number) and desk.register.find(number) is not None)


def _register(desk: _Desk, delivery: Delivery, incoming: Incoming) -> Iterable[Finding] | None:
    """Register what came; gives findings where it was not registered."""
    register = desk.register
    before = duplicate(register, incoming)
    if before:
        message = (
            f"查询码 {incoming.query_code} 已经登记过,编号 {before};同一来件不重复登记,可以删去"
        )
        raise NotTakenError(message)
    keys = keys_of(register)
    given = dict(desk.given)
    if can_ask():
        _introduce(incoming)
        _ask_missing(desk.context, incoming, given)
    prepared = prepare(register, incoming, given, keys)
    if prepared.stopped:
        return _mended(prepared)
    earlier = _suggest(register, prepared)
    if can_ask():
        if earlier:
            prepared = prepare(register, incoming, {**given, "关联": earlier}, keys)
        if not confirmed(asker(), "登记这一件"):
            message = "没有登记,可以改好再收"
            raise NotTakenError(message)
    number, files = land(register, prepared)
    _settle(desk, delivery, prepared, number, files)
    return None


def _mended(prepared: Prepared) -> list[Finding]:
    """Say of what is missing how it is given here."""
    return [
        Finding(f.place, f.level, f.rule, f.message, f"请在命令后写 {_key_in(f)}=……,或在终端上收")
        if f.rule == "missing-key"
        else f
        for f in prepared.findings
        if f.level is Level.ERROR
    ]


def _key_in(finding: Finding) -> str:
    return finding.message.partition("“")[2].partition("”")[0]


def _settle(
    desk: _Desk, delivery: Delivery, prepared: Prepared, number: str, files: list[Path]
) -> None:
    """Say what was registered and what comes next; clear the inbox; commit where asked."""
    register = desk.register
    desk.numbers.append(number)
    cleared = _clear(desk, delivery)
    _commit(desk, [*files, *cleared], f"{number}: 登记")
    written = compose_case(register, {**prepared.data, "编号": number})
    report_written(desk.context, written, f"已登记 {number},查询码 {prepared.incoming.query_code}")
    others = [
        f for f in prepared.findings if f.rule.startswith(("sealed-", "unopened", "nothing-"))
    ]
    for finding in others:
        click.echo(f"  {finding}")
    for note in prepared.incoming.notes:
        click.echo(f"  {note}")
    if prepared.sealed is not None:
        click.echo(f"身份已封存: {register.name_of(files[-1])}")
    desk.code = max(desk.code, exit_code((*written.findings, *others)))


def _recorded(desk: _Desk, delivery: Delivery, taken: Taken) -> None:
    """Say which step was added; clear the inbox; commit where asked."""
    desk.replies += 1
    cleared = _clear(desk, delivery)
    _commit(desk, [taken.file, *cleared], taken.message)
    said = f"{taken.file.stem} 已追加: {taken.what}"
    desk.code = max(desk.code, report_written(desk.context, taken.written, said))


def _commit(desk: _Desk, files: Sequence[Path], message: str) -> None:
    """Commit where asked; what stands in the register stands there also where Git refuses."""
    if not desk.commit:
        return
    try:
        git.commit(desk.register.folder, files, message)
    except git.GitError as error:
        click.secho(str(error), fg="red", err=True)
        desk.code = max(desk.code, 1)


def _clear(desk: _Desk, delivery: Delivery) -> list[Path]:
    """Remove what was taken in from the inbox, and only from there; gives what Git has to know."""
    inbox = desk.register.folder / INBOX_FOLDER
    if delivery.file is None or inbox.resolve() not in delivery.file.resolve().parents:
        click.echo(f"原文件 {delivery.name} 不在 inbox/,没有动它", err=True)
        return []
    tracked = git.is_tracked(desk.register.folder, delivery.file)
    remove(delivery.file)
    click.echo(f"来件已从 inbox/ 取走: {delivery.name}")
    return [delivery.file] if tracked else []


def _introduce(incoming: Incoming) -> None:
    """Say what it is about; never who it is."""
    click.secho(f"\n{incoming.name}", bold=True)
    data = incoming.matter.data
    confidential = data.get("目的") == Purpose.ACCUSATION
    for key in ("标题", "收到", "渠道", "首问人", "目的", "类别"):
        if key in data and not (confidential and key == "标题"):
            click.echo(f"  {key}: {data[key]}")


def _ask_missing(context: Context, incoming: Incoming, given: dict[str, Any]) -> None:
    """Ask for what a case cannot do without, in the form of ``xinfang new``; nothing else."""
    known = {**incoming.matter.data, **given}
    number = next_number(context.register, context.today.year)
    stated = {**known, "编号": number, "登记": str(context.today), "查询码": incoming.query_code}
    form = CaseForm(context.register, stated, clerk_at(context) or _clerk(context))
    ask, answers = asker(), Answers()
    while question := _next(form, answers, incoming):
        reading = ask.ask(question, partial(read_answer, form, question, answers))
        if reading is not None:
            answers[question.path] = reading.value
        elif answers:
            answers.popitem()
    made = form.data(answers)
    given |= {key: made[key] for key in made if key not in stated}


def _next(form: CaseForm, answers: Answers, incoming: Incoming) -> Question | None:
    """Find the first question that this matter still needs answered."""
    fields = fields_of(Case)
    return next(
        (
            question
            for question in form.questions(answers)
            if question.path not in answers
            and (key := str(question.path[0])) in fields
            and (fields[key].is_required() or key in _NEEDED or key in incoming.asked)
        ),
        None,
    )


def _clerk(context: Context) -> str:
    holders = context.office.holders(Role.CLERK, context.today)
    return holders[0].name if holders else ""


def _suggest(register: Register, prepared: Prepared) -> list[str]:
    """Show earlier matters that may be the same; at a terminal, give those that are."""
    case = prepared.loaded.record
    found = similar(register, case) if case is not None and not case.earlier else []
    if not found:
        return []
    click.secho("以前登记的可能是同一事项,请核对是否答复到位、承诺是否兑现:", bold=True)
    for one in found:
        click.echo("  " + "\n    ".join(one.lines))
    if not can_ask():
        first = found[0].matter.case.number
        click.echo(f"  确为同一事项的,请在文件里加一行“关联: [{first}]”")
        return []
    options = tuple(Option(one.matter.case.number, one.matter.case.title) for one in found)
    hint = "是同一事项的选上,以便核对;都不是的直接回车"
    question = about(Case, "关联", ("关联",), options=options, closed=True, hint=hint)
    form = CaseForm(register, dict(prepared.data))
    reading = asker().ask(question, partial(read_answer, form, question, {}))
    return list(reading.value) if reading is not None and reading.value else []


def _receipts(desk: _Desk) -> None:
    """Print a receipt for each; where nothing can be printed, they are registered all the same."""
    if not desk.numbers:
        return
    files = [desk.register.file_of(number) for number in desk.numbers]
    again = f"xinfang render {' '.join(desk.numbers)} --form {_RECEIPT}"
    try:
        done = print_papers(desk.context, files, form_named(papers_of(desk.register), _RECEIPT))
    except XinfangError as error:
        click.secho(f"回执没有印成: {error}。登记已完成;补印: {again}", fg="red", err=True)
        return
    for finding in sorted(set(done.findings)):
        click.echo(finding, err=True)
    for file in done.files:
        click.secho(f"回执: {shown(file)}(请交给信访人)", bold=True)
    if done.crashed:
        click.secho(f"有回执没有印成;补印: {again}", fg="red", err=True)
        desk.code = _FAULT


def _summary(desk: _Desk) -> int:
    parts = [
        f"登记 {len(desk.numbers)} 件" if desk.numbers else "",
        f"承办反馈 {desk.replies} 份" if desk.replies else "",
        f"没有收 {len(desk.refused)} 个: {'、'.join(desk.refused)}" if desk.refused else "",
    ]
    if not any(parts):
        click.echo("没有要收的来件")
    elif len(desk.numbers) + desk.replies + len(desk.refused) > 1:
        click.secho("合计 " + ",".join(filter(None, parts)), bold=True)
    return desk.code
