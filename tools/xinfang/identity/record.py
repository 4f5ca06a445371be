"""What is sealed for one matter: who the parties are, and an accusation's own text.

The file, once opened::

    编号: XF-2026-0001
    信访人:
      A:
        姓名: 张喆
        住址: 甲省乙县丙镇丁村
        联系方式:
          - {号码: …, 所有人: 本人}
    共同信访人:
      - {姓名: 李祎}
    内容: |
      only for 检举控告
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from xinfang.diagnostics import Finding, KeyPath, Level, Place
from xinfang.identity import values
from xinfang.identity.values import Fault
from xinfang.model.fields import CaseNumber, Line, PartyCode, Record, ShortCode, Text, wrong
from xinfang.model.words import Particular
from xinfang.source import read_text


class Owner(StrEnum):
    """Whose number it is: some workers share a phone."""

    SELF = "本人"
    MATE = "工友"
    FAMILY = "家属"


class Contact(Record):
    """A phone number or an e-mail address."""

    number: Line = Field(alias="号码", description="电话号码或电子邮箱", repr=False)
    owner: Owner = Field(Owner.SELF, alias="所有人", description="本人、工友或家属")


class Identity(Record):
    """Who one petitioner is. Only what was given; nothing is asked for that is not needed."""

    name: Line | None = Field(None, alias="姓名", description="姓名或单位名称", repr=False)
    address: Line | None = Field(None, alias="住址", description="住址", repr=False)
    contacts: list[Contact] = Field(default_factory=list, alias="联系方式", description="联系方式")
    id_number: Line | None = Field(
        None, alias="证件号", description="确有必要才填的证件号", repr=False
    )
    credit_code: Line | None = Field(
        None, alias="统一社会信用代码", description="单位的统一社会信用代码", repr=False
    )
    remark: Text | None = Field(None, alias="备注", description="备注", repr=False)

    @property
    def given(self) -> frozenset[Particular]:
        """Which particulars it holds."""
        held = {
            Particular.NAME: self.name,
            Particular.ADDRESS: self.address,
            Particular.CONTACT: self.contacts,
            Particular.ID_NUMBER: self.id_number,
            Particular.CREDIT_CODE: self.credit_code,
        }
        return frozenset(particular for particular, value in held.items() if value)


class SealedContent(Record):
    """Everything sealed for one matter."""

    number: CaseNumber | None = Field(None, alias="编号", description="登记编号")
    query_code: ShortCode | None = Field(
        None, alias="查询码", description="登记编号以前就封存的,以查询码对应事项"
    )
    parties: dict[PartyCode, Identity] = Field(
        default_factory=dict, alias="信访人", description="代号: 身份"
    )
    others: list[Identity] = Field(
        default_factory=list, alias="共同信访人", description="没有代号的共同信访人"
    )
    content: Text | None = Field(None, alias="内容", description="检举控告的内容", repr=False)

    @model_validator(mode="after")
    def _belongs_to_a_matter(self) -> Self:
        if self.number is None and self.query_code is None:
            raise wrong("sealed", "没有写明是哪件事项|请写编号或查询码")
        return self

    @property
    def label(self) -> str:
        """What to call it in a finding: its number, or the code it was sealed under."""
        return self.number or self.query_code or ""

    def is_of(
        self, number: str, *, query_code: str | None = None, former: Sequence[str] = ()
    ) -> bool:
        """Whether it was sealed for this matter: by its number, a former one, or its code."""
        if self.number is not None:
            return self.number in (number, *former)
        return self.query_code == query_code

    def people(self) -> Iterator[tuple[KeyPath, Identity]]:
        """Yield everybody in it with their place."""
        for code, identity in self.parties.items():
            yield ("信访人", code), identity
        for index, identity in enumerate(self.others):
            yield ("共同信访人", index), identity


#: Every key that may stand in a sealed file; any other could be a personal value.
_KEYS: Final = frozenset(
    str(field.alias)
    for model in (SealedContent, Identity, Contact)
    for field in model.model_fields.values()
)
#: Faults of a file whose usual sentence would quote what stands there.
_DISCREET: Final = {
    "duplicate-key": "有一项重复出现",
    "full-width-colon": "有一项用了全角冒号",
}
_SHAPE: Final = "请写成: 信访人 → 代号 → 姓名、住址、联系方式(号码、所有人)、证件号"


def to_yaml(content: SealedContent | Mapping[str, Any]) -> str:
    """Write it as the text that is sealed."""
    plain = (
        content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        if isinstance(content, SealedContent)
        else dict(content)
    )
    text: str = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return text


class _Dumper(yaml.SafeDumper):
    """A dumper that writes several lines as a block: what looks like a key in it is none then."""


def _text_node(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text_node)


def examine(text: str, path: str, today: date) -> tuple[SealedContent | None, list[Finding]]:
    """Read opened text: bring each value to its one form, and say what is wrong with it.

    Args:
        text: The text as opened or typed.
        path: Name of the sealed file, for findings. No finding quotes a value.
        today: For dates of birth that lie ahead.
    """
    document = read_text(text, path)
    found = [_discreet(f) for f in document.findings if f.level is Level.ERROR]
    if found:
        return None, found
    try:
        content = SealedContent.model_validate(document.data)
    except ValidationError as error:
        return None, [_unfit(document.place(d["loc"]), d["loc"]) for d in error.errors()]
    for keys, identity in content.people():
        for field, fault in _faults(identity, today):
            place = document.place((*keys, field))
            found.append(
                Finding(place, fault.level, "sealed-value", f"“{field}”{fault.message}", fault.mend)
            )
    return _normal(content), found


def _discreet(finding: Finding) -> Finding:
    """Say what is wrong with the file without quoting a key: a name can stand there."""
    message = _DISCREET.get(finding.rule, finding.message)
    return Finding(finding.place, finding.level, finding.rule, message, finding.mend and _SHAPE)


def _unfit(place: Place, keys: KeyPath) -> Finding:
    label = next((key for key in reversed(keys) if key in _KEYS), "内容")
    return Finding(place, Level.ERROR, "sealed-shape", f"“{label}”的写法不对", _SHAPE)


def _faults(identity: Identity, today: date) -> Iterator[tuple[str, Fault]]:
    unit = identity.credit_code is not None
    if identity.name:
        name, hints = values.normal_name(identity.name)
        yield from (("姓名", hint) for hint in hints)
        yield from _labelled("姓名", values.name_fault(name))
    for contact in identity.contacts:
        number = values.normal_phone(contact.number)
        yield from _labelled("联系方式", values.phone_fault(number, unit=unit))
    if identity.id_number:
        number = values.normal_id_number(identity.id_number)
        yield from _labelled("证件号", values.id_number_fault(number, today))
    if identity.credit_code:
        code = values.normal_credit_code(identity.credit_code)
        yield from _labelled("统一社会信用代码", values.credit_code_fault(code))


def _labelled(field: str, fault: Fault | None) -> Iterator[tuple[str, Fault]]:
    if fault is not None:
        yield field, fault


def _normal(content: SealedContent) -> SealedContent:
    parties = {code: _normal_identity(identity) for code, identity in content.parties.items()}
    others = [_normal_identity(identity) for identity in content.others]
    return content.model_copy(update={"parties": parties, "others": others})


def _normal_identity(identity: Identity) -> Identity:
    changes: dict[str, Any] = {
        "contacts": [
            contact.model_copy(update={"number": values.normal_phone(contact.number)})
            for contact in identity.contacts
        ]
    }
    if identity.name:
        changes["name"] = values.normal_name(identity.name)[0]
    if identity.id_number:
        changes["id_number"] = values.normal_id_number(identity.id_number)
    if identity.credit_code:
        changes["credit_code"] = values.normal_credit_code(identity.credit_code)
    return identity.model_copy(update=changes)
