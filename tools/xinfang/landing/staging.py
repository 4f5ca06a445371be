"""What is staged for the next commit, held against what it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from xinfang import git
from xinfang.diagnostics import Finding, Place
from xinfang.errors import XinfangError
from xinfang.identity import Leaks, Secret, examine, secrets_of
from xinfang.landing import guard, plain
from xinfang.landing.trees import EMPTY, Tree, committed, staged
from xinfang.model import Office
from xinfang.model.fields import CASE_PATTERN
from xinfang.sealed import keys_for, open_box


class Staged:
    """What is staged in a register.

    Args:
        folder: The register.
        today: The day; a sample register keeps to its own.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self.folder = folder
        self.after = staged(folder)
        parents = {name: committed(folder, name) for name in git.parents_to_be(folder)}
        self.befores: list[Tree] = list(parents.values()) or [EMPTY]
        sides = parents if len(parents) > 1 else ()
        others = [name for name in sides if git.is_pushed(folder, name)]
        self.own = [tree for name, tree in parents.items() if others and name not in others]
        self.today = guard.day_of(self.after, today)

    @cached_property
    def paths(self) -> list[str]:
        """Files that are changed."""
        return guard.changed(self.befores, self.after)

    @cached_property
    def office(self) -> Office | None:
        """The office as staged; None where ``office.yaml`` is not sound."""
        return guard.office_of(self.after, self.today)

    @property
    def numbers(self) -> list[str]:
        """Numbers of the cases that are changed."""
        found = (re.search(CASE_PATTERN, path) for path in self.paths)
        return sorted({match[0] for match in found if match})

    def findings(self) -> list[Finding]:
        """List what keeps it from being committed."""
        found = guard.compare(self.befores, self.after, self.today, own=self.own)
        if self.office is not None:
            for path in filter(guard.is_text, self.paths):
                found += plain.in_text(
                    path, self._text(self.after, path), self.office, self.leaks, self._lines(path)
                )
        return sorted(plain.once(found))

    def message_findings(self, message: str) -> list[Finding]:
        """List what keeps a commit message from being taken, and changes that it must explain."""
        found = list(guard.starts_kept(self.befores, self.after, self.today, message))
        if self.office is not None:
            found += plain.in_message(Place("提交说明"), message, self.office, self.leaks)
        return sorted(set(found))

    @cached_property
    def leaks(self) -> Leaks:
        """What is sealed for the changed cases, where a key is at hand.

        Only for these: opening ten thousand files before each commit would take too long, and it
        is their names that a clerk has in mind. ``xinfang check`` looks for all of them.
        """
        return Leaks(self._secrets())

    def _secrets(self) -> Iterator[Secret]:
        if self.office is None:
            return
        try:
            keys = keys_for(self.folder, sample=self.office.register_.sample)
        except XinfangError:
            return
        staff = frozenset(post.name for post in self.office.posts)
        for number in self.numbers:
            path = f"sealed/{number[3:7]}/{number}.age"
            raw = self.after.content(path)
            try:
                text = open_box(raw, keys, path) if raw else ""
            except XinfangError:
                continue
            content, _ = examine(text, path, self.today)
            if content is not None:
                yield from secrets_of(content, known=staff)

    def _lines(self, path: str) -> set[str]:
        """Lines of a file that stood there before, on any side."""
        return {line for tree in self.befores for line in self._text(tree, path).splitlines()}

    @staticmethod
    def _text(tree: Tree, path: str) -> str:
        return (tree.content(path) or b"").decode("utf-8", "replace")
