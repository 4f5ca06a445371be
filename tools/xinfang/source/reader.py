"""The reader: YAML text to plain data whose every value remembers its place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK
from typing import Any, Final

import yaml

from xinfang.diagnostics import Finding, Level, Place
from xinfang.source.bytes_ import MAX_BYTES, decode, too_big
from xinfang.source.scalars import NULLS, TELLING, kind_of
from xinfang.source.suspects import conflict_marks, full_width_colons, refused
from xinfang.source.syntax import explain

#: What a file holds once read: mappings, sequences and text; nothing is a number or a date yet.
Plain = dict[str, Any] | list[Any] | str | None


#: First characters of scalars that need a second look; ~ may be nothing.
_ASKED: Final = TELLING | {"~"}


#: Root of data that never was a text; everything in it stands at the file as a whole.
_NOWHERE: Final = object()


@dataclass(frozen=True, slots=True)
class OddScalar:
    """An unquoted scalar that other YAML readers take for something other than text.

    Attributes:
        key: The nearest key above it; tells the model which field it belongs to.
        kind: ``number``, ``sixty`` (a time, to YAML 1.1 a number to the base of sixty), ``bool``.
        text: As written.
        place: Where it stands.
    """

    key: str
    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read.

    Attributes:
        path: Relative to the register, with forward slashes.
        data: Its mapping; empty when the file could not be understood.
        findings: What is wrong with the file as a file.
        odd: Unquoted scalars that are not text elsewhere.
        digest: SHA-256 of the bytes; empty where they could not be read.
    """

    path: str
    data: dict[str, Any]
    findings: tuple[Finding, ...] = ()
    odd: tuple[OddScalar, ...] = ()
    digest: bytes = b""
    _root: Any = field(default=None, repr=False, compare=False)

    @property
    def readable(self) -> bool:
        """Whether there is data to look at."""
        return self._root is not None

    def part(self, key: str) -> Document:
        """Give what stands below a key as a document of its own, with its places in this file.

        What is wrong with the file as a file stays with the whole.
        """
        pair = _child(self._root, key)
        data = self.data.get(key)
        found = pair[1] if pair is not None and isinstance(data, dict) else None
        return Document(
            self.path, data if isinstance(data, dict) else {}, odd=self.odd, _root=found
        )

    def place(self, keys: Sequence[str | int] = (), *, of_key: bool = False) -> Place:
        """Find the value at ``keys``; the nearest parent where it is missing.

        With ``of_key`` the place of the last key itself, for keys that should not be there.
        """
        node = self._root
        if node is None or node is _NOWHERE:
            return Place(self.path)
        found = node
        for index, key in enumerate(keys):
            pair = _child(node, key)
            if pair is None:
                break
            key_node, node = pair
            last = index == len(keys) - 1
            found = key_node if (of_key and last) or _is_empty(node) else node
        return _place(self.path, found)


def read(file: Path, path: str) -> Document:
    """Read a file of the register. Never raises for what stands in it.

    Args:
        file: The file.
        path: Its name in findings, relative to the register.
    """
    try:
        status = file.lstat()
        if S_ISLNK(status.st_mode):
            return _broken(path, "symlink", "是符号链接,未读取", "请放入文件本身")
        if status.st_size > MAX_BYTES:
            return Document(path, {}, (too_big(path),))
        raw = file.read_bytes()
    except OSError:
        return _broken(path, "unreadable", "文件无法读取", "请检查文件是否存在、是否有读取权限")
    return read_bytes(raw, path)


def read_bytes(raw: bytes, path: str) -> Document:
    """Read the bytes of a file as :func:`read` does."""
    decoded = decode(raw, path)
    if decoded.text is None:
        return Document(path, {}, decoded.findings)
    return read_text(decoded.text, path, decoded.findings, hashlib.sha256(raw).digest())


def read_text(
    text: str, path: str, findings: tuple[Finding, ...] = (), digest: bytes = b""
) -> Document:
    """Read text that is already decoded; ``findings`` and ``digest`` are carried on."""
    findings += tuple(refused(text, path))
    if "<<<<<<<" in text:
        findings += tuple(conflict_marks(text, path))
    if any(finding.level is Level.ERROR for finding in findings):
        return Document(path, {}, findings, digest=digest)
    colons = tuple(full_width_colons(text, path))
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        # A full-width colon explains the error that follows from it better than YAML can.
        findings += colons or (explain(error, text, path),)
        return Document(path, {}, findings, digest=digest)
    if not isinstance(root, yaml.MappingNode):
        findings += colons or (_no_mapping(root, path),)
        return Document(path, {}, findings, digest=digest)
    builder = _Builder(path)
    data = builder.mapping(root)
    return Document(
        path, data, findings + colons + tuple(builder.findings), tuple(builder.odd), digest, root
    )


def without_places(data: dict[str, Any], path: str) -> Document:
    """Make a document of data that came from something other than a text, a filled form say."""
    return Document(path, data, _root=_NOWHERE)


class _Loader(yaml.CSafeLoader):
    """libyaml's loader without PyYAML's guesses at types, which cost more than the parsing."""

    def resolve(self, *_: Any) -> str:  # noqa: ANN401
        """Guess nothing: what a scalar is to others is asked only of those that could be odd."""
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:  # noqa: ANN401
        """Do nothing: called for every node."""

    def ascend_resolver(self) -> None:
        """Do nothing: called for every node."""


class _Builder:
    """Turns nodes into plain data and notes what is odd on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.odd: list[OddScalar] = []

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.__class__ is not yaml.ScalarNode:
                self._fault(key_node, "bad-key", "此处的键不是文字", "请写成“键: 值”")
                continue
            key = key_node.value
            if key in data:
                self._duplicate(node, key_node)
                continue
            # Most values are plain text: they are taken here, without a call.
            value = value_node.value
            if value_node.__class__ is yaml.ScalarNode and value and value[0] not in _ASKED:
                data[key] = value
            else:
                data[key] = self._value(value_node, key)
        return data

    def _duplicate(self, node: yaml.MappingNode, again: Any) -> None:  # noqa: ANN401
        line = next(key.start_mark.line for key, _ in node.value if key.value == again.value) + 1
        message = f"“{again.value}”重复出现,前一处在第 {line} 行"
        self._fault(again, "duplicate-key", message, "请合并为一处")

    def _value(self, node: Any, key: str) -> Plain:  # noqa: ANN401 - yaml nodes are untyped
        kind = node.__class__
        if kind is yaml.ScalarNode:
            value: str = node.value
            if node.style:
                return value
            if value in NULLS:
                return None
            if value[0] in TELLING:
                self._note(key, node)
            return value
        if kind is yaml.MappingNode:
            return self.mapping(node)
        return [self._value(item, key) for item in node.value]

    def _note(self, key: str, node: Any) -> None:  # noqa: ANN401
        kind = kind_of(node.value)
        if kind:
            self.odd.append(OddScalar(key, kind, node.value, _place(self.path, node)))

    def _fault(self, node: Any, rule: str, message: str, mend: str) -> None:  # noqa: ANN401
        place = _place(self.path, node)
        self.findings.append(Finding(place, Level.ERROR, rule, message, mend))


def _child(node: Any, key: str | int) -> tuple[Any, Any] | None:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == key), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def _is_empty(node: Any) -> bool:  # noqa: ANN401
    """Whether a value is blank: its own mark would point behind the line, the key's does not."""
    return isinstance(node, yaml.ScalarNode) and not node.style and not node.value


def _place(path: str, node: Any) -> Place:  # noqa: ANN401
    mark = node.start_mark
    return Place(path, mark.line + 1, mark.column + 1)


def _no_mapping(root: Any, path: str) -> Finding:  # noqa: ANN401
    if root is None:
        return Finding(Place(path), Level.ERROR, "empty-file", "文件是空的", "请填写或删除")
    return Finding(
        _place(path, root),
        Level.ERROR,
        "not-a-record",
        "文件内容不是“键: 值”的形式",
        "每行请写成“键: 值”,冒号用半角,冒号后留一个空格",
    )


def _broken(path: str, rule: str, message: str, mend: str) -> Document:
    return Document(path, {}, (Finding(Place(path), Level.ERROR, rule, message, mend),))
