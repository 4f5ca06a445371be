"""``xinfang import``: take in an old ledger, or our own after it was edited in Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from xinfang import git
from xinfang.cli.ask import can_ask
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.import_edits import take_back
from xinfang.cli.progress import bar
from xinfang.cli.reading import read_ledger, shown
from xinfang.desk import NotAPairError
from xinfang.errors import XinfangError
from xinfang.importing import (
    TAKEN,
    Mapped,
    Plan,
    Skipped,
    Table,
    Wishes,
    find_table,
    heading_of,
    item_named,
    letters,
    make_plan,
    match,
    read_grids,
    rest_workbook,
)
from xinfang.importing.differences import is_own
from xinfang.model.words import Role
from xinfang.sealed import NoRecipientsError, seal_box, sealed_file
from xinfang.store import create, create_all, remove

#: So many problems are listed; ``--all`` lists the others.
_LISTED: Final = 20
_REST: Final = "-未导入"


class UnreadableFileError(XinfangError):
    """The file is not there or cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 读不出来,请确认文件存在、没有被 Excel 独占打开")


class NumberTakenError(XinfangError):
    """Somebody registered a matter while the import was looked at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 已被别人登记,整批没有导入任何一件;请重新运行,编号会重新分配")


class NotWrittenError(XinfangError):
    """The disk refused; nothing of the import is left."""

    def __init__(self) -> None:
        super().__init__(
            "写不进登记册(磁盘已满或文件夹只读),整批没有导入任何一件;排除后重新运行即可"
        )


@command(
    "import",
    epilog="例: xinfang import 2025年台账.xlsx(先预览) · xinfang import 2025年台账.xlsx --write · "
    "xinfang import 旧台账.csv --map 责任科室=主办 --set 送达方式=直接送达",
)
@click.argument("source", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sheet", metavar="工作表", default="", help="导入哪一张工作表,默认最像台账的一张")
@click.option(
    "--map",
    "maps",
    metavar="列名=项目",
    multiple=True,
    help="指明一列是什么,列名或列号(如 D),可多次",
)
@click.option("--set", "sets", metavar="项目=内容", multiple=True, help="表中没写、各行相同的内容")
@click.option("--registrar", metavar="姓名", default="", help="台账没有登记人的,由谁登记")
@click.option("--approver", metavar="姓名", default="", help="旧台账所记的办结由谁审核")
@click.option("--include-duplicates", is_flag=True, help="重复的行也导入")
@click.option("--proven-only", is_flag=True, help="已办结而证据不全的,只登记到能证明的一步")
@click.option(
    "--rest",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"未导入的行写到哪个文件,默认在原文件旁加“{_REST}”",
)
@click.option("--all", "everything", is_flag=True, help="列出全部问题")
@click.option("--write", is_flag=True, help="预览之后直接写入,不再询问")
@click.option("--commit", is_flag=True, help="写好后提交到 Git(一次提交,不含姓名)")
@pass_context
def import_(
    context: Context,
    source: Path,
    sheet: str,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    registrar: str,
    approver: str,
    include_duplicates: bool,  # noqa: FBT001 - click passes flags so
    proven_only: bool,  # noqa: FBT001
    rest: Path | None,
    everything: bool,  # noqa: FBT001
    write: bool,  # noqa: FBT001
    commit: bool,  # noqa: FBT001
) -> int:
    """导入旧台账,或者收回在 Excel 里改过的台账。先预览,确认后才写入。

    旧台账: 对的行登记成事项,编号按收到先后;姓名、电话、住址、证件号封存,不以明文写入。

    有问题的行连同原因另存一张表,改正后可直接再导入。整批要么全部写入,要么一件也不写。

    xinfang ledger 导出的台账: 把改动的格子列成要追加的步骤,确认后写入。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is read
    table = find_table(read_grids(_bytes(source)), sheet)
    if is_own(table):
        return take_back(context, table, _pairs(sets), write=write, commit=commit)
    mapped = match(table.headings, _pairs(maps))
    _show_columns(source, table, mapped)
    target = rest or _rest_file(source)
    _warn_inside(context, source, target)
    if mapped.ambiguous:
        _show_ambiguous(table, mapped)
        return 1
    wishes = _wishes(context, registrar, approver, _pairs(sets), proven_only=proven_only)
    plan = _plan(context, table, mapped, wishes, duplicates=include_duplicates)
    _show_plan(plan, wishes, everything=everything)
    if plan.ready and (write or _confirmed(plan)):
        _write(context, plan, target, commit=commit)
    elif plan.ready:
        click.echo("以上是预览,没有写入任何文件。要导入请加 --write")
    elif len(plan.left) > len(plan.doubled):
        _offer_rest(context, plan, target, write=write)
    return int(len(plan.left) > len(plan.doubled))


def _bytes(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise UnreadableFileError(source.name) from error


def _pairs(words: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise NotAPairError
        pairs[name.strip()] = value.strip()
    return pairs


def _wishes(
    context: Context,
    registrar: str,
    approver: str,
    constants: Mapping[str, str],
    *,
    proven_only: bool,
) -> Wishes:
    """Fill in who registers and who approves from the posts, where the clerk names nobody."""
    return Wishes(
        registrar or _holder(context, Role.CLERK, "--registrar"),
        approver or _holder(context, Role.OFFICE_HEAD, "--approver"),
        {item_named(name): value for name, value in constants.items()},
        proven_only,
    )


def _holder(context: Context, role: Role, option: str) -> str:
    holders = context.office.holders(role, context.today)
    if not holders:
        message = f"office.yaml 中今天没有在任的{role},请用 {option} 指明姓名"
        raise click.UsageError(message)
    return holders[0].name


def _plan(
    context: Context, table: Table, mapped: Mapped, wishes: Wishes, *, duplicates: bool
) -> Plan:
    entries, _ = read_ledger(context)
    by_number = {entry.number: entry for entry in entries}
    with bar("核对", 2 * len(table.lines)) as advance:
        return make_plan(
            context.register,
            context.office,
            table,
            mapped,
            wishes,
            by_number,
            duplicates=duplicates,
            progress=advance,
        )


# The preview


def _show_columns(source: Path, table: Table, mapped: Mapped) -> None:
    sheet = f",工作表“{table.sheet}”" if table.sheet else ""
    click.secho(f"{source.name}{sheet}: {len(table.lines)} 行", bold=True)
    for index, heading in enumerate(table.headings):
        item = mapped.item_at(index)
        if item:
            factor = mapped.factors.get(item, 1)
            said = item if factor == 1 else f"{item}(乘以 {factor})"
        elif index in mapped.unused:
            said = "不用"
        elif any(index in places for places in mapped.ambiguous.values()):
            said = click.style("不能确定", fg="yellow")
        elif heading_of(heading):
            said = "随身份信息封存"
        else:
            said = click.style("不认识,随身份信息封存", fg="yellow")
        if heading:
            click.echo(f"  {letters(index)}  {heading} → {said}")
    hidden = [
        f"{count} {what}"
        for count, what in ((table.grid.hidden_rows, "行"), (table.grid.hidden_columns, "列"))
        if count
    ]
    if hidden:
        click.echo(f"  表中有隐藏的 {'、'.join(hidden)},同样读入")


def _warn_inside(context: Context, *files: Path) -> None:
    """Say where names would stand among what is committed."""
    inside = [f.name for f in files if context.register.folder in f.resolve().parents]
    if inside:
        click.secho(
            f"{'、'.join(dict.fromkeys(inside))} 在登记册文件夹里,含明文的姓名、电话;"
            "请把原表移到登记册以外再导入,切勿提交到 Git",
            fg="red",
        )


def _show_ambiguous(table: Table, mapped: Mapped) -> None:
    for item, columns in mapped.ambiguous.items():
        names = "、".join(f"{letters(i)} {table.headings[i]}" for i in columns)
        click.secho(
            f"有几列都可能是“{item}”: {names}。请用 --map 指明,"
            f"如 --map {letters(columns[0])}={item} --map {letters(columns[-1])}=不用",
            fg="red",
        )


def _show_plan(plan: Plan, wishes: Wishes, *, everything: bool) -> None:
    bad = [one for one in plan.left if not one.doubled]
    counted = Counter(plan.table.skipped.values())
    skipped = "、".join(f"{why} {counted[why]}" for why in Skipped if counted[why])
    click.echo(
        f"可导入 {len(plan.ready)} 行,有问题 {len(bad)} 行,已有的 {len(plan.doubled)} 行,"
        f"略过 {len(plan.table.skipped)} 行{f'({skipped})' if skipped else ''};"
        f"合计 {len(plan.table.grid.rows)} 行"
    )
    if plan.ready:
        click.echo(f"编号 {plan.ready[0].number} 至 {plan.ready[-1].number},按收到先后")
        _show_taken(plan, wishes)
    _show_problems("问题", [p for one in bad for p in one.problems], everything=everything)
    doubled = [p for one in plan.doubled for p in one.problems]
    _show_problems("已有的行,不再导入", doubled, everything=everything)


def _show_taken(plan: Plan, wishes: Wishes) -> None:
    click.secho("照此登记:", bold=True)
    click.echo(f"  台账没有登记人、经办人的,填 {wishes.registrar}(可用 --registrar 改)")
    taken = plan.taken
    for slug in filter(taken.get, TAKEN):
        extra = f",审核人 {wishes.approver}(可用 --approver 改)" if slug == "旧台账" else ""
        click.echo(f"  {TAKEN[slug]}{extra}: {taken[slug]} 行")


def _show_problems(title: str, problems: Sequence[Any], *, everything: bool) -> None:
    if not problems:
        return
    click.secho(f"{title}({len(problems)} 处):", bold=True)
    listed = problems if everything else problems[:_LISTED]
    for problem in listed:
        click.echo(f"  {problem}")
    if len(listed) < len(problems):
        click.echo(f"  ……还有 {len(problems) - len(listed)} 处,加 --all 全部列出")


def _confirmed(plan: Plan) -> bool:
    return can_ask() and click.confirm(f"写入这 {len(plan.ready)} 件吗?", default=False)


# All of it is written, or nothing


def _rest_file(source: Path) -> Path:
    """Name the file of the rest; one that is there already is never written over."""
    stem = source.stem.partition(_REST)[0] + _REST
    names = [f"{stem}.xlsx", *(f"{stem}-{number}.xlsx" for number in range(2, 1000))]
    free = (source.with_name(name) for name in names)
    return next(file for file in free if not file.exists())


def _write(context: Context, plan: Plan, target: Path, *, commit: bool) -> None:
    register = context.register
    recipients = [recipient.key for recipient in context.office.recipients]
    if not recipients and any(one.sealed for one in plan.ready):
        raise NoRecipientsError
    contents: dict[Path, bytes] = {}
    for one in plan.ready:
        if one.sealed:
            file = sealed_file(register.folder, one.number)
            contents[file] = seal_box(one.sealed, recipients)
        contents[register.file_of(one.number)] = one.text.encode()
    if plan.left:
        _write_rest(context, plan, target)
    try:
        blocked = create_all(contents)
    except OSError as error:
        _forget_rest(plan, target)
        raise NotWrittenError from error
    if blocked is not None:
        _forget_rest(plan, target)
        raise NumberTakenError(blocked.stem)
    first, last = plan.ready[0].number, plan.ready[-1].number
    if commit:
        message = f"{first}: 登记(由旧台账导入 {len(plan.ready)} 件,至 {last})"
        git.commit(register.folder, list(contents), message)
    click.secho(f"已导入 {len(plan.ready)} 件: {first} 至 {last}", fg="green", bold=True)
    click.echo("原文件和未导入的表里仍有明文的姓名、电话,核对完请妥善保管或删除,不要放进登记册")


def _forget_rest(plan: Plan, target: Path) -> None:
    """Take away the sheet of the rest, where it was written: nothing was imported."""
    if plan.left:
        remove(target)


def _offer_rest(context: Context, plan: Plan, target: Path, *, write: bool) -> None:
    """Write the sheet of the rest where no row can be imported: it is what has to be mended."""
    question = f"没有可以导入的行。把这 {len(plan.left)} 行连同原因写成一张表吗?"
    if write or (can_ask() and click.confirm(question, default=True)):
        _write_rest(context, plan, target)
    else:
        click.echo("没有可以导入的行。加 --write 把它们连同原因写成一张表,改正后再导入")


def _write_rest(context: Context, plan: Plan, target: Path) -> None:
    content = rest_workbook(plan.table, plan.left, context.today)
    try:
        fresh = create(target, content, mode=0o600)
    except OSError as error:
        raise NotWrittenError from error
    if not fresh:
        message = f"{target.name} 已经存在,请用 --rest 另指一个文件"
        raise click.UsageError(message)
    click.echo(f"未导入的 {len(plan.left)} 行写到 {shown(target)},改正后直接再导入这个文件")
