"""A register as Git keeps it: staged for the next commit, in a commit, or told by a test.

A tree knows all its names at once and reads contents only when asked, so that looking at one
case in ten thousand costs no more than in ten.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xinfang import git

FILE: Final = "100644"
LINK: Final = "120000"
#: From so many texts on, one look at every file is quicker than Git's for each of them.
_MANY: Final = 50
#: What stands between blanks and signs of YAML.
_PIECE: Final = re.compile(r"[^\s,:;\[\]{}'\"]+")
#: Another repository inside this one.
MODULE: Final = "160000"


@dataclass(frozen=True, slots=True)
class Blob:
    """One file: what kind it is, and the id of its content."""

    mode: str
    id: str


@dataclass(frozen=True)
class Tree:
    """All files of a register at one moment.

    Attributes:
        blobs: Every file, by its path relative to the register.
        read: Gives contents by their ids.
        search: Gives the paths of case files that hold one of some texts.
    """

    blobs: Mapping[str, Blob]
    read: Callable[[Sequence[str]], Mapping[str, bytes]] = field(repr=False)
    search: Callable[[Sequence[str]], frozenset[str]] = field(repr=False)
    _known: dict[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, files: Mapping[str, bytes], modes: Mapping[str, str] | None = None) -> Tree:
        """Make a tree of plain contents."""
        ids = {path: hashlib.sha1(raw, usedforsecurity=False) for path, raw in files.items()}
        by_id = {ids[path].hexdigest(): raw for path, raw in files.items()}

        def search(words: Sequence[str]) -> frozenset[str]:
            asked = [word.encode() for word in words]
            return frozenset(p for p, raw in files.items() if any(word in raw for word in asked))

        blobs = {
            path: Blob((modes or {}).get(path, FILE), digest.hexdigest())
            for path, digest in ids.items()
        }
        return cls(blobs, lambda names: {name: by_id[name] for name in names}, search)

    def fetch(self, paths: Iterable[str]) -> None:
        """Read many contents at once."""
        ids = {self.blobs[path].id for path in paths if path in self.blobs} - self._known.keys()
        if ids:
            self._known.update(self.read(sorted(ids)))

    def content(self, path: str) -> bytes | None:
        """Give what stands in a file; None where there is none, or it is no file."""
        self.fetch((path,))
        blob = self.blobs.get(path)
        return None if blob is None else self._known.get(blob.id)

    def differs(self, other: Tree) -> set[str]:
        """List the paths that are not the same in another tree."""
        both = self.blobs.keys() | other.blobs.keys()
        return {path for path in both if self.blobs.get(path) != other.blobs.get(path)}


#: A register before its first commit.
EMPTY: Final = Tree.of({})


def staged(folder: Path) -> Tree:
    """Give what the next commit will hold.

    Args:
        folder: The register.
    """
    listed = git.answer(folder, "ls-files", "--stage", "-z")
    blobs = {}
    for line in filter(None, listed.split("\0")):
        told, _, path = line.partition("\t")
        mode, name, stage = told.split(" ")
        if stage == "0":
            blobs[path] = Blob(mode, name)
    return _kept(folder, blobs, ("--cached",), "")


def committed(folder: Path, commit: str, prefix: str = "") -> Tree:
    """Give what a commit holds.

    Args:
        folder: The register; or a bare repository, or any other folder of its repository.
        commit: Name of the commit; empty for the state before the first.
        prefix: Folder of the register inside a bare repository, ending in ``/``.
    """
    if not commit:
        return EMPTY
    tree = f"{commit}:{prefix}" if prefix else commit
    listed = git.answer(folder, "ls-tree", "-r", "-z", tree)
    blobs = {}
    for line in filter(None, listed.split("\0")):
        told, _, path = line.partition("\t")
        mode, _, name = told.split(" ")
        blobs[path] = Blob(mode, name)
    return _kept(folder, blobs, (commit,), prefix)


def _kept(folder: Path, blobs: Mapping[str, Blob], where: Sequence[str], prefix: str) -> Tree:
    def search(words: Sequence[str]) -> frozenset[str]:
        if len(words) > _MANY:
            return _holding(tree, words)
        asked = [part for word in words for part in ("-e", word)]
        options = ("-l", "-z", "--fixed-strings", *asked)
        found = git.answer(folder, "grep", *options, *where, "--", f"{prefix}cases")
        # In a commit each name is told with the commit in front of it.
        names = (name.rpartition(":")[2] for name in found.split("\0") if name)
        return frozenset(name.removeprefix(prefix) for name in names)

    tree = Tree(blobs, lambda names: git.contents(folder, names), search)
    return tree


def _holding(tree: Tree, words: Sequence[str]) -> frozenset[str]:
    """Look for many texts at once, by a piece of each: Git looks for one after the other."""
    by_piece: dict[str, list[str]] = {}
    for word in words:
        pieces = _PIECE.findall(word)
        by_piece.setdefault(max(pieces, key=len) if pieces else word, []).append(word)
    paths = [path for path in tree.blobs if path.startswith("cases/")]
    tree.fetch(paths)
    found = set()
    for path in paths:
        text = (tree.content(path) or b"").decode("utf-8", "replace")
        there = by_piece.keys() & set(_PIECE.findall(text))
        if any(word in text for piece in there for word in by_piece[piece]):
            found.add(path)
    return frozenset(found)
