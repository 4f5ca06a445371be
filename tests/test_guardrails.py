"""The product answers petitions and watches nobody (domain: guardrails). These tests keep it so."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from xinfang.identity.values import id_check_character
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import STEP_TYPES, Case, Office, load_office, words
from xinfang.register import Register
from xinfang.rules import all_rules
from xinfang.rules._shared import guardrail_words
from xinfang.rules.demo_key_in_real_register import DEMO_KEY
from xinfang.rules.no_waiver_of_rights import check_case as waivers
from xinfang.rules.personal_data_in_clear import check_case as personal_data
from xinfang.source import read

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
PROMISE = "本工具只对事项和决策评估,不对个人评分、画像、跟踪、列名单"

#: Words that no field, key or value of the model may have: they would be about a person.
ABOUT_PERSONS = re.compile(
    "劝返|息访|静访|罢访|稳控|重点人|缠访|闹访|无理|非正常|黑名单|名单|画像|评分|积分|排名|等级|"
    "性格|情绪|风险|倾向|行踪|轨迹|籍贯|民族|宗教|政治面貌|性别|年龄|照片|家庭成员|社交|次数|批次",
)
ABOUT_PERSONS_ENGLISH = re.compile(
    r"score|rating|ranking|rank\b|risk_|profile|track|watch|blacklist|dissatisf|predict|"
    r"gender|\bage\b|ethnic|religion|native_place|visits|times_",
)


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """A model and every record that stands in its fields."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for kind in re.findall(r"xinfang\.model\.\w+\.(\w+)", str(field.annotation)):
            for module in ("case", "steps", "office"):
                found = getattr(__import__(f"xinfang.model.{module}", fromlist=[kind]), kind, None)
                if inspect.isclass(found) and issubclass(found, BaseModel):
                    yield from models(found, seen)


def every_model() -> list[type[BaseModel]]:
    seen: set[type[BaseModel]] = set()
    roots: list[type[BaseModel]] = [Case, Office, *STEP_TYPES.values()]
    return [model for root in roots for model in models(root, seen)]


def matter(**texts: str) -> Matter:
    """A sound case with some free texts, seen through the sample office."""
    loaded = load_office(read(ROOT / "office.yaml", "office.yaml"))
    data = {
        "编号": "XF-2026-0001",
        "标题": "反映宿舍热水",
        "收到": "2026-03-02",
        "登记": "2026-03-02",
        "渠道": "走访",
        "登记人": "李敏",
        "目的": "申诉求决",
        "类别": "食宿与劳动条件",
    }
    case = Case.model_validate(data | texts)
    return Register(ROOT, TODAY, loaded).matter(case, "")


def opinion(text: str) -> Matter:
    """A case whose settlement says something."""
    step = {
        "日期": "2026-03-10",
        "事项": "调解",
        "种类": "和解",
        "双方自愿": "是",
        "协议内容": text,
        "履行期限": "2026-03-20",
    }
    return matter(办理=[step])  # type: ignore[arg-type]


# The model


@pytest.mark.parametrize("model", every_model(), ids=lambda model: model.__name__)
def test_no_field_is_about_what_a_person_is_like(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert not ABOUT_PERSONS.search(str(field.alias)), field.alias
        assert not ABOUT_PERSONS_ENGLISH.search(name), name


def test_every_model_was_looked_at() -> None:
    names = {model.__name__ for model in every_model()}
    assert {"Case", "Party", "Claim", "Answer", "Execution", "Post", "LegalRoute"} <= names
    assert len(names) > len(STEP_TYPES)


def test_no_word_of_the_vocabularies_labels_a_person() -> None:
    enums = [kind for _, kind in inspect.getmembers(words, inspect.isclass)]
    values = [str(member.value) for kind in enums if issubclass(kind, Enum) for member in kind]
    assert values
    assert [value for value in values if ABOUT_PERSONS.search(value)] == []


def test_sending_people_away_is_no_way_to_close_and_no_step() -> None:
    closings = {str(way) for way in words.Closing}
    # What ended before the register began may stand as the old ledger tells it; a rule keeps it.
    assert closings == {"答复", "引导", "转送", "调解和解", "撤回", "并案", "移送", "旧台账"}
    assert not {"劝返", "息访", "不予登记", "删除", "暂停"} & (closings | set(STEP_TYPES))


def test_a_ledger_entry_knows_no_person() -> None:
    fields = set(Entry.__dataclass_fields__)
    assert not {"name", "phone", "address", "id_number", "relation", "identity"} & fields


# What is printed and shown


def published_files() -> list[Path]:
    kinds = {".html", ".md", ".yaml", ".css", ".txt"}
    folders = (ROOT / "forms", ROOT / "site_templates")
    return sorted(f for folder in folders for f in folder.rglob("*") if f.suffix in kinds)


@pytest.mark.parametrize(
    "file", published_files(), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_no_form_or_page_uses_a_guardrail_word(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.name == "form.yaml":
        form = yaml.safe_load(text)
        form.pop("禁用", None)  # the words that a form itself refuses
        text = yaml.safe_dump(form, allow_unicode=True, width=1000)
    assert [word for _, word, _ in guardrail_words([(("",), text)])] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_makes_the_promise(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert PROMISE in text


# The rules


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_no_rule_counts_or_compares_persons(rule: object) -> None:
    source = inspect.getsource(rule.module)  # type: ignore[attr-defined]
    assert not re.search(r"\bCounter\b|\bpetitioners\b|most_common|sorted\(.*part(?:y|ies)", source)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_rules_read_records_only(rule: object) -> None:
    source = inspect.getsource(rule.module)  # type: ignore[attr-defined]
    assert not re.search(r"\bopen\(|read_text|document\.data|\.loaded\b|import yaml", source)


@pytest.mark.parametrize(
    "text",
    ["信息访问记录", "安静访谈室", "平稳控制水位", "休息访客登记", "作息访查", "重点人员密集场所"],
)
def test_ordinary_words_pass(text: str) -> None:
    assert list(guardrail_words([(("备注",), text)])) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("讲清道理后劝返", "劝返"),
        ("做好息访工作", "息访"),
        ("要求其静访", "静访"),
        ("落实稳控措施", "稳控"),
        ("列为重点人员", "重点人员"),
        ("此人缠访", "缠访"),
        ("多次闹访", "闹访"),
        ("属非正常上访", "非正常上访"),
        ("提出无理要求", "无理要求"),
        ("信息访问后息访", "息访"),
    ],
)
def test_guardrail_words_are_found(text: str, word: str) -> None:
    assert [found for _, found, _ in guardrail_words([(("备注",), text)])] == [word]


def test_the_petitioner_is_quoted_truthfully() -> None:
    quoted = "信访人称被“劝返”"
    assert list(guardrail_words([(("事实",), quoted)])) == []
    assert len(list(guardrail_words([(("办理", 0, "备注"), quoted)]))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "不得打击报复信访人",
        "不得泄露举报人的身份",
        "不得阻拦投诉",
        "三方均不得以诉讼为由拖延支付",
        "不再按信访程序办理",
        "逾期不履行的可以起诉",
        "对本协议不服的,不影响依法申请复查",
    ],
)
def test_duties_of_the_office_are_no_waiver(text: str) -> None:
    assert list(waivers(opinion(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "工人不得上访闹事",
        "信访人不得再信访",
        "保证不再就此事上访",
        "自愿放弃申诉",
        "放弃一切诉讼权利",
        "今后不得以任何理由向上级投诉",
        "承诺不向任何部门举报",
        "不得申请复查",
    ],
)
def test_waivers_of_rights_are_found(text: str) -> None:
    assert len(list(waivers(opinion(text)))) == 1


# Personal data


@given(st.integers(0, 36524), st.integers(0, 999), st.sampled_from(["", " ", "号:", "(", "，"]))
def test_every_identity_number_is_found_and_never_shown(
    days: int, serial: int, before: str
) -> None:
    born = date.fromordinal(date(1920, 1, 1).toordinal() + days)
    body = f"999999{born:%Y%m%d}{serial:03d}"
    number = body + id_check_character(body)
    found = list(personal_data(matter(事实=f"反映人{before}{number}多次询问")))
    assert len(found) == 1
    assert "身份证号" in found[0].message
    assert number[-4:] not in found[0].message + found[0].mend


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "-", " "]))
def test_every_mobile_number_is_found_and_never_shown(number: str, separator: str) -> None:
    spaced = separator.join((number[:3], number[3:7], number[7:]))
    found = list(personal_data(matter(事实=f"请回电{spaced}。")))
    assert [fault.message for fault in found] == ["“事实”中有疑似电话号码"]


@pytest.mark.parametrize(
    "text",
    [
        "合同编号20260302001,金额418600.00元",
        "2026-03-02 09:20 至 2026-03-05 18:00",
        "统一社会信用代码91310115MA1H8R7C67",
        "拨打12333或12345",
        "电话0999-5550101查询",
        "证据Z1至Z12",
    ],
)
def test_ordinary_numbers_pass(text: str) -> None:
    assert list(personal_data(matter(事实=text))) == []


def test_the_demo_key_is_known() -> None:
    published = (ROOT / "keys" / "demo.key").read_text(encoding="utf-8")
    assert f"public key: {DEMO_KEY}\n" in published
