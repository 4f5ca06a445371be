"""The only module that writes files of a register: whole or not at all.

A case file is never rewritten. A new one is created exclusively, so that two clerks cannot
be given the same number; a step is inserted behind the last one, and not a byte of what
stood there before changes.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from xinfang.errors import XinfangError
from xinfang.model.fields import Moment
from xinfang.source.scalars import kind_of

#: A step that fits this many characters stands on one line.
_ONE_LINE: Final = 100
#: So many files are waited for at once.
_WAITING: Final = 16


class StepsNotAListError(XinfangError):
    """``办理`` stands in a form behind which no step can be added."""

    def __init__(self) -> None:
        super().__init__("“办理”应逐行书写(每步一行,以“- ”开头),才能追加;请先改写再试")


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old or the new content, never a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path, content)
    try:
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_output(path: Path, content: bytes) -> bool:
    """Write a file that can be made again at any time; no where it has this content already.

    Readers see the old or the new content as with :func:`write_atomic`, but nothing waits until it
    is safe on the disk: that would take longer than to make it.
    """
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".xinfang-{os.getpid()}-{path.name}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def create(path: Path, content: bytes, *, mode: int = 0o644) -> bool:
    """Create a file that must not exist yet; False when somebody was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path, content, mode)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def create_all(contents: Mapping[Path, bytes]) -> Path | None:
    """Create several files of which none may exist yet: all of them or none.

    Returns:
        The file that was in the way; None where all were created.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        # A full disk is met here, before the first file can be seen.
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = _temporary(path, content, flush=False)
        _flush(staged.values())
        for path, temporary in staged.items():
            try:
                os.link(temporary, path)
            except FileExistsError:
                return _without(made, path)
            made.append(path)
    except BaseException:
        _without(made, Path())
        raise
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return None


def _flush(files: Iterable[Path]) -> None:
    """Wait until files are safe on the disk: many at once, which a disk does as fast as one."""
    with ThreadPoolExecutor(_WAITING) as pool:
        for _ in pool.map(_flush_one, files):
            pass


def _flush_one(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _without(made: list[Path], blocked: Path) -> Path:
    for path in made:
        path.unlink(missing_ok=True)
    return blocked


def replace_all(contents: Mapping[Path, tuple[bytes, bytes]]) -> Path | None:
    """Replace several files: all of them or none, and only what still is as it was read.

    Args:
        contents: File → what it held when it was read, and what it is to hold.

    Returns:
        The file that somebody else has changed since; None where all were replaced.
    """
    for path, (before, _) in contents.items():
        if path.read_bytes() != before:
            return path
    done: list[Path] = []
    try:
        for path, (_, after) in contents.items():
            write_atomic(path, after)
            done.append(path)
    except BaseException:
        for path in done:
            write_atomic(path, contents[path][0])
        raise
    return None


def found(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Put files into a folder; what stands there already is left alone.

    A folder that is not there yet comes whole or not at all; of the files that one lacks come
    all or none.

    Returns:
        Names of the files that were created.
    """
    if not folder.exists():
        _found_whole(folder, contents)
        return list(contents)
    missing = [name for name in contents if not os.path.lexists(folder / name)]
    _create_each({folder / name: contents[name] for name in missing})
    return missing


def _create_each(contents: Mapping[Path, bytes]) -> None:
    blocked = create_all(contents)
    if blocked is not None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(blocked))


def _found_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".xinfang-", dir=folder.parent))
    try:
        _create_each({stage / name: content for name, content in contents.items()})
        stage.chmod(0o755)
        stage.rename(folder)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def remove(path: Path) -> None:
    """Remove a file whose content now stands elsewhere; nothing happens where it is gone."""
    path.unlink(missing_ok=True)


def _temporary(path: Path, content: bytes, mode: int = 0o644, *, flush: bool = True) -> Path:
    handle, name = tempfile.mkstemp(prefix=".xinfang-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def with_step(text: str, step: dict[str, Any]) -> str:
    """Give the text of a case file with one step more; all that stood there stays as it is.

    Raises:
        StepsNotAListError: ``办理`` is not a list written line by line.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    index = next((i for i, (key, _) in enumerate(pairs) if key.value == "办理"), None)
    if index is None:
        added = f"办理:\n{step_text(step, 2)}"
        return _joined(text, len(text), added, newline)
    steps = pairs[index][1]
    if not isinstance(steps, yaml.SequenceNode) or steps.flow_style or not steps.value:
        raise StepsNotAListError
    end = pairs[index + 1][0].start_mark.index if index + 1 < len(pairs) else len(text)
    offset = _behind_last_step(text, end)
    return _joined(text, offset, step_text(step, steps.start_mark.column), newline)


def _behind_last_step(text: str, end: int) -> int:
    """Go back over blank lines and comments that belong to the key that follows."""
    lines = text[:end].splitlines(keepends=True)
    while end < len(text) and lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return sum(map(len, lines))


def _joined(text: str, offset: int, added: str, newline: str) -> str:
    before, after = text[:offset], text[offset:]
    gap = "" if not before or before.endswith("\n") else newline
    return f"{before}{gap}{added.replace(chr(10), newline)}{after}"


def step_text(step: dict[str, Any], indent: int) -> str:
    """Write a step as YAML: on one line where it is short, else key by key."""
    plain = {key: to_plain(value) for key, value in step.items()}
    flow = _dump(plain, flow=True)
    if len(flow) <= _ONE_LINE and not _holds_records(plain):
        return f"{' ' * indent}- {flow}\n"
    lines = _dump(plain, flow=False).splitlines()
    pad = " " * indent
    first, *rest = lines
    return (
        "\n".join([f"{pad}- {first}", *(f"{pad}  {line}" if line else "" for line in rest)]) + "\n"
    )


def _holds_records(step: dict[str, Any]) -> bool:
    """Whether a value is a list of records, which reads better line by line."""
    return any(
        isinstance(value, list) and any(isinstance(item, dict) for item in value)
        for value in step.values()
    )


def record_text(record: dict[str, Any]) -> str:
    """Write a new record as YAML, one key a line, short inner records on one line."""
    parts = []
    for key, value in record.items():
        plain = to_plain(value)
        if isinstance(plain, list) and plain and isinstance(plain[0], dict):
            items = "".join(step_text(item, 2) for item in plain)
            parts.append(f"{key}:\n{items}")
        elif isinstance(plain, (list, dict)):
            parts.append(f"{key}: {_dump(plain, flow=True)}\n")
        else:
            parts.append(_dump({key: plain}, flow=False) + "\n")
    return "".join(parts)


def to_plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - a table of kinds
    """Turn a value into what stands in a file: dates bare, amounts with two decimals, 是/否."""
    match value:
        case _Bare():
            return value
        case bool():
            return "是" if value else "否"
        case _Bare():
            return value
        case Moment():
            return value.day if value.clock is None else _Bare(str(value))
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return _Bare(f"{value:.2f}")
        case date() | int():
            return value
        case dict():
            return {key: to_plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [to_plain(inner) for inner in value]
        case _:
            return str(value)


class _Bare(str):
    """Text that is written without quotes although YAML would take it for a number."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """A dumper that writes long texts as blocks and certain numbers bare."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key, as clerks write them."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002
        """Write the same day in two places twice: a case file knows no aliases."""
        return True


def _text_node(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    # Other readers take some digests for numbers.
    style = "|" if "\n" in value.strip() else "'" if kind_of(value) == "number" else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _bare_node(dumper: yaml.SafeDumper, value: _Bare) -> yaml.Node:
    tag = "float" if value.replace(".", "").isdigit() else "str"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{tag}", str(value))


class _QuickDumper(yaml.CSafeDumper):
    """The same in C, seven times as fast; it cannot indent lists, nor write the rarest letters."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002
        """As above."""
        return True


_DUMPERS: Final[tuple[type[Any], ...]] = (_Dumper, _QuickDumper)
for _kind in _DUMPERS:
    _kind.add_representer(str, _text_node)
    _kind.add_representer(_Bare, _bare_node)


def _dump(value: Any, *, flow: bool) -> str:  # noqa: ANN401
    if flow or not _holds_lists(value):
        text = _dumped(value, _QuickDumper, flow=flow)
        # It takes letters beyond U+FFFF for unprintable, and they stand in names.
        if "\\" not in text:
            return text
    return _dumped(value, _Dumper, flow=flow)


def _holds_lists(value: Any) -> bool:  # noqa: ANN401
    inner = value.values() if isinstance(value, dict) else ()
    return isinstance(value, list) or any(map(_holds_lists, inner))


def _dumped(value: Any, dumper: type[Any], *, flow: bool) -> str:  # noqa: ANN401
    text: str = yaml.dump(
        value,
        Dumper=dumper,
        allow_unicode=True,
        default_flow_style=flow,
        sort_keys=False,
        width=10_000 if flow else 96,
    )
    return text.strip("\n")
