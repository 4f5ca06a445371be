"""Identities are sealed with age: what we seal the age program opens, and the other way round."""

from __future__ import annotations

import shutil
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from xinfang.identity import Leaks, SealedContent, examine, secrets_of, to_yaml
from xinfang.model import load_office
from xinfang.register import Register, open_register
from xinfang.sealed import (
    BadRecipientError,
    BrokenKeyError,
    KeyExistsError,
    MissingKeyError,
    NoRecipientsError,
    NoSuchRecipientError,
    RecipientExistsError,
    WrongKeyError,
    create_key,
    load_keys,
    open_box,
    reseal_all,
    seal_box,
    sealed_file,
    with_recipient,
    without_recipient,
    write_sealed,
)
from xinfang.secrets_check import check_secrets
from xinfang.source import read_text

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)
PHONE = "199" + "0000" + "0042"
TEXT = f"编号: XF-2026-0001\n信访人:\n  A:\n    姓名: 张喆\n    联系方式:\n    - 号码: '{PHONE}'\n"


def age(*arguments: str | Path, given: bytes) -> bytes:
    """Run Debian's age program; `make test` installs it."""
    assert shutil.which("age"), "the age program is missing: apt install age"
    done = subprocess.run(
        ["age", *map(str, arguments)], input=given, capture_output=True, check=True
    )
    return done.stdout


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A copy of the sample register with two keys of its own."""
    folder = tmp_path / "register"
    folder.mkdir()
    shutil.copytree(ROOT / "cases", folder / "cases")
    text = (ROOT / "office.yaml").read_text("utf-8")
    for name in ("a", "b"):
        text = with_recipient(text, name, create_key(tmp_path / f"{name}.key", TODAY), TODAY)
    (folder / "office.yaml").write_text(text, "utf-8")
    return open_register(folder, TODAY, TODAY)


def test_what_we_seal_the_age_program_opens(tmp_path: Path) -> None:
    public = create_key(tmp_path / "key", TODAY)
    assert age("-d", "-i", tmp_path / "key", given=seal_box(TEXT, [public])).decode() == TEXT


def test_what_the_age_program_seals_we_open(tmp_path: Path) -> None:
    public = create_key(tmp_path / "key", TODAY)
    boxed = age("-r", public, given=TEXT.encode())
    assert open_box(boxed, load_keys(tmp_path / "key"), "a.age") == TEXT


def test_a_key_of_age_keygen_is_read(tmp_path: Path) -> None:
    assert shutil.which("age-keygen"), "the age program is missing: apt install age"
    done = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True)
    (tmp_path / "key").write_text(done.stdout, "utf-8")
    public = done.stdout.partition("public key: ")[2].splitlines()[0]
    assert open_box(seal_box(TEXT, [public]), load_keys(tmp_path / "key"), "a") == TEXT


def test_only_the_owner_may_read_a_new_key_and_it_is_never_overwritten(tmp_path: Path) -> None:
    create_key(tmp_path / "key", TODAY)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(KeyExistsError):
        create_key(tmp_path / "key", TODAY)
    assert (tmp_path / "key").read_bytes() == before


def test_every_recipient_opens_and_nobody_else(register: Register, tmp_path: Path) -> None:
    file = write_sealed(register, "XF-2026-0001", TEXT)
    for name in ("a", "b"):
        assert open_box(file.read_bytes(), load_keys(tmp_path / f"{name}.key"), "a") == TEXT
    create_key(tmp_path / "stranger.key", TODAY)
    with pytest.raises(WrongKeyError, match="不在该文件的收件人之列"):
        open_box(file.read_bytes(), load_keys(tmp_path / "stranger.key"), "a.age")


def test_a_removed_recipient_opens_no_new_file(register: Register, tmp_path: Path) -> None:
    file = write_sealed(register, "XF-2026-0001", TEXT)
    text = without_recipient((register.folder / "office.yaml").read_text("utf-8"), "b")
    record = load_office(read_text(text, "office.yaml")).record
    assert record is not None
    recipients = [recipient.key for recipient in record.recipients]
    assert reseal_all(register.folder, recipients, load_keys(tmp_path / "a.key")) == 1
    assert open_box(file.read_bytes(), load_keys(tmp_path / "a.key"), "a") == TEXT
    with pytest.raises(WrongKeyError):
        open_box(file.read_bytes(), load_keys(tmp_path / "b.key"), "a")


def test_resealing_changes_nothing_when_one_file_does_not_open(
    register: Register, tmp_path: Path
) -> None:
    one = write_sealed(register, "XF-2026-0001", TEXT)
    two = sealed_file(register.folder, "XF-2026-0002")
    two.write_bytes(b"damaged")
    before = one.read_bytes()
    keys = load_keys(tmp_path / "a.key")
    with pytest.raises(WrongKeyError, match="XF-2026-0002"):
        reseal_all(register.folder, [create_key(tmp_path / "c.key", TODAY)], keys)
    assert one.read_bytes() == before


def test_a_name_typed_as_a_key_is_never_said() -> None:
    for text in ("王小明: 1\n王小明: 2\n", "编号: XF-2026-0001\n王小明：甲\n", "王小明: 1\n"):
        _, findings = examine(text, "a.age", TODAY)
        assert findings
        assert all("王小明" not in str(finding) for finding in findings)


def test_a_miscopied_public_key_is_a_sentence(tmp_path: Path) -> None:
    public = create_key(tmp_path / "key", TODAY)
    with pytest.raises(BadRecipientError, match="校验不符"):
        seal_box(TEXT, [public[:-1] + ("q" if public[-1] != "q" else "p")])


def test_a_recipient_name_with_a_comma_is_quoted_and_a_comment_is_no_recipient() -> None:
    text = "本单位: 项目部\n# 旧公钥 age1bbb\n"
    longer = with_recipient(text, "甲, 乙", "age1bbb", TODAY)
    assert read_text(longer, "office.yaml").data["收件人"][0]["名称"] == "甲, 乙"


def test_a_sealed_file_without_a_case_is_found(register: Register, tmp_path: Path) -> None:
    write_sealed(register, "XF-2026-0099", TEXT)
    findings = check_secrets(register, {}, load_keys(tmp_path / "a.key"))
    assert [(f.rule, f.place.path) for f in findings] == [
        ("sealed-orphan", "sealed/2026/XF-2026-0099.age")
    ]


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(NoRecipientsError):
        seal_box(TEXT, [])


def test_a_missing_or_broken_key_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(MissingKeyError, match="XINFANG_KEY_FILE"):
        load_keys(tmp_path / "none")
    (tmp_path / "key").write_text("# only a comment\n", "utf-8")
    with pytest.raises(BrokenKeyError):
        load_keys(tmp_path / "key")
    (tmp_path / "key").write_bytes(b"\xff\x00")
    with pytest.raises(BrokenKeyError):
        load_keys(tmp_path / "key")


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "收件人:\n  - {名称: 甲, 公钥: age1aaa}\n",
        "收件人:\n  - 名称: 甲   # 保管人\n    公钥: age1aaa\n\n# 保管期限见下\n保管期限: {}\n",
        "收件人: []\n保管期限: {}\n",
    ],
)
def test_a_recipient_is_added_without_touching_another_line(tail: str) -> None:
    text = f"# 样例\n本单位: 项目部   # 代号\n{tail}"
    longer = with_recipient(text, "乙", "age1bbb", TODAY)
    kept = [line for line in text.splitlines() if line != "收件人: []"]
    assert [line for line in longer.splitlines() if line in kept] == kept
    assert "  - {名称: 乙, 公钥: age1bbb, 自: 2026-09-16}\n" in longer
    read = read_text(longer, "office.yaml")
    assert read.findings == ()
    assert read.data["收件人"][-1]["名称"] == "乙"
    with pytest.raises(RecipientExistsError):
        with_recipient(longer, "丙", "age1bbb", TODAY)
    assert "age1bbb" not in without_recipient(longer, "乙")
    with pytest.raises(NoSuchRecipientError):
        without_recipient(longer, "丁")


def content(text: str) -> SealedContent:
    found, findings = examine(text, "a.age", TODAY)
    assert found is not None, list(map(str, findings))
    return found


def test_content_is_written_and_read_back() -> None:
    once = content(TEXT)
    assert content(to_yaml(once)) == once
    assert once.parties["A"].name == "张喆"
    assert [contact.number for contact in once.parties["A"].contacts] == [PHONE]


def test_no_finding_and_no_repr_shows_a_value() -> None:
    number = "999999199001010017"
    text = TEXT + f"    证件号: '{number}'\n    住址: 甲省乙县\n"
    found, findings = examine(text, "a.age", TODAY)
    assert [finding.place.line for finding in findings] == [7]
    for shown in (repr(found), *map(str, findings)):
        assert number not in shown
        assert PHONE not in shown
        assert "张喆" not in shown


@pytest.mark.parametrize(
    "text", ["", "- 1", "编号: 甲", "编号: XF-2026-0001\n信访人: {a: {}}\n", "a: [", "编号: &x 1"]
)
def test_broken_content_is_findings(text: str) -> None:
    found, findings = examine(text, "a.age", TODAY)
    assert found is None
    assert findings


def test_a_sealed_value_in_clear_is_found_by_field_and_line() -> None:
    leaks = Leaks(secrets_of(content(TEXT)))
    spaced = f"{PHONE[:3]} {PHONE[3:7]}-{PHONE[7:]}"
    found = list(leaks.find(f"第一行\n电话 {spaced}\n张喆来访"))
    assert {(leak.field, leak.line) for leak in found} == {("联系方式", 2), ("姓名", 3)}
    assert list(leaks.find("张三丰 13")) == []


def test_a_namesake_in_the_office_is_no_leak() -> None:
    assert [s.field for s in secrets_of(content(TEXT), known=frozenset({"张喆"}))] == ["联系方式"]


def test_check_with_a_key_finds_what_is_missing_and_what_leaks(
    register: Register, tmp_path: Path
) -> None:
    write_sealed(register, "XF-2026-0001", TEXT)
    leaking = register.folder / "cases/2026/XF-2026-0002.yaml"
    leaking.write_text(leaking.read_text("utf-8") + f"# 电话 {PHONE}\n", "utf-8")
    cases = {
        loaded.record.number: loaded.record
        for _, loaded in register.matters()
        if loaded.record is not None
    }
    findings = check_secrets(register, cases, load_keys(tmp_path / "a.key"))
    said = {finding.rule: finding for finding in findings}
    assert said["sealed-value-in-clear"].place.path == "cases/2026/XF-2026-0002.yaml"
    assert "XF-2026-0001 封存的联系方式" in said["sealed-value-in-clear"].message
    assert "sealed-incomplete" in said
    assert all(PHONE not in str(finding) for finding in findings)


def test_a_damaged_sealed_file_is_a_finding(register: Register, tmp_path: Path) -> None:
    file = write_sealed(register, "XF-2026-0001", TEXT)
    file.write_bytes(file.read_bytes()[:-3])
    case = register.load(register.file_of("XF-2026-0001")).record
    assert case is not None
    findings = check_secrets(register, {case.number: case}, load_keys(tmp_path / "a.key"))
    assert [finding.rule for finding in findings] == ["sealed-unopened"]
