"""``xinfang new``: register a matter."""

from __future__ import annotations

from typing import Any, Final

import click

from xinfang import git
from xinfang.cli.ask import ask, can_ask, show
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.outcome import report_written
from xinfang.desk import Written, compose_case, fields_of, next_number, parse_pairs
from xinfang.model import Case
from xinfang.model.words import Channel, Particular, Purpose
from xinfang.similar import Similar, similar
from xinfang.store import create

#: Asked for every matter, in this order.
_HEAD: Final = ("标题", "收到", "渠道", "登记人", "首问人", "目的", "类别")
#: Asked unless it is an accusation, whose content never enters the file.
_BODY: Final = ("路径", "紧急", "人数", "事实", "理由")
#: Somebody else was quicker so many times: something is wrong.
_ATTEMPTS: Final = 20


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

    不带参数时逐项询问;姓名、住址、电话不写在这里,登记后用 xinfang seal 封存。
    """
    register = context.register
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is asked
    data: dict[str, Any] = parse_pairs(pairs, Case)
    data.setdefault("登记", context.today.isoformat())
    data["编号"] = next_number(register, int(str(data["登记"])[:4]))

    def look(answers: dict[str, Any]) -> Written:
        return compose_case(register, answers)

    if can_ask():
        _ask_all(data, look, context.today.isoformat())
    data.setdefault("收到", str(data["登记"]))
    found = _suggest(context, look(data).loaded.record)
    if found and can_ask() and "关联" not in data:
        _ask_earlier(data, found)
    for _ in range(_ATTEMPTS):
        written = look(data)
        if not written.is_sound:
            show(written)
            click.secho("未写入。请补齐或改正后重试", fg="red", err=True)
            return 1
        file = register.file_of(data["编号"])
        if create(file, written.text.encode()):
            break
        data["编号"] = next_number(register, int(str(data["登记"])[:4]))
    if commit:
        git.commit(register.folder, [file], f"{data['编号']}: 登记")
    code = report_written(context, written, f"已登记 {data['编号']}")
    if found and not data.get("关联"):
        click.echo(f"确为同一事项的,请在文件里加一行“关联: [{found[0].matter.case.number}]”")
    return code


def _suggest(context: Context, case: Case | None) -> list[Similar]:
    """Show earlier matters that may be the same. It is for the clerk to judge; nothing stops."""
    found = similar(context.register, case) if case is not None else []
    if found:
        click.secho("以前登记的可能是同一事项,请核对是否答复到位、承诺是否兑现:", bold=True)
        for one in found:
            click.echo(f"  {one.sentence}")
    return found


def _ask_earlier(data: dict[str, Any], found: list[Similar]) -> None:
    """Ask which of them is the same matter; none is a good answer."""
    known = [one.matter.case.number for one in found]
    number = click.prompt(
        "  是同一事项的编号(都不是则留空)",
        type=click.Choice([*known, ""]),
        default="",
        show_choices=False,
        show_default=False,
    )
    if number:
        data["关联"] = [number]


def _ask_all(data: dict[str, Any], look: Any, today: str) -> None:  # noqa: ANN401 - a local function
    fields = fields_of(Case)
    for key in _HEAD:
        if key not in data:
            ask(key, fields[key], data, look, default=today if key == "收到" else "")
    if data.get("渠道") in {Channel.FORWARDED, Channel.ASSIGNED} and "来源" not in data:
        data["来源"] = _ask_origin(today)
    if data.get("目的") == Purpose.ACCUSATION:
        return
    for key in _BODY:
        if key not in data:
            ask(key, fields[key], data, look)
    if data.get("紧急") in {"急", "特急"} and "紧急理由" not in data:
        ask("紧急理由", fields["紧急理由"], data, look)
    if "请求" not in data:
        data["请求"] = _ask_claims()
    if "信访人" not in data:
        data["信访人"] = _ask_parties()


def _ask_origin(today: str) -> dict[str, str]:
    click.secho("来文", bold=True)
    origin = {
        "单位": click.prompt("  转送、交办的单位"),
        "文号": click.prompt("  来文字号", default="", show_default=False),
        "收文": click.prompt("  收文日期", default=today),
        "办理期限": click.prompt(
            "  办理期限(如 2026-03-20,没有则留空)", default="", show_default=False
        ),
    }
    return {key: value for key, value in origin.items() if value}


def _ask_claims() -> list[dict[str, str]]:
    click.secho("请求: 逐条填写,空行结束", bold=True)
    claims: list[dict[str, str]] = []
    while content := click.prompt(f"  第 {len(claims) + 1} 条", default="", show_default=False):
        amount = click.prompt("  金额(元,没有则留空)", default="", show_default=False)
        claims.append({"内容": content, **({"金额": amount} if amount else {})})
    return claims


def _ask_parties() -> list[dict[str, Any]]:
    click.secho("信访人: 只记已提供哪些信息,不写内容(匿名的一项也不选)", bold=True)
    count = click.prompt("  列为信访人或代表的有几人", type=click.IntRange(0, 26), default=1)
    words = [str(word) for word in Particular]
    parties: list[dict[str, Any]] = []
    for index in range(count):
        code = chr(ord("A") + index)
        numbered = " ".join(f"{i}.{word}" for i, word in enumerate(words, 1))
        picked = click.prompt(
            f"  {code} 已载明(如 1,2,3)  {numbered}", default="", show_default=False
        )
        given = [words[int(d) - 1] for d in picked if d.isdigit() and 0 < int(d) <= len(words)]
        parties.append(
            {"代号": code, "类型": "个人", "代表": "是" if count > 1 else "否", "已载明": given}
        )
    return parties
