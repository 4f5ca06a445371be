"""首问登记单 (D01) and 登记表 (D02) read back: a matter, and apart from it who brings it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from xinfang import typed
from xinfang.filled.reading import Filled
from xinfang.filled.sheet import Sheet, Trouble
from xinfang.model.fields import CASE_PATTERN
from xinfang.model.words import Category, Channel, PartyKind, Purpose, Urgency

#: Rows of the form for petitioners, and what is behind the names of their fields.
_ROWS: Final = ("", "（2）", "（3）")
_CODES: Final = "ABC"
_SEPARATORS: Final = re.compile(r"[、,，;；/\s]+")
_MATERIALS: Final = re.compile(r"[;；\n]+")
_NUMBERING: Final = re.compile(r"^\s*\d{1,2}\s*[.．、:：)）]\s*")
_OWNER: Final = re.compile(r"^(?P<number>.+?)[（(](?P<owner>本人|工友|家属)[)）]$")
_SEPARATE_OWNER: Final = re.compile(r"[\s、,，]+(?=[（(](?:本人|工友|家属)[)）])")
#: An amount behind a claim, as people write it: （418600元）, ,共41.86万元.
_AMOUNT: Final = re.compile(
    r"[（(]\s*(?:共|合计|计)?\s*(?P<amount>[￥¥]?[\d０-９][\d０-９,，.．]*\s*万?元?)\s*[)）]\s*[。.；;]?$"
)
_UNIT: Final = re.compile(r"(?:公司|厂|店|经营部|合作社|工作室|中心|商行|村委会|居委会)$")


@dataclass(frozen=True, slots=True)
class RegistrationSheet:
    """A registration form taken apart.

    Attributes:
        number: A case number that already stands on the form; empty for none.
        matter: Fields of the case, in the form of files; who it is about is not in there.
        parties: Code → who that is, in the form of sealed files.
        left: Label and text of answers that have no field of their own. They may say anything
            and are kept sealed.
        troubles: What was not understood.
    """

    number: str
    matter: dict[str, Any]
    parties: dict[str, dict[str, Any]] = field(repr=False)
    left: tuple[tuple[str, str], ...] = field(repr=False)
    troubles: tuple[Trouble, ...]


def registration_sheet(filled: Filled, today: date) -> RegistrationSheet:
    """Take a filled registration form, or a note of first contact, apart."""
    sheet = Sheet(filled, today)
    first_contact = filled.form == "D01"
    matter, parties = _first_contact(sheet) if first_contact else _registration(sheet)
    number = typed.folded(sheet.line("登记编号")).upper()
    kept = {key: value for key, value in matter.items() if value not in ("", [], {}, None)}
    return RegistrationSheet(number, kept, parties, tuple(sheet.left()), tuple(sheet.troubles))


def _first_contact(sheet: Sheet) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Both parts of the form say the same; whichever is filled counts."""

    def line(label: str) -> str:
        return sheet.line(label, f"{label}（2）")

    who = _identity(line("称呼（愿留）"), "", line("联系方式（愿留）"))
    received = sheet.moment("收到时间")
    matter = {
        "标题": line("事由（一句话）"),
        "收到": str(received) if received else "",
        "渠道": sheet.choice("渠道", _words(Channel)),
        "首问人": line("首问人：姓名…岗位"),
        "信访人": [_party("A", who, "", representative=False)] if who else [],
    }
    return matter, {"A": who} if who else {}


def _registration(sheet: Sheet) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    received = sheet.moment("收到时间")
    purpose = sheet.choice("信访目的", _words(Purpose))
    people = sheet.value("提出人数：人", typed.count, "如 23")
    chosen = sheet.value("提出人数：代表…人", typed.count, "如 3") or 0
    parties, rows = _parties(sheet, chosen)
    matter: dict[str, Any] = {
        "标题": sheet.line("事由"),
        "收到": str(received) if received else "",
        "渠道": sheet.choice("信访形式", _words(Channel)),
        "来源": _origin(sheet),
        "首问人": sheet.line("首问人"),
        "目的": purpose,
        "类别": sheet.choice("内容类别", _words(Category)),
        "紧急": sheet.choice("紧急程度", _words(Urgency)),
        "紧急理由": sheet.text("依据"),
        "人数": people,
        "信访人": rows,
        "请求": [_claim(text) for text in sheet.lines("请求（逐条）")],
        "事实": sheet.text("主要事实"),
        "理由": sheet.text("理由"),
        "材料": _materials(sheet.text("提交材料")),
        "标段": sheet.line("标段"),
        "关联": _earlier(sheet),
        "已告知个人信息处理": "是" if sheet.ticked("个人信息告知", ["已说明"]) else "",
    }
    return matter, parties


def _origin(sheet: Sheet) -> dict[str, str]:
    received = sheet.day("收文")
    origin = {
        "单位": sheet.line("来文单位"),
        "文号": sheet.line("来文字号"),
        "收文": received.isoformat() if received else "",
    }
    return {key: value for key, value in origin.items() if value}


def _parties(sheet: Sheet, chosen: int) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    identities: dict[str, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    for tail in _ROWS:
        who = _identity(
            sheet.line(f"姓名（名称）{tail}"),
            sheet.line(f"住址{tail}"),
            sheet.line(f"联系方式{tail}"),
        )
        relation = sheet.line(f"与项目关系{tail}")
        if not who and not relation:
            continue
        code = _CODES[len(rows)]
        identities[code] = who
        rows.append(_party(code, who, relation, representative=len(rows) < chosen))
    return {code: who for code, who in identities.items() if who}, rows


def _party(
    code: str, who: dict[str, Any], relation: str, *, representative: bool
) -> dict[str, Any]:
    unit = bool(_UNIT.search(who.get("姓名", "")))
    party: dict[str, Any] = {
        "代号": code,
        "类型": str(PartyKind.UNIT if unit else PartyKind.PERSON),
        "已载明": list(who),
    }
    if representative:
        party["代表"] = "是"
    if relation:
        party["关系"] = relation
    return party


def _identity(name: str, address: str, contact: str) -> dict[str, Any]:
    numbers = _SEPARATORS.split(_SEPARATE_OWNER.sub("", contact.strip()))
    contacts = [_contact(number) for number in numbers if number]
    who = {"姓名": name, "住址": address, "联系方式": contacts}
    return {key: value for key, value in who.items() if value}


def _contact(text: str) -> dict[str, str]:
    match = _OWNER.match(text)
    if match is None:
        return {"号码": text}
    return {"号码": match["number"], "所有人": match["owner"]}


def _claim(text: str) -> dict[str, str]:
    match = _AMOUNT.search(text)
    amount = typed.money(match["amount"]) if match else None
    content = text.rstrip("。；; ")
    if match is None or amount is None:
        return {"内容": content}
    return {"内容": text[: match.start()].rstrip("，, "), "金额": f"{amount:.2f}"}


def _materials(text: str) -> list[str]:
    items = (_NUMBERING.sub("", item).strip(" 。") for item in _MATERIALS.split(text))
    return [item for item in items if item]


def _earlier(sheet: Sheet) -> list[str]:
    """Take the numbers of earlier matters; any other words there stay for the clerk."""
    name = "此前登记"
    written = typed.folded(sheet.filled.texts.get(name, "")).upper()
    numbers: Sequence[str] = re.findall(CASE_PATTERN, written)
    if numbers and not re.sub(rf"{CASE_PATTERN}|[、,;\s]", "", written):
        sheet.text(name)
        return list(numbers)
    if written in {"无", "没有", "否"}:
        sheet.text(name)
    return []


def _words(words: type[StrEnum]) -> Iterator[str]:
    return (str(word) for word in words)
