"""Adding and removing recipients in ``office.yaml``, line by line: all else stays as it is."""

from __future__ import annotations

from datetime import date

import yaml

from xinfang.errors import XinfangError
from xinfang.store import step_text

_KEY = "收件人"


class RecipientExistsError(XinfangError):
    """The public key is already among the recipients."""

    def __init__(self) -> None:
        super().__init__("这个公钥已在收件人之列")


class NoSuchRecipientError(XinfangError):
    """No recipient has this name or key."""

    def __init__(self, name: str) -> None:
        super().__init__(f"收件人中没有 {name};xinfang keys list 可看全部")


def with_recipient(text: str, name: str, key: str, since: date) -> str:
    """Give the text of ``office.yaml`` with one recipient more.

    Raises:
        RecipientExistsError: The key stands there already.
    """
    steps = _items(text)
    lines = text.splitlines(keepends=True)
    items = ["".join(lines[first:end]) for first, end in steps[1]] if steps else []
    if any(yaml.safe_load(item)[0].get("公钥") == key for item in items):
        raise RecipientExistsError
    line = step_text({"名称": name, "公钥": key, "自": since}, 2)
    if steps is None:
        gap = "" if text.endswith("\n") else "\n"
        return f"{text}{gap}{_KEY}:\n{line}"
    start, ends = steps
    if not ends:
        # An empty list in brackets, or nothing behind the key: the key's line is written anew.
        return "".join([*lines[:start], f"{_KEY}:\n{line}", *lines[start + 1 :]])
    last = ends[-1][1]
    return "".join([*lines[:last], line, *lines[last:]])


def without_recipient(text: str, name: str) -> str:
    """Give the text of ``office.yaml`` without the recipient of this name or key.

    Raises:
        NoSuchRecipientError: There is none.
    """
    found = _items(text)
    lines = text.splitlines(keepends=True)
    for first, end in found[1] if found else []:
        item = yaml.safe_load("".join(lines[first:end]))[0]
        if name in {item.get("名称"), item.get("公钥")}:
            return "".join([*lines[:first], *lines[end:]])
    raise NoSuchRecipientError(name)


def _items(text: str) -> tuple[int, list[tuple[int, int]]] | None:
    """Line of the key and, for each item, its first line and the line behind it (from 0)."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in pairs:
        if key.value == _KEY:
            nodes = value.value if isinstance(value, yaml.SequenceNode) else []
            starts = [node.start_mark.line for node in nodes]
            ends = [*starts[1:], _end(text, nodes[-1])] if nodes else []
            return key.start_mark.line, list(zip(starts, ends, strict=True))
    return None


def _end(text: str, node: yaml.Node) -> int:
    """The line behind an item: its own last line where it is in braces, else the next dedent."""
    mark = node.end_mark
    lines = text[: mark.index].splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    return len(lines)
