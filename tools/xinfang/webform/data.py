"""The data script of the registration pages: form, sentences and choices of one office."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase, digits
from typing import Any, Final

from xinfang.diagnostics import Level
from xinfang.formatting import full_width
from xinfang.identity import Identity, SealedContent
from xinfang.identity.leaks import JUNK, SHORTEST
from xinfang.ledger import SEALED_TITLE
from xinfang.model import Case, Office
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.model.messages import SAFE
from xinfang.model.texts import texts_of
from xinfang.model.words import Category, Channel, Particular, PartyKind, Purpose, Urgency
from xinfang.register import INBOX_FOLDER, Register
from xinfang.rules._numbers import KINDS
from xinfang.rules._shared import GUARDRAILS, NOT_OF_VALUES, QUOTED, REPORTED
from xinfang.rules.accusation_in_open_register import ACCUSING
from xinfang.rules.urgency_has_matter_reason import ABOUT_A_PERSON
from xinfang.webform.sentences import (
    LABEL,
    Rules,
    leaf_faults,
    missing,
    sentence,
    value_faults,
)
from xinfang.webform.shape import Plain, fields_of

#: Kind of form, as in the file that it makes → its page.
ADDRESSES: Final[Mapping[str, str]] = {"登记": "intake.html", "首问": "first-contact.html"}

#: What the program gives, or what only comes later.
_NOT_ASKED: Final = frozenset({"编号", "查询码", "原编号", "登记", "办理"})
#: Parts of the form; a field that none of them names comes last.
_PARTS: Final[Sequence[tuple[str, str, Sequence[str]]]] = (
    ("怎样来的", "", ("目的", "渠道", "收到", "来源", "首问人", "登记人")),
    ("什么事", "", ("类别", "标题", "请求", "事实", "理由", "材料", "标段", "被反映部室")),
    ("谁提出", "", ("信访人", "共同信访人", "人数", "已告知个人信息处理")),
)
_REST: Final = "办理提示"
#: Fields that are seen only with certain words in another one; beside it, if not on the top level.
_SHOWN: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "来源": {"渠道": (Channel.FORWARDED, Channel.ASSIGNED)},
    "紧急理由": {"紧急": (Urgency.EXTREME, Urgency.URGENT)},
    "统一社会信用代码": {"类型": (PartyKind.UNIT,)},
    "证件号": {"类型": (PartyKind.PERSON,)},
}
#: All that the open part of an accusation may show; what a new field holds stays out by itself.
OPEN_IN_ACCUSATION: Final = frozenset(
    {
        "目的",
        "渠道",
        "收到",
        "首问人",
        "登记人",
        "标题",
        "类别",
        "信访人",
        "人数",
        "已告知个人信息处理",
    }
)
OPEN_OF_PARTY: Final = frozenset({"代号", "类型", "代表", "已载明", "委托代理"})
#: What an ordinary matter does without: folded away until it is asked for.
_RARE: Final = frozenset(
    {
        "材料",
        "标段",
        "被反映部室",
        "共同信访人",
        "证件号",
        "统一社会信用代码",
        "备注",
        "委托代理",
        "翻译",
    }
)
#: Said by the model of the field, and seen at once in the form.
_SEEN_AT_ONCE: Final = frozenset({"信访形式"})
#: The longest word before a label with which an explanation only repeats it.
_FEW_LETTERS: Final = 2
#: Where names are chosen from: people in posts, or departments.
_CHOSEN: Final[Mapping[str, str]] = {
    "首问人": "people",
    "登记人": "people",
    "被反映部室": "departments",
}
#: The four fields of a first contact (R59), and who took it.
_FIRST: Final = ("收到", "渠道", "标题", "首问人")
#: How people come to whoever is met first.
_AT_THE_GATE: Final = frozenset({Channel.VISIT, Channel.PHONE, Channel.LETTER})
_ACCOUNT: Final = ("标题", "请求", "事实", "理由", "材料")
#: Nobody's: taken out of the plan of numbers.
_SOMEBODYS: Final = "13800138000"
#: What would end a script or a line in it; JSON reads all of them back.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script(register: Register) -> str:
    """Write the data of both pages as a classic script; needs a sound ``office.yaml``."""
    office = register.office
    assert office is not None, "callers look at the office first"  # noqa: S101
    rules = Rules(register)
    content = {
        "forms": _forms(),
        "order": [field["key"] for field in fields_of(Case)],
        "particulars": [str(word) for word in Particular],
        "accusation": _accusation(),
        "missing": missing(),
        "leaves": leaf_faults(),
        "safe": SAFE.pattern,
        "wanted": list(rules.wanted()),
        "ahead": rules.ahead(),
        "people": rules.people(),
        "values": value_faults(register),
        "words": list(_words(rules)),
        "quoted": {"pattern": QUOTED.pattern, "fields": sorted(REPORTED)},
        "personal": _personal(rules, office),
        "leaks": {"junk": JUNK.pattern, "shortest": SHORTEST},
        "alphabet": "".join(filter(_is_of_code, digits + ascii_uppercase)),
        "office": _office(register, office),
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"var xfIntake = {written.translate(_ESCAPES)}\n"


def _is_of_code(char: str) -> bool:
    return re.fullmatch(SHORT_CODE_PATTERN, f"{char * 4}-{char * 4}") is not None


# The form


def _forms() -> Mapping[str, Any]:
    """Kind of form → its parts with their fields."""
    asked = {f["key"]: _with_choices(f) for f in fields_of(Case) if f["key"] not in _NOT_ASKED}
    # 检举控告 is fixed with the purpose, and by itself denies any other one.
    category = asked["类别"]
    category["choices"] = [word for word in category["choices"] if word != Category.SEALED]
    sealed = {field["key"]: field for field in fields_of(SealedContent)}
    identity = [_with_choices(field) for field in fields_of(Identity)]
    party = asked["信访人"]
    party |= {
        "kind": "parties",
        "identity": identity,
        "fields": [f for f in party["fields"] if f["key"] not in {"代号", "已载明"}],
    }
    sort = next(field for field in party["fields"] if field["key"] == "类型")
    sort["default"] = str(PartyKind.PERSON)
    others = _with_choices(sealed["共同信访人"]) | {"fields": identity}
    asked["共同信访人"] = others | {"sealed": True, "start": 0}
    named = {key for _, _, keys in _PARTS for key in keys}
    rest = [field for key, field in asked.items() if key not in named]
    parts = [_part(title, note, [asked[key] for key in keys]) for title, note, keys in _PARTS]
    return {
        "登记": [*parts, {**_part(_REST, "", rest), "folded": True}],
        "首问": [_part("", "", [*_first(asked), *_who(identity)])],
    }


def _part(title: str, note: str, fields: Sequence[Plain]) -> Plain:
    return {"title": title, "note": note, "fields": list(fields)}


def _with_choices(field: Plain) -> Plain:
    """Add from where a field is chosen, and when it is seen, to all fields in it."""
    made = dict(field) | {"about": _worth_saying(field)}
    if field["key"] in _RARE:
        made["rare"] = True
    if field["key"] in _CHOSEN:
        made["from"] = _CHOSEN[field["key"]]
    if field["key"] in _SHOWN:
        made["when"] = {key: list(map(str, words)) for key, words in _SHOWN[field["key"]].items()}
    if "fields" in field:
        made["fields"] = [_with_choices(inner) for inner in field["fields"]]
    return made


def _worth_saying(field: Plain) -> str:
    """Leave out of an explanation what the field shows anyway: its name, its choices, its form."""
    about: str = field["about"].partition("，如 " if field["kind"] == "moment" else "\0")[0]
    repeats = about.endswith(field["key"]) and len(about) - len(field["key"]) <= _FEW_LETTERS
    lists = set(re.split("[、或]", about)) <= set(field.get("choices", ()))
    return "" if repeats or lists or about in _SEEN_AT_ONCE else about


def _first(asked: Mapping[str, Plain]) -> Iterator[Plain]:
    labels = {"收到": "时间", "标题": "一句话事由"}
    for key in _FIRST:
        field = asked[key] | {"required": True}
        if key in labels:
            field["label"] = labels[key]
            field["about"] = field["about"].removeprefix(f"{labels[key]}；")
        if key == "渠道":
            field["choices"] = sorted(field["choices"], key=lambda word: word not in _AT_THE_GATE)
        yield field


def _who(identity: Sequence[Plain]) -> Iterator[Plain]:
    """What somebody may leave of himself at a first contact: a name and a number, nothing more."""
    voluntary = {"about": "自愿填写，不填不影响登记", "sealed": True}
    for field in identity:
        if field["key"] == "姓名":
            yield field | voluntary | {"label": "愿留的称呼"}
        elif field["key"] == "联系方式":
            number = next(inner for inner in field["fields"] if inner["required"])
            alone = {"key": field["key"], "as": number["key"], "required": False}
            yield number | voluntary | alone | {"label": "愿留的联系方式"}


def _accusation() -> Plain:
    content = next(field for field in fields_of(SealedContent) if field["key"] == "内容")
    return {
        "purpose": Purpose.ACCUSATION,
        "fixed": {"标题": SEALED_TITLE, "类别": Category.SEALED},
        "open": sorted(OPEN_IN_ACCUSATION),
        "party": sorted(OPEN_OF_PARTY),
        "content": {**content, "required": True},
    }


# What is watched for


def _words(rules: Rules) -> Iterator[Plain]:
    """Words that must not stand in a text, or that make one think."""
    urgent = {"紧急": Urgency.URGENT}
    said = rules.word("urgency-has-matter-reason", "紧急理由", "情绪激动", "情绪激动", **urgent)
    yield {"pattern": ABOUT_A_PERSON.pattern, "fields": ["紧急理由"]} | said
    said = rules.word("accusation-in-open-register", "事实", "受贿", "受贿")
    yield {"pattern": ACCUSING.pattern, "fields": list(_ACCOUNT), "form": "登记"} | said
    told = "不写内容，只写“检举控告”，请来人直接找信访办或纪检人员，内容当面记下、封存"
    said = sentence("内容提到“{词}”，像是检举控告", told, Level.WARNING)
    yield {"pattern": ACCUSING.pattern, "fields": ["标题"], "form": "首问"} | said
    said = rules.word("guardrail-words", "标题", "劝返", "劝返")
    for pattern, mend in GUARDRAILS:
        yield {"pattern": pattern} | said | {"mend": full_width(mend)}


def _personal(rules: Rules, office: Office) -> Plain:
    """Forms of personal numbers, and those that the office has published itself."""
    published = {
        NOT_OF_VALUES.sub("", match[0])
        for _, text in texts_of(office)
        for _, pattern in KINDS
        for match in pattern.finditer(text)
    }
    return {
        "kinds": [{"name": name, "pattern": _of_all_scripts(form)} for name, form in KINDS],
        "published": sorted(published),
        "between": NOT_OF_VALUES.pattern,
        "said": rules.personal(_SOMEBODYS),
        "known": sentence(
            f"“{LABEL}”中有封存的{{类}}",
            "这部分不加密，请改写为“信访人”或代号 A、B；只是用字碰巧相同的，换一个说法",
        ),
    }


def _of_all_scripts(form: re.Pattern[str]) -> str:
    r"""Write what Python's \w and \d mean for a browser, to which they are ASCII only."""
    return form.pattern.replace(r"\w", r"\p{L}\p{N}_").replace(r"\d", r"\p{Nd}")


# The office


def _office(register: Register, office: Office) -> Plain:
    channels, unit = office.channels, office.own_unit
    people = [post for post in office.posts if post.holds_on(register.today)]
    return {
        "name": unit.name,
        "desk": office.office_department,
        "phone": channels.phone,
        "place": channels.place,
        "hours": channels.hours,
        "progress": channels.progress,
        "complaint": channels.complaint,
        "people": _grouped((post.department, post.name) for post in people),
        "departments": [department.name for department in office.departments],
        "recipients": [recipient.key for recipient in office.recipients],
        "newFile": office.hosting.new_file if office.hosting else "",
        "folder": INBOX_FOLDER,
        "sample": office.register_.sample,
        # The days of a sample register do not pass.
        "zone": "Asia/Shanghai",
        "today": str(office.register_.sample_date or ""),
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[Plain]:
    groups: dict[str, list[str]] = {}
    for group, name in pairs:
        groups.setdefault(group, []).append(name)
    return [{"name": group, "names": names} for group, names in groups.items()]
