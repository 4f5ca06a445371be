"""``xinfang new``: register a matter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from xinfang import git
from xinfang.asking import CaseForm, Option
from xinfang.cli.ask import Asker, asker, can_ask, confirmed, show
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.finish import clerk_at, offer_commit
from xinfang.cli.form import begin, complete
from xinfang.cli.outcome import report_written
from xinfang.desk import Written, compose_case, new_code, next_number, parse_pairs
from xinfang.errors import XinfangError
from xinfang.model import Case
from xinfang.model.fields import parse_day
from xinfang.model.words import Purpose
from xinfang.register import Register
from xinfang.similar import Similar, similar
from xinfang.store import create

#: Somebody else was quicker so many times: something is wrong.
_ATTEMPTS: Final = 20
_FOUND: Final = "以前登记的可能是同一事项,请核对是否答复到位、承诺是否兑现:"


@command(
    "new",
    epilog="例: xinfang new  或  xinfang new 标题=反映宿舍无热水 渠道=电话 登记人=李敏 "
    "目的=申诉求决 类别=食宿与劳动条件 路径=信访程序 请求='[{内容: 恢复热水}]'",
)
@click.argument("pairs", nargs=-1, metavar="[项目=内容]…")
@click.option("--commit", is_flag=True, help="写好后提交到 Git(提交说明只有编号和步骤)")
@pass_context
def new(context: Context, pairs: tuple[str, ...], commit: bool) -> int:  # noqa: FBT001 - click passes flags so
    """登记一件新事项:分配编号,写成一个文件,说明下一步和期限。

    不带参数时逐项询问,写入前可预览、修改;姓名、住址、电话不写在这里,登记后另行封存。
    日期、金额可照平常写法填写,如 3月2日 9:20、昨天、4.186万。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is asked
    given: dict[str, Any] = parse_pairs(pairs, Case, context.today)
    given.setdefault("登记", context.today.isoformat())
    given.setdefault("查询码", new_code())
    given["编号"] = _number(context.register, given)
    if can_ask():
        return _guided(context, given, commit=commit)
    return _all_given(context, given, commit=commit)


def _all_given(context: Context, given: dict[str, Any], *, commit: bool) -> int:
    given.setdefault("收到", str(given["登记"]))
    found = _earlier(context, compose_case(context.register, given))
    written = _create(context, given)
    if written is None:
        return 1
    number = given["编号"]
    if commit:
        git.commit(context.register.folder, [context.register.file_of(number)], f"{number}: 登记")
    code = report_written(context, written, f"已登记 {number}")
    if found and not given.get("关联"):
        click.echo(f"确为同一事项的,请在文件里加一行“关联: [{found[0].matter.case.number}]”")
    return code


def _guided(context: Context, given: dict[str, Any], *, commit: bool) -> int:
    ask = asker()
    draft = begin(ask, context.register.folder, "new")
    form = CaseForm(context.register, given, clerk_at(context))

    def compare(written: Written) -> bool:
        """Show earlier matters that may be the same, once; says whether to ask about them."""
        if form.alike is not None or "关联" in given:
            return False
        form.alike = _options(_earlier(context, written))
        return bool(form.alike)

    answers = complete(form, ask, draft, compare)
    if answers is None:
        return 0
    data = form.data(answers)
    written = _create(context, data)
    if written is None:
        draft.keep()
        return 1
    draft.discard()
    code = report_written(context, written, f"已登记 {data['编号']}", previewed=True)
    click.echo(f"查询码: {data['查询码']}(印在回执上,供信访人查询进度)")
    files = [context.register.file_of(data["编号"]), *_sealed(context, ask, written)]
    message = f"{data['编号']}: 登记"
    if commit:
        git.commit(context.register.folder, files, message)
    else:
        offer_commit(context, ask, files, message)
    return code


def _number(register: Register, given: dict[str, Any]) -> str:
    try:
        year = parse_day(given["登记"]).year
    except ValueError:  # the record will say what is wrong with it
        year = register.today.year
    return next_number(register, year)


def _create(context: Context, data: dict[str, Any]) -> Written | None:
    """Write the file under a number that nobody else has; None, said why, where it is unsound."""
    register = context.register
    for _ in range(_ATTEMPTS):
        written = compose_case(register, data)
        if not written.is_sound:
            break
        if create(register.file_of(data["编号"]), written.text.encode()):
            return written
        data["编号"] = _number(register, data)
    show(written)
    click.secho("未写入。请补齐或改正后重试", fg="red", err=True)
    return None


def _earlier(context: Context, written: Written) -> list[Similar]:
    """Show earlier matters that may be the same. It is for the clerk to judge; nothing stops."""
    case = written.loaded.record
    found = similar(context.register, case) if case is not None else []
    if found:
        click.secho(_FOUND, bold=True)
    for one in found:
        first, *more = one.lines
        click.echo(f"  {first}")
        for line in more:
            click.echo(f"    {line}")
    return found


def _options(found: Sequence[Similar]) -> tuple[Option, ...]:
    return tuple(Option(one.matter.case.number, one.matter.case.title) for one in found)


def _sealed(context: Context, ask: Asker, written: Written) -> list[Path]:
    """Offer to seal at once who the petitioners are; gives the sealed file where it was made."""
    case = written.loaded.record
    assert case is not None, "only sound records are written"  # noqa: S101
    named = any(party.given for party in case.parties)
    if not (named or case.purpose is Purpose.ACCUSATION):
        return []
    from xinfang.cli.seal import ask_identity, seal_text  # noqa: PLC0415 - not needed to ask

    later = f"以后封存: xinfang seal {case.number}"
    try:
        if not confirmed(ask, "现在封存身份信息", "姓名、住址、电话加密保存,不进事项文件"):
            click.echo(later)
            return []
        target = seal_text(context, case.number, ask_identity(case))
    except click.Abort:
        click.echo(f"\n没有封存。{later}")
        return []
    except XinfangError as error:  # the case is written all the same
        click.secho(f"没有封存: {error}。{later}", fg="yellow")
        return []
    return [target] if target else []
