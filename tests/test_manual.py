"""The manual tells the truth: its commands are typed on a fresh register, its pictures exist.

``UPDATE_MANUAL=1`` writes what came back into the chapters, where it is not what they tell.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sessions import MANUAL, ROOT, Action, Command, Desk, actions, chapters, is_told, rewritten

from xinfang.cli import COMMANDS

#: Lists every command with its help, so that it is never out of date.
COMMAND_LIST = MANUAL / "15-commands.md"
UPDATE = bool(os.environ.get("UPDATE_MANUAL"))
Played = dict[str, list[tuple[Action, int, list[str]]]]


def listed(text: str) -> list[str]:
    return re.findall(r"^## ([\w-]+) ", text, re.MULTILINE)


def add_missing_commands() -> None:
    text = COMMAND_LIST.read_text("utf-8")
    if listed(text) != list(COMMANDS):
        head = text.partition("\n## ")[0]
        parts = [
            f"\n## {name} {{#{name}}}\n\n```console\n$ xinfang {name} --help\n?\n```\n"
            for name in COMMANDS
        ]
        COMMAND_LIST.write_text(head + "".join(parts), "utf-8")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The whole manual, typed from the first chapter to the last."""
    desk = Desk(tmp_path_factory.mktemp("手册"))
    if UPDATE:
        add_missing_commands()
    found: Played = {}
    for chapter in chapters():
        told = [(action, *desk.does(action)) for action in actions(chapter)]
        found[chapter.name] = told
        if UPDATE:
            chapter.write_text(rewritten(chapter, [came for _, _, came in told]), "utf-8")
    return found


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: str(chapter.stem))
def test_what_the_manual_tells_is_what_comes_back(chapter: Path, played: Played) -> None:
    for action, code, came in played[chapter.name]:
        if isinstance(action, Command):
            assert code in {0, 1}, (action.typed, came)
            assert is_told(action.told, came), "\n".join([action.typed, *came])


def test_nothing_in_the_manual_fails_but_what_is_meant_to(played: Played) -> None:
    failed = [
        action.typed
        for told in played.values()
        for action, code, _ in told
        if isinstance(action, Command) and code
    ]
    assert [typed for typed in failed if not typed.startswith("xinfang step 24 送达")] == []


def test_each_command_is_in_the_list_of_commands() -> None:
    text = COMMAND_LIST.read_text("utf-8")
    assert listed(text) == list(COMMANDS)
    assert re.findall(r"^\$ xinfang ([\w-]+) --help$", text, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: str(chapter.stem))
def test_a_chapter_begins_with_a_title_and_a_plain_sentence(chapter: Path) -> None:
    title, blank, lead, *_ = chapter.read_text("utf-8").splitlines()
    assert title.startswith("# ")
    assert not blank
    assert re.fullmatch(r"[^#`*\[]+。", lead)


def test_each_picture_of_the_manual_is_used_and_there() -> None:
    folder = ROOT / "site_templates" / "theme" / "assets" / "manual"
    text = "".join(chapter.read_text("utf-8") for chapter in chapters())
    assert set(re.findall(r"^!\[.+\]\((.+)\)$", text, re.MULTILINE)) == {
        file.name for file in folder.glob("*.png")
    }
    assert sum(file.stat().st_size for file in folder.iterdir()) < 2_000_000
    assert max(file.stat().st_size for file in folder.iterdir()) < 120_000
