"""The questions for one step: what it needs, what the rules ask for, and what may be added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel

from xinfang.asking.choices import people, with_choices
from xinfang.asking.numbers import suggested_number
from xinfang.asking.questions import (
    ASIDE,
    Answers,
    Option,
    Question,
    about,
    assembled,
    stand_in,
)
from xinfang.desk import Written, compose_step, step_type
from xinfang.diagnostics import KeyPath
from xinfang.entering import Kind, Slot, fields_of, slot_of
from xinfang.matter import Matter
from xinfang.model.steps import (
    Answer,
    Correction,
    Draft,
    Execution,
    Fulfilment,
    Investigation,
    StepBase,
)
from xinfang.model.words import Outcome, Purpose
from xinfang.register import Register

MORE: Final[KeyPath] = (ASIDE, "其他项目")
#: Which fields of an earlier step a 更正 changes.
CHANGED: Final[KeyPath] = (ASIDE, "改正")
#: Asked although a step may do without them.
_USUAL: Final = ("经办",)
_NOT_ASKED: Final = ("事项", "日期")
_ADOPTED: Final = frozenset({Outcome.ADOPTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED})
_TO_CARRY_OUT: Final = frozenset(
    {Outcome.SUPPORTED, Outcome.PARTLY, Outcome.ADOPTED, Outcome.PARTLY_ADOPTED}
)


class StepForm:
    """A step in the making.

    Args:
        register: The register; its office is sound.
        matter: The matter as it stands.
        text: The case file.
        kind: The kind of step.
        given: What was stated beforehand, by key; it is not asked again.
        brief: Ask only for what a step cannot do without, its day and who handles it.
        clerk: Name of the person at the keyboard where it is known.
    """

    def __init__(
        self,
        register: Register,
        matter: Matter,
        text: str,
        kind: str,
        given: dict[str, Any],
        *,
        brief: bool = False,
        clerk: str = "",
    ) -> None:
        self.register = register
        self.matter = matter
        self.text = text
        self.kind = kind
        self.given = given
        self.brief = brief
        self.clerk = clerk
        self.model = step_type(kind)
        self.today = register.today
        self._number = matter.case.number
        self._suggested: dict[str, str] = {}

    def questions(self, answers: Answers) -> Iterator[Question]:
        """Yield the questions that these answers call for."""
        for question in self._all(answers):
            if question.path[0] not in self.given:
                category = str(self.matter.case.category)
                yield with_choices(question, self.register, category, self.matter)

    def _all(self, answers: Answers) -> Iterator[Question]:
        necessary = list(self._necessary(answers))
        yield from necessary
        open_ = [q for q in necessary if q.path not in answers and q.path[0] not in self.given]
        if self.brief or open_:
            return
        asked = {*self._needed, *_USUAL, *_NOT_ASKED, *self.given}
        optional = [key for key in fields_of(self.model) if key not in asked]
        if self.model is Correction:
            optional.remove("改为")
        wanted = self._wanted(optional, answers)
        for key in wanted:
            yield from self._field(key, answers)
        yield from self._further([key for key in optional if key not in wanted], answers)

    def _necessary(self, answers: Answers) -> Iterator[Question]:
        yield self._of("日期", default=str(self.today))
        for key in self._needed:
            yield from self._field(key, answers)
        if self.model is Correction:
            yield from self._changes(answers)
        for key in _USUAL:
            yield self._of(key, default=self.clerk)

    @property
    def _needed(self) -> list[str]:
        fields = fields_of(self.model)
        return [key for key, f in fields.items() if f.is_required() and key not in _NOT_ASKED]

    def _wanted(self, optional: list[str], answers: Answers) -> list[str]:
        """Find what the rules ask for besides; of an entry after the fact, why it is late.

        What was asked for stays so when it is answered, although the rules are content then.
        """
        chosen = set(answers.get(MORE) or [])
        answered = {path[0] for path in answers} - chosen
        written = self.look({path: v for path, v in answers.items() if path[0] not in chosen})
        line = written.loaded.document.place(self.at((), answers)).line
        said = "".join(f.message + f.mend for f in written.findings if f.place.line >= line)
        late = self.is_late(answers)
        return [
            key
            for key in optional
            if key not in chosen
            and (key in answered or f"“{key}”" in said or (late and key == "备注"))
        ]

    def is_late(self, answers: Answers) -> bool:
        """Whether the step is dated before one that stands in the file already."""
        day = str(answers.get(("日期",), self.given.get("日期", "")))
        return any(day < str(step.day) for step in self.matter.steps) if day else False

    def _further(self, left: list[str], answers: Answers) -> Iterator[Question]:
        fields = fields_of(self.model)
        yield Question(
            MORE,
            "还要填别的项目吗",
            "不用填的直接回车",
            Slot(Kind.CHOICE, several=True),
            options=tuple(Option(key, fields[key].description or "") for key in left),
            closed=True,
        )
        for key in answers.get(MORE) or []:
            yield from self._field(key, answers)

    def _field(self, key: str, answers: Answers) -> Iterator[Question]:
        slot = slot_of(fields_of(self.model)[key])
        if slot.record is Answer:
            yield from self._answers(answers)
        elif slot.record is not None and slot.several:
            yield from self._records(key, slot.record, answers)
        elif slot.record is not None:
            yield from self._record((key,), slot.record)
        elif key == "文号":
            yield replace(self._of(key), options=tuple(self._numbers(answers)))
        else:
            yield self._of(key)

    def _records(self, key: str, model: type[BaseModel], answers: Answers) -> Iterator[Question]:
        first, *rest = (k for k, f in fields_of(model).items() if f.is_required())
        index = 0
        while True:
            title = f"{key}第{index + 1}项{first}"
            more = "" if index == 0 else ";没有了直接回车"
            hint = (fields_of(model)[first].description or "") + more
            yield about(model, first, (key, index, first), title=title, hint=hint, required=False)
            if not answers.get((key, index, first)):
                return
            for inner in rest:
                yield about(model, inner, (key, index, inner), title=f"第{index + 1}项{inner}")
            index += 1

    def _record(self, path: KeyPath, model: type[BaseModel]) -> Iterator[Question]:
        for key in fields_of(model):
            yield about(model, key, (*path, key), title=f"{path[-1]}{key}")

    def _answers(self, answers: Answers) -> Iterator[Question]:
        for index, claim in enumerate(self.matter.case.claims):
            path, number = ("答复", index), f"第{index + 1}条"
            hint = f"请求: {claim.content}"
            outcomes = [o for o in about(Answer, "结论", ()).options if self._fits(o.value)]
            yield about(
                Answer,
                "结论",
                (*path, "结论"),
                title=f"{number}结论",
                hint=f"{hint};这次不答的留空",
                required=False,
                options=tuple(outcomes),
            )
            outcome = answers.get((*path, "结论"))
            if not outcome:
                continue
            evidence = any(step.evidence for step in self.matter.of(Investigation))
            for key in ("查明", "意见", "依据", *(["证据"] if evidence else [])):
                yield about(Answer, key, (*path, key), title=f"{number}{key}")
            if outcome in _TO_CARRY_OUT:
                yield from self._execution(path, number, claim.amount, answers)

    def _fits(self, outcome: str) -> bool:
        return (outcome in _ADOPTED) == (self.matter.case.purpose is Purpose.SUGGESTION)

    def _execution(
        self,
        path: KeyPath,
        number: str,
        amount: Decimal | None,
        answers: Answers,
    ) -> Iterator[Question]:
        start = (*path, "落实")
        yield about(
            Execution,
            "责任部室",
            (*start, "责任部室"),
            title=f"{number}由谁落实",
            hint="负责落实的部室;没有要落实的留空",
            required=False,
        )
        if answers.get((*start, "责任部室")):
            for key in ("期限", "方式", "金额"):
                default = str(amount) if key == "金额" and amount is not None else ""
                title = f"{number}落实{key}"
                yield about(Execution, key, (*start, key), title=title, default=default)

    def _changes(self, answers: Answers) -> Iterator[Question]:
        """Ask what a 更正 changes, field by field of the step that it names."""
        step = self._corrected(answers)
        if step is None or "改为" in self.given:
            return
        fields = fields_of(type(step))
        yield Question(
            CHANGED,
            "改哪几项",
            "整步作废的留空,在“还要填别的项目”里选“作废”",
            Slot(Kind.CHOICE, several=True),
            options=tuple(
                Option(key, f.description or "") for key, f in fields.items() if key != "事项"
            ),
            closed=True,
        )
        for key in answers.get(CHANGED) or []:
            yield about(type(step), key, ("改为", key), title=f"{key}改为", required=True)

    def _corrected(self, answers: Answers) -> StepBase | None:
        number = str(answers.get(("步骤",), self.given.get("步骤", "")))
        steps = self.matter.case.steps
        return (
            steps[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(steps) else None
        )

    def _of(self, key: str, **more: Any) -> Question:  # noqa: ANN401 - fields of a question
        question = about(self.model, key, (key,), **more)
        table: dict[tuple[type[BaseModel], str], Callable[[], list[Option]]] = {
            (Correction, "步骤"): self._steps,
            (Fulfilment, "请求"): self._claims,
        }
        if (self.model, key) in table:
            return replace(question, options=tuple(table[self.model, key]()))
        return question

    def _steps(self) -> list[Option]:
        steps = enumerate(self.matter.case.steps, 1)
        return [Option(str(index), f"{step.day} {step.KIND}") for index, step in steps]

    def _claims(self) -> list[Option]:
        owed = {answer.claim for answer in self.matter.open_promises}
        claims = enumerate(self.matter.case.claims, 1)
        return [Option(str(i), claim.content) for i, claim in claims if i in owed or not owed]

    def _numbers(self, answers: Answers) -> list[Option]:
        """Suggest the next number of each series that the step may take one from."""
        papers = self.model.PAPERS or (self._paper(answers),)
        series = {str(paper): name for paper, name in self.matter.office.series.items()}
        names = dict.fromkeys(series[str(paper)] for paper in papers if str(paper) in series)
        return [Option(self._next(name), "下一个文号") for name in names]

    def _paper(self, answers: Answers) -> str:
        """Name the paper that a step is about: as stated, or what its model takes it for."""
        field = fields_of(self.model).get("文书")
        stated = answers.get(("文书",)) or self.given.get("文书")
        return str(stated or (field.default if field else ""))

    def _next(self, series: str) -> str:
        if series not in self._suggested:
            self._suggested[series] = suggested_number(self.register, series)
        return self._suggested[series]

    def data(self, answers: Answers) -> dict[str, Any]:
        """Make the step, in the words of a file."""
        made = assembled(answers)
        if self.model is Draft and "答复" in made:
            numbered = zip(_answered(answers), made["答复"], strict=True)
            made["答复"] = [
                {"请求": str(index + 1), **_ordered(Answer, answer)} for index, answer in numbered
            ]
        return {**made, **self.given}

    def look(self, answers: Answers) -> Written:
        """Make the text of the case with the step and check it."""
        data = {"日期": str(self.today), **self.data(answers)}
        return compose_step(self.register, self.text, self._number, self.kind, data)

    def probe(self, answers: Answers) -> Written:
        """Look at the case as if all that the step still lacks were sound."""
        found = next(iter(people(self.register)), Option("某"))
        rest = {
            k: v for k, v in stand_in(self.model, self.today, found.value).items() if k != "事项"
        }
        data = {**rest, **self.data(answers)}
        if self.model is Draft and "答复" in data:
            answer = stand_in(Answer, self.today, found.value)
            data["答复"] = [{**answer, **one} for one in data["答复"]]
        return compose_step(self.register, self.text, self._number, self.kind, data)

    def shown(self, written: Written) -> str:
        """Give the lines of the step."""
        return added(self.text, written.text)

    def at(self, path: KeyPath, answers: Answers) -> KeyPath:
        """Say where in the file the value of a question stands."""
        if self.model is Draft and path[:1] == ("答复",):
            path = ("答复", _answered(answers).index(path[1]), *path[2:])
        return ("办理", len(self.matter.case.steps), *path)


def added(before: str, after: str) -> str:
    """Give the lines that one text has more than another, in one piece."""
    old, new = before.splitlines(), after.splitlines()
    start = next((i for i, line in enumerate(old) if line != new[i]), len(old))
    return "\n".join(new[start : start + len(new) - len(old)])


def _answered(answers: Answers) -> list[Any]:
    """List the claims, from 0, that a draft answers."""
    return sorted({path[1] for path, value in answers.items() if path[0] == "答复" and value})


def _ordered(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in fields_of(model) if key in data}
