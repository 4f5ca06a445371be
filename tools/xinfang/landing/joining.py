"""What Git's merge driver does with a file that both sides changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xinfang.landing import guard
from xinfang.landing.merging import merge
from xinfang.landing.trees import committed


@dataclass(frozen=True, slots=True)
class Sides:
    """One file three times: as both began with it, and on either side."""

    base: bytes
    ours: bytes
    theirs: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """What came out.

    Attributes:
        content: Both sides in one; our side alone where it was refused.
        refusals: Why it was refused, as Chinese sentences.
        mend: What to do then.
        kept_apart: Where the other side is put so that somebody can look at it.
    """

    content: bytes
    refusals: tuple[str, ...] = ()
    mend: str = ""
    kept_apart: Path | None = None


def joined(top: Path, prefix: str, path: str, sides: Sides, today: date) -> Done:
    """Join both sides of a file.

    Args:
        top: The work tree.
        prefix: Folder of the register inside it, ending in ``/``; empty for its root.
        path: The file, relative to the work tree.
        sides: What stands in it.
        today: The day.
    """
    name = path.removeprefix(prefix)
    if not name.endswith(".yaml"):
        return _sealed(path, name, sides)
    texts = [raw.decode("utf-8", "replace") for raw in (sides.base, sides.ours, sides.theirs)]
    found = merge(*texts)
    if found.is_clash:
        number = Path(name).stem
        mend = (
            f"请运行 xinfang renumber --commit:已推送的一件保留 {number},"
            "另一件改用下一个编号,两件都不会丢"
        )
        return Done(sides.ours, found.refusals, mend)
    content, refusals = found.text.encode(), found.refusals
    if not refusals:
        tree = committed(top / prefix, "HEAD")
        day = guard.day_of(tree, today)
        new = guard.worse(tree, name, (sides.ours, sides.theirs), content, day)
        refusals = tuple(f"合并后多出两边都没有的错误: {finding.message}" for finding in new)
    if not refusals:
        return Done(content)
    apart = top / prefix / "build" / "merge" / f"{Path(name).stem}.theirs.yaml"
    mend = (
        f"没有自动合并:文件里是一边的写法,另一边的写法存在 {apart.relative_to(top).as_posix()}。"
        f"请对照改好这个文件,再运行 git add {path},然后 git commit"
        "(变基中的用 git rebase --continue)"
    )
    return Done(sides.ours, refusals, mend, apart)


def _sealed(path: str, name: str, sides: Sides) -> Done:
    """Nobody can join what is encrypted: somebody has to open both."""
    if sides.theirs in {sides.ours, sides.base} or sides.ours == sides.base:
        return Done(sides.theirs if sides.ours == sides.base else sides.ours)
    number = Path(name).stem
    if not sides.base:
        mend = (
            "两件事项同号的,请运行 xinfang renumber --commit;"
            f"确是同一件的,只留一边: {_choice(path)}"
        )
    else:
        mend = f"请选一边: {_choice(path)};再用 xinfang open {number} 核对,缺的用 xinfang seal 补上"
    return Done(sides.ours, ("两边都改了封存的信息,加密的文件不能自动合并",), mend)


def _choice(path: str) -> str:
    return f"git checkout --ours {path} 或 git checkout --theirs {path},然后 git add {path}"
