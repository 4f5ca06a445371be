"""来件: what the registration page of the site makes, before it is registered.

One text file holds both parts, so that it can be sent and kept as one: the matter in clear, as in a
case file but without what only registration gives, and who the petitioners are, encrypted with age
in the browser::

    来件: 登记              # or 首问: only what whoever took the first contact can tell
    查询码: 7K3M-9QXR
    事项:
      标题: …
    封存: |
      -----BEGIN AGE ENCRYPTED FILE-----
      …

Anybody may have written such a file. No finding quotes what stands where it does not belong: it
could be a name.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from xinfang.diagnostics import Finding, Level, Place
from xinfang.model import Case, load_case
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.source import Document

#: What the whole file holds.
_KIND, _CODE, _MATTER, _SEAL = "来件", "查询码", "事项", "封存"
_KEYS: Final = frozenset({_KIND, _CODE, _MATTER, _SEAL})
REGISTRATION: Final = "登记"
FIRST_CONTACT: Final = "首问"
#: Fields that only registration gives, or that tell what the office did.
_NOT_THEIRS: Final = frozenset({"编号", "登记", "办理", "原编号", "查询码"})
#: All that whoever took the first contact tells.
_FIRST: Final = frozenset({"标题", "收到", "渠道", "首问人", "信访人"})
#: What a case file needs besides, to look at the rest of it.
_FILLED: Final[Mapping[str, str]] = {"编号": "XF-2000-0001", "登记": "2000-01-01"}

_ARMOR: Final = re.compile(
    r"\s*-----BEGIN AGE ENCRYPTED FILE-----\r?\n(?P<body>[A-Za-z0-9+/=\r\n]+?)\r?\n"
    r"-----END AGE ENCRYPTED FILE-----\s*"
)
_AGE_HEADER: Final = re.compile(
    rb"age-encryption\.org/v1\n(?:-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n"
    rb"|-> [^\n]{1,200}\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+--- [A-Za-z0-9+/]{43}\n"
)
_AGAIN: Final = "请用登记页重新生成,或按纸面内容用 xinfang new 登记"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sound 来件.

    Attributes:
        kind: :data:`REGISTRATION` or :data:`FIRST_CONTACT`.
        query_code: The code on the petitioner's receipt.
        matter: The fields of the matter, with their places in the file.
        sealed: The encrypted part as received; None where nobody gave anything.
    """

    kind: str
    query_code: str
    matter: Document
    sealed: bytes | None


def is_age(raw: bytes) -> bool:
    """Whether bytes begin as an age file does, binary or in ASCII armor."""
    match = _ARMOR.fullmatch(raw.decode("ascii", "replace"))
    if match is None:
        return _AGE_HEADER.match(raw) is not None
    try:
        return _AGE_HEADER.match(base64.b64decode(match["body"])) is not None
    except binascii.Error:
        return False


def read_arrival(document: Document) -> tuple[Arrival | None, list[Finding]]:
    """Look at a 来件 as read.

    What is still missing in the matter is no fault: registration asks for it.

    Args:
        document: The file, as :func:`xinfang.source.read` or ``read_bytes`` gives it.

    Returns:
        The 来件, or None where something is wrong with it; and what was found.
    """
    findings = [_discreet(finding) for finding in document.findings]
    if document.readable:
        findings += _whole(document)
        findings += _matter(document)
        findings += _seal(document)
    if not document.readable or any(finding.level is Level.ERROR for finding in findings):
        return None, sorted(findings)
    data = document.data
    seal = data.get(_SEAL)
    sealed = seal.encode("ascii") if seal else None
    return Arrival(data[_KIND], data[_CODE], document.part(_MATTER), sealed), sorted(findings)


def _whole(document: Document) -> Iterator[Finding]:
    data = document.data
    for key in data.keys() - _KEYS:
        place = document.place((key,), of_key=True)
        yield _fault(place, "unknown-key", "来件里没有这一项", f"只有: {' '.join(sorted(_KEYS))}")
    if data.get(_KIND) not in {REGISTRATION, FIRST_CONTACT}:
        message = f"“{_KIND}”应为 {REGISTRATION} 或 {FIRST_CONTACT},这不像登记页生成的来件"
        yield _fault(document.place((_KIND,)), "not-an-arrival", message, _AGAIN)
    code = data.get(_CODE)
    if not isinstance(code, str) or not re.fullmatch(SHORT_CODE_PATTERN, code):
        message = f"“{_CODE}”缺少或写法不对,应形如 7K3M-9QXR"
        yield _fault(document.place((_CODE,)), "bad-query-code", message, _AGAIN)


def _matter(document: Document) -> Iterator[Finding]:
    data = document.data.get(_MATTER)
    if not isinstance(data, dict) or not data:
        yield _fault(
            document.place((_MATTER,)), "missing-key", f"“{_MATTER}”缺少或不是逐项书写", _AGAIN
        )
        return
    first = document.data.get(_KIND) == FIRST_CONTACT
    for key in data:
        if key in _NOT_THEIRS:
            yield _not_theirs(document, key, "由登记时给出,来件不能写")
        elif first and key not in _FIRST:
            place = document.place((_MATTER, key), of_key=True)
            message = f"首问的来件只能写 {' '.join(sorted(_FIRST))}"
            yield _fault(place, "not-for-first-contact", message, "请删去这一项,登记时再问")
    yield from fitting(document.part(_MATTER), {})


def _not_theirs(document: Document, key: str, why: str) -> Finding:
    place = document.place((_MATTER, key), of_key=True)
    return _fault(place, "not-theirs", f"“{key}”{why}", "请删去这一项")


def fitting(matter: Document, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the fields that are there; what is missing is no fault yet.

    Args:
        matter: Fields of a case, perhaps not all.
        given: More of them; they come first.
    """
    data = {**_FILLED, **{k: v for k, v in matter.data.items() if k not in _NOT_THEIRS}, **given}
    required = {str(f.alias) for f in Case.model_fields.values() if f.is_required()}
    missing = {f"缺少“{key}”" for key in required - data.keys()}
    for finding in load_case(replace(matter, data=data)).findings:
        if not (finding.rule == "missing-key" and finding.message in missing):
            yield finding


def _seal(document: Document) -> Iterator[Finding]:
    seal = document.data.get(_SEAL)
    if seal is None:
        return
    place = document.place((_SEAL,))
    if not isinstance(seal, str):
        message = f"“{_SEAL}”里是没有加密的内容,不能收"
        yield _fault(place, "not-sealed", message, f"请立即删去其中的姓名等信息;{_AGAIN}")
    elif not seal.isascii() or not is_age(seal.encode()):
        message = f"“{_SEAL}”不是 age 加密的内容,或者残缺了,不能收"
        yield _fault(place, "not-sealed", message, _AGAIN)


def _discreet(finding: Finding) -> Finding:
    """Say what is wrong with the file without quoting a key of it: a name can stand there."""
    message = _DISCREET.get(finding.rule, finding.message)
    return replace(finding, message=message)


#: Faults of a file whose usual sentence quotes a key.
_DISCREET: Final = {
    "duplicate-key": "有一项重复出现",
    "full-width-colon": "有一项用了全角冒号",
}


def _fault(place: Place, rule: str, message: str, mend: str) -> Finding:
    return Finding(place, Level.ERROR, rule, message, mend)
