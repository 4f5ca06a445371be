"""What is written in the fields of a PDF, whatever program filled them in (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import pikepdf

from xinfang.errors import XinfangError

#: A filled form is well below this; scans and photographs do not belong into it.
MAX_BYTES: Final = 20 * 1024 * 1024
#: Our largest form has some hundred fields; deeper or longer trees are no forms of ours.
_MOST_FIELDS: Final = 2000
_DEEPEST: Final = 8
#: A longer text than this is no answer in a form.
_LONGEST: Final = 20_000

_OFF: Final = frozenset({"", "/Off"})
#: Fields by which a form is known whose metadata a program has thrown away.
_KNOWN_BY: Final[Mapping[str, frozenset[str]]] = {
    "D01": frozenset({"事由（一句话）", "称呼（愿留）"}),
    "D02": frozenset({"主要事实", "请求（逐条）", "姓名（名称）"}),
    "D10": frozenset({"拟办计划", "承办部室", "登记编号"}),
}


class UnreadablePdfError(XinfangError):
    """A PDF that is no form filled in on the screen; the reason is a Chinese clause with a mend."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form.

    Attributes:
        form: D-number.
        texts: Name of a field → what is written there; empty fields are left out.
        ticked: Names of the boxes that are ticked.
    """

    form: str
    texts: Mapping[str, str] = field(repr=False)
    ticked: frozenset[str]


def is_pdf(raw: bytes) -> bool:
    """Whether bytes are meant as a PDF; some programs write something before its head."""
    return b"%PDF-" in raw[:1024]


def read_filled(raw: bytes) -> Filled:
    """Read the fields of a PDF.

    Raises:
        UnreadablePdfError: It is damaged, locked, has no fields, or is none of our forms.
    """
    if len(raw) > MAX_BYTES:
        message = f"PDF 大于 {MAX_BYTES // 1024 // 1024} MiB,未读取;请只交可填写的表格,扫描件另存"
        raise UnreadablePdfError(message)
    try:
        with pikepdf.open(BytesIO(raw)) as pdf:
            return _read(pdf)
    except pikepdf.PasswordError as error:
        message = "PDF 加了密码,打不开;请去掉密码另存后再交"
        raise UnreadablePdfError(message) from error
    # A damaged file can break anywhere within it, as whatever kind of error.
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
        message = "PDF 已损坏或残缺,读不出来;请重新保存或重新填写"
        raise UnreadablePdfError(message) from error


def _read(pdf: pikepdf.Pdf) -> Filled:
    form = pdf.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    texts: dict[str, str] = {}
    ticked: set[str] = set()
    names: set[str] = set()
    for name, item in _fields(roots):
        names.add(name)
        if _inherited(item, "/FT") == "/Btn":
            if _is_ticked(item):
                ticked.add(name)
        elif text := _text(item):
            texts[name] = text
    if not names:
        message = (
            "PDF 里没有可填写的字段,可能另存成了打印件或扫描件;"
            "请交回原来的可填写表格,或按纸面内容用 xinfang new 登记"
        )
        raise UnreadablePdfError(message)
    return Filled(_form_of(pdf, names), texts, frozenset(ticked))


def _form_of(pdf: pikepdf.Pdf, names: set[str]) -> str:
    said = str(pdf.docinfo.get("/Subject", "")).partition(" ")[0]
    if said in _KNOWN_BY:
        return said
    known = next((form for form, fields in _KNOWN_BY.items() if fields <= names), None)
    if known is None:
        message = "不是能读回的表格;能读回的有首问登记单(D01)、登记表(D02)、承办反馈表(D10)"
        raise UnreadablePdfError(message)
    return known


def _fields(items: object) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Yield the fields with their whole names; a widget without a name is a place of its parent."""
    queue = [(item, "", 0) for item in items] if isinstance(items, pikepdf.Array) else []
    for count, (item, prefix, depth) in enumerate(queue):
        if count > _MOST_FIELDS or depth > _DEEPEST:
            message = "PDF 的字段多得不像表格,未读取;请交回本登记册发出的表格"
            raise UnreadablePdfError(message)
        if not isinstance(item, pikepdf.Dictionary):
            continue
        own = str(item.get("/T", ""))
        name = ".".join(filter(None, (prefix, own)))
        kids = item.get("/Kids")
        below = [kid for kid in kids if "/T" in kid] if isinstance(kids, pikepdf.Array) else []
        queue += [(kid, name, depth + 1) for kid in below]
        if not below:
            yield name, item


def _inherited(item: pikepdf.Object, key: str) -> object:
    for _ in range(_DEEPEST):
        if key in item:
            return item[key]
        if "/Parent" not in item:
            return None
        item = item.Parent
    return None


def _is_ticked(item: pikepdf.Dictionary) -> bool:
    value = _inherited(item, "/V")
    if value is not None:
        return str(value) not in _OFF
    kids = item.get("/Kids")
    widgets = list(kids) if isinstance(kids, pikepdf.Array) else [item]
    return any(str(widget.get("/AS", "")) not in _OFF for widget in widgets)


def _text(item: pikepdf.Dictionary) -> str:
    """Give what is written in a field: one kind of line ends, no blanks at the end of a line."""
    value = _inherited(item, "/V")
    if isinstance(value, pikepdf.Stream):
        value = pikepdf.String(value.read_bytes()[: 4 * _LONGEST])
    if value is None:
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in text if c in {"\n", "\t"} or c.isprintable() or c == "\u3000")
    lines = [line.rstrip() for line in clean.expandtabs(2).split("\n")]
    return "\n".join(lines).strip()[:_LONGEST]
