"""What the README says can be typed can be typed; the papers it lists are those there are."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from clerk import commanded

from xinfang.forms import Form, forms
from xinfang.model import STEP_TYPES

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
#: These ask, go on running, read a file of the clerk or need a repository; other tests play them.
ASKS = {"init", "new", "step", "import", "seal", "serve", "hook", "renumber"}
#: Any code; the README cannot know the one that a paper will have.
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "信访办"), ("EMAIL", "xinfang@qinglan.example"))
}
LAYOUTS = {
    "公文": "official",
    "上行文": "report up",
    "信函": "letter",
    "纪要": "minutes",
    "表格": "table",
}


def blocks(name: str) -> list[list[list[str]]]:
    found = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    lines = [[line.partition("#")[0].strip() for line in block.splitlines()] for block in found]
    return [[shlex.split(line) for line in block if line] for block in lines]


def is_story(block: list[list[str]]) -> bool:
    """Whether each command of a block rests on those before it."""
    return any(words[1:2] == ["issue"] for words in block)


def typed() -> list[list[str]]:
    found = [
        words
        for name in READMES
        for block in blocks(name)
        if not is_story(block)
        for words in block
    ]
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


def copy_register(folder: Path) -> Path:
    folder.mkdir()
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("office.yaml", "mkdocs.yml", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_register(tmp_path_factory.mktemp("readme") / "register")


def xinfang(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = commanded(folder, arguments, os.environ | WHO)
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("words", typed(), ids=" ".join)
def test_command_of_the_readme_works(words: list[str], register: Path) -> None:
    program, *arguments = words
    if program == "make":
        done = subprocess.run(
            ["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return
    assert program == ".venv/bin/xinfang"
    if arguments[0] in ASKS:
        arguments = [arguments[0], "--help"]
    done = xinfang(register, *arguments)
    assert done.returncode in {0, 1}, done.stdout + done.stderr


def test_both_readmes_issue_void_and_verify_in_the_same_words() -> None:
    english, chinese = ([b for b in blocks(name) if is_story(b)] for name in READMES)
    assert english == chinese
    assert len(english) == 1


def test_issuing_verifying_and_voiding_go_as_the_readme_tells(tmp_path: Path) -> None:
    folder = copy_register(tmp_path / "register")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "登记册"]):
        subprocess.run(["git", *command], cwd=folder, env=os.environ | WHO, check=True)
    (story,) = (block for block in blocks(READMES[0]) if is_story(block))
    code = ""
    for program, *arguments in story:
        assert program == ".venv/bin/xinfang"
        done = xinfang(folder, *(code if CODE.fullmatch(word) else word for word in arguments))
        assert done.returncode == 0, (arguments, done.stdout + done.stderr)
        given = re.search(r"^核验码: (\S+)$", done.stdout, re.MULTILINE)
        code = given[1] if given else code
    assert len(list(folder.glob("build/issued/*/*-v2.pdf"))) == 1
    assert not subprocess.check_output(["git", "status", "--porcelain"], cwd=folder)


# The list of papers


def rows(name: str) -> dict[str, list[str]]:
    lines = re.findall(
        r"^\| (D\d\d[a-c]?) \| (.*) \|$", (ROOT / name).read_text("utf-8"), re.MULTILINE
    )
    return {id_: rest.split(" | ") for id_, rest in lines}


def size_of(form: Form, landscape: str) -> str:
    words = [form.size if form.size != "A4" else "", landscape if form.landscape else ""]
    return " ".join(filter(None, words))


@pytest.mark.parametrize("name", READMES)
def test_each_paper_has_its_line(name: str) -> None:
    shown, known = rows(name), forms(ROOT / "forms")
    assert list(shown) == list(known)
    for id_, form in known.items():
        title, when, layout, signed = shown[id_]
        assert when
        if name == "README.zh.md":
            assert title == form.name
            assert signed == ("、".join(form.signers) or "—")
            assert layout == f"{form.layout} {size_of(form, '横排')}".strip()
        else:
            assert title.startswith(f"{form.name}, ")
            assert layout == f"{LAYOUTS[form.layout]} {size_of(form, 'landscape')}".strip()
            assert (signed == "—") == (not form.signers)


@pytest.mark.parametrize("name", READMES)
def test_pictures_and_links_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert len(targets) >= 3
    for target in targets:
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_the_promise_stands_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "只对事项和决策评估,不对个人评分、画像、跟踪、列名单" in text


# What CONTRIBUTING and the glossary list


def test_each_key_of_a_form_is_explained_to_its_makers() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("| key of `form.yaml` |")[2].partition("\n\n")[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    known = {str(field.alias) for field in Form.model_fields.values()}
    assert {key for cell in first for key in re.findall(r"`(.*?)`", cell)} == known


def test_the_glossary_has_each_step() -> None:
    text = (ROOT / "docs/GLOSSARY.md").read_text("utf-8")
    found = dict(re.findall(r"^\| (\S+) \| `(\w+)` \|$", text, re.MULTILINE))
    assert found == {word: model.__name__ for word, model in STEP_TYPES.items()}
