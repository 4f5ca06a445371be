"""What may not land in a register: two states are compared, findings come out.

What stood wrong in the old state already blocks nobody; only what a change adds does. What is
refused, besides errors of the rules:

* a case deleted or given another number, except by ``xinfang renumber``, which keeps the old
  number in ``原编号``;
* a step edited or removed. The steps of the old state must all be there, in their order and with
  what they said; a step may come between them only where its day is between theirs, as when two
  clerks' steps are joined. A ``更正`` names a step by its position; where steps came between,
  it must still name the same one. With a new step ``泄密处置`` pieces of a text may be taken out,
  since what gives somebody away has to go. Each leaves a mark, so that nothing can be reworded
  under that name, and all else stays as it was;
* ``收到`` and ``登记`` changed without a word, because every deadline starts there and no
  ``更正`` reaches them: a commit message must say so. The code on a receipt stays for good.
  Other heads may be mended; Git keeps who did it;
* something that is not encrypted in ``sealed/``, or a sealed file gone without ``销毁``;
* keys, links, and names that cannot be checked out everywhere.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from xinfang import rules
from xinfang.check import check_case
from xinfang.diagnostics import Finding, Level, Place
from xinfang.landing.merging import matched, position, said
from xinfang.landing.plain import CITES as PRIVACY
from xinfang.landing.plain import holds_secret_key
from xinfang.landing.trees import LINK, MODULE, Tree
from xinfang.law import cite
from xinfang.ledger import Entry
from xinfang.model import (
    Case,
    Loaded,
    Office,
    load_assessment,
    load_case,
    load_inspection,
    load_office,
)
from xinfang.model.fields import CASE_PATTERN
from xinfang.model.steps import Breach, Correction, Erasure
from xinfang.register import (
    CASES_FOLDER,
    DECISIONS_FOLDER,
    INBOX_FOLDER,
    INSPECTIONS_FOLDER,
    OFFICE_FILE,
    Register,
)
from xinfang.rules._shared import gaps
from xinfang.source import Document, read_bytes

_CASE_FILE: Final = re.compile(rf"{CASES_FOLDER}/\d{{4}}/({CASE_PATTERN})\.yaml")
_CASES: Final = f"{CASES_FOLDER}/"
#: What may be mended before anybody else has it.
_MENDED: Final = frozenset({"step-changed", "step-out-of-place"})
_GAPLESS: Final = "case-numbers-gapless"
_SEALED: Final = "sealed/"
_SEALED_FILE: Final = re.compile(rf"{_SEALED}\d{{4}}/({CASE_PATTERN})\.age")
_AGE: Final = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
#: A tree has no folder: whatever is looked for there is not found.
_NOWHERE: Final = Path(os.devnull)

_KEPT: Final = (str(cite("细则", "三·三")), str(cite("条例", "44")))

#: Heads that never change, and what to do instead.
_FOR_GOOD: Final = {
    "编号": "请还原;两件事项同号的用 xinfang renumber",
    "查询码": "回执上印的就是它,请还原",
}
#: Heads that no step can mend and every deadline starts from.
_STARTS: Final = ("收到", "登记")
#: Names that Windows keeps for itself.
_DEVICES: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_UNUSABLE: Final = re.compile(r'[\x00-\x1f<>:"|?*\\]|[ .]$')
_LONGEST: Final = 255
#: What stands for a piece of a text that gave somebody away.
_MARK: Final = "(已隐去)"
_MARKED: Final = re.compile(r"[(（]已隐去[)）]")
#: So many missing numbers are looked for among former ones.
_ASKED: Final = 50


@dataclass(frozen=True)
class _State:
    """One state of a register, looked at on a day."""

    tree: Tree
    today: date

    @cached_property
    def register(self) -> Register:
        return Register(_NOWHERE, self.today, load_office(self.document(OFFICE_FILE)))

    def document(self, path: str) -> Document:
        return read_bytes(self.tree.content(path) or b"", path)

    def case(self, path: str) -> Loaded[Case] | None:
        return load_case(self.document(path)) if path in self.tree.blobs else None

    def steps(self, path: str) -> list[dict[str, Any]]:
        """Give the steps of a case as they stand in its file, sound or not."""
        found = self.document(path).data.get("办理")
        return [s for s in found if isinstance(s, dict)] if isinstance(found, list) else []


def office_of(tree: Tree, today: date) -> Office | None:
    """Give the office of a register in some state; None where ``office.yaml`` is not sound."""
    return _State(tree, today).register.office


def day_of(tree: Tree, today: date) -> date:
    """Give the day on which a register is looked at: a sample keeps to its own."""
    office = office_of(tree, today)
    return (office.register_.sample_date if office else None) or today


def is_text(path: str) -> bool:
    """Whether identities are looked for in a file line by line."""
    return path.startswith((f"{CASES_FOLDER}/", f"{INBOX_FOLDER}/")) and path.endswith(".yaml")


def changed(befores: Sequence[Tree], after: Tree) -> list[str]:
    """List the files that are as on no side; and what is gone, from whichever side."""
    differing = [after.differs(tree) for tree in befores]
    gone = {path for paths in differing for path in paths if path not in after.blobs}
    return sorted(set.intersection(*differing) | gone)


def compare(
    befores: Sequence[Tree],
    after: Tree,
    today: date,
    messages: str | None = None,
    own: Sequence[Tree] = (),
) -> list[Finding]:
    """List what may not land.

    Args:
        befores: The old state; of a merge, one for each side.
        after: The new state.
        today: The day.
        messages: Messages of the commits between them; None where they are not written yet.
        own: Sides of a merge that nobody else has yet. Where sides contradict, a step there may
            be mended; a case there may not go either.

    Returns:
        Findings, all of level 错误, sorted.
    """
    new = _State(after, today)
    olds = [_State(tree, today) for tree in befores]
    paths = changed(befores, after)
    for tree in (*befores, after):
        tree.fetch(paths)
    found = list(_names(paths, after))
    found += _keys(paths, (*olds, new))
    found += _seals(paths, olds, new)
    for old in olds:
        is_own = any(old.tree is tree for tree in own)
        found += (f for f in _history(paths, old, new) if not (is_own and f.rule in _MENDED))
    if messages is not None:
        found += starts_kept(befores, after, today, messages)
    found += _fresh([_errors(paths, old) for old in olds], _errors(paths, new))
    return sorted(set(found))


def starts_kept(
    befores: Sequence[Tree], after: Tree, today: date, messages: str
) -> Iterator[Finding]:
    """Yield each 收到 and 登记 that was changed without a word in the message.

    Args:
        befores: The old state; of a merge, one for each side.
        after: The new state.
        today: The day.
        messages: Messages of the commits between them.
    """
    for tree in befores:
        for path in changed(befores, after):
            if _CASE_FILE.fullmatch(path) and path in tree.blobs and path in after.blobs:
                yield from _starts_kept(path, _State(tree, today), _State(after, today), messages)


def worse(
    tree: Tree, path: str, sides: Sequence[bytes], joined: bytes, today: date
) -> list[Finding]:
    """List the errors of a joined case that neither side had.

    Args:
        tree: A state of the register, for its office.
        path: The case file, relative to the register.
        sides: The file on either side.
        joined: What came out.
        today: The day.
    """
    register = _State(tree, today).register
    found = [check_case(register, load_case(read_bytes(raw, path)))[0] for raw in (*sides, joined)]
    errors = [[f for f in one if f.level is Level.ERROR] for one in found]
    return sorted(_fresh(errors[:-1], errors[-1]))


# Names


def _names(paths: Iterable[str], after: Tree) -> Iterator[Finding]:
    new = [path for path in paths if path in after.blobs]
    folded = Counter(map(_folded, after.blobs)) if new else Counter[str]()
    for path in new:
        mode = after.blobs[path].mode
        if mode in {LINK, MODULE}:
            message = "是符号链接" if mode == LINK else "是另一个 Git 仓库"
            yield _error(path, "symlink", f"{message},不能放进登记册", "请放入文件本身")
        if any(
            _UNUSABLE.search(p) or _DEVICES.fullmatch(p) or len(p.encode()) > _LONGEST
            for p in path.split("/")
        ):
            yield _error(path, "unusable-name", "文件名在 Windows 上不能用", "请改名")
        if folded[_folded(path)] > 1:
            message = "与另一个文件只差大小写或字形,在 Windows 和 Mac 上会互相覆盖"
            yield _error(path, "unusable-name", message, "请改名或删去一个")


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


# Keys and seals


def _keys(paths: Iterable[str], states: Sequence[_State]) -> Iterator[Finding]:
    """Yield keys; the published one belongs to a register that is, and was, a sample."""
    offices = [state.register.office for state in states if OFFICE_FILE in state.tree.blobs]
    if all(office is not None and office.register_.sample for office in offices):
        return
    for path in paths:
        yield from key_inside(path, states[-1].tree.content(path) or b"")


def key_inside(path: str, raw: bytes) -> Iterator[Finding]:
    """Yield a file that holds a key to what is sealed."""
    if holds_secret_key(raw):
        message = "里面是打开封存信息的密钥"
        mend = "请移出登记册;推送过的密钥不能再用,请换新密钥并重新封存(xinfang keys new)"
        yield _error(path, "key-in-register", message, mend, PRIVACY)


def _seals(paths: Iterable[str], olds: Sequence[_State], new: _State) -> Iterator[Finding]:
    for path in paths:
        if not path.startswith(_SEALED):
            continue
        raw, match = new.tree.content(path), _SEALED_FILE.fullmatch(path)
        if raw is None:
            if match and not _may_go(path, match[1], olds, new):
                yield _error(
                    path,
                    "seal-removed",
                    "封存的信息被删去,事项里没有“销毁”这一步",
                    f"请恢复: git checkout HEAD -- {path};保管期满的用 xinfang erase",
                    PRIVACY,
                )
        else:
            yield from unsealed(path, raw)


def unsealed(path: str, raw: bytes) -> Iterator[Finding]:
    """Yield a file that stands among the sealed ones and is not encrypted."""
    if path.startswith(_SEALED) and raw and not raw.startswith(_AGE) and not path.endswith(".md"):
        mend = "请用 xinfang seal 编号 封存,不要直接放文件"
        yield _error(path, "not-sealed", "没有加密,不能放在 sealed 里", mend, PRIVACY)


def _may_go(path: str, number: str, olds: Sequence[_State], new: _State) -> bool:
    """Whether a sealed file was destroyed as it should, or went with its case to a new number."""
    case = new.case(_path_of(number))
    steps = case.record.steps if case is not None and case.record is not None else []
    if any(isinstance(step, Erasure) for step in steps):
        return True
    was = {old.tree.blobs[path].id for old in olds if path in old.tree.blobs}
    there = {b.id for p, b in new.tree.blobs.items() if p.startswith(_SEALED)}
    return was <= there


# What happened must stay


def _history(paths: Sequence[str], old: _State, new: _State) -> Iterator[Finding]:
    moved = _moved(paths, old, new)
    for path in paths:
        match = _CASE_FILE.fullmatch(path)
        if match is None or path not in old.tree.blobs:
            continue
        here = path if path in new.tree.blobs else moved.get(match[1], "")
        if not here:
            yield _error(
                path,
                "case-deleted",
                "登记过的事项被删去或改了编号",
                f"请恢复: git checkout HEAD -- {path};误登记的记“撤回”或“并案”,"
                f"同号的用 xinfang renumber {match[1]}",
                _KEPT,
            )
            continue
        before = [_renamed(step, moved) for step in old.steps(path)]
        yield from _steps_kept(match[1], here, before, new.steps(here))
        if here == path:
            yield from _heads_kept(path, old, new)


def _moved(paths: Iterable[str], old: _State, new: _State) -> Mapping[str, str]:
    """Tell which former number now has which file."""
    moved: dict[str, str] = {}
    for path in paths:
        if _CASE_FILE.fullmatch(path) and path in new.tree.blobs and path not in old.tree.blobs:
            former = _listed(new.document(path).data.get("原编号"))
            moved |= dict.fromkeys(former, path)
    return moved


def _renamed(step: dict[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """Give a step as it says the same once the case that it names has another number."""
    into = moved.get(str(step.get("并入", "")))
    return step if into is None else {**step, "并入": Path(into).stem}


def _steps_kept(
    number: str, path: str, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
) -> Iterator[Finding]:
    leaked = len(_having(after, Breach.KIND)) > len(_having(before, Breach.KIND))
    seen = _days if leaked else said
    at = matched([seen(step) for step in before], [seen(step) for step in after])
    for index, step in enumerate(before):
        here = at.get(index)
        if here is None:
            yield _error(path, "step-changed", *_changed_step(number, index, step, after), _KEPT)
        elif not _is_kept(said(step), said(after[here])):
            what, _ = _changed_step(number, index, step, {index: after[here]})
            mend = f"泄密处置只能把泄露的那几个字换成“{_MARK}”,其余照原样;请还原后再删"
            yield _error(path, "step-changed", what, mend, _KEPT)
        elif step.get("事项") == Correction.KIND:
            named = position(step)
            if named is not None and at.get(named) != position(after[here]):
                message = f"第 {here + 1} 步“更正”所指的步骤变了"
                yield _error(path, "step-changed", message, "步骤后移的,“步骤”要随着改", _KEPT)
    yield from _between(path, at, after)


def _changed_step(
    number: str,
    index: int,
    step: dict[str, Any],
    after: Sequence[dict[str, Any]] | Mapping[int, dict[str, Any]],
) -> tuple[str, str]:
    """Say what became of a step that is not there any more as it was."""
    name = f"第 {index + 1} 步“{step.get('事项', '')}”({step.get('日期', '')})"
    mend = (
        f"步骤只追加、不改动:请还原这一步,再运行 xinfang step {number} 更正 步骤={index + 1},"
        "写明改为什么、为何改"
    )
    there = dict(after if isinstance(after, Mapping) else enumerate(after)).get(index, {})
    if there.get("事项") != step.get("事项"):
        return f"{name}被删去或改动", mend
    keys = [k for k in (*step, *there) if step.get(k) != there.get(k)]
    words = "、".join(f"“{key}”" for key in dict.fromkeys(keys))
    return f"{name}的{words}被改动", mend


def _between(
    path: str, at: Mapping[int, int], after: Sequence[dict[str, Any]]
) -> Iterator[Finding]:
    """Yield new steps that stand between old ones although they are not dated so."""
    kept = set(at.values())
    last = max(kept, default=-1)
    for here, step in enumerate(after[:last]):
        if here in kept:
            continue
        day = str(step.get("日期", ""))
        before = str(after[here - 1].get("日期", "")) if here else ""
        if not before <= day <= str(after[here + 1].get("日期", "")):
            message = f"第 {here + 1} 步“{step.get('事项', '')}”插在原有步骤之间,日期却不在其间"
            yield _error(path, "step-out-of-place", message, "新的步骤请加在最后", _KEPT)


def _days(step: dict[str, Any]) -> object:
    """What was done and when."""
    return step.get("事项"), step.get("日期")


def _is_kept(was: object, now: object) -> bool:
    """Whether something is as it was, but for pieces of its texts that left a mark."""
    if isinstance(was, dict) and isinstance(now, dict):
        return list(was) == list(now) and all(map(_is_kept, was.values(), now.values()))
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(_is_kept, was, now))
    if isinstance(was, str) and isinstance(now, str) and was != now:
        return _is_hidden(was, now)
    return was == now


def _is_hidden(was: str, now: str) -> bool:
    """Whether a text is another one in which marks stand for pieces, none of them empty."""
    first, *rest = _MARKED.split(now)
    if not rest or not was.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1]:
        at = was.find(piece, at + 1)
        if at < 0:
            return False
        at += len(piece)
    return was.endswith(rest[-1]) and len(was) - len(rest[-1]) > at


def _having(steps: Sequence[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [step for step in steps if step.get("事项") == kind]


def _heads_kept(path: str, old: _State, new: _State) -> Iterator[Finding]:
    before, after = old.document(path), new.document(path)
    if not after.readable:
        return  # said already, with its place
    for key, mend in _FOR_GOOD.items():
        if before.data.get(key) and after.data.get(key) != before.data[key]:
            yield _at(after.place((key,)), f"“{key}”被改动", mend)
    if set(_listed(before.data.get("原编号"))) - set(_listed(after.data.get("原编号"))):
        yield _at(Place(path), "“原编号”被删去", "凭原编号还要能找到它,请还原")


def _starts_kept(path: str, old: _State, new: _State, messages: str) -> Iterator[Finding]:
    before, after = old.document(path), new.document(path)
    for key in _STARTS if after.readable else ():
        was = before.data.get(key)
        if was and was != after.data.get(key) and not _told(messages, key):
            mend = (
                "请还原;确属笔误的,在提交说明里另起一行写明理由,"
                f"如 更正{key}: 登记簿记为 3 月 2 日,录入时写错"
            )
            yield _at(after.place((key,)), f"“{key}”被改动,期限会跟着变", mend)


def _at(place: Place, message: str, mend: str) -> Finding:
    return Finding(place, Level.ERROR, "head-changed", message, mend, _KEPT)


def _told(messages: str, key: str) -> bool:
    return re.search(rf"^更正\s*{key}\s*[:：]\s*\S", messages, re.MULTILINE) is not None


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


# Errors of the rules


def _fresh(olds: Sequence[Sequence[Finding]], new: Iterable[Finding]) -> Iterator[Finding]:
    """Yield errors that stood on no side."""
    known = {(f.place.path, f.rule, f.message) for old in olds for f in old}
    yield from (f for f in new if (f.place.path, f.rule, f.message) not in known)


def _errors(paths: Sequence[str], state: _State) -> list[Finding]:
    """List the errors of the changed files of a state, and of the whole where they matter to it."""
    register, tree = state.register, state.tree
    found = list(register.loaded.findings)
    if register.office is not None and OFFICE_FILE in paths:
        found += rules.check_office(register)
    entries: dict[str, Entry] = {}
    for path in paths:
        raw = tree.content(path)
        if raw is None or tree.blobs[path].mode in {LINK, MODULE}:
            continue
        if path.startswith((f"{DECISIONS_FOLDER}/", f"{INSPECTIONS_FOLDER}/")):
            found += _of_other_books(register, path, raw)
        elif path.startswith(f"{CASES_FOLDER}/") and path.endswith(".yaml"):
            findings, entry = check_case(register, load_case(read_bytes(raw, path)))
            found += findings
            entries |= {entry.number: entry} if entry is not None else {}
    if entries and register.office is not None:
        numbers = _numbers(tree)
        whole = all(map(_is_whole, numbers.values()))
        _add_related(entries, state, () if whole else _missing(numbers))
        found += (
            finding
            for finding in rules.check_entries(
                entries if whole else _with_others(entries, tree), register
            )
            # Only some of the cases were looked at; the names tell that no number is left out.
            if not (whole and finding.rule == _GAPLESS)
        )
    return [finding for finding in found if finding.level is Level.ERROR]


def _of_other_books(register: Register, path: str, raw: bytes) -> Iterator[Finding]:
    document = read_bytes(raw, path)
    if path.startswith(f"{DECISIONS_FOLDER}/"):
        decision = load_assessment(document)
        yield from decision.findings
        if decision.record is not None:
            yield from rules.check_decision(decision.record, register, document)
        return
    inspection = load_inspection(document)
    yield from inspection.findings
    if inspection.record is not None:
        yield from rules.check_inspection(inspection.record, register, document)


def _add_related(entries: dict[str, Entry], state: _State, missing: Iterable[str]) -> None:
    """Add the cases that the changed ones name, or that may bear a number of theirs."""
    numbers = [paper.number for entry in entries.values() for paper in entry.papers]
    numbers += [entry.archive_number for entry in entries.values() if entry.archive_number]
    numbers += missing
    paths = set(state.tree.search(numbers)) if numbers else set()
    waiting = [n for e in entries.values() for n in (*e.earlier, e.merged_into) if n]
    waiting += [match[1] for path in sorted(paths) if (match := _CASE_FILE.fullmatch(path))]
    while waiting:
        number = waiting.pop()
        loaded = None if number in entries else state.case(_path_of(number))
        if loaded is None:
            continue
        _, entry = check_case(state.register, loaded)
        if entry is not None:
            entries[number] = entry
            waiting += [entry.merged_into] if entry.merged_into else []


def _numbers(tree: Tree) -> Mapping[str, list[int]]:
    """List the serials of all cases of a year, by their names alone."""
    taken: dict[str, list[int]] = defaultdict(list)
    for path in tree.blobs:
        if path.startswith(_CASES) and (match := _CASE_FILE.fullmatch(path)):
            taken[match[1][3:7]].append(int(match[1][8:]))
    return taken


def _is_whole(serials: Sequence[int]) -> bool:
    """Whether each serial of a year is there once; it may begin with any."""
    return max(serials) - min(serials) + 1 == len(serials) == len(set(serials))


def _missing(numbers: Mapping[str, list[int]]) -> list[str]:
    """List the numbers that no file has; a case may have had one of them before."""
    found = [
        f"XF-{year}-{serial:04d}"
        for year, serials in numbers.items()
        for first, last in gaps(set(serials))
        for serial in range(first, last + 1)
        if first > 1
    ]
    return found[:_ASKED]


def _with_others(entries: Mapping[str, Entry], tree: Tree) -> Mapping[str, Entry]:
    """Give all cases of a tree; those that do not matter here are there by their number alone."""
    bare = replace(
        next(iter(entries.values())),
        earlier=(),
        merged_into="",
        papers=(),
        archive_number="",
        former=(),
    )
    every = {
        match[1]: entries.get(match[1]) or replace(bare, number=match[1], path=path)
        for path in tree.blobs
        if (match := _CASE_FILE.fullmatch(path))
    }
    return dict(sorted({**every, **entries}.items()))


def _path_of(number: str) -> str:
    return f"{CASES_FOLDER}/{number[3:7]}/{number}.yaml"


def _error(path: str, rule: str, message: str, mend: str, cites: tuple[str, ...] = ()) -> Finding:
    return Finding(Place(path), Level.ERROR, rule, message, mend, cites)
