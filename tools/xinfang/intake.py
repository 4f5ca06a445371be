"""Taking in what comes from outside: a 来件 or a filled form becomes a registered matter.

Whatever it came as, the same model and the same rules look at it, and both parts land together or
not at all: the matter in ``cases/``, who brings it in ``sealed/``. What stands encrypted is never
needed in clear for that. Some faults are shown and can be mended later, as after ``xinfang new``;
those that Git would keep for ever stop it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from xinfang import rules
from xinfang.arrivals import FIRST_CONTACT, Arrival
from xinfang.desk import compose_case, new_code, next_number
from xinfang.diagnostics import Finding, Level, Place
from xinfang.errors import XinfangError
from xinfang.filled import RegistrationSheet
from xinfang.identity import Leaks, SealedContent, examine, secrets_of, to_yaml
from xinfang.ledger import SEALED_TITLE
from xinfang.model import Case, Loaded, load_case
from xinfang.model.words import Category, Purpose
from xinfang.register import Register
from xinfang.sealed import NoRecipientsError, WrongKeyError, open_box, seal_box, sealed_file
from xinfang.secrets_check import held_against
from xinfang.source import Document, without_places
from xinfang.store import create_all

#: Rules whose faults Git would keep for ever once they are committed.
NEVER_LANDS: Final = frozenset({"personal-data-in-clear", "accusation-sealed"})
#: What tells the content of an accusation, in the order in which it is read.
_CONTENT: Final = (
    "标题",
    "请求",
    "事实",
    "理由",
    "材料",
    "标段",
    "被反映部室",
    "紧急理由",
    "来源",
    "重大",
    "关联",
)
#: Somebody else was quicker so many times: something is wrong.
_ATTEMPTS: Final = 20


class OrphanSealError(XinfangError):
    """Where something is to be sealed stands a file that belongs to no case."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} 已经有了,却没有相应的事项文件,不会覆盖;请先查明来由、改名移开,再收"
        )


class NumbersTakenError(XinfangError):
    """Every number tried was taken in the meantime."""

    def __init__(self) -> None:
        super().__init__("编号一再被他人占用,没有登记成;请稍后再试")


@dataclass(frozen=True)
class Incoming:
    """Something that is to be registered.

    Attributes:
        name: What to call it.
        matter: Its fields, and where they stand.
        query_code: The code on the receipt.
        sealed: Who brings it, as encrypted elsewhere.
        secret: The same in clear, as read from a form; it is only ever written encrypted.
        asked: Fields besides the required ones that are asked for at a terminal.
        notes: What the clerk should know, in Chinese sentences.
    """

    name: str
    matter: Document
    query_code: str
    sealed: bytes | None = field(default=None, repr=False)
    secret: Mapping[str, Any] | None = field(default=None, repr=False)
    asked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A matter as it would be registered.

    Attributes:
        incoming: What it came as.
        data: Its fields, with what was asked; the number is only the next one so far.
        loaded: The case, or None in it where the fields make none.
        sealed: Who brings it, encrypted; None where nobody gave anything.
        findings: What was found, sorted.
        stopped: Whether it may not land like this.
    """

    incoming: Incoming
    data: Mapping[str, Any]
    loaded: Loaded[Case]
    sealed: bytes | None = field(repr=False)
    findings: tuple[Finding, ...]
    stopped: bool


def from_arrival(arrival: Arrival, name: str) -> Incoming:
    """Take over a 来件."""
    return Incoming(
        name,
        arrival.matter,
        arrival.query_code,
        arrival.sealed,
        asked=("路径", "请求", "事实") if arrival.kind == FIRST_CONTACT else ("路径",),
    )


def from_sheet(sheet: RegistrationSheet, name: str) -> Incoming:
    """Take over a filled registration form; what has no field of its own is sealed as a remark."""
    code = new_code()
    parties = {key: dict(value) for key, value in sheet.parties.items()}
    secret: dict[str, Any] = {"查询码": code}
    notes: list[str] = []
    if sheet.left:
        labels = "、".join(label for label, _ in sheet.left)
        remark = "\n".join(f"{label}: {text}" for label, text in sheet.left)
        notes.append(f"表上 {labels} 没有对应的项,已原样封存在备注里,可用 xinfang open 查看")
        if parties:
            parties[next(iter(parties))]["备注"] = remark
        else:
            secret["共同信访人"] = [{"备注": remark}]
    if parties:
        secret["信访人"] = parties
    document = without_places(dict(sheet.matter), name)
    kept = secret if len(secret) > 1 else None
    return Incoming(name, document, code, secret=kept, asked=("路径",), notes=tuple(notes))


def troubles(sheet: RegistrationSheet, name: str) -> list[Finding]:
    """Say what on a form was not understood: the label, never what stands there."""
    return [
        Finding(Place(name), Level.ERROR, "form-value", f"“{t.label}”{t.message}", t.mend)
        for t in sheet.troubles
    ]


def duplicate(register: Register, incoming: Incoming) -> str:
    """Give the number under which the same 来件 was registered before; empty for none."""
    found = register.find(incoming.query_code)
    return found.stem if found else ""


def prepare(
    register: Register, incoming: Incoming, given: Mapping[str, Any], keys: Sequence[Any] = ()
) -> Prepared:
    """Put a matter together and look at it from all sides; nothing is written.

    Args:
        register: The register; needs a sound ``office.yaml``.
        incoming: What came.
        given: Fields that the clerk adds. What came with the matter stays: a pair meant for
            many files must not make an open matter of an accusation.
        keys: The keys at hand; without any, what is encrypted stays unopened.
    """
    data = {
        **given,
        **incoming.matter.data,
        "编号": next_number(register, register.today.year),
        "查询码": incoming.query_code,
        "登记": register.today.isoformat(),
    }
    found: list[Finding] = []
    secret, sealed = incoming.secret, incoming.sealed
    if data.get("目的") == Purpose.ACCUSATION:
        data, told = _kept_apart(data)
        if told:
            secret, sealed = _with_content(register, incoming, told, keys, found)
    loaded = load_case(replace(incoming.matter, data=data))
    found += _rule_findings(register, loaded, data)
    if secret is not None:
        sealed = _seal(register, secret, incoming.name, found)
    if loaded.record is not None and sealed is not None:
        found += _opened(register, incoming, loaded.record, sealed, keys, data)
    if loaded.record is not None and sealed is None:
        found += _unsealed(loaded.record, incoming.name)
    stopped = loaded.record is None or any(map(_stops, found))
    return Prepared(incoming, data, loaded, sealed, tuple(sorted(set(found))), stopped)


def _rule_findings(
    register: Register, loaded: Loaded[Case], data: Mapping[str, Any]
) -> Iterator[Finding]:
    yield from loaded.findings
    if loaded.record is not None:
        path = register.name_of(register.file_of(data["编号"]))
        yield from rules.check_case(register.matter(loaded.record, path), loaded.document)


def _stops(finding: Finding) -> bool:
    return finding.level is Level.ERROR and (
        finding.rule in NEVER_LANDS or finding.rule.startswith("sealed-")
    )


def _kept_apart(data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Take what tells the content of an accusation out of its fields; give it as one text."""
    plain = {key: value for key, value in data.items() if key not in _CONTENT}
    told = [
        f"{key}: {_told(data[key])}"
        for key in _CONTENT
        if data.get(key) and (key, data[key]) != ("标题", SEALED_TITLE)
    ]
    parties = data.get("信访人")
    if isinstance(parties, list) and all(isinstance(party, dict) for party in parties):
        told += [
            f"{p.get('代号', '')}{key}: {p[key]}"
            for p in parties
            for key in ("关系", "翻译")
            if key in p
        ]
        plain["信访人"] = [
            {key: value for key, value in p.items() if key not in ("关系", "翻译")} for p in parties
        ]
    plain |= {"标题": SEALED_TITLE, "类别": str(Category.SEALED)}
    return plain, "\n".join(told)


def _told(value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, list):
        return "；".join(map(_told, value))
    if isinstance(value, dict):
        return "，".join(f"{key} {_told(inner)}" for key, inner in value.items())
    return str(value)


def _with_content(
    register: Register, incoming: Incoming, told: str, keys: Sequence[Any], found: list[Finding]
) -> tuple[Mapping[str, Any] | None, bytes | None]:
    """Add the content of an accusation to what is sealed; it takes a key where that is closed."""
    secret = dict(incoming.secret or {"查询码": incoming.query_code})
    if incoming.sealed is not None:
        try:
            text = open_box(incoming.sealed, keys, incoming.name)
        except WrongKeyError:
            found.append(
                Finding(
                    incoming.matter.place(("标题",)),
                    Level.ERROR,
                    "sealed-accusation",
                    "检举控告的内容写在明处,要移进封存部分,而手头的密钥打不开它",
                    "请由持有密钥的人登记,或请来件人用登记页选“检举控告”重新填写",
                )
            )
            return None, incoming.sealed
        content, _ = examine(text, incoming.name, register.today)
        if content is not None:
            secret = content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    before = secret.get("内容")
    secret["内容"] = "\n".join(filter(None, (before, told)))
    return secret, None


def _seal(
    register: Register, secret: Mapping[str, Any], name: str, found: list[Finding]
) -> bytes | None:
    content, faults = examine(to_yaml(secret), name, register.today)
    found += [replace(fault, place=Place(name)) for fault in faults]
    if content is None:
        return None
    recipients = register.office.recipients if register.office else []
    try:
        return seal_box(to_yaml(content), [recipient.key for recipient in recipients])
    except NoRecipientsError as error:
        found.append(Finding(Place(name), Level.ERROR, "sealed-no-recipients", str(error)))
        return None


def _opened(
    register: Register,
    incoming: Incoming,
    case: Case,
    sealed: bytes,
    keys: Sequence[Any],
    data: Mapping[str, Any],
) -> Iterator[Finding]:
    """Hold what is sealed against the matter, where a key opens it."""
    if not keys:
        return
    place = incoming.matter.place()
    try:
        text = open_box(sealed, keys, incoming.name)
    except WrongKeyError:
        yield Finding(
            place,
            Level.WARNING,
            "unopened-seal",
            "手头的密钥打不开封存部分,可能不是按本登记册的收件人加密的",
            "请核对登记页是不是本登记册的;打不开的,请来件人重新填写",
        )
        return
    content, faults = examine(text, incoming.name, register.today)
    yield from (replace(fault, place=place) for fault in faults)
    if content is not None:
        yield from held_against(content, case, place)
        yield from _leaks(register, content, compose_case(register, data).text, place)


def _leaks(
    register: Register, content: SealedContent, text: str, place: Place
) -> Iterator[Finding]:
    staff = (
        frozenset(post.name for post in register.office.posts) if register.office else frozenset()
    )
    for leak in Leaks(secrets_of(content, known=staff)).find(text):
        yield Finding(
            place,
            Level.ERROR,
            "sealed-value-in-clear",
            f"封存的{leak.field}以明文写在“事项”里",
            "请改用代号 A、B、C,删去后再收",
        )


def _unsealed(case: Case, name: str) -> Iterator[Finding]:
    for party in case.parties:
        if party.given:
            yield Finding(
                Place(name),
                Level.WARNING,
                "nothing-sealed",
                f"{party.code} 已载明{'、'.join(party.given)},来件里却没有封存部分",
                "登记后请用 xinfang seal 补封存",
            )


def land(register: Register, prepared: Prepared) -> tuple[str, list[Path]]:
    """Give the number and write both files, or none; gives the number and the files.

    Raises:
        OrphanSealError: A sealed file that belongs to no case is in the way.
        NumbersTakenError: Others were quicker too often.
    """
    data = dict(prepared.data)
    for _ in range(_ATTEMPTS):
        number = next_number(register, register.today.year)
        data["编号"] = number
        contents = {register.file_of(number): compose_case(register, data).text.encode()}
        if prepared.sealed is not None:
            contents[sealed_file(register.folder, number)] = prepared.sealed
        blocked = create_all(contents)
        if blocked is None:
            return number, list(contents)
        if blocked != register.file_of(number):
            raise OrphanSealError(register.name_of(blocked))
    raise NumbersTakenError
