"""Who the petitioners are: names, numbers and addresses from the cells, ready to be sealed.

Nothing of this ever stands in a case file, a message or a preview.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xinfang.identity import values
from xinfang.importing.cells import is_nothing, line
from xinfang.importing.columns import vocabulary
from xinfang.model.words import Particular, PartyKind

_SEPARATORS: Final = re.compile(r"[、,，;；/\n\r]+|\s{2,}")
#: 张三等5人, 张三(5人): one is named, the rest are counted.
_AND_OTHERS: Final = re.compile(
    r"(?:等|及其他|[(])\s*(?:共|约)?(\d{1,4}|[一二三四五六七八九十]+)\s*[人名位户]?\)?$"
)
_ET_AL: Final = re.compile(r"等人?$")
_TITLES: Final = re.compile(r"\s*(?:先生|女士|同志|师傅)$")
#: So many get a code; more stand in the sealed file without one.
_CODED: Final = 26
_HAN_SPACE: Final = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")


@dataclass(frozen=True)
class People:
    """The petitioners of one row.

    Attributes:
        parties: As they stand in the case file: codes, and what was given.
        identities: Code → who it is, in the form of the sealed file.
        others: Those without a code.
        counted: How many there are by what the cell says; None where it says nothing of it.
    """

    parties: Sequence[Mapping[str, Any]]
    identities: Mapping[str, dict[str, Any]] = field(repr=False)
    others: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    counted: int | None = None

    @property
    def secrets(self) -> Sequence[tuple[str, str, str]]:
        """Every value with its particular and the word that stands for it in a text."""
        found = []
        everybody = [*self.identities.items(), *(("共同信访人", other) for other in self.others)]
        for code, identity in everybody:
            found += [("姓名", identity.get("姓名", ""), code)]
            found += [("住址", identity.get("住址", ""), "〔住址〕")]
            found += [("联系方式", one["号码"], "〔号码〕") for one in identity.get("联系方式", ())]
            found += [("证件号", identity.get("证件号", ""), "〔证件号〕")]
            found += [("统一社会信用代码", identity.get("统一社会信用代码", ""), "〔信用代码〕")]
        return [(kind, value, word) for kind, value, word in found if value]


def people(cells: Mapping[str, str]) -> People:
    """Read who the petitioners are.

    Args:
        cells: Item (姓名 住址 电话 证件号 统一社会信用代码) → text of its cell.
    """
    names, counted = _names(cells.get("姓名", ""))
    found: list[dict[str, Any]] = [{"姓名": name} for name in names] or [{}]
    _share(found, "住址", [line(cells.get("住址", ""))])
    _share(found, "联系方式", _listed(cells.get("电话", "")))
    _share(found, "证件号", _listed(cells.get("证件号", "")))
    _share(found, "统一社会信用代码", _listed(cells.get("统一社会信用代码", "")))
    coded = {_code(index): identity for index, identity in enumerate(found[:_CODED])}
    return People(
        parties=[_party(code, identity) for code, identity in coded.items()],
        identities=coded,
        others=found[_CODED:],
        counted=max(counted or 0, len(names)) or None,
    )


def _code(index: int) -> str:
    return chr(ord("A") + index)


def _party(code: str, identity: Mapping[str, Any]) -> dict[str, Any]:
    name = identity.get("姓名", "")
    is_unit = "统一社会信用代码" in identity or any(part in name for part in vocabulary().bodies)
    return {
        "代号": code,
        "类型": str(PartyKind.UNIT if is_unit else PartyKind.PERSON),
        "已载明": [str(word) for word in Particular if str(word) in identity],
    }


def _names(text: str) -> tuple[list[str], int | None]:
    """Split a cell of names; gives them and how many people the cell says there are."""
    if is_nothing(text):
        return [], None
    names: list[str] = []
    counted: int | None = None
    for part in _SEPARATORS.split(text.strip()):
        bare = unicodedata.normalize("NFKC", part).strip()
        more = _AND_OTHERS.search(bare)
        if more is not None and more.start():
            counted = _number(more[1])
            bare = bare[: more.start()]
        else:
            bare = _ET_AL.sub("", part.strip())
        name = _TITLES.sub("", _HAN_SPACE.sub("", line(bare)))
        if not is_nothing(name):
            names.append(values.normal_name(name)[0])
    return names, counted


def _number(text: str) -> int | None:
    from xinfang.typed import count  # noqa: PLC0415 - only for 等五人

    return count(text)


def _listed(text: str) -> list[str]:
    return [part for part in (line(p) for p in _SEPARATORS.split(text)) if not is_nothing(part)]


def _share(found: list[dict[str, Any]], key: str, given: Sequence[str]) -> None:
    """Give each his own where there is one for each; else all of them to the first."""
    given = [value for value in given if not is_nothing(value)]
    if not given:
        return
    if len(given) == len(found) and len(found) > 1:
        for identity, value in zip(found, given, strict=True):
            identity[key] = _contact([value]) if key == "联系方式" else value
    elif key == "联系方式":
        found[0][key] = _contact(given)
    else:
        found[0][key] = given[0]
        if more := given[1:]:
            found[0]["备注"] = "\n".join(
                [*found[0].get("备注", "").splitlines(), f"另有{key}: {'、'.join(more)}"]
            )


def _contact(numbers: Sequence[str]) -> list[dict[str, str]]:
    return [{"号码": values.normal_phone(number)} for number in numbers]


def masked(text: str, secrets: Sequence[tuple[str, str, str]]) -> str:
    """Put the code of a petitioner for his name in a text, and a word for his other particulars."""
    for _, value, word in sorted(secrets, key=lambda secret: -len(secret[1])):
        text = text.replace(value, word)
    return text
