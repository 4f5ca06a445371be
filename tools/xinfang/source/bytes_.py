"""From bytes to text: size, encoding and byte order mark, each fault with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xinfang.diagnostics import Finding, Level, Place

#: A record is a page or two of text; more than this is refused before it is even read.
MAX_BYTES: Final = 1024 * 1024

_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, or None where it cannot be read as UTF-8; and what was found."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def decode(raw: bytes, path: str) -> Decoded:
    """Turn the bytes of a file into text. CRLF is accepted; a BOM is taken off with a hint."""
    if len(raw) > MAX_BYTES:
        return Decoded(None, (too_big(path),))
    if raw.startswith(_UTF16_BOMS):
        return Decoded(None, (_encoding(Place(path, 1, 1), "UTF-16(Windows 记事本的“Unicode”)"),))
    findings: tuple[Finding, ...] = ()
    if raw.startswith(_UTF8_BOM):
        raw = raw[len(_UTF8_BOM) :]
        findings = (
            Finding(
                Place(path, 1, 1),
                Level.HINT,
                "byte-order-mark",
                "文件开头有 BOM 标记,已忽略",
                "另存为时请选“UTF-8”,不选“带 BOM 的 UTF-8”",
            ),
        )
    try:
        return Decoded(raw.decode("utf-8"), findings)
    except UnicodeDecodeError as error:
        return Decoded(None, (*findings, _encoding(_place_of(raw, error.start, path), _guess(raw))))


def too_big(path: str) -> Finding:
    """The finding for a file of more than ``MAX_BYTES``."""
    return Finding(
        Place(path),
        Level.ERROR,
        "file-too-big",
        "文件大于 1 MiB,未读取",
        "事项文件只记文字;扫描件、照片请另存为附件,在“材料”中写明名称",
    )


def _encoding(place: Place, name: str) -> Finding:
    return Finding(
        place,
        Level.ERROR,
        "not-utf-8",
        f"文件不是 UTF-8 编码,像是 {name}" if name else "文件不是 UTF-8 编码,也不是文本文件",
        "请用编辑器打开,另存为 UTF-8 编码",
    )


def _guess(raw: bytes) -> str:
    """Name the encoding of text that is not UTF-8; empty when it is no text at all."""
    if b"\x00" in raw:
        return ""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK/GB18030(旧版中文 Windows 的编码)"


def _place_of(raw: bytes, offset: int, path: str) -> Place:
    before = raw[:offset]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return Place(path, before.count(b"\n") + 1, column)
