"""One row of an old ledger as a case: what it proves becomes steps, who it names is sealed.

Nothing is made up. Where the file of a case needs what the row does not say, either another cell
says it and the case tells so (``TAKEN``), or the row is not imported and the reason is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xinfang.importing import cells
from xinfang.importing.cells import Days, Fault
from xinfang.importing.columns import Mapped, vocabulary
from xinfang.importing.people import People, masked, people
from xinfang.importing.reading import EMPTY, Cell, Flaw
from xinfang.importing.table import Line, Table
from xinfang.ledger import SEALED_TITLE
from xinfang.model import Office
from xinfang.model.fields import Moment
from xinfang.model.words import Category, Channel, Closing, Medium, PaperKind, Purpose

_ABOUT_PEOPLE: Final = ("姓名", "住址", "电话", "证件号", "统一社会信用代码")
_FROM_ABOVE: Final = frozenset({Channel.FORWARDED, Channel.ASSIGNED})
#: Which steps come before which; what comes last may come in any order.
_PHASES: Final[Mapping[str, int]] = {
    "受理": 0,
    "转办": 0,
    "拟办": 1,
    "签批": 2,
    "答复": 3,
    "送达": 4,
}
_LAST: Final = 5
_LONGEST_TITLE: Final = 60
_LONGEST_LINE: Final = 200
_CLAUSE: Final = re.compile(r"[^。;；!！?？\n]+")
_NUMBERED: Final = re.compile(
    r"(?:^|\n|(?<=[。;；]))\s*(?:\d{1,2}\s*[.、．)]|[(（]\d{1,2}[)）]|[①-⑨])\s*"
)
_LIST: Final = re.compile(r"[、,，;；/\n]+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")

#: What is taken where a column is missing or a cell empty: slug → sentence of the preview.
TAKEN: Final[Mapping[str, str]] = {
    "收到": "没有收到日期的,以登记日期为收到日期",
    "登记": "没有登记日期的,以收到日期为登记日期",
    "渠道": "没有写信访形式的,记为“其他”",
    "目的": "没有写信访目的的,记为“申诉求决”",
    "类别": "没有写内容类别的,记为“其他”",
    "标题": "没有标题的,取反映内容的第一句",
    "转办": "没有转办日期的,以登记日期转办,并在该步备注写明",
    "办结": "没有办结日期的,以送达、答复日期办结,并在该步备注写明",
    "姓名": "文字里信访人的姓名、号码换成代号,原文封存",
    "旧台账": "起始年份以前办结、证据不全的,以“旧台账”办结,台账原话写入备注",
    "只到": "起始年份以后已答复、办结而证据不全的,只登记到能证明的一步",
    "其余": "备注和不认识的列,随身份信息封存",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not imported.

    Attributes:
        address: The cell or the row, as Excel names it.
        message: A Chinese sentence; names the column, never a personal value.
        mend: What to do.
    """

    address: str
    message: str
    mend: str

    def __str__(self) -> str:
        """One line for the preview and the sheet of the rest."""
        return f"{self.address} {self.message}。{self.mend}"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the clerk says about the whole table.

    Attributes:
        registrar: Who registers what no column names a registrar for.
        approver: Who has looked at the closings of the old ledger.
        constants: Item → what holds for every row where the table says nothing.
        proven_only: Register what was answered without proof as far as it is proven.
    """

    registrar: str
    approver: str
    constants: Mapping[str, str] = field(default_factory=dict)
    proven_only: bool = False


@dataclass(frozen=True)
class Draft:
    """A row as a case, without its number.

    Attributes:
        line: The row.
        data: Keys of the case file; empty where there are problems.
        sealed: Keys of the sealed file.
        people: Who the petitioners are.
        old: Its number in the old ledger; empty for none.
        taken: Slugs of :data:`TAKEN`.
        problems: Why it cannot be imported.
    """

    line: Line
    data: Mapping[str, Any]
    sealed: Mapping[str, Any] = field(repr=False)
    people: People = field(repr=False)
    old: str
    taken: frozenset[str]
    problems: tuple[Problem, ...]


def draft(
    table: Table, mapped: Mapped, line: Line, office: Office, wishes: Wishes, today: date
) -> Draft:
    """Make a case of a row, or say why not."""
    return _Row(table, mapped, line, office, wishes, today).draft()


class _Row:
    """One row while it is understood; problems gather on the way."""

    def __init__(
        self,
        table: Table,
        mapped: Mapped,
        line: Line,
        office: Office,
        wishes: Wishes,
        today: date,
    ) -> None:
        self.table, self.mapped, self.line = table, mapped, line
        self.office, self.wishes = office, wishes
        self.days = Days(today, table.year, table.grid.since_1904)
        self.problems: list[Problem] = []
        self.taken: set[str] = set()
        self.kept: list[str] = []  # what goes to the sealed file as it is

    # Cells

    def cell(self, item: str) -> Cell:
        index = self.mapped.columns.get(item)
        found = EMPTY if index is None else self.line.cells[index]
        if not found.text.strip() and not found.flaw and item in self.wishes.constants:
            return Cell(self.wishes.constants[item])
        return EMPTY if found.flaw else found

    def text(self, item: str) -> str:
        text = cells.line(self.cell(item).text)
        return "" if cells.is_nothing(text) else text

    def block(self, item: str) -> str:
        text = cells.block(self.cell(item).text)
        return "" if cells.is_nothing(text) else text

    def fault(self, item: str, fault: Fault) -> None:
        index = self.mapped.columns.get(item)
        name = item if index is None else self.table.headings[index]
        self.problems.append(
            Problem(self.table.address(self.line, index), f"“{name}”{fault.message}", fault.mend)
        )

    def _good(self, item: str, found: Any) -> Any:  # noqa: ANN401 - a value or a fault
        if isinstance(found, Fault):
            self.fault(item, found)
            return None
        return found

    def day(self, item: str) -> date | None:
        found: date | None = self._good(item, cells.day(self.cell(item), self.days))
        return found

    def word(self, item: str) -> str:
        found: str | None = self._good(item, cells.word(item, self.cell(item)))
        return found or ""

    def or_taken(self, slug: str, found: Any, instead: Any) -> Any:  # noqa: ANN401 - any value
        if found or not instead:
            return found
        self.taken.add(slug)
        return instead

    # The case

    def draft(self) -> Draft:
        self._flaws()
        found = people({item: self.cell(item).text for item in _ABOUT_PEOPLE})
        dates = self._dates()
        if dates is None:
            return self._done({}, found)
        received, registered = dates
        data: dict[str, Any] = {"收到": str(received), "登记": registered.isoformat()}
        old = self.text("原编号")
        if old:
            data["原编号"] = [old]
        data["登记人"] = self.text("登记人") or self.wishes.registrar
        if first := self.text("首问人"):
            data["首问人"] = first
        self._words(data)
        self._rest()
        if data["目的"] == Purpose.ACCUSATION:
            self._accusation(data, found, registered)
        else:
            self._body(data, found, registered)
        return self._done(data, found)

    def _done(self, data: Mapping[str, Any], found: People) -> Draft:
        sealed: dict[str, Any] = {}
        if data.get("目的") == Purpose.ACCUSATION:
            sealed["内容"] = "\n".join(self.kept) or "(旧台账没有记载内容)"
        elif self.kept:
            first = found.identities["A"]
            first["备注"] = "\n".join([*first.get("备注", "").splitlines(), *self.kept])
            self.taken.add("其余")
        known = {code: one for code, one in found.identities.items() if one}
        if known:
            sealed["信访人"] = known
        if found.others:
            sealed["共同信访人"] = list(found.others)
        return Draft(
            self.line,
            {} if self.problems else data,
            sealed,
            found,
            self.text("原编号"),
            frozenset(self.taken),
            tuple(self.problems),
        )

    def _flaws(self) -> None:
        for index, cell in enumerate(self.line.cells):
            item = self.mapped.item_at(index)
            if item in {"电话", "证件号", "原编号"} and _SCIENTIFIC.fullmatch(cell.text.strip()):
                cell = Cell(None, Flaw.DIGITS)  # noqa: PLW2901 - seen as what it is
            flaw = cells.flaw_of(cell)
            if flaw is not None and index not in self.mapped.unused:
                name = self.table.headings[index] or "没有列名的一列"
                self.problems.append(
                    Problem(
                        self.table.address(self.line, index), f"“{name}”{flaw.message}", flaw.mend
                    )
                )

    def _dates(self) -> tuple[Moment, date] | None:
        received: Moment | None = self._good("收到", cells.moment(self.cell("收到"), self.days))
        registered = self.day("登记")
        if received is None and registered is not None and not self.problems:
            self.taken.add("收到")
            received = Moment(registered)
        if received is None:
            if not self.problems:
                self.fault("收到", Fault("没有填写", "请填写收到(来访、来信)的日期"))
            return None
        registered = self.or_taken("登记", registered, received.day)
        self.days = Days(
            self.days.today, self.days.year, self.days.since_1904, min(received.day, registered)
        )
        return received, registered

    def _words(self, data: dict[str, Any]) -> None:
        category, purpose = self.word("类别"), self.word("目的")
        if category == Category.SEALED and not purpose:
            purpose = str(Purpose.ACCUSATION)
        data["渠道"] = self.or_taken("渠道", self.word("渠道"), str(Channel.OTHER))
        data["目的"] = self.or_taken("目的", purpose, str(Purpose.APPEAL))
        if data["目的"] == Purpose.ACCUSATION:
            data["类别"] = str(Category.SEALED)
        else:
            data["类别"] = self.or_taken("类别", category, str(Category.OTHER))

    def _rest(self) -> None:
        """Keep what is no item: it may hold anything, so it is sealed."""
        for index in self.mapped.rest:
            text = cells.block(self.line.cells[index].text)
            if text and not cells.is_nothing(text):
                self.kept.append(f"{self.table.headings[index]}: {text}")

    def _keep(self, item: str, text: str) -> None:
        index = self.mapped.columns.get(item)
        if text and index is not None:
            self.kept.append(f"{self.table.headings[index]}: {text}")

    # Accusations: nothing of them stands in the open

    def _accusation(self, data: dict[str, Any], found: People, registered: date) -> None:
        data["标题"] = SEALED_TITLE
        data["信访人"] = [{**party, "已载明": party["已载明"]} for party in found.parties]
        for item, kind in vocabulary().kinds.items():
            if kind in {"文字", "诉求", "金额"} and item not in {
                "原编号",
                "登记人",
                "首问人",
                "经办",
            }:
                self._keep(item, self.block(item))
        receiver = self.office.department(self.text("主办"))
        transferred = self.day("转办")
        if receiver is not None and Category.SEALED in receiver.categories and transferred:
            data["办理"] = [
                {
                    "日期": max(transferred, registered),
                    "事项": "移送",
                    "接收": receiver.name,
                    "移送人": self.text("登记人") or self.wishes.registrar,
                }
            ]

    # All others

    def _body(self, data: dict[str, Any], found: People, registered: date) -> None:
        self._people(data, found)
        self._texts(data, found)
        if data["渠道"] in _FROM_ABOVE:
            data["来源"] = self._origin(data)
        else:
            self._keep("来源单位", self.text("来源单位"))
        if section := self.text("标段"):
            data["标段"] = self.shown(section, "标段", found)
        steps = self._steps(data, found, registered)
        if steps:
            data["办理"] = steps

    def _people(self, data: dict[str, Any], found: People) -> None:
        people_count: int | None = self._good("人数", cells.count(self.cell("人数")))
        data["人数"] = people_count or found.counted or 1
        data["信访人"] = list(found.parties)

    def _texts(self, data: dict[str, Any], found: People) -> None:
        title, facts = self.text("标题"), self.block("事实")
        claims = self._claims()
        if len(title) > _LONGEST_TITLE:
            facts = facts if title in facts else f"{self.block('标题')}\n{facts}".strip()
            title = _first_clause(title)
        elif not title:
            title = self.or_taken("标题", "", _first_clause(facts or " ".join(claims)))
        if not title:
            self.fault("标题", Fault("没有填写,也没有反映内容和诉求", "请写明反映什么"))
            return
        data["标题"] = self.shown(title, "标题", found)
        amount: Decimal | None = self._good(
            "金额", cells.money(self.cell("金额"), self.mapped.factors.get("金额", 1))
        )
        if amount and len(claims) > 1:
            facts = f"{facts}\n台账所记金额合计: {amount:.2f} 元".strip()
        elif amount and not claims:
            claims = [data["标题"]]
        if claims:
            data["请求"] = [{"内容": self.shown(claim, "请求", found)} for claim in claims]
            if amount and len(claims) == 1:
                data["请求"][0]["金额"] = amount
        if facts:
            data["事实"] = self.shown(facts, "事实", found)
        if reasons := self.block("理由"):
            data["理由"] = self.shown(reasons, "理由", found)

    def _claims(self) -> list[str]:
        text = self.block("请求")
        if not text:
            return []
        parts = [cells.line(part).rstrip("。;；") for part in _NUMBERED.split(text)]
        return [part for part in parts if part]

    def shown(self, text: str, item: str, found: People) -> str:
        """Give a text with codes for names; the text as it was is sealed."""
        shown = masked(text, found.secrets)
        if shown != text:
            self.taken.add("姓名")
            self._keep(item, text)
        return shown

    def _origin(self, data: Mapping[str, Any]) -> dict[str, Any]:
        raw = self.text("渠道")
        unit = self.text("来源单位") or (
            raw if raw not in {"转送", "转办", "交办", *Channel} else ""
        )
        if not unit:
            self.fault(
                "来源单位", Fault("没有填写转送、交办的单位", "请写明是哪个单位转来、交来的")
            )
        origin: dict[str, Any] = {
            "单位": unit[:_LONGEST_LINE],
            "文号": self.text("来文号"),
            "收文": str(data["收到"])[:10],
            "办理期限": self.day("来文期限"),
        }
        return {key: value for key, value in origin.items() if value}

    # Steps

    def _steps(
        self, data: Mapping[str, Any], found: People, registered: date
    ) -> list[dict[str, Any]]:
        handler = self.text("经办") or self.wishes.registrar
        steps: list[dict[str, Any]] = []
        if accepted := self.day("受理"):
            steps.append({"日期": accepted, "事项": "受理"})
        steps += self._transfer(registered)
        told = _Told(self, data, found)
        steps += told.steps(steps)
        # A ledger names one handler; who did each step it does not say.
        for step in steps:
            step.setdefault("经办", handler)
        # Not by their days alone: a reply served before it was written is a slip to be told.
        return sorted(steps, key=lambda step: (_PHASES.get(step["事项"], _LAST), step["日期"]))

    def _transfer(self, registered: date) -> Iterator[dict[str, Any]]:
        names = [cells.line(part) for part in _LIST.split(self.block("主办"))]
        names += [cells.line(part) for part in _LIST.split(self.block("协办"))]
        known = []
        for name in filter(None, names):
            department = self.office.department(name)
            if department is None:
                self.fault(
                    "主办",
                    Fault("不是 office.yaml 中的部室", "请改为现有部室;旧称请加到该部室的“别名”"),
                )
                return
            known.append(department.name)
        known = list(dict.fromkeys(known))
        day = self.day("转办")
        if not known:
            return
        step: dict[str, Any] = {"日期": day or registered, "事项": "转办", "主办": known[0]}
        if known[1:]:
            step["协办"] = known[1:]
        if day is None:
            self.taken.add("转办")
            step["备注"] = "旧台账没有转办日期,按登记日期记"
        yield step


def _first_clause(text: str) -> str:
    match = _CLAUSE.search(text)
    clause = cells.line(match[0]) if match else ""
    if len(clause) <= _LONGEST_TITLE:
        return clause
    head = clause[:_LONGEST_TITLE]
    comma = max(head.rfind("，"), head.rfind(","))
    return head[:comma] if comma > _LONGEST_TITLE // 3 else f"{head[:-1]}…"


class _Told:
    """What the row tells of the answer and the end, and what of it is proven."""

    def __init__(self, row: _Row, data: Mapping[str, Any], found: People) -> None:
        self.row, self.data = row, data
        self.is_suggestion = data["目的"] == Purpose.SUGGESTION
        self.outcome = row.word("结论")
        self.result = row.shown(row.block("结果"), "结果", found) if row.block("结果") else ""
        self.basis = [cells.line(part) for part in _LIST.split(row.block("依据")) if part.strip()]
        self.signer, self.number = row.text("签批人"), row.text("答复文号")
        self.signed, self.replied = row.day("签批"), row.day("答复")
        self.served, self.manner = row.day("送达"), row.word("送达方式")
        self.attitude = row.word("本人意见")
        self.kept, self.kept_on = row.word("兑现情况"), row.day("兑现")
        self.closed_on = row.day("办结")
        self.is_closed = row.word("办结情况") == "是" or self.closed_on is not None
        self.approver = row.text("审批人")

    @property
    def paper(self) -> str:
        return str(PaperKind.SUGGESTION_REPLY if self.is_suggestion else PaperKind.OPINION)

    def steps(self, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Give the steps from the draft to the end, as far as they are proven."""
        row = self.row
        if not (self.is_closed or self.number or self.replied or self.served):
            return self._remark(before, self.result)
        lacking = self._lacking()
        if not lacking:
            return list(self._chain())
        ended = self.closed_on or self.served or self.replied
        if self.is_closed and ended is not None and self._is_history(ended):
            row.taken.add("旧台账")
            return [self._closing(ended, str(Closing.OLD_LEDGER), self._account())]
        if row.wishes.proven_only:
            row.taken.add("只到")
            return self._remark(before, self._account())
        self._refuse(lacking, ended)
        return []

    def _lacking(self) -> list[str]:
        needed = {
            "处理结论": self.outcome,
            "办理结果": self.result,
            "诉求": self.data.get("请求"),
            "答复文号": self.number,
            "答复日期": self.replied,
            "签批人": self.signer,
            "送达方式": self.manner or not self.served,
        }
        return [name for name, value in needed.items() if not value]

    def _refuse(self, lacking: Sequence[str], ended: date | None) -> None:
        state = "已办结" if self.is_closed else "已答复"
        items = ("办结情况", "办结") if self.is_closed else ("答复", "答复文号", "送达")
        item = next((i for i in items if self.row.text(i)), items[0])
        if self.is_closed and ended is None:
            fault = Fault("写明已办结,没有办结日期", "请补上办结日期")
        else:
            fault = Fault(
                f"写明{state},证据不全: 缺{'、'.join(lacking)}",
                "请补上这些列(各行相同的可用 --set 列名=内容);"
                "加 --proven-only 则只登记到能证明的一步,以后用 xinfang step 补记",
            )
        self.row.fault(item, fault)

    def _is_history(self, ended: date) -> bool:
        """Whether it ended before this register began; from then on an end must be proven."""
        first = self.row.office.register_.first_year
        return first is not None and ended.year < first

    def _remark(self, before: Sequence[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
        """Write what is told but not proven into the last step, or keep it sealed."""
        if text and before:
            last: Any = before[-1]
            last["备注"] = "\n".join(filter(None, (last.get("备注", ""), f"旧台账记载: {text}")))
        elif text:
            self.row.kept.append(f"旧台账记载: {text}")
        return []

    def _account(self) -> str:
        facts = {
            "处理结论": self.outcome,
            "答复日期": self.replied,
            "答复文号": self.number,
            "签批人": self.signer,
            "送达日期": self.served,
            "本人意见": self.attitude,
            "兑现日期": self.kept_on,
            "办结日期": self.closed_on,
            "结果": self.result,
        }
        return "；".join(f"{name} {value}" for name, value in facts.items() if value)

    def _chain(self) -> Iterator[dict[str, Any]]:
        assert self.replied is not None, "it is not lacking"  # noqa: S101
        signed = self.signed or self.replied
        yield {
            "日期": signed,
            "事项": "拟办",
            "答复": [self._answer(number) for number, _ in enumerate(self.data["请求"], 1)],
            "备注": "据旧台账补录",
        }
        yield {
            "日期": signed,
            "事项": "签批",
            "签批人": self.signer,
            "文书": self.paper,
            "介质": str(Medium.PAPER),
        }
        yield {"日期": self.replied, "事项": "答复", "文书": self.paper, "文号": self.number}
        if self.served is not None:
            step = {"日期": self.served, "事项": "送达", "文书": self.paper, "方式": self.manner}
            yield step | {"收到": self.served} | ({"意见": self.attitude} if self.attitude else {})
        if self.kept_on is not None and self.kept == "是":
            yield from self._fulfilments(self.kept_on)
        if self.is_closed:
            ended = self.closed_on or self.served or self.replied
            yield self._closing(ended, str(Closing.ANSWERED), "")

    def _answer(self, number: int) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "请求": number,
            "结论": self.outcome,
            "查明": self.result,
            "意见": self.result,
        }
        return answer | ({"依据": self.basis} if self.basis else {})

    def _fulfilments(self, day: date) -> Iterator[dict[str, Any]]:
        proof = self.row.text("凭证") or "旧台账“兑现情况”栏"
        for number, _ in enumerate(self.data["请求"], 1):
            yield {"日期": day, "事项": "兑现", "请求": number, "全部兑现": "是", "凭证": proof}

    def _closing(self, day: date, way: str, account: str) -> dict[str, Any]:
        if self.closed_on is None:
            self.row.taken.add("办结")
            account = "；".join(filter(None, (account, "没有办结日期,按送达、答复日期记")))
        step = {
            "日期": day,
            "事项": "办结",
            "方式": way,
            "审批人": self.approver or self.row.wishes.approver,
        }
        return step | ({"备注": f"旧台账记载: {account}"} if account else {})
