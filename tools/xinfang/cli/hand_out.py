"""``xinfang hand-out``: hand a matter to a department, as a folder or as a mail to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.papers import (
    Locate,
    form_named,
    identities_of,
    issued_places,
    keys_of,
    papers_of,
    sheet_of,
)
from xinfang.cli.reading import shown
from xinfang.diagnostics import Finding, Level
from xinfang.documents import Paper, Papers
from xinfang.errors import XinfangError
from xinfang.handing import (
    Attachment,
    Handing,
    calendar,
    confidential_cover,
    cover,
    hand_over_to,
    handing,
    mail,
)
from xinfang.matter import Matter
from xinfang.model.words import Role
from xinfang.render import pdf
from xinfang.sealed import sealed_file
from xinfang.store import write_atomic

_PDF: Final = "application/pdf"
_FORMS: Final = {"转办": "D08", "交办": "D09"}
_FEEDBACK: Final = "D10"
_COVER: Final = "说明.txt"
#: Days that a department usually has, for the command that is proposed.
_USUAL: Final = 7


class NotHandedError(XinfangError):
    """The matter was not handed to this department, or may not be."""


@command(
    "hand-out",
    epilog="例: xinfang hand-out 7 --to 劳务管理部 · "
    "xinfang hand-out 7 --to 劳务管理部 --eml 转办.eml",
)
@click.argument("number", metavar="编号")
@click.option("--to", "to", required=True, metavar="部室", help="交给哪个部室,或哪个交办单位")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="放进这个文件夹,默认 build/hand-out/编号-部室",
)
@click.option(
    "--eml",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写成邮件草稿(.eml),用邮件程序打开、填收件人后发出",
)
@pass_context
def hand_out(context: Context, number: str, to: str, output: Path | None, eml: Path | None) -> int:
    """把一件事项交给部室:转办单、印好编号的承办反馈表(可在屏幕上填写)、期限(日历)、办理说明。

    先用 xinfang step 记“转办”,再交;填好的反馈表用 xinfang intake 收回。邮件主题不写姓名;转办单上的
    姓名,有密钥才印得出。检举控告只交已移送的纪检部门,只交加密的封存文件,不用邮件。
    """
    if output is not None and eml is not None:
        message = "--output 与 --eml 只能用一种"
        raise click.UsageError(message)
    file = context.case_file(number)
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is made
    loaded = context.register.load(file)
    if loaded.record is None:
        return _refused(loaded.findings)
    matter = context.register.matter(loaded.record, loaded.document.path)
    if matter.is_sealed:
        return _confidential(context, matter, to, output, by_mail=eml is not None)
    handed = handing(matter, to)
    if handed is None:
        raise NotHandedError(_not_yet(context, matter, to))
    where = Locate(loaded.document, context.register.loaded.document)
    attachments, found = _attachments(context, handed, where)
    if found:
        return _refused(found)
    text = cover(handed, attachments)
    if eml is not None:
        write_atomic(eml, mail(handed, text, attachments))
        click.secho(f"邮件草稿: {shown(eml)}", fg="green", bold=True)
        click.echo(f"主题: {handed.subject}")
    else:
        folder = output or _folder(context, handed.number, handed.to)
        _fill(folder, [*attachments, _text(text)])
        click.secho(f"已备好 {shown(folder)}", fg="green", bold=True)
    for one in attachments:
        click.echo(f"  {one.name}")
    if eml is not None:
        click.echo("用邮件程序打开,填上收件人,核对附件后再发;发错了人就是泄露")
    click.echo("部室填好的反馈表,用 xinfang intake 收回")
    return 0


def _not_yet(context: Context, matter: Matter, to: str) -> str:
    """Say that it was not handed to them yet, and how that is recorded."""
    number, known = matter.case.number, context.office.department(to)
    if known is None:
        names = "、".join(department.name for department in context.office.departments)
        return f"“{to}”不是 office.yaml 里的部室,{number} 也没有交办给它;部室有: {names}"
    clerks = context.office.holders(Role.CLERK, context.today)
    clerk = clerks[0].name if clerks else "……"
    until = context.today + timedelta(days=_USUAL)
    return (
        f"{number} 还没有转办给{known.name}。先记转办(反馈期限请按实际填),再交:\n"
        f"  xinfang step {number} 转办 主办={known.name} 反馈期限={until} 经办={clerk}"
    )


def _attachments(
    context: Context, handed: Handing, where: Locate
) -> tuple[list[Attachment], list[Finding]]:
    """Make what goes along; findings where the paper of the transfer cannot be made."""
    papers = papers_of(context.register)
    found: list[Finding] = []
    keys = keys_of(context.register)
    identities = identities_of(context.register, handed.number, keys, found)
    form = form_named(papers, _FORMS[handed.step.KIND])
    made = papers.compose(form, handed.matter, identities, where)
    subjects = form.subjects(handed.matter)
    paper = next(p for p, step in zip(made, subjects, strict=True) if step is handed.step)
    if paper.html is None or found:
        return [], [*found, *paper.findings]
    _warn(paper, named=handed.is_transfer and bool(identities), keyless=not keys)
    transfer = Attachment(f"{form.name}-{paper.file_name}", _PDF, _bytes(context, paper), form.name)
    reply = [_reply(papers, handed)] if handed.is_transfer else []
    days = calendar(handed, context.today)
    return [
        transfer,
        *reply,
        Attachment(f"期限-{handed.number}.ics", "text/calendar", days, "期限，可导入日历"),
    ], []


def _warn(paper: Paper, *, named: bool, keyless: bool) -> None:
    """Say what the clerk should know of the paper before it goes out."""
    name = paper.form.name
    if not paper.is_final:
        mend = f"要正式件先用 xinfang issue {paper.case} {paper.form.id}"
        click.echo(f"{name}还没有编号,印的是{paper.state};{mend}", err=True)
    if paper.hides_somebody:
        why = "没有密钥" if keyless else "没有封存身份信息"
        mend = "请设置 XINFANG_KEY_FILE" if keyless else f"用 xinfang seal {paper.case} 封存"
        click.echo(f"{why},{name}上信访人只印代号;需要姓名时{mend}", err=True)
    elif named:
        click.echo(f"{name}上印有信访人姓名,只交承办人员", err=True)


def _bytes(context: Context, paper: Paper) -> bytes:
    """Give the file that was issued where it says the same, else print the paper."""
    if paper.frozen:
        for kept in issued_places(context, paper, paper.version):
            if kept.exists():
                return kept.read_bytes()
    return pdf(sheet_of(paper))


def _reply(papers: Papers, handed: Handing) -> Attachment:
    """Make the feedback form with number and department printed, the rest to be filled in."""
    from xinfang.fillable import fillable  # noqa: PLC0415 - only here are fields made

    form = papers.forms[_FEEDBACK]
    html = papers.handed(form, handed.matter, handed=handed)
    content = fillable(html, {"登记编号": handed.number, "承办部室": handed.to})
    name = f"{form.name}-{handed.number}-{handed.to}.pdf"
    return Attachment(name, _PDF, content, f"{form.name}，请在屏幕上填写")


def _confidential(
    context: Context, matter: Matter, to: str, output: Path | None, *, by_mail: bool
) -> int:
    """Give an accusation to the discipline department alone: what is sealed, as it is sealed."""
    number = matter.case.number
    step = hand_over_to(matter, to)
    if step is None:
        message = (
            f"{number} 是检举控告,只能交已“移送”的纪检部门,不得交{to};"
            f"还没有移送的先用 xinfang step {number} 移送 记下"
        )
        raise NotHandedError(message)
    if by_mail:
        message = f"{number} 是检举控告,不用邮件送交;请不加 --eml,当面移交并签收"
        raise NotHandedError(message)
    seal = sealed_file(context.register.folder, number)
    text = confidential_cover(matter, step, context.today)
    sealed = [Attachment(seal.name, "", seal.read_bytes(), "")] if seal.exists() else []
    folder = output or _folder(context, number, step.to)
    _fill(folder, [*sealed, _text(text)])
    click.secho(f"已备好 {shown(folder)}", fg="green", bold=True)
    click.echo("只有加密的封存文件和签收说明;当面移交,收件人须在 office.yaml 的收件人之列才打得开")
    return 0


def _folder(context: Context, number: str, to: str) -> Path:
    return context.build / "hand-out" / f"{number}-{to.replace('/', '／')}"


def _text(text: str) -> Attachment:
    return Attachment(_COVER, "text/plain", text.encode(), "")


def _fill(folder: Path, files: Sequence[Attachment]) -> None:
    for one in files:
        write_atomic(folder / one.name.replace("/", "／"), one.content)


def _refused(findings: Sequence[Finding]) -> int:
    for finding in sorted(set(findings)):
        if finding.level is Level.ERROR:
            click.echo(str(finding), err=True)
    click.secho("没有备好;请先改正", fg="red", err=True)
    return 1
