"""Clocks: law as data, counted into due dates, each with the trace of how it came out.

Data flows one way: ``clocks.yaml`` → :func:`default_clocks` → :func:`apply_overrides` (stricter
only) → :func:`deadlines`, which meets the clocks with the milestones of one case.

**Milestones** (event → day) that :func:`deadlines` understands. Leave out what has not happened;
only 收到 is always there. Unknown names are ignored.

==============  ====================================================================================
首问            first contact, where a 首问登记单 gives an earlier day than 收到 (else 收到 counts)
收到            the matter reached the unit (for a superior's matter: the day its letter came in)
登记            registered by the office
告知            told in writing of receipt, route and procedure: the first 接收、受理、引导、转送 or
                不予受理告知书 handed over or sent
受理            accepted (where it is missing, C3 runs from 收到, the careful reading)
转办            first transfer to a department
转办@部室       transfer to that department, for example ``转办@劳务管理部``
签收@部室       that department signed for it (where it is missing, I4 runs from 转办@部室)
承办反馈@部室   that department said whether it takes the matter on
办理期限        last day written in the superior's letter (来源.办理期限)
上报            report of handling sent to the superior
异议            objection to a wrong transfer sent to the superior
延期            the head of the unit approved the extension (the day of approval)
原意见送达      another unit's opinion, of which 复查 is asked here, reached the petitioner
答复送达        written reply reached the petitioner, or the day it was recorded that it cannot
引导 转送 移送  told of the right route or body · passed to another unit · accusation handed over
撤回 并案 办结  withdrawn in writing · merged into another matter · closed
复查申请        request for 复查: the day of posting where it came by mail
复查收到        the reviewing body received it (where it is missing: 复查申请)
复查意见        day of the 复查 opinion
复查送达        the 复查 opinion reached the petitioner (C7 never starts without it)
复核申请        as 复查申请, for 复核
复核收到        as 复查收到, for 复核
复核意见        day of the 复核 opinion
==============  ====================================================================================

**Days the case itself sets** (name → number of days): 延期天数 (granted by the approval of the
extension; more than 30 is cut to 30 here and is a finding of a rule) and 听证天数 (days of the
hearing in 复核, which are not counted, 条例 36).

**Conditions** (names that are true of the case):

==============  ====================================================================================
上级来件        channel 上级转送 or 上级交办
未确认属本单位  nothing says yet that the matter is ours, or it is found not to be (路径 empty or
                不属本单位, and no 受理)
无法告知        name or address unclear, so nobody can be told in writing (条例 23¶2)
需转办          a department is to handle it
自办一般问题    ordinary urgency (一般) and handled by the office itself (A2)
信访程序        申诉求决 by route six (条例 31(六)), or a request for review
复查件 复核件   this unit is asked to review another unit's opinion (复查对象)
简易办理        handled by the simple procedure (only with the clock S1 switched on)
==============  ====================================================================================
"""

from __future__ import annotations

from xinfang.clocks.clock import Clock, Jurisdiction, Whose, default_clocks
from xinfang.clocks.counting import Trace, Unit, chinese_day, count, until
from xinfang.clocks.deadlines import Deadline, State, deadlines, finish_by, pending
from xinfang.clocks.overrides import Limit, OverrideProblem, apply_overrides

__all__ = [
    "Clock",
    "Deadline",
    "Jurisdiction",
    "Limit",
    "OverrideProblem",
    "State",
    "Trace",
    "Unit",
    "Whose",
    "apply_overrides",
    "chinese_day",
    "count",
    "deadlines",
    "default_clocks",
    "finish_by",
    "pending",
    "until",
]
