"""Forms: one folder a document type, found by looking; adding one touches no Python.

A form's folder holds ``form.yaml`` (what it is, see :class:`Form`), ``page.html`` (Jinja) and
perhaps ``page.css``. A register may override a form by a folder of the same name in its own
``forms/``. Folders that begin with an underscore hold what forms share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, ValidationError

from xinfang.diagnostics import KeyPath
from xinfang.errors import XinfangError
from xinfang.law import parse_citation
from xinfang.matter import Matter
from xinfang.model.fields import Count, Flag, Line, Record, Text
from xinfang.model.messages import findings_of
from xinfang.model.office import Office
from xinfang.model.steps import STEP_TYPES, StepBase
from xinfang.model.words import PaperKind, Purpose, Route
from xinfang.rules import all_rules
from xinfang.source import read

#: First part of a key path that leads into ``office.yaml``; it is not part of the path there.
OFFICE: Final = "办公"
#: First part of a key path that starts at the step a paper is printed for.
THIS_STEP: Final = "本步"
_STEPS: Final = "办理"
#: In a condition: anything at all is written there.
GIVEN: Final = "给了"
#: In a condition: nothing is written there.
NOT_GIVEN: Final = "没有"
SHARED: Final = "_shared"


class BrokenFormError(XinfangError):
    """A form's own files are at fault, not a case."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"表格 {folder} 有错误:{reason}")


def _step_word(value: str) -> str:
    if value not in STEP_TYPES:
        message = f"没有“{value}”这种步骤"
        raise ValueError(message)
    return value


StepWord = Annotated[str, AfterValidator(_step_word)]


def _rule_slug(value: str) -> str:
    if value not in {rule.slug for rule in all_rules()}:
        message = f"没有“{value}”这条规则"
        raise ValueError(message)
    return value


RuleSlug = Annotated[str, AfterValidator(_rule_slug)]


class Needed(Record):
    """Fields that a paper needs only where something else is so."""

    fields: list[Line] = Field(min_length=1, alias="项", description="那时必填的键路径")
    where: dict[Line, list[Line]] = Field(
        min_length=1,
        alias="当",
        description="何时必填,几项须同时成立;键路径: [内容],内容写“给了”为有值,“没有”为空",
    )


class Applies(Record):
    """When a form applies; every condition given must hold."""

    purposes: list[Purpose] = Field(
        default_factory=list, alias="目的", description="信访目的,不填为不限"
    )
    routes: list[Route] = Field(default_factory=list, alias="路径", description="路径,不填为不限")
    steps: list[StepWord] = Field(
        default_factory=list, alias="事项", description="案中已有其中一步,不填为不限"
    )
    sealed: Flag = Field(False, alias="检举控告", description="检举控告件是否也用")
    from_above: Flag = Field(False, alias="上级来件", description="是否只用于上级来件")
    several: Flag = Field(False, alias="多人", description="是否只用于多人提出的事项")
    grave: Flag = Field(False, alias="重大", description="是否只用于重大事项")
    clocks: list[Line] = Field(
        default_factory=list, alias="期限", description="须有这些期限在走,如 C3;不填为不限"
    )


class Form(Record):
    """The whole of ``form.yaml``.

    Key paths lead through Chinese keys: ``请求.内容``, ``办理.拟办.答复.依据`` (the last standing
    step of that kind), ``办理.复查(阶段=申请).内容`` (the last of that kind with that word),
    ``本步.反馈期限`` (the step the paper is printed for), and ``办公.复查机构.复查.地址``
    (``office.yaml``). Lists are followed into each member.
    """

    id: Line = Field(alias="编号", description="文书编号,如 D14")
    name: Line = Field(alias="名称", description="文书名称")
    about: Text = Field(alias="说明", description="何时用、给谁")
    layout: Literal["公文", "上行文", "信函", "纪要", "表格"] = Field(
        alias="版式", description="公文、上行文、信函、纪要(GB/T 9704)或表格"
    )
    size: Literal["A3", "A4", "A5"] = Field("A4", alias="纸张", description="纸张")
    landscape: Flag = Field(False, alias="横排", description="是否横向")
    subject: Literal["事项", "本单位", "整册", "评估", "排查", "报表", "另册"] = Field(
        "事项",
        alias="对象",
        description="印什么:一件事项;本单位自己(office.yaml);整本台账;一次评估;一月排查;一期报表;其他记录",
    )
    applies: Applies = Field(
        default_factory=lambda: Applies.model_validate({}), alias="适用", description="何时适用"
    )
    per_step: StepWord | None = Field(
        None, alias="每步", description="每有一步出一份,如每次转办一份转办单"
    )
    among: dict[Line, list[Line]] = Field(
        default_factory=dict,
        alias="其中",
        description="“每步”只取这些:项目名: [内容],如 文书: [受理告知书]",
    )
    filled: list[Line] = Field(
        default_factory=list,
        alias="已填",
        description="“每步”只取填了这些项目的:没有填的,这份文书不由本单位出,或还不到时候",
    )
    dated_by: list[Line] = Field(
        default_factory=list, alias="日期", description="文书日期取自何处,取第一个有值的"
    )
    series: Line | None = Field(None, alias="代字", description="用 office.yaml 哪一项代字编文号")
    number: Line | None = Field(None, alias="文号", description="文号写在哪一项;没有则为草稿")
    approval: PaperKind | None = Field(None, alias="签批", description="须先签批的文书种类")
    required: list[Line] = Field(
        default_factory=list, alias="必填", description="缺一项即不能出具的键路径"
    )
    needed: list[Needed] = Field(
        default_factory=list,
        alias="须填",
        description="只在某种情形下必填的,如 {项: [本步.收款], 当: {本步.金额: [给了]}}",
    )
    confirmed: list[Line] = Field(
        default_factory=list, alias="须确认", description="必须为“是”的键路径"
    )
    each_claim: Flag = Field(False, alias="逐条答复", description="每条请求都须有答复")
    banned: list[Line] = Field(
        default_factory=list, alias="禁用", description="文书中不得出现的词语"
    )
    in_volume: Count | None = Field(
        None,
        alias="卷内",
        description="在案卷里的次序,小的在前:结论在前、依据在后;不填不入卷",
    )
    rules: list[RuleSlug] = Field(
        default_factory=list,
        alias="规则",
        description="正式文书须守的检查规则,如 finding-cites-evidence;有错误即不能出具",
    )
    signers: list[Line] = Field(default_factory=list, alias="签名", description="由谁签名")
    copies: Line | None = Field(None, alias="份数", description="一式几份、给谁")
    basis: list[Line] = Field(default_factory=list, alias="依据", description="依据,如 条例 32")
    for_guide: Line | None = Field(
        None,
        alias="指南",
        description="信访人自己会用到的:何时用,一句话;填了就放进办事指南供下载",
    )
    sample: Line | None = Field(None, alias="样例", description="样例登记册中适用的事项编号")

    @property
    def citations(self) -> list[str]:
        """The bases written out: 《信访工作条例》第三十二条."""
        return [parse_citation(text).full for text in self.basis]

    @property
    def conditions(self) -> str:
        """When it applies, in words."""
        wanted = self.applies
        words = [
            wanted.purposes and f"目的为{'或'.join(wanted.purposes)}",
            wanted.routes and f"路径为{'或'.join(wanted.routes)}",
            wanted.from_above and "上级来件",
            wanted.several and "多人提出",
            wanted.grave and "重大事项",
            wanted.steps and f"已有步骤 {'或'.join(wanted.steps)}",
            self.per_step and f"已有步骤 {self.per_step}{self._among_words}",
            wanted.clocks and f"期限 {'、'.join(wanted.clocks)} 在走",
        ]
        return "、".join(str(word) for word in words if word) or self.about

    @property
    def _among_words(self) -> str:
        words = [f"{key}为{'或'.join(values)}" for key, values in self.among.items()]
        words += [f"填了“{key}”" for key in self.filled]
        return f"({'、'.join(words)})" if words else ""

    def applies_to(self, matter: Matter) -> bool:
        """Whether this paper can be wanted for a matter as it stands."""
        wanted = self.applies
        case = matter.case
        return (
            self.subject == "事项"
            and (not matter.is_sealed or wanted.sealed)
            and (not wanted.purposes or case.purpose in wanted.purposes)
            and (not wanted.routes or case.route in wanted.routes)
            and (not wanted.from_above or matter.from_above)
            and (not wanted.several or case.people > 1)
            and (not wanted.grave or bool(case.grave))
            and (self.per_step is None or bool(self.subjects(matter)))
            and (not wanted.steps or any(step.KIND in wanted.steps for step in matter.steps))
            and (
                not wanted.clocks
                or {deadline.clock.id for deadline in matter.deadlines}.issuperset(wanted.clocks)
            )
        )

    def subjects(self, matter: Matter) -> list[StepBase | None]:
        """List the steps that get a paper each; a form without ``每步`` has one paper."""
        if self.per_step is None:
            return [None]
        return [s for s in matter.steps if self.per_step == s.KIND and self._is_among(s)]

    def _is_among(self, step: StepBase) -> bool:
        return all(
            str(_member(step, key, f"其中.{key}") or "") in wanted
            for key, wanted in self.among.items()
        ) and all(_member(step, key, f"已填.{key}") not in (None, []) for key in self.filled)


def forms(*folders: Path) -> dict[str, Form]:
    """Find the forms of some folders, by D-number in its order; an earlier folder wins.

    Raises:
        BrokenFormError: A ``form.yaml`` is at fault, or two folders have one number.
    """
    return {form.id: form for form, _ in _found(folders).values()}


def form_folders(*folders: Path) -> dict[str, Path]:
    """Give the folder of each form, by D-number."""
    return {form.id: folder for form, folder in _found(folders).values()}


def _found(folders: tuple[Path, ...]) -> dict[str, tuple[Form, Path]]:
    by_name: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.glob("*/form.yaml")):
            if not file.parent.name.startswith("_"):
                by_name.setdefault(file.parent.name, file.parent)
    found: dict[str, tuple[Form, Path]] = {}
    for folder in by_name.values():
        form = load_form(folder)
        if form.id in found:
            raise BrokenFormError(folder.name, f"编号 {form.id} 与另一个表格重复")
        found[form.id] = (form, folder)
    return dict(sorted(found.items()))


@cache
def load_form(folder: Path) -> Form:
    """Read one ``form.yaml``.

    Raises:
        BrokenFormError: It is not a form.
    """
    document = read(folder / "form.yaml", f"{folder.name}/form.yaml")
    if document.findings:
        raise BrokenFormError(folder.name, str(document.findings[0]))
    try:
        return Form.model_validate(document.data)
    except ValidationError as error:
        details: Any = error.errors(include_url=False)
        known: Mapping[str, tuple[str, ...]] = {"": _aliases(Form), "适用": _aliases(Applies)}
        found = findings_of(details, document, known)
        raise BrokenFormError(folder.name, str(found[0])) from error


def _aliases(model: type[Record]) -> tuple[str, ...]:
    return tuple(str(field.alias) for field in model.model_fields.values())


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a key path leads to.

    Attributes:
        value: What stands there; None where nothing does.
        keys: Key path in the file.
        in_office: Whether the file is ``office.yaml``.
    """

    value: object
    keys: KeyPath
    in_office: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written there. ``否`` and 0 are something."""
        return self.value is None or self.value in ("", [], {})

    def is_one_of(self, words: list[str]) -> bool:
        """Whether one of the words of a condition stands there."""
        if self.is_empty:
            return NOT_GIVEN in words
        return GIVEN in words or _word(self.value) in words


def _word(value: object) -> str:
    """Write a value as files do."""
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def wanted(
    form: Form, matter: Matter, step: StepBase | None
) -> Iterator[tuple[str, Needed | None]]:
    """Yield the key path of every field that a paper needs, with its condition where it has one.

    Raises:
        BrokenFormError: A path names a key that no record has.
    """
    yield from ((path, None) for path in form.required)
    for needed in form.needed:
        if all(
            any(spot.is_one_of(words) for spot in follow(path, matter, step))
            for path, words in needed.where.items()
        ):
            yield from ((path, needed) for path in needed.fields)


def follow(path: str, matter: Matter, step: StepBase | None = None) -> Iterator[Spot]:
    """Follow a key path to every place it leads to; a dead end is a place without a value.

    Raises:
        BrokenFormError: The path names a key that no record has.
    """
    first, *rest = path.split(".")
    if first == OFFICE:
        yield from _walk(matter.office, rest, (), path, in_office=True)
    elif first == THIS_STEP:
        yield from _walk(step, rest, matter.at(step) if step else (_STEPS,), path)
    elif first == _STEPS and rest:
        found = _last(matter, rest[0], path)
        keys = matter.at(found) if found else (_STEPS,)
        yield from _walk(found, rest[1:], keys, path)
    else:
        yield from _walk(matter.case, [first, *rest], (), path)


def _last(matter: Matter, wanted: str, path: str) -> StepBase | None:
    """Find the last step of a kind, ``复查``, or the last with a word: ``复查(阶段=申请)``."""
    kind, _, condition = wanted.removesuffix(")").partition("(")
    key, _, word = condition.partition("=")
    return next(
        (
            step
            for step in reversed(matter.steps)
            if kind == step.KIND and (not key or _word(_member(step, key, path)) == word)
        ),
        None,
    )


def follow_office(path: str, office: Office) -> Iterator[Spot]:
    """Follow a key path into ``office.yaml``; any other path leads nowhere here.

    Raises:
        BrokenFormError: The path names a key that no record has.
    """
    first, *rest = path.split(".")
    if first == OFFICE:
        yield from _walk(office, rest, (), path, in_office=True)


def _walk(
    value: object, rest: list[str], keys: KeyPath, path: str, *, in_office: bool = False
) -> Iterator[Spot]:
    if isinstance(value, list) and value:
        for index, member in enumerate(value):
            yield from _walk(member, rest, (*keys, index), path, in_office=in_office)
    elif not rest or not isinstance(value, (Record, Mapping)):
        yield Spot(value if not rest else None, keys, in_office)
    else:
        inner = _member(value, rest[0], path)
        yield from _walk(inner, rest[1:], (*keys, rest[0]), path, in_office=in_office)


def _member(value: Record | Mapping[Any, Any], key: str, path: str) -> object:
    if isinstance(value, Mapping):
        return value.get(key)
    for name, field in type(value).model_fields.items():
        if field.alias == key:
            found: object = getattr(value, name)
            return found
    raise BrokenFormError(path, f"键路径中的“{key}”不存在")
