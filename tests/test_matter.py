"""What follows from the steps of a case: corrections, milestones, answers, state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xinfang.matter import Matter, State
from xinfang.model import load_case, load_office
from xinfang.model.steps import Transfer
from xinfang.register import Register
from xinfang.source import read, read_text

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)

CASE = """\
编号: XF-2026-0001
标题: 反映焊工班三个月工资未付
收到: 2026-03-02 09:20
登记: 2026-03-02
渠道: 走访
登记人: 李敏
目的: 申诉求决
类别: 工资支付
路径: 信访程序
人数: 23
信访人:
  - {代号: A, 类型: 个人, 代表: 是, 已载明: [姓名, 住址, 联系方式]}
请求:
  - {内容: 支付工资, 金额: 418600.00}
  - {内容: 支付路费}
办理:
"""
ACCEPTED = "  - {日期: 2026-03-02, 事项: 受理, 经办: 李敏}\n"
TRANSFERRED = "  - {日期: 2026-03-03, 事项: 转办, 主办: 劳务管理部, 协办: [财务部], 经办: 李敏}\n"
DRAFTED = """\
  - 日期: 2026-03-09
    事项: 拟办
    答复:
      - 请求: 1
        结论: 支持
        查明: 欠付属实
        意见: 支付
        依据: [保障农民工工资支付条例 第三十条]
        落实: {责任部室: 财务部, 期限: 2026-03-20, 方式: 转账, 金额: 418600.00}
      - {请求: 2, 结论: 解释说明, 查明: 无约定, 意见: 无依据, 依据: [劳动合同法]}
"""
APPROVED = "  - {日期: 2026-03-10, 事项: 签批, 签批人: 陈立, 介质: 纸质}\n"
REPLIED = "  - {日期: 2026-03-11, 事项: 答复, 文号: 青机电信处〔2026〕1号, 经办: 李敏}\n"
SERVED = "  - {日期: 2026-03-11, 事项: 送达, 方式: 直接送达, 收到: 2026-03-12, 意见: 无异议}\n"
PAID = "  - {日期: 2026-03-18, 事项: 兑现, 请求: 1, 金额: 397600.00, 全部兑现: 否, 凭证: P1}\n"
PAID_REST = "  - {日期: 2026-03-19, 事项: 兑现, 请求: 1, 金额: 21000.00, 全部兑现: 是, 凭证: P2}\n"
CLOSED = "  - {日期: 2026-04-20, 事项: 办结, 方式: 答复, 审批人: 陈立}\n"
FILED = "  - {日期: 2026-04-25, 事项: 归档, 档号: XF-2026-D30-1, 保管期限: 30年}\n"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(ROOT, TODAY, load_office(read(ROOT / "office.yaml", "office.yaml")))


def matter(register: Register, *steps: str) -> Matter:
    text = CASE + "".join(steps) if steps else CASE.removesuffix("办理:\n")
    loaded = load_case(read_text(text, "a.yaml"))
    assert loaded.record is not None, list(map(str, loaded.findings))
    return register.matter(loaded.record, "a.yaml")


def test_the_state_follows_the_furthest_step(register: Register) -> None:
    walk = [
        ("", State.REGISTERED),
        (ACCEPTED, State.ACCEPTED),
        (TRANSFERRED, State.HANDLING),
        (DRAFTED, State.DRAFTED),
        (APPROVED, State.APPROVED),
        (REPLIED, State.REPLIED),
        (SERVED, State.FULFILLING),
        (PAID, State.FULFILLING),
        (PAID_REST, State.SERVED),
        (CLOSED, State.CLOSED),
        (FILED, State.ARCHIVED),
    ]
    done: list[str] = []
    for step, state in walk:
        done += [step] if step else []
        assert matter(register, *done).state is state


def test_a_promise_is_open_until_it_is_wholly_kept(register: Register) -> None:
    begun = matter(register, DRAFTED, APPROVED, REPLIED, SERVED, PAID)
    assert [answer.claim for answer in begun.open_promises] == [1]
    assert begun.fulfilled_amount(1) == Decimal("397600.00")
    kept = matter(register, DRAFTED, APPROVED, REPLIED, SERVED, PAID, PAID_REST)
    assert kept.open_promises == ()
    assert kept.fulfilled_amount(1) == Decimal("418600.00")


def test_a_later_draft_replaces_the_answer(register: Register) -> None:
    again = DRAFTED.replace("2026-03-09", "2026-03-10").replace("结论: 支持", "结论: 部分支持")
    assert matter(register, DRAFTED, again).answers[1].outcome == "部分支持"


def test_a_correction_mends_a_step_and_keeps_its_place(register: Register) -> None:
    mend = "  - {日期: 2026-03-05, 事项: 更正, 步骤: 1, 改为: {日期: 2026-03-04}, 理由: 笔误}\n"
    corrected = matter(register, TRANSFERRED, mend)
    (transfer,) = corrected.of(Transfer)
    assert transfer.day == date(2026, 3, 4)
    assert transfer.lead == "劳务管理部"
    assert corrected.at(transfer, "日期") == ("办理", 0, "日期")
    assert corrected.milestones["转办"] == date(2026, 3, 4)


def test_a_correction_can_annul_a_step(register: Register) -> None:
    annul = "  - {日期: 2026-03-05, 事项: 更正, 步骤: 1, 作废: 是, 理由: 误登}\n"
    assert matter(register, TRANSFERRED, annul).of(Transfer) == []


def test_a_correction_that_does_not_fit_changes_nothing(register: Register) -> None:
    wrong = "  - {日期: 2026-03-05, 事项: 更正, 步骤: 1, 改为: {日期: 明天}, 理由: 笔误}\n"
    (transfer,) = matter(register, TRANSFERRED, wrong).of(Transfer)
    assert transfer.day == date(2026, 3, 3)


def test_the_day_of_receipt_of_the_reply_counts_not_the_day_it_left(register: Register) -> None:
    assert matter(register, REPLIED, SERVED).milestones["答复送达"] == date(2026, 3, 12)


def test_a_spoken_notice_does_not_stop_the_clock_of_the_written_one(register: Register) -> None:
    notice = "  - {{日期: 2026-03-03, 事项: 告知, 文书: 受理告知书, 方式: {}}}\n"
    assert "告知" not in matter(register, notice.format("口头")).milestones
    assert matter(register, notice.format("书面")).milestones["告知"] == date(2026, 3, 3)


def test_referral_covers_the_claims_it_names(register: Register) -> None:
    some = "  - {日期: 2026-03-03, 事项: 引导, 途径: 劳动争议仲裁, 请求: [2]}\n"
    every = "  - {日期: 2026-03-03, 事项: 引导, 途径: 劳动争议仲裁}\n"
    assert matter(register, some).referred == {2}
    assert matter(register, every).referred == {1, 2}


def test_who_held_a_post_is_asked_of_that_day(register: Register) -> None:
    here = matter(register, ACCEPTED)
    post = here.post("陈立", date(2026, 3, 10))
    assert post is not None
    assert post.role == "分管领导"
    assert here.post("陈立", date(2001, 1, 1)) is None


def test_a_department_is_the_same_by_its_alias(register: Register) -> None:
    by_alias = (
        "  - {日期: 2026-03-03, 事项: 转办, 主办: 信访办公室, 经办: 李敏}\n"
        "  - {日期: 2026-03-04, 事项: 承办反馈, 部门: 信访办, 承办: 是}\n"
    )
    found = matter(register, by_alias).milestones
    assert found["转办@信访办"] == date(2026, 3, 3)
    assert found["承办反馈@信访办"] == date(2026, 3, 4)


def test_only_a_written_withdrawal_ends_a_matter(register: Register) -> None:
    withdrawn = "  - {{日期: 2026-03-03, 事项: 撤回, 书面: {}}}\n"
    assert "撤回" not in matter(register, withdrawn.format("否")).milestones
    assert matter(register, withdrawn.format("是")).milestones["撤回"] == date(2026, 3, 3)


def test_a_second_version_with_a_new_number_is_counted(register: Register) -> None:
    mark = f"短码: 7K3M-9QXR, 散列: {'a' * 64}"
    steps = TRANSFERRED
    for version, number in ((1, 55), (2, 55), (3, 56)):
        given = f"文号: 青机电信转〔2026〕{number}号"
        steps += f"  - {{日期: 2026-03-0{version + 3}, 事项: 出具, 文书: D08, 版本: {version}, "
        steps += f"{given}, {mark}}}\n"
    numbers = [number for _, number in matter(register, ACCEPTED, steps).numbered_papers]
    assert numbers == ["青机电信转〔2026〕55号", "青机电信转〔2026〕56号"]
