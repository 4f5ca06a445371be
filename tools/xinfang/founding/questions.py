"""What is asked for a new register, one question after the other; how is another's affair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from xinfang import rules
from xinfang.asking import ASIDE, Option, Question, Reading
from xinfang.asking.questions import Answers as Typed
from xinfang.asking.questions import assembled
from xinfang.diagnostics import KeyPath, Level
from xinfang.founding import stock
from xinfang.founding.answers import Answers, load_answers
from xinfang.founding.files import HOURS, Host, new_file_url, office_text
from xinfang.model import load_office
from xinfang.model.office import Department
from xinfang.model.words import Category, Role
from xinfang.register import Register
from xinfang.source import read_text
from xinfang.store import record_text

_DEPARTMENTS: Final[KeyPath] = (ASIDE, "部室")
_HOST: Final[KeyPath] = (ASIDE, "代码托管")
_ADDRESS: Final[KeyPath] = (ASIDE, "网址")
_NO_HOST: Final = "都不用"
#: A key of the right form, to look at an office with whose key is not made yet.
_SOME_KEY: Final = "age1" + "q" * 58
_UNITS: Final = ("本单位", "上一级单位", "再上一级单位")
_UNIT_KEYS: Final = (
    ("全称", "落款用"),
    ("简称", "规范化简称"),
    ("地址", "通信地址,印在告知书上"),
    ("电话", "带区号"),
)
_EXAMPLES: Final = ("如 某水电站机电安装项目部", "复查由它办理", "复核由它办理")
_OPEN: Final = "暂不知道的直接回车,以后再填"
_SEPARATORS: Final = str.maketrans(dict.fromkeys(",，;；", "、"))


class FoundingForm:
    """The questions of ``xinfang init``, and what their answers make.

    Args:
        today: From when posts hold.
        ask_host: Whether it is asked which host of Git is used.
    """

    def __init__(self, today: date, *, ask_host: bool) -> None:
        self.today = today
        self._ask_host = ask_host

    def questions(self, typed: Mapping[KeyPath, Any]) -> Iterator[Question]:
        """Yield every question that these answers call for, answered or not, in order."""
        yield from self._units(typed)
        short = str(typed.get(("单位", 0, "简称"), ""))
        yield Question(
            ("机关代字",),
            "机关代字",
            "发文代字的开头,后面自动加 信告、信处、信转 等;请与办公室核对",
            default=stock.letters(short) if short else "",
        )
        usual = "、".join(department.name for department in stock.departments())
        yield Question(_DEPARTMENTS, "部室", "用顿号分开", default=usual)
        for index, (title, hint, _) in enumerate(self._posts(typed)):
            yield Question(("人员", index, "姓名"), title, hint)
        yield from self._channels(typed)
        if self._ask_host:
            hosts = (*(Option(host, note) for host, note in _HOST_NOTES.items()), Option(_NO_HOST))
            hint = "登记册放在哪一种 Git 网站上;推送后自动检查,每天列出期限"
            yield Question(
                _HOST, "代码托管", hint, options=hosts, closed=True, required=True, default=_NO_HOST
            )
            if typed.get(_HOST, _NO_HOST) != _NO_HOST:
                hint = "登记册在那个网站上的网址,登记页由此交件;没有建好的直接回车"
                yield Question(_ADDRESS, "网址", hint)

    def _units(self, typed: Mapping[KeyPath, Any]) -> Iterator[Question]:
        """Yield the chain of units; of one above whose name is not known, nothing more is asked."""
        for index, unit in enumerate(_UNITS):
            name = str(typed.get(("单位", index, "全称"), ""))
            for key, hint in _UNIT_KEYS:
                default = name if key == "简称" else ""
                more = f"{hint};{_EXAMPLES[index]}" if key == "全称" else hint
                yield Question(("单位", index, key), f"{unit}{key}", more, default=default)
                if index and not name:
                    break

    def _channels(self, typed: Mapping[KeyPath, Any]) -> Iterator[Question]:
        phone = str(typed.get(("单位", 0, "电话"), ""))
        yield Question(("渠道", "电话"), "信访电话", "打得通的号码,带区号", default=phone)
        yield Question(("渠道", "电子邮箱"), "电子邮箱", "收信访邮件的")
        yield Question(("渠道", "接待地点"), "接待地点", "到哪里找谁")
        yield Question(("渠道", "接待时间"), "接待时间", "", default=HOURS)

    def departments(self, typed: Mapping[KeyPath, Any]) -> list[Department]:
        """Give the departments with their categories."""
        names = str(typed.get(_DEPARTMENTS, "")).translate(_SEPARATORS).split("、")
        return stock.departments([name.strip() for name in names if name.strip()])

    def hosts(self, typed: Mapping[KeyPath, Any]) -> list[Host]:
        """Give the host that was chosen; none where none is used."""
        chosen = str(typed.get(_HOST, _NO_HOST))
        return [] if chosen == _NO_HOST else [Host(chosen)]

    def _posts(self, typed: Mapping[KeyPath, Any]) -> list[tuple[str, str, dict[str, str]]]:
        """Whom to ask for: title of the question, hint, and the post."""
        departments = self.departments(typed)
        office = next(d for d in departments if stock.office_name() in (d.name, *d.aliases))
        leaders = "项目领导"
        posts = [
            ("主要负责人", "项目经理的姓名", _post(leaders, "项目经理", Role.HEAD)),
            ("分管领导", "分管信访、签批答复的领导", _post(leaders, "项目党支部书记", Role.DEPUTY)),
            ("信访办负责人", _OPEN, _post(office.name, f"{office.name}主任", Role.OFFICE_HEAD)),
            ("信访办经办", "登记、转办的人", _post(office.name, "信访专员", Role.CLERK)),
        ]
        for department in departments:
            if department is office:
                continue
            sealed = Category.SEALED in department.categories
            role, title = (
                (Role.DISCIPLINE, "纪检专员")
                if sealed
                else (Role.DEPARTMENT_HEAD, f"{department.name}主任")
            )
            who = "纪检人员" if sealed else "负责人"
            posts.append((f"{department.name}{who}", _OPEN, _post(department.name, title, role)))
        return posts

    def data(self, typed: Mapping[KeyPath, Any]) -> dict[str, Any]:
        """Make the plain data of the answers, as they would stand in a file."""
        posts = [post for _, _, post in self._posts(typed)]
        data = assembled({p: v for p, v in typed.items() if p[0] not in (ASIDE, "人员")})
        if "单位" in data:  # a unit of which nothing is known keeps its place
            known = {path[1] for path, value in typed.items() if path[0] == "单位" and value}
            rows = iter(data["单位"])
            data["单位"] = [next(rows) if i in known else {} for i in range(len(_UNITS))]
        data["部门"] = [_given(d.model_dump(by_alias=True)) for d in self.departments(typed)]
        data["人员"] = [
            {"姓名": name, **post}
            for index, post in enumerate(posts)
            if (name := typed.get(("人员", index, "姓名"), ""))
        ]
        host, address = self.hosts(typed), str(typed.get(_ADDRESS, ""))
        if host and address:
            data["代码托管"] = {"新建文件": new_file_url(host[0], address)}
        return data

    def answers(self, typed: Mapping[KeyPath, Any]) -> Answers:
        """Make the answers; every one of them was read before."""
        return Answers.model_validate(self.data(typed))

    def read(self, question: Question, typed: Typed, text: str) -> Reading:
        """Read what was typed; the register it would make is looked at as ``check`` does."""
        value = text.strip()
        if question.closed:
            return _choice(question, value)
        if not value:
            return Reading("")
        if question.path == _ADDRESS and not value.startswith(("https://", "http://")):
            return Reading(value, "不是网址。请写 https:// 开头的", blocking=True)
        if question.path[-1] == "电话" and not any(map(str.isdigit, value)):
            return Reading(value, "电话里没有号码。请写带区号的号码", blocking=True)
        fault = self._fault(question.path, {**typed, question.path: value})
        return Reading(value, fault, blocking=bool(fault))

    def _fault(self, path: KeyPath, typed: Mapping[KeyPath, Any]) -> str:
        data = self.data(typed)
        found = load_answers(read_text(record_text(data), ""))
        if found.answers is None:
            first = next(f for f in found.findings if f.level is Level.ERROR)
            return f"{first.message}。{first.mend}"
        loaded = load_office(read_text(office_text(found.answers, _SOME_KEY, self.today), ""))
        register = Register(Path(), self.today, loaded)
        places = {loaded.document.place(keys) for keys in _places(path, typed, data)}
        for finding in rules.check_office(register):
            if finding.level is Level.ERROR and finding.place in places:
                return f"{finding.message}。{finding.mend}"
        return ""


_HOST_NOTES: Final = {
    Host.GITLAB: "GitLab",
    Host.GITEA: "Gitea",
    Host.FORGEJO: "Forgejo",
    Host.GITHUB: "GitHub",
}


def _places(
    path: KeyPath, typed: Mapping[KeyPath, Any], data: Mapping[str, Any]
) -> Sequence[KeyPath]:
    """Where in ``office.yaml`` an answer stands."""
    if path == _DEPARTMENTS:
        return [("部门", index, "名称") for index in range(len(data["部门"]))]
    if path[0] == "人员":  # those not named are left out
        before = [p for p, name in typed.items() if p[0] == "人员" and name and p[1] < path[1]]  # type: ignore[operator]
        return [("人员", len(before), "姓名")]
    return [path]


def _choice(question: Question, value: str) -> Reading:
    values = [option.value for option in question.options]
    if value.isdecimal() and 0 < int(value) <= len(values):
        value = values[int(value) - 1]
    value = value.lower() if value.lower() in values else value
    fault = "" if value in values else "没有这一项。请填前面的数字,或选项中的字"
    return Reading(value, fault, blocking=bool(fault))


def _post(department: str, title: str, role: Role) -> dict[str, str]:
    return {"部门": department, "岗位": title, "职权": str(role)}


def _given(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, [])}
