"""``xinfang step``: append a step to a matter."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from xinfang import git
from xinfang.asking import ASIDE, Option, Possible, Question, StepForm, pick, possible_steps
from xinfang.check import check_case
from xinfang.cli.ask import Asker, asker, can_ask, confirmed, show
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.finish import clerk_at, offer_commit
from xinfang.cli.form import begin, complete, fill
from xinfang.cli.outcome import report_written
from xinfang.desk import Written, next_step, parse_pairs, step_type
from xinfang.diagnostics import Finding
from xinfang.drafts import new_draft
from xinfang.errors import XinfangError
from xinfang.matter import Matter
from xinfang.store import write_atomic

_USUAL, _NOT_NOW = "通常", "现在不能: "


@command(
    "step",
    epilog="例: xinfang step XF-2026-0007  或  xinfang step 7 转办 主办=劳务管理部 经办=李敏",
)
@click.argument("number", metavar="编号")
@click.argument("kind", metavar="[事项]", default="")
@click.argument("pairs", nargs=-1, metavar="[项目=内容]…")
@click.option("--anyway", is_flag=True, help="即使与规则不符也如实记录(已经发生的事)")
@click.option("--commit", is_flag=True, help="写好后提交到 Git(提交说明只有编号和步骤)")
@pass_context
def step(
    context: Context,
    number: str,
    kind: str,
    pairs: tuple[str, ...],
    anyway: bool,  # noqa: FBT001 - click passes flags so
    commit: bool,  # noqa: FBT001
) -> int:
    """给一件事项追加一步办理:只在末尾加一步,原有内容一个字节也不动。

    不写事项的,列出现在能办哪几步,逐项询问,写入前可预览、修改;写了事项和内容的,只问必填而没有写的。
    事后补记以前办的事,照实写那天的日期;与先后次序不符的,加 --anyway。
    """
    file = context.case_file(number)
    before = context.register.load(file)
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is asked
    if before.record is None:
        for finding in before.findings:
            click.echo(str(finding), err=True)
        click.secho("该文件有错误,请先改正再追加", fg="red", err=True)
        return 1
    matter = context.register.matter(before.record, before.document.path)
    known = frozenset(f.message for f in check_case(context.register, before)[0])
    desk = _Desk(context, file, matter, known, anyway=anyway, commit=commit)
    if can_ask() and not pairs:
        return desk.guided(kind)
    return desk.short(kind, pairs)


class _Desk:
    """One matter on the desk."""

    def __init__(
        self,
        context: Context,
        file: Path,
        matter: Matter,
        known: frozenset[str],
        *,
        anyway: bool,
        commit: bool,
    ) -> None:
        self.context = context
        self.file = file
        self.matter = matter
        self.known = known
        self.anyway = anyway
        self.commit = commit
        self.text = file.read_bytes().decode("utf-8")

    def guided(self, kind: str) -> int:
        """Ask for everything that the step needs, show it, and write it when told to."""
        ask = asker()
        kind = kind or self._ask_kind(ask)
        if not kind:
            click.echo("未写入")
            return 0
        draft = begin(ask, self.context.register.folder, self._what(kind))
        form = self._form(kind, {})
        answers = complete(form, ask, draft, known=self.known)
        if answers is None:
            return 0
        code = self._write(kind, form.look(answers), previewed=True)
        draft.discard()
        if self.commit:
            git.commit(self.context.register.folder, [self.file], self._message(kind))
        else:
            offer_commit(self.context, ask, [self.file], self._message(kind))
        return code

    def short(self, kind: str, pairs: tuple[str, ...]) -> int:
        """Take the step from what was typed behind the command; ask only for what it lacks."""
        if not kind:
            message = "请写明是哪一步,例如 xinfang step 7 转办 主办=劳务管理部"
            raise click.UsageError(message)
        given: dict[str, Any] = parse_pairs(pairs, step_type(kind), self.context.today)
        form = self._form(kind, given, brief=True)
        draft = new_draft(self.context.register.folder, self._what(kind))
        answers = fill(form, asker(), draft) if can_ask() else {}
        written = form.look(answers)
        fresh = [f for f in written.errors if f.message not in self.known]
        if not written.is_sound or (fresh and not self.anyway and not _confirmed(fresh)):
            return self._refuse(written, late=form.is_late(answers))
        draft.discard()
        code = self._write(kind, written)
        if self.commit:
            git.commit(self.context.register.folder, [self.file], self._message(kind))
        return code

    def _form(self, kind: str, given: dict[str, Any], *, brief: bool = False) -> StepForm:
        return StepForm(
            self.context.register,
            self.matter,
            self.text,
            kind,
            given,
            brief=brief,
            clerk=clerk_at(self.context),
        )

    def _ask_kind(self, ask: Asker) -> str:
        """Ask which step it is; one that may not come next is told why, and asked about again."""
        possible = possible_steps(self.context.register, self.matter)
        case = self.matter.case
        click.secho(f"{case.number} {case.title}", bold=True)
        click.echo(f"现状: {self.matter.state}。下一步通常是: {next_step(self.matter)}")
        question = Question(
            (ASIDE, "事项"),
            "事项",
            "办了哪一步;也可输入其中的字",
            options=tuple(Option(one.kind, _note(one)) for one in possible),
            closed=True,
            required=True,
        )
        reasons = {one.kind: one.reason for one in possible}
        while (reading := ask.ask(question, partial(pick, question))) is not None:
            kind = str(reading.value)
            if not reasons[kind] or self._happened(ask, kind, reasons[kind]):
                return kind
        return ""

    def _happened(self, ask: Asker, kind: str, reason: str) -> bool:
        click.secho(f"现在还不能“{kind}”: {reason}", fg="yellow")
        hint = "如实记录已经发生的事,与规则不符之处 check 会一直指出"
        return self.anyway or confirmed(ask, "事情确已如此办理,仍要记录", hint, default=False)

    def _write(self, kind: str, written: Written, *, previewed: bool = False) -> int:
        if self.file.read_bytes().decode("utf-8") != self.text:
            raise ChangedError(self.file.stem)
        write_atomic(self.file, written.text.encode())
        return report_written(
            self.context, written, f"{self.file.stem} 已追加: {kind}", previewed=previewed
        )

    def _refuse(self, written: Written, *, late: bool) -> int:
        show(written)
        # Only a sound step can be recorded against the rules; a misspelt one has to be mended.
        anyhow = ";确已如此办理的,加 --anyway 如实记录" if written.is_sound else ""
        click.secho(f"未写入。改正后重试{anyhow}", fg="red", err=True)
        if late and written.is_sound:
            click.secho("补记以前办的事,照实写那天的日期,并在“备注”中写明何时补记", err=True)
        return 1

    def _what(self, kind: str) -> str:
        return f"{self.file.stem} {kind}"

    def _message(self, kind: str) -> str:
        return f"{self.file.stem}: {kind}"


class ChangedError(XinfangError):
    """Somebody else wrote to the file while the questions were answered."""

    def __init__(self, number: str) -> None:
        super().__init__(f"填写期间 {number} 已被他人改动,未写入;填过的内容在草稿中,请重新打开再写")


def _note(one: Possible) -> str:
    if one.reason:
        return _NOT_NOW + one.reason
    return _USUAL if one.usual else ""


def _confirmed(fresh: list[Finding]) -> bool:
    if not can_ask():
        return False
    for finding in fresh:
        click.secho(str(finding), fg="yellow")
    return click.confirm("与规则不符。事情确已如此办理,仍要记录吗?", default=False)
