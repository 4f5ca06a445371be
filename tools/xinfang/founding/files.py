"""What stands in a new register: every file but the key, made from the answers or the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from xinfang import __version__, editor
from xinfang.founding import stock
from xinfang.founding.answers import OPEN, Answers
from xinfang.landing import hooks
from xinfang.model import Office
from xinfang.model.office import NoticeBoard, Retention
from xinfang.model.words import Role
from xinfang.register import CASES_FOLDER, INBOX_FOLDER, OFFICE_FILE
from xinfang.store import record_text, step_text

_TEMPLATES: Final = Path(__file__).parent / "templates"
#: Codes of the three units of the review chain, lowest first.
_CODES: Final = ("项目部", "上级", "再上级")
#: When people are usually received.
HOURS: Final = "周一至周五 8:30—11:30、14:30—17:30；紧急情况随时接待"
_PROGRESS: Final = "凭登记编号或回执上的查询码来人、来电或来信查询，当日告知进度"
#: Who must be there, and what the post is usually called.
_POSTS: Final = (
    (Role.HEAD, "项目领导", "项目经理"),
    (Role.DEPUTY, "项目领导", "项目党支部书记"),
    (Role.CLERK, "", "信访专员"),
)


class Host(StrEnum):
    """Hosts of Git that run something on each push."""

    GITLAB = "gitlab"
    GITEA = "gitea"
    FORGEJO = "forgejo"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs from host to host.

    Attributes:
        path: Where its file stands in the register.
        template: What the file is made from.
        values: What the template is told.
        new_file: Its page for a new file, behind the address of the register.
        told: What has to be set there once, in Chinese.
    """

    path: str
    template: str
    values: Mapping[str, str]
    new_file: str
    told: str


_ACTIONS: Final = (
    "推送后自动检查（{path}），每天 6:00 列出期限，有逾期的算不通过；主分支更新后网站可在任务页面"
    "下载。须启用 Actions 和运行器。"
)
# Gitea and Forgejo take the third version of this action only.
_OLD_UPLOAD: Final = "actions/upload-artifact@a8a3f3ad30e3422c9c7b888a15615d19a852ae32  # v3.1.3"
_UPLOAD: Final = "actions/upload-artifact@b4b15b8c7c6ac21ea08fcf65892d2ee8f75cf882  # v4.4.3"
_ACTIONS_FILE: Final = "workflow.yml.j2"
_HOSTS: Final[Mapping[Host, _Kind]] = {
    Host.GITLAB: _Kind(
        ".gitlab-ci.yml",
        "gitlab-ci.yml",
        {},
        "/-/new/main?file_name={路径}&content={内容}",
        "推送后自动检查（{path}）。每天列出期限：在“构建 › 流水线计划”新建一个每天 6:00 的计划。"
        "网站在流水线的制品里下载；要用 GitLab Pages，照文件开头的说明先限定只有成员能看。",
    ),
    Host.GITEA: _Kind(
        ".gitea/workflows/xinfang.yml",
        _ACTIONS_FILE,
        {"机器": "ubuntu-latest", "上传": _OLD_UPLOAD},
        "/_new/main/?filename={路径}&value={内容}",
        _ACTIONS,
    ),
    # Forgejo looks into its own folder, then into GitHub's, never into Gitea's.
    Host.FORGEJO: _Kind(
        ".forgejo/workflows/xinfang.yml",
        _ACTIONS_FILE,
        {"机器": "docker", "上传": _OLD_UPLOAD},
        "/_new/main/?filename={路径}&value={内容}",
        _ACTIONS,
    ),
    Host.GITHUB: _Kind(
        ".github/workflows/xinfang.yml",
        _ACTIONS_FILE,
        {"机器": "ubuntu-24.04", "上传": _UPLOAD},
        "/new/main?filename={路径}&value={内容}",
        _ACTIONS,
    ),
}


def new_file_url(host: Host, address: str) -> str:
    """Give the pattern for ``代码托管``: the page of a host where a new file is made.

    Args:
        host: Which kind of host.
        address: Address of the register there.
    """
    return address.rstrip("/") + _HOSTS[host].new_file


def office_text(answers: Answers, public_key: str, today: date) -> str:
    """Write ``office.yaml`` from the answers; what is missing is marked 待填.

    Args:
        answers: What is known.
        public_key: Public half of the first key.
        today: From when posts and keys hold that name no day.
    """
    units = _units(answers)
    own = units[0]
    departments = answers.departments or stock.departments()
    letters = answers.letters or (
        OPEN if own["简称"].startswith(OPEN) else stock.letters(own["简称"])
    )
    rows = [department.model_dump(by_alias=True) for department in departments]
    people, heads = _people(answers, rows, today)
    keepers = [
        {"名称": "信访办", "公钥": public_key, "自": today},
        *(_bare(recipient.model_dump(by_alias=True)) for recipient in answers.recipients),
    ]
    text: str = _template(f"{OFFICE_FILE}.j2").render(
        待填=OPEN,
        今天=today,
        册名=f"{own['全称']}信访登记册",
        各单位=units,
        本单位=own,
        机关代字=letters,
        代字表=stock.series(letters),
        信访办=stock.office_name(),
        各部门=rows,
        各人=_items(people),
        待补负责人=_commented(_items(heads)),
        渠道=_channels(answers, own, units[1]),
        复查机构=_reviews(units),
        途径=_routes(answers),
        维权告示=_notice_board(answers.notice_board),
        收件人=_items(keepers),
        代码托管=answers.hosting.new_file if answers.hosting else "",
        保管=Retention.model_validate({}).model_dump(by_alias=True),
        施行日期=answers.effective_from,
        解释部门=answers.interpreter or stock.office_name(),
    )
    return text


def register_files(office: Office, hosts: Sequence[Host], today: date) -> dict[str, str]:
    """Give every file of a register but ``office.yaml``, by its path.

    Args:
        office: Whose register it is.
        hosts: Hosts of Git to check on.
        today: Names the folders of the first year.
    """
    year = today.year
    return {
        **{f"{folder}/.gitkeep": "" for folder in _folders(year)},
        ".gitignore": _template("gitignore.j2").render(),
        hooks.ATTRIBUTES_FILE: hooks.with_attributes(""),
        "requirements.txt": _template("requirements.txt.j2").render(版本=__version__),
        "README.md": _template("README.md.j2").render(
            册名=office.register_.name, 待填=OPEN, 托管说明=_told(hosts)
        ),
        **editor.files(),
        **{
            _HOSTS[host].path: _template(_HOSTS[host].template).render(_HOSTS[host].values)
            for host in hosts
        },
    }


def _folders(year: int) -> tuple[str, ...]:
    return (f"{CASES_FOLDER}/{year}", f"sealed/{year}", INBOX_FOLDER)


def _told(hosts: Sequence[Host]) -> str:
    told = [f"- {_HOSTS[host].told.format(path=_HOSTS[host].path)}" for host in hosts]
    start = "仓库须设为私有。任务里没有密钥，打不开封存的信息；装哪个版本只看 `requirements.txt`。"
    none = (
        "没有用代码托管的自动任务。以后要用：`xinfang init . --ci gitlab`"
        "（或 gitea、forgejo、github）。"
    )
    return "\n".join([start, "", *told]) if told else none


# The parts of office.yaml


def _units(answers: Answers) -> list[dict[str, str]]:
    """The three units of the review chain, each with all that papers print of it."""
    units = []
    for index, code in enumerate(_CODES):
        given = answers.units[index] if index < len(answers.units) else None
        name = (given and given.name) or f"{OPEN}（{code}全称）"
        units.append(
            {
                "代号": code,
                "全称": name,
                "简称": (given and given.short)
                or (name if given and given.name else f"{OPEN}（{code}简称）"),
                "地址": (given and given.address) or OPEN,
                "电话": (given and given.phone) or OPEN,
            }
        )
    return units


def _people(
    answers: Answers, departments: Sequence[Mapping[str, Any]], today: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Everybody named with a place for each post that must be held; and heads not yet known."""
    in_charge = next(
        d["名称"] for d in departments if stock.office_name() in (d["名称"], *d["别名"])
    )
    held = {person.role for person in answers.people}
    if Role.OFFICE_HEAD in held:
        held.add(Role.CLERK)
    must = [
        {"姓名": OPEN, "部门": department or in_charge, "岗位": title, "职权": role, "自": today}
        for role, department, title in _POSTS
        if role not in held
    ]
    named = [
        _bare(person.model_dump(by_alias=True) | {"自": person.since or today})
        for person in answers.people
    ]
    staffed = {p["部门"] for p in (*named, *must) if p["职权"] is not Role.OTHER}
    heads = [
        {"姓名": OPEN, "部门": name, "岗位": f"{name}主任", "职权": head, "自": today}
        for name, head in ((d["名称"], Role.DEPARTMENT_HEAD) for d in departments)
        if name not in staffed
    ]
    return named + must, heads


def _items(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(step_text(dict(record), 2) for record in records)


def _channels(answers: Answers, own: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Every channel: as answered, or as it follows from the units."""
    known = own["全称"] if not own["全称"].startswith(OPEN) else ""
    address = f"{own['地址']} {known}{stock.office_name()}" if OPEN not in own["地址"] else OPEN
    superior = above["简称"] if not above["简称"].startswith(OPEN) else "上级单位"
    follows = {
        "通信地址": address,
        "电话": own["电话"],
        "电子邮箱": OPEN,
        "接待时间": HOURS,
        "接待地点": OPEN,
        "进度查询": _PROGRESS,
        "监督渠道": OPEN if OPEN in above["电话"] else f"向{superior}反映，电话 {above['电话']}",
    }
    given = _bare(answers.channels.model_dump(by_alias=True))
    return {**follows, **given}


def _reviews(units: Sequence[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {
        name: {"单位": unit["代号"], "地址": unit["地址"], "电话": unit["电话"]}
        for name, unit in zip(("复查", "复核"), units[1:], strict=True)
    }


def _routes(answers: Answers) -> str:
    """The legal routes: those whose local body is known, the rest as lines to be filled in."""
    given = {route.name: route for route in answers.routes}
    ready: list[str] = []
    open_: list[str] = []
    for route in stock.routes():
        local = given.pop(route.name, None)
        said = _bare(route.model_dump(by_alias=True, mode="json"))
        said |= {key: getattr(local, name, OPEN) for key, name in _LOCAL}
        (ready if local else open_).append(_block(said))
    for local in given.values():
        said = _bare(local.model_dump(by_alias=True)) | {"时限": OPEN, "逾期后果": OPEN}
        ready.append(_block(said))
    lines = "".join(f"途径:\n{''.join(ready)}" if ready else "途径: []\n")
    if open_:
        lines += "# 下面的还没有填当地机关：核实后填好，去掉行首的“# ”，放到“途径:”下面。\n"
        lines += _commented("".join(open_))
    return lines


_LOCAL: Final = (("机关", "body"), ("地址", "address"), ("电话", "phone"))


def _block(record: Mapping[str, Any]) -> str:
    """Write a record as an item of a list, a key a line."""
    lines = record_text(dict(record)).splitlines(keepends=True)
    return "".join(f"  {'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines))


def _notice_board(board: NoticeBoard | None) -> str:
    """The notice board as given, or its keys to be filled in."""
    if board is not None:
        return _below("维权告示", _bare(board.model_dump(by_alias=True)))
    fields = NoticeBoard.model_fields.values()
    keys = {str(field.alias): OPEN for field in fields if field.is_required()}
    keys["投诉举报电话"] = f"[{OPEN}]"
    return _commented("维权告示:\n" + "".join(f"  {key}: {value}\n" for key, value in keys.items()))


def _below(key: str, record: Mapping[str, Any]) -> str:
    """Write a record below its key, a key a line."""
    lines = record_text(dict(record)).splitlines(keepends=True)
    return f"{key}:\n" + "".join(f"  {line}" for line in lines)


def _commented(text: str) -> str:
    return "".join(f"# {line}" for line in text.splitlines(keepends=True))


def _bare(record: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not given."""
    return {key: value for key, value in record.items() if value not in (None, [])}


# Templates


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML and Markdown, no HTML; values go through 项
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["项"] = _pair
    return environment


def _template(name: str) -> Any:  # noqa: ANN401 - jinja's own
    return _environment().get_template(name)


def _pair(key: str, value: str | Iterable[str]) -> str:
    """Write a key and its value as one line of YAML, quoted where it has to be."""
    return record_text({str(key): value}).rstrip("\n")
