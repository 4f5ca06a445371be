"""An editor knows the register: a real language server completes, explains and finds faults."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from language_server import Editor

from xinfang.editor import FILES, files, settings, snippets
from xinfang.model import STEP_TYPES, load_assessment, load_case, load_inspection
from xinfang.model.glosses import GLOSSES
from xinfang.model.words import Channel
from xinfang.schema import SCHEMAS, schema
from xinfang.source import read_text

ROOT = Path(__file__).parents[1]
CASE = "cases/2026/XF-2026-0011.yaml"
TEXT = (ROOT / CASE).read_text("utf-8")
TODAY = date(2026, 9, 16)
#: Of the kinds of completion, the one of a key.
KEY = 10
SNIPPETS = snippets()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with a register open, set up as ``init`` does it."""
    folder = tmp_path_factory.mktemp("登记册")
    for name, text in files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    shutil.copytree(ROOT / "cases", folder / "cases")
    shutil.copy(ROOT / "office.yaml", folder)
    own = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))
    with Editor(folder, own) as opened:
        yield opened


def faults(editor: Editor, old: str, new: str) -> list[str]:
    """What the server says once something in the sample case is written otherwise."""
    assert TEXT.count(old) >= 1
    return [fault["message"] for fault in editor.opens(CASE, TEXT.replace(old, new, 1))]


# Completion


def test_keys_of_a_case_are_offered_and_those_there_are_not(editor: Editor) -> None:
    offered = editor.completes(CASE, "编号: XF-2026-0011\n¦\n")
    assert {"标题", "收到", "渠道", "信访人", "请求", "办理"} <= offered.keys()
    assert "编号" not in offered
    assert offered["渠道"]["documentation"] == "信访形式"
    assert "写作 2026-03-02" in offered["登记"]["documentation"]


def test_a_choice_is_offered_with_what_it_means(editor: Editor) -> None:
    offered = editor.completes(CASE, "编号: XF-2026-0011\n渠道: ¦\n")
    assert list(offered) == list(GLOSSES[Channel])
    assert offered["走访"]["documentation"] == "本人到接待场所当面提出"


def test_every_kind_of_step_is_offered_with_what_it_is(editor: Editor) -> None:
    offered = editor.completes(CASE, f"{TEXT}  - 日期: 2026-05-27\n    事项: ¦\n")
    assert list(offered) == list(STEP_TYPES)
    assert offered["转办"]["documentation"] == "转给承办部室:一个主办,可有协办"


def test_a_whole_step_is_offered_with_the_keys_it_needs(editor: Editor) -> None:
    offered = editor.completes(CASE, f"{TEXT}  - ¦\n")
    assert offered["转办"]["insertText"].split() == ["日期:", "$1", "事项:", "转办", "主办:", "$2"]


@pytest.mark.parametrize(
    "step",
    [
        "  - 日期: 2026-05-27\n    事项: 转办\n    ¦\n",
        "  - {日期: 2026-05-27, 事项: 转办, 主¦}\n",
    ],
    ids=["line by line", "in braces"],
)
def test_only_the_keys_of_that_step_are_offered(editor: Editor, step: str) -> None:
    fields = {str(field.alias) for field in STEP_TYPES["转办"].model_fields.values()}
    offered = editor.completes(CASE, TEXT + step)
    keys = {label for label, item in offered.items() if item["kind"] == KEY}
    assert keys == fields - {"日期", "事项"}


def test_an_inner_record_is_completed_too(editor: Editor) -> None:
    step = "  - 日期: 2026-05-27\n    事项: 拟办\n    答复:\n      - 请求: 1\n        ¦\n"
    offered = editor.completes(CASE, TEXT + step)
    assert {"结论", "查明", "意见", "依据", "落实"} <= offered.keys()
    assert "全部“答复”" in offered


def test_the_office_is_completed(editor: Editor) -> None:
    roles = editor.completes("office.yaml", "人员:\n  - 职权: ¦\n")
    assert roles["主要负责人"]["documentation"] == "批准延期、签批重大事项"
    assert "监督渠道" in editor.completes("office.yaml", "渠道:\n  ¦\n")


# Hover


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("渠道: 电话", "渠¦道: 电话", "信访形式"),
        ("渠道: 电话", "渠道: 电¦话", "`电话`: 打来电话,当场记下"),
        ("事项: 受理", "事项: 受¦理", "#### 事项\n\n受理为本单位的信访事项,60 日内办结"),
        ("方式: 书面", "方¦式: 书面", "怎样告知"),
    ],
)
def test_the_mouse_is_told_in_chinese(editor: Editor, old: str, new: str, told: str) -> None:
    shown = editor.explains(CASE, TEXT.replace(old, new, 1))
    assert told in shown
    assert re.findall(r"[A-Za-z]{3,}", shown.partition("来源")[0].replace("xinfang", "")) in (
        [],
        ["issue", "erase"],  # commands that write a step
    )


# Diagnostics


def test_no_sample_file_has_a_fault(editor: Editor) -> None:
    names = [
        file.relative_to(ROOT).as_posix()
        for file in [*sorted((ROOT / "cases").rglob("*.yaml")), ROOT / "office.yaml"]
    ]
    assert len(names) > 30
    found = editor.opens_all({name: (ROOT / name).read_text("utf-8") for name in names})
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_wrong_choice_is_found(editor: Editor) -> None:
    (fault,) = faults(editor, "渠道: 电话", "渠道: 来电")
    assert "电话" in fault
    (fault,) = faults(editor, "事项: 受理", "事项: 受礼")
    assert "受理" in fault


def test_an_unknown_key_and_a_missing_one_are_found(editor: Editor) -> None:
    found = faults(editor, "方式: 书面", "方法: 书面")
    assert len(found) == 2
    assert any("“方式”" in fault or '"方式"' in fault for fault in found)
    assert any("方法" in fault for fault in found)
    (fault,) = faults(editor, "登记人: 李敏\n", "")
    assert "登记人" in fault


def test_a_value_written_otherwise_is_told_how_to_be_written(editor: Editor) -> None:
    (fault,) = faults(editor, "日期: 2026-05-25", "日期: 2026-5-25")
    assert fault == "“日期”的写法不对。这里填: 办理这一步的日期(业务日期);写作 2026-03-02"
    (fault,) = faults(editor, "〔2026〕13号", "〔2026〕013号")
    assert "“文号”的写法不对" in fault


# Schemas and settings


def test_each_word_of_each_closed_list_is_explained() -> None:
    for vocabulary, words in GLOSSES.items():
        assert list(words) == [str(word) for word in vocabulary], vocabulary
    for name in SCHEMAS:
        for key, made in schema(name).get("$defs", {}).items():
            if "enum" in made:
                assert len(made["enumDescriptions"]) == len(made["enum"]), key


def test_nothing_of_the_model_is_left_in_the_words_of_the_model() -> None:
    for name in SCHEMAS:
        text = json.dumps(schema(name), ensure_ascii=False)
        assert "null" not in text
        assert '"examples"' not in text


def test_the_editor_leaves_every_byte_and_the_net_alone() -> None:
    own = settings()
    assert own["yaml.schemaStore.enable"] is False
    assert own["yaml.format.enable"] is False
    assert own["files.trimTrailingWhitespace"] is False
    assert own["[yaml]"]["editor.formatOnSave"] is False
    assert set(FILES) == set(SCHEMAS)


# Snippets


def expanded(body: list[str], base: str) -> str:
    """A snippet as it stands when somebody only presses Tab."""
    text = "\n".join(body).removesuffix("\n$0")
    known = {
        "CURRENT_YEAR": "2026",
        "CURRENT_MONTH": "09",
        "CURRENT_DATE": "16",
        "CURRENT_HOUR": "09",
        "CURRENT_MINUTE": "20",
        "TM_FILENAME_BASE": base,
    }
    text = re.sub(r"\$([A-Z_]+)", lambda match: known[match[1]], text)
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    assert "$" not in text
    return text


def test_a_new_case_is_a_case() -> None:
    loaded = load_case(read_text(expanded(SNIPPETS["新事项"]["body"], "XF-2026-0025"), "新.yaml"))
    assert loaded.findings == ()
    assert loaded.record is not None
    assert loaded.record.registered == TODAY


@pytest.mark.parametrize("kind", STEP_TYPES)
def test_each_step_has_a_snippet_that_makes_that_step(kind: str) -> None:
    snippet = SNIPPETS[kind]
    item = expanded(snippet["body"], "")
    case = expanded(SNIPPETS["新事项"]["body"], "XF-2026-0025")
    steps = "".join(f"  {line}\n" for line in item.splitlines())
    loaded = load_case(read_text(f"{case}\n办理:\n{steps}", "新.yaml"))
    assert loaded.findings == ()
    assert loaded.record is not None
    (step,) = loaded.record.steps
    assert kind == step.KIND
    assert snippet["description"]
    assert not snippet["description"].isascii()


def test_the_other_books_have_their_snippets() -> None:
    decision = expanded(SNIPPETS["新风险评估"]["body"], "FX-2026-001")
    assert load_assessment(read_text(decision, "新.yaml")).findings == ()
    inspection = expanded(SNIPPETS["新排查"]["body"], "劳务管理部")
    assert load_inspection(read_text(inspection, "新.yaml")).findings == ()


@pytest.mark.parametrize("name", ["信访人", "请求"])
def test_an_item_of_a_case_has_its_snippet(name: str) -> None:
    (item,) = yaml.safe_load(expanded(SNIPPETS[name]["body"], ""))
    assert set(item) <= set(schema("case.schema.json")["$defs"]["Party"]["properties"]) | {"内容"}
