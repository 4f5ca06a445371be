"""Issued means frozen: a final goes out once, is found again, and says when it was changed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
import yaml
import zxingcpp
from clerk import commanded
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from xinfang.documents import Stamp
from xinfang.documents.stamp import normalised
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.sealed import create_key, load_keys, public_keys, seal_box, sealed_file

ROOT = Path(__file__).parents[1]
OPINION = "build/issued/XF-2026-0001/XF-2026-0001-D14-v1.pdf"
WHO = {
    "GIT_AUTHOR_NAME": "样例",
    "GIT_AUTHOR_EMAIL": "sample@example.invalid",
    "GIT_COMMITTER_NAME": "样例",
    "GIT_COMMITTER_EMAIL": "sample@example.invalid",
}


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Three matters of the sample register, in a repository of their own."""
    folder = tmp_path / "登记册"
    (folder / "cases/2026").mkdir(parents=True)
    (folder / "sealed/2026").mkdir(parents=True)
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "keys", folder / "keys")
    (folder / ".gitignore").write_text("build/\n", "utf-8")
    for number in (1, 3, 13):
        case = f"2026/XF-2026-{number:04d}"
        shutil.copy(ROOT / f"cases/{case}.yaml", folder / f"cases/{case}.yaml")
        shutil.copy(ROOT / f"sealed/{case}.age", folder / f"sealed/{case}.age")
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "登记册", "--allow-empty")


def xinfang(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    done = commanded(folder, arguments, {**os.environ, **WHO, **more})
    assert "Traceback" not in done.stdout + done.stderr
    return done


def case(folder: Path, number: int = 1) -> str:
    return (folder / f"cases/2026/XF-2026-{number:04d}.yaml").read_text("utf-8")


def change(folder: Path, old: str, new: str, number: int = 1) -> None:
    file = folder / f"cases/2026/XF-2026-{number:04d}.yaml"
    text = case(folder, number)
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    commit(folder)


def issued(folder: Path, number: str = "1", paper: str = "D14", *more: str) -> str:
    done = xinfang(folder, "issue", number, paper, *more)
    assert done.returncode == 0, done.stderr
    commit(folder)
    return done.stdout


# Issuing


def test_a_final_is_kept_and_recorded_with_number_digest_and_commit(register: Path) -> None:
    data = git(register, "rev-parse", "HEAD").strip()
    said = issued(register)
    content = (register / OPINION).read_bytes()
    step = case(register).rpartition("- 日期")[2]
    assert "事项: 出具" in step
    assert "文号: 青机电信处〔2026〕1号" in step
    assert sha256(content).hexdigest() in step
    assert f"数据版本: '{data}'" in step or f"数据版本: {data}" in step
    code = re.search(SHORT_CODE_PATTERN, step)
    assert code is not None
    assert code[0] in said
    assert not (register / OPINION).stat().st_mode & 0o222, "an issued file is read-only"


def test_issuing_again_gives_the_same_bytes_and_no_second_record(register: Path) -> None:
    issued(register)
    before, record = (register / OPINION).read_bytes(), case(register)
    shutil.rmtree(register / "build")
    again = [sys.executable, "-m", "xinfang", "issue", "1", "信访事项处理意见书", "--commit"]
    said = subprocess.run(
        again,  # from another start of Python, which hashes otherwise
        cwd=register,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    ).stdout
    assert "内容没有变化,仍是第 1 版" in said
    assert (register / OPINION).read_bytes() == before
    assert case(register) == record


def test_what_happens_later_does_not_change_an_issued_paper(register: Path) -> None:
    issued(register)
    done = xinfang(register, "step", "1", "兑现", "日期=2026-09-16", "请求=1", "金额=21000.00",
                   "全部兑现=是", "凭证=代发回单（3人）", "经办=何静", "--anyway")  # fmt: skip
    assert "已追加" in done.stdout
    assert "内容没有变化" in issued(register)


def test_a_changed_record_makes_a_new_version_and_leaves_the_old(register: Path) -> None:
    issued(register)
    before = (register / OPINION).read_bytes()
    change(register, "直接发到每个人的银行卡；我部", "直接发到每个人本人的银行卡；我部")
    said = issued(register)
    assert "另出第 2 版" in said
    assert (register / OPINION).read_bytes() == before
    second = register / OPINION.replace("-v1", "-v2")
    assert second.read_bytes() != before
    assert "已由第 2 版代替" in xinfang(register, "verify", OPINION).stdout
    assert "代替" not in xinfang(register, "verify", str(second)).stdout
    assert "版本: 2" in case(register)


def test_a_version_keeps_its_mark_when_it_is_printed_again(register: Path) -> None:
    issued(register)
    xinfang(register, "render", "1", "--form", "D14")
    printed = register / "build/papers/XF-2026-0001/XF-2026-0001-D14.pdf"
    assert printed.read_bytes() == (register / OPINION).read_bytes()
    change(register, "直接发到每个人的银行卡；我部", "直接发到每个人本人的银行卡；我部")
    done = xinfang(register, "render", "1", "--form", "D14")
    assert "1 份与已出具的不同" in done.stderr
    assert "不是本登记册出具的" in xinfang(register, "verify", str(printed)).stdout


def test_an_office_may_keep_issued_papers_in_the_register(register: Path) -> None:
    office = register / "office.yaml"
    office.write_text(office.read_text("utf-8") + "\n文书: {留存: 已出具文书}\n", "utf-8")
    commit(register)
    issued(register)
    kept = register / "已出具文书/XF-2026-0001/XF-2026-0001-D14-v1.pdf"
    assert kept.read_bytes() == (register / OPINION).read_bytes()
    assert "已出具文书" in git(register, "-c", "core.quotepath=off", "ls-files")


def test_one_commit_takes_the_record_and_the_kept_file(register: Path) -> None:
    office = register / "office.yaml"
    office.write_text(office.read_text("utf-8") + "\n文书: {留存: 已出具文书}\n", "utf-8")
    commit(register)
    done = xinfang(register, "issue", "1", "D14", "--commit")
    assert done.returncode == 0, done.stderr
    assert git(register, "status", "--porcelain") == ""
    assert git(register, "log", "-1", "--format=%s").strip() == "XF-2026-0001: 出具"


# What keeps a paper from going out


def refused(folder: Path, *arguments: str, **more: str) -> str:
    before = case(folder), case(folder, 3), case(folder, 13)
    done = xinfang(folder, "issue", *arguments, **more)
    assert done.returncode in (1, 2)
    assert (case(folder), case(folder, 3), case(folder, 13)) == before
    assert not list(folder.glob("build/issued/**/*.pdf"))
    return done.stdout + done.stderr


def test_data_that_is_not_committed_is_not_issued(register: Path) -> None:
    file = register / "cases/2026/XF-2026-0001.yaml"
    file.write_text(file.read_text("utf-8") + "# 批注\n", "utf-8")
    assert "cases/2026/XF-2026-0001.yaml;出具的文书要记下所依据的提交" in refused(
        register, "1", "D14"
    )


def test_a_final_without_names_is_not_issued(register: Path) -> None:
    shutil.rmtree(register / "keys")
    office = register / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("样例: 是", "样例: 否"), "utf-8")
    commit(register)
    nowhere = str(register / "none.key")
    assert "印不出信访人姓名" in refused(register, "1", "D14", XINFANG_KEY_FILE=nowhere)


def test_a_key_that_does_not_fit_is_told_from_none(register: Path) -> None:
    shutil.rmtree(register / "keys")
    office = register / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("样例: 是", "样例: 否"), "utf-8")
    commit(register)
    other = register.parent / "other.key"
    create_key(other, date(2026, 9, 16))
    said = refused(register, "1", "D14", XINFANG_KEY_FILE=str(other))
    assert "sealed/2026/XF-2026-0001.age" in said
    assert "没有密钥" not in said


def test_a_final_that_hides_somebody_is_not_issued(register: Path) -> None:
    people = {
        code: {"姓名": name}
        for code, name in zip("ABCDE", ["赵甲", "钱乙", "孙丙", "李丁", "周戊"], strict=True)
    }
    people["E"] = {"住址": "甲省乙县丙镇"}
    sealed = {"编号": "XF-2026-0001", "信访人": people}
    keys = public_keys(load_keys(register / "keys/demo.key"))
    file = sealed_file(register, "XF-2026-0001")
    file.write_bytes(seal_box(yaml.safe_dump(sealed, allow_unicode=True), keys))
    commit(register)
    said = refused(register, "1", "D14")
    assert "印不出来" in said
    assert "xinfang seal XF-2026-0001" in said
    assert "赵甲" not in said


def test_no_number_before_the_approval(register: Path) -> None:
    text = case(register, 3)
    approvals = [line for line in text.splitlines(keepends=True) if "文书: 办理情况报告" in line]
    assert approvals, "the sample approves its report"
    change(register, approvals[0], "", 3)
    change(register, "文号: 青机电报〔2026〕1号, ", "", 3)
    assert "还没有签批" in refused(register, "3", "D18")


def test_a_reply_is_numbered_by_its_own_step(register: Path) -> None:
    assert "写在“答复”这一步,请先记;下一个文号是" in refused(register, "13", "D14")


def test_a_paper_that_does_not_exist_is_not_issued(register: Path) -> None:
    assert "没有第 2 份" in refused(register, "1", "D14", "--nth", "2")
    assert "没有“D77”这种文书" in refused(register, "1", "D77")


# Numbers


def without_number(register: Path) -> None:
    change(register, "    文号: 青机电信转〔2026〕3号\n", "")


def test_a_paper_without_number_gets_the_next_of_its_series(register: Path) -> None:
    without_number(register)
    said = issued(register, "1", "D08")
    number = re.search("青机电信转〔2026〕([0-9]+)号", said)
    assert number is not None
    others = re.findall(r"青机电信转〔2026〕(\d+)号", case(register, 3) + case(register, 13))
    assert int(number[1]) == max(map(int, others)) + 1
    assert "内容没有变化" in issued(register, "1", "D08")


def test_a_voided_number_is_never_given_again(register: Path) -> None:
    without_number(register)
    first = re.search(r"文号: (\S+)", issued(register, "1", "D08"))
    assert first is not None
    done = xinfang(register, "step", "1", "文书作废", f"文号={first[1]}", "理由=主办部室写错",
                   "批准人=孙岚", "经办=李敏")  # fmt: skip
    assert done.returncode == 0, done.stderr
    commit(register)
    gone = xinfang(register, "verify", "build/issued/XF-2026-0001/XF-2026-0001-D08-v1.pdf")
    assert gone.returncode == 1
    assert "该文号已经作废" in gone.stdout
    second = re.search(r"文号: (\S+)", issued(register, "1", "D08"))
    assert second is not None
    assert second[1] != first[1]
    checked = xinfang(register, "check", "--fresh").stdout
    assert "paper-numbers-unique" not in checked
    missing = [line for line in checked.splitlines() if "paper-numbers-gapless" in line]
    assert not any(first[1].partition("〕")[2] in line for line in missing)


# Verifying


def test_an_issued_file_is_known(register: Path) -> None:
    issued(register)
    done = xinfang(register, "verify", OPINION)
    assert done.returncode == 0
    for told in ("与出具时完全相同", "XF-2026-0001", "青机电信处〔2026〕1号", "第 1 版"):
        assert told in done.stdout


def test_a_changed_file_is_told_from_an_issued_one(register: Path) -> None:
    issued(register)
    forged = register / "forged.pdf"
    with pikepdf.open(register / OPINION) as document:
        document.docinfo["/Title"] = "改过"
        document.save(forged)
    done = xinfang(register, "verify", "forged.pdf")
    assert done.returncode == 1
    assert "已经改动过" in done.stdout


def scan(register: Path, resolution: int) -> Path:
    picture = register / "scan"
    subprocess.run(
        ["pdftoppm", "-r", str(resolution), "-gray", "-png", "-singlefile", OPINION, picture],
        cwd=register,
        check=True,
    )
    return picture.with_suffix(".png")


@pytest.mark.parametrize("resolution", [200, 300])
def test_a_scan_is_known_by_its_qr(register: Path, resolution: int) -> None:
    issued(register)
    picture = scan(register, resolution)
    assert "扫描件或照片" in xinfang(register, "verify", picture.name).stdout
    with Image.open(picture) as page:
        page.rotate(1.2, fillcolor=255).save(register / "crooked.pdf", resolution=resolution)
    done = xinfang(register, "verify", "crooked.pdf")
    assert done.returncode == 0
    assert "XF-2026-0001" in done.stdout
    assert "请与留存件对照" in done.stdout


def test_a_code_may_be_typed_as_people_type(register: Path) -> None:
    code = re.search(SHORT_CODE_PATTERN, issued(register))
    assert code is not None
    typed = code[0].replace("-", " ").lower()
    assert "XF-2026-0001" in xinfang(register, "verify", typed).stdout
    unknown = xinfang(register, "verify", "0000-0001")
    assert unknown.returncode == 1
    assert "没有出具过" in unknown.stdout


def test_a_foreign_or_broken_file_is_refused_in_a_sentence(register: Path) -> None:
    shutil.copy(ROOT / "LICENSE", register / "letter.pdf")
    assert "不是可以读取的 PDF" in xinfang(register, "verify", "letter.pdf").stderr
    Image.new("L", (400, 400), 255).save(register / "white.png")
    done = xinfang(register, "verify", "white.png")
    assert done.returncode == 1
    assert "不能判断" in done.stdout
    assert not done.stdout.startswith("不是"), "what cannot be read is not denied"
    wrong = xinfang(register, "verify", "build/issued/none.pdf")
    assert wrong.returncode == 2
    assert "没有“build/issued/none.pdf”这个文件" in wrong.stderr


def test_a_number_of_another_matter_is_not_sent_out_again(register: Path) -> None:
    change(register, "文号: 青机电信处〔2026〕1号", "文号: 青机电信处〔2026〕3号")
    assert "青机电信处〔2026〕3号 已用于 XF-2026-0003" in refused(register, "1", "D14")


def test_a_voided_number_of_a_reply_is_mended_by_a_correction(register: Path) -> None:
    done = xinfang(register, "step", "1", "文书作废", "文号=青机电信处〔2026〕1号", "理由=引用有误",
                   "批准人=孙岚", "经办=李敏")  # fmt: skip
    assert done.returncode == 0, done.stderr
    commit(register)
    said = xinfang(register, "issue", "1", "D14").stderr
    correction = re.search(r"步骤=(\d+) 改为=(\{文号: [^}]*\})", said)
    assert correction is not None, said
    done = xinfang(register, "step", "1", "更正", f"步骤={correction[1]}", f"改为={correction[2]}",
                   "理由=原文号已作废", "经办=李敏", "--anyway")  # fmt: skip
    assert "已追加" in done.stdout, done.stderr
    commit(register)
    assert correction[2].removeprefix("{文号: ").removesuffix("}") in issued(register)


def test_another_style_is_no_change_of_the_paper(register: Path) -> None:
    shutil.copytree(ROOT / "forms", register / "forms")
    commit(register)
    issued(register)
    styles = register / "forms/_shared/base.css"
    styles.write_text(styles.read_text("utf-8") + ".origin { color: #777; }\n", "utf-8")
    commit(register)
    done = xinfang(register, "issue", "1", "D14")
    assert done.returncode == 2
    assert "内容与出具时相同" in done.stderr


# The mark


def test_the_mark_holds_no_personal_data(register: Path) -> None:
    issued(register)
    with Image.open(scan(register, 200)) as page:
        (found,) = zxingcpp.read_barcodes(page)
    assert re.fullmatch(rf"XF-2026-0001 D14 1V1 {SHORT_CODE_PATTERN}", found.text)


@given(st.text(), st.integers(1, 99), st.integers(1, 99))
def test_a_mark_reads_back_as_what_it_was(digest: str, ordinal: int, version: int) -> None:
    stamp = Stamp.of("XF-2026-0001", "D13a", ordinal, version, digest)
    assert Stamp.parse(stamp.text) == stamp
    assert re.fullmatch(SHORT_CODE_PATTERN, stamp.code)
    assert normalised(stamp.code.lower().replace("-", "—")) == stamp.code
    assert normalised(stamp.code.replace("1", "l").replace("0", "o")) == stamp.code


def test_other_codes_are_no_marks() -> None:
    assert Stamp.parse("HTTPS://EXAMPLE.INVALID") is None


def test_the_source_is_embedded_without_identity(register: Path) -> None:
    issued(register)
    with pikepdf.open(register / OPINION) as document:
        ((name, attached),) = document.attachments.items()
        source = attached.get_file().read_bytes().decode()
    assert name == "XF-2026-0001.yaml"
    assert "答复" in source
    assert "送达" not in source.partition("办理:")[2], "the record ends where the paper is made"
    assert "出具" not in source
    assert "已载明: [姓名, 住址, 联系方式]" in source
