"""The questions for a new matter: only those that this matter needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from xinfang.asking.choices import people, with_choices
from xinfang.asking.questions import (
    ASIDE,
    Answers,
    Option,
    Question,
    about,
    assembled,
    stand_in,
)
from xinfang.desk import Written, compose_case
from xinfang.diagnostics import KeyPath
from xinfang.entering import Kind, Slot, fields_of
from xinfang.ledger import SEALED_TITLE
from xinfang.model import Case
from xinfang.model.case import Claim, Origin, Party, Reviewed
from xinfang.model.words import (
    Category,
    Channel,
    Particular,
    PartyKind,
    Purpose,
    ReviewKind,
    Route,
    Urgency,
)
from xinfang.register import Register

#: How many are listed as petitioners.
HOW_MANY: Final[KeyPath] = (ASIDE, "信访人")
#: Which further fields are to be filled in.
MORE: Final[KeyPath] = (ASIDE, "其他项目")

_FROM_ABOVE: Final = frozenset({Channel.FORWARDED, Channel.ASSIGNED})
_PRESSING: Final = frozenset({Urgency.EXTREME, Urgency.URGENT})
_MOST_PARTIES: Final = 26
#: Fields that may be added at the end.
_FURTHER: Final = ("重大", "被反映部室", "标段", "材料", "关联", "简易办理", "复查对象")


class CaseForm:
    """A new matter in the making.

    Args:
        register: The register; its office is sound.
        given: What was stated beforehand, by key; it is not asked again. Holds 编号 and 登记.
        clerk: Name of the person at the keyboard where it is known.
    """

    def __init__(self, register: Register, given: dict[str, Any], clerk: str = "") -> None:
        self.register = register
        self.model: type[BaseModel] = Case
        self.given = given
        self.clerk = clerk
        self.today = register.today
        #: Earlier matters that may be the same, to choose from; None while nobody has looked.
        self.alike: tuple[Option, ...] | None = None

    def questions(self, answers: Answers) -> Iterator[Question]:
        """Yield the questions that these answers call for, in the order of a conversation."""
        for question in self._all(answers):
            if question.path[0] not in self.given:
                category = str(self._said(answers, "类别"))
                yield with_choices(question, self.register, category)

    def _all(self, answers: Answers) -> Iterator[Question]:
        yield _of(
            "收到", default=str(self.today), hint="哪天、几点收到,如 3月2日 9:20、昨天下午3点"
        )
        yield _of("渠道")
        if self._said(answers, "渠道") in _FROM_ABOVE:
            yield from self._origin()
        yield _of("目的")
        sealed = self._said(answers, "目的") == Purpose.ACCUSATION
        yield from self._what(sealed=sealed)
        yield _of("登记人", default=self.clerk, hint="谁在登记")
        yield _of("首问人", hint="谁最先接待,门卫也算")
        if not sealed:
            yield from self._review(answers)
            yield from self._substance(answers)
        yield from self._parties(answers)
        yield _of("已告知个人信息处理", hint="有没有说明个人信息怎样使用", options=_YES_NO)
        if not sealed:
            yield from self._further(answers)
        if self.alike:
            hint = "是同一事项的选上,以便核对;都不是的直接回车"
            yield _of("关联", options=self.alike, closed=True, hint=hint)

    def _what(self, *, sealed: bool) -> Iterator[Question]:
        if sealed:
            hint = "检举控告的内容不写在这里;登记后封存"
            yield _of("标题", default=SEALED_TITLE, hint=hint)
            yield _of("类别", default=str(Category.SEALED))
            return
        yield _of("标题", hint="一句话说清什么事;不写姓名、电话")
        plain = (option for option in about(Case, "类别", ()).options)
        yield _of("类别", options=tuple(o for o in plain if o.value != Category.SEALED))

    def _origin(self) -> Iterator[Question]:
        yield _in("来源", Origin, "单位", hint="哪个单位转送、交办")
        yield _in("来源", Origin, "文号")
        yield _in("来源", Origin, "收文", default=str(self.today))
        yield _in("来源", Origin, "办理期限", hint="来文要求哪天前办结;没有写明的留空")
        yield _in("来源", Origin, "要求报告", default="否")

    def _review(self, answers: Answers) -> Iterator[Question]:
        """Ask which opinion is to be reviewed where that is what the matter is about."""
        title = str(self._said(answers, "标题"))
        if any(kind in title for kind in ReviewKind) or "复查对象" in self._chosen(answers):
            for key in fields_of(Reviewed):
                first = key.startswith("原")
                if not first or answers.get(("复查对象", "阶段")) == ReviewKind.REREVIEW:
                    yield _in("复查对象", Reviewed, key)

    def _substance(self, answers: Answers) -> Iterator[Question]:
        yield _of("路径", default=str(Route.PETITION), hint="应走哪条途径;本单位办理的是信访程序")
        yield _of("紧急", default=str(Urgency.ORDINARY), hint="只看事项的后果,不看人")
        if self._said(answers, "紧急") in _PRESSING:
            yield _of("紧急理由", required=True, hint="断水断电、工资断档、有人受伤、可能出事等")
        yield _of("人数", default="1", hint="几个人提出同一件事;只写数目")
        yield from self._claims(answers)
        yield _of("事实")
        yield _of("理由")

    def _claims(self, answers: Answers) -> Iterator[Question]:
        index = 0
        while True:
            more = "" if index == 0 else ";没有了直接回车"
            yield _item(
                index,
                "内容",
                title=f"请求第{index + 1}条",
                hint=f"一条写一件要求{more}",
                required=False,
            )
            if not answers.get(("请求", index, "内容")):
                return
            yield _item(
                index,
                "金额",
                title=f"第{index + 1}条金额",
                hint="要求的金额,如 41,860、4.186万;没有则留空",
            )
            index += 1

    def _parties(self, answers: Answers) -> Iterator[Question]:
        yield Question(
            HOW_MANY,
            "信访人",
            "列为信访人或代表的有几人(多人的只列代表)",
            Slot(Kind.COUNT),
            required=True,
            default="1",
        )
        for index in range(_party_count(answers)):
            code = _code(index)
            yield about(
                Party,
                "已载明",
                ("信访人", index, "已载明"),
                title=f"信访人{code}已载明",
                hint="提供了哪些信息;只选项目,不写内容,匿名的留空",
                required=False,
            )

    def _further(self, answers: Answers) -> Iterator[Question]:
        taken = {*self.given, *(["关联"] if self.alike else [])}
        left = [key for key in _FURTHER if key not in taken]
        notes = {key: field.description or "" for key, field in fields_of(Case).items()}
        yield Question(
            MORE,
            "还要填别的项目吗",
            "不用填的直接回车",
            Slot(Kind.CHOICE, several=True),
            options=tuple(Option(key, notes[key]) for key in left),
            closed=True,
        )
        for key in self._chosen(answers):
            if key != "复查对象":
                yield _of(key)

    @staticmethod
    def _chosen(answers: Answers) -> list[str]:
        found: list[str] = answers.get(MORE) or []
        return found

    def _said(self, answers: Answers, key: str) -> Any:  # noqa: ANN401
        return answers.get((key,), self.given.get(key, ""))

    def data(self, answers: Answers) -> dict[str, Any]:
        """Make the record, in the words of a file."""
        made = assembled(answers)
        if HOW_MANY in answers:
            count = _party_count(answers)
            made["信访人"] = [_party(index, answers) for index in range(count)]
        return {**self.given, **{key: made[key] for key in fields_of(Case) if key in made}}

    def look(self, answers: Answers) -> Written:
        """Make the text of the case and check it."""
        return compose_case(self.register, self.data(answers))

    def probe(self, answers: Answers) -> Written:
        """Look at the case as if all that is not yet said were sound."""
        found = next(iter(people(self.register)), Option("某"))
        rest = stand_in(Case, self.today, found.value)
        return compose_case(self.register, _filled(self.data(answers), rest, self.today))

    def shown(self, written: Written) -> str:
        """Give the whole text: all of it is new."""
        return written.text

    def at(self, path: KeyPath, _answers: Answers) -> KeyPath:
        """Say where in the file the value of a question stands."""
        return path


def _filled(data: dict[str, Any], rest: Mapping[str, Any], today: date) -> dict[str, Any]:
    records: dict[str, type[BaseModel]] = {"来源": Origin, "复查对象": Reviewed}
    whole = {**rest, **data}
    for key, model in records.items():
        if key in whole:
            whole[key] = {**stand_in(model, today, "某"), **whole[key]}
    return whole


def _party(index: int, answers: Answers) -> dict[str, Any]:
    given = answers.get(("信访人", index, "已载明")) or []
    unit = Particular.CREDIT_CODE in given
    return {
        "代号": _code(index),
        "类型": str(PartyKind.UNIT if unit else PartyKind.PERSON),
        "代表": "是" if _party_count(answers) > 1 else "否",
        "已载明": given,
    }


def _party_count(answers: Answers) -> int:
    count = str(answers.get(HOW_MANY, "0"))
    return min(int(count), _MOST_PARTIES) if count.isdecimal() else 0


def _code(index: int) -> str:
    return chr(ord("A") + index)


_YES_NO: Final = (Option("是"), Option("否"))


def _of(key: str, **more: Any) -> Question:  # noqa: ANN401 - fields of a question
    return about(Case, key, (key,), **more)


def _in(key: str, model: Any, inner: str, **more: Any) -> Question:  # noqa: ANN401
    return about(model, inner, (key, inner), **{"title": f"{key}{inner}", **more})


def _item(index: int, key: str, **more: Any) -> Question:  # noqa: ANN401
    return about(Claim, key, ("请求", index, key), **more)
