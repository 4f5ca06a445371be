"""What ``check`` says of a wrong value, asked of the model and the rules themselves.

Each is given a value that it refuses; what it says is kept, with the value in it replaced by a
name in braces, ``{值}``, where the page puts in what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from pydantic import Field, TypeAdapter, ValidationError, create_model

from xinfang.diagnostics import Level
from xinfang.formatting import full_width
from xinfang.identity import values
from xinfang.identity.values import Fault as ValueFault
from xinfang.model import Case
from xinfang.model.fields import Record
from xinfang.model.messages import findings_of
from xinfang.model.words import Category, Channel, Purpose, Urgency
from xinfang.register import Register
from xinfang.rules import Fault, all_rules
from xinfang.source import Document
from xinfang.webform.shape import LEAVES, Plain

#: Stands for the name of a field, in what is said.
LABEL: Final = "{项}"
#: Longer than any text of one line may be.
_LONG: Final = "长" * 1000
#: A control character is in no text, and what has it is no number and no date.
_CONTROL: Final = "\x01"
#: A schema says of a day only that it is one.
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
#: Numbers that stand nowhere by chance.
_FEW, _MANY = 71, 83
#: Field that is wanted → the field and its words that want it.
WANTED: Final[Sequence[tuple[str, str, Sequence[str]]]] = (
    ("来源", "渠道", (Channel.FORWARDED, Channel.ASSIGNED)),
    ("紧急理由", "紧急", (Urgency.EXTREME, Urgency.URGENT)),
    ("首问人", "渠道", (Channel.VISIT, Channel.PHONE)),
    ("请求", "目的", (Purpose.APPEAL,)),
    ("事实", "目的", (Purpose.APPEAL,)),
    ("理由", "目的", (Purpose.APPEAL,)),
)


def sentence(message: str, mend: str, level: Level = Level.ERROR, **more: Any) -> Plain:  # noqa: ANN401
    """Write what is said as plain data."""
    return {"level": level.name.lower(), "message": message, "mend": mend, **more}


def missing() -> Plain:
    """What is said where a required field is empty."""
    return _said(LEAVES["line"], {})


def leaf_faults() -> Mapping[str, list[Plain]]:
    """Kind of value → its forms, each with what is said of a value that is not of that form."""
    return {kind: list(_leaf_faults(type_)) for kind, type_ in LEAVES.items() if kind != "flag"}


def _leaf_faults(type_: Any) -> Iterator[Plain]:  # noqa: ANN401 - a type of the model
    schema = TypeAdapter(type_).json_schema()
    schema = next((one for one in schema.get("anyOf", ()) if "pattern" in one), schema)
    if "maxLength" in schema:
        yield {"max": schema["maxLength"]} | _said(type_, {LABEL: _LONG})
    pattern = schema.get("pattern", _DAY if schema.get("format") == "date" else None)
    if pattern:
        yield {"pattern": pattern} | _said(type_, {LABEL: _CONTROL})


def _said(type_: Any, data: Mapping[str, str]) -> Plain:  # noqa: ANN401
    field: Any = (type_, Field(alias=LABEL))
    model = create_model("Probe", __base__=Record, value=field)
    try:
        model.model_validate(dict(data))
    except ValidationError as error:
        details: Any = error.errors(include_url=False)
        finding = findings_of(details, Document("", {}), {})[0]
        # Only what has a form of its own is quoted, see model/messages.py.
        said, mend = full_width(finding.message), full_width(finding.mend)
        return sentence(said, mend, quoted=finding.rule.startswith("bad-"))
    raise AssertionError(type_)


class Rules:
    """The rules of a register, asked about matters that were only just registered."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known = {fault.message for fault in self._faults({})}

    def _faults(self, changes: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what the rules find in such a matter, each fault with the slug for its path."""
        today = self._register.today
        data = {
            "编号": f"XF-{today.year}-9999",
            "标题": "事由",
            "收到": f"{today}",
            "登记": f"{today}",
            "渠道": Channel.OTHER,
            "登记人": next((post.name for post in self._posts if post.holds_on(today)), "某"),
            "目的": Purpose.SUGGESTION,
            "类别": Category.OTHER,
        }
        matter = self._register.matter(Case.model_validate(data | dict(changes)), "")
        for rule in all_rules():
            if hasattr(rule.module, "check_case"):
                for fault in rule.module.check_case(matter):
                    level = rule.level if fault.level is None else fault.level
                    yield Fault(fault.keys, fault.message, fault.mend, rule.slug, level)

    @property
    def _posts(self) -> Sequence[Any]:
        return self._register.office.posts if self._register.office else ()

    def said(self, slug: str, changes: Mapping[str, Any], names: Mapping[Any, str]) -> Plain:
        """Ask one rule about a matter with these changes.

        Args:
            slug: The rule.
            changes: Fields of the case.
            names: What stands in the sentence → the name in braces to replace it.
        """
        fault = next(fault for fault in self._faults(changes) if fault.path == slug)
        return _sentence(fault, names)

    def wanted(self) -> Iterator[Plain]:
        """What is said where a field is empty that another one asks for."""
        for key, trigger, words in WANTED:
            for word in words:
                given = {k: _SOME[k] for k, t, _ in WANTED if t == trigger and k in _SOME}
                given.pop(key, None)
                for fault in self._faults({trigger: word, **given}):
                    if fault.message not in self._known and _about(fault, key, trigger):
                        yield {"key": key, "when": {trigger: word}, **_sentence(fault, {})}
                        break

    def ahead(self) -> Mapping[str, Plain]:
        """Place of a day → what is said where that day has not come yet."""
        today = self._register.today
        later = today + timedelta(days=1)
        names = {later: "{值}", today: "{今天}"}
        origin = {"单位": "上级", "文号": "一号", "收文": f"{later}"}
        return {
            "收到": self.said("not-in-the-future", {"收到": f"{later}"}, names),
            "来源/收文": self.said(
                "not-in-the-future", {"渠道": Channel.FORWARDED, "来源": origin}, names
            ),
        }

    def people(self) -> Mapping[str, Plain]:
        """What is said where fewer people are counted than listed, and of a lone representative."""
        parties = [{"代号": "A", "类型": "个人", "已载明": []}]
        alone = [parties[0] | {"代表": "是"}]
        names = {_FEW: "{人数}", _MANY: "{信访人}"}
        slug = "people-at-least-parties"
        return {
            "few": self.said(slug, {"人数": str(_FEW), "信访人": parties * _MANY}, names),
            "alone": self.said(slug, {"人数": "1", "信访人": alone}, {}),
        }

    def personal(self, number: str) -> Plain:
        """What is said of a personal number in clear; ``{类}`` is its kind."""
        fact = {"事实": number}
        return self.said("personal-data-in-clear", fact, {"事实": LABEL, "电话号码": "{类}"})

    def word(self, slug: str, key: str, text: str, word: str, **more: Any) -> Plain:  # noqa: ANN401
        """What is said of a word in a text; ``{词}`` is the word, ``{目的}`` the purpose."""
        names = {word: "{词}", Purpose.SUGGESTION: "{目的}"}
        return self.said(slug, {key: text, **more}, names)


#: Something in a field that others are wanted with.
_SOME: Final[Mapping[str, Any]] = {"请求": [{"内容": "事"}], "事实": "事", "理由": "事"}


def _sentence(fault: Fault, names: Mapping[Any, str]) -> Plain:
    """Write what a rule says, with names in the places of values."""
    message, mend = full_width(fault.message), full_width(fault.mend)
    for value, name in names.items():
        message, mend = (text.replace(str(value), name) for text in (message, mend))
    return sentence(message, mend, Level.ERROR if fault.level is None else fault.level)


def _about(fault: Fault, key: str, trigger: str) -> bool:
    """Whether a fault can be mended by filling in this field."""
    return fault.keys[0] in {key, trigger} and (key in fault.message or key in fault.mend)


def value_faults(register: Register) -> Plain:
    """What is said of personal values, with the forms that they are held against."""
    today = register.today
    tomorrow = today + timedelta(days=1)
    body = f"999999{tomorrow:%Y%m%d}001"
    ahead = body + values.id_check_character(body)
    good = "99999919900307001"
    right = values.id_check_character(good)
    wrong = "0" if right != "0" else "1"
    code = "91" + "0" * 15
    code_wrong = "0" if values.credit_code_check_character(code) != "0" else "1"
    return {
        "name": {
            "control": _value(values.name_fault("甲\x01")),
            "nothing": _value(values.name_fault("1")),
            "private": _value(values.name_fault("甲\ue000")),
        },
        "id": {
            "meant": values.MEANT_AS_ID,
            "old": _value(values.id_number_fault("9" * 15, today), values.OLD_ID.pattern),
            "shape": _value(values.id_number_fault("9" * 17, today), values.ID_SHAPE.pattern),
            "born": _value(values.id_number_fault("999999199013010010", today)),
            "ahead": _value(values.id_number_fault(ahead, today)),
            "wrong": _value(values.id_number_fault(good + wrong, today)),
            "weights": list(values.ID_WEIGHTS),
            "checks": values.ID_CHECKS,
        },
        "phone": {
            "good": [
                form.pattern
                for form in (values.MOBILE, values.LANDLINE, values.ABROAD, values.MAIL)
            ],
            "landline": values.LANDLINE.pattern,
            "dashes": values.DASHES.pattern,
            "service": _value(values.phone_fault("95555", unit=False), values.SERVICE.pattern),
            "other": _value(values.phone_fault("1", unit=False)),
        },
        "code": {
            "alphabet": values.CODE_ALPHABET,
            "weights": list(values.CODE_WEIGHTS),
            "shape": _value(values.credit_code_fault("1"), values.CODE_SHAPE.pattern),
            "wrong": _value(values.credit_code_fault(code + code_wrong)),
        },
    }


def _value(fault: ValueFault | None, pattern: str = "") -> Plain:
    assert fault is not None, "every probe is a wrong value"  # noqa: S101
    message = full_width(f"“{LABEL}”{fault.message}")
    said = sentence(message, full_width(fault.mend), fault.level)
    return {"pattern": pattern, **said} if pattern else said
