"""“更正”须指向它之前的一步,并写明改为什么或作废。

步骤只追加、不改动,错了就用“更正”说明哪一步错在哪里。指错了步骤、写了不存在的键,更正就不起作用,原来的
错误还会照样算期限。

怎样改:核对步骤序号(从 1 数);“改为”里的键与原步骤相同;整步不要的填“作废: 是”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import KeyPath, Level
from xinfang.law import cite
from xinfang.matter import Matter, corrected_step
from xinfang.model.steps import Correction, StepBase
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "三·三"), cite("细则", "五·二"))
ROWS = ("R20", "R39")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield corrections that correct nothing."""
    steps = matter.case.steps
    for index, step in enumerate(steps):
        if not isinstance(step, Correction):
            continue
        keys = ("办理", index)
        target = step.step - 1
        if not 0 <= target < len(steps):
            yield Fault((*keys, "步骤"), f"没有第 {step.step} 步", f"办理共 {len(steps)} 步")
        elif target >= index:
            yield Fault(
                (*keys, "步骤"),
                f"第 {index + 1} 步更正第 {step.step} 步,不是它之前的步骤",
                "更正只能指向前面的步骤",
            )
        else:
            yield from _content_faults(step, steps[target], keys)


def _content_faults(step: Correction, target: StepBase, keys: KeyPath) -> Iterator[Fault]:
    if isinstance(target, Correction):
        yield Fault((*keys, "步骤"), "更正的是另一步更正", "请直接更正原来的步骤")
    elif step.annul and step.change:
        yield Fault((*keys, "改为"), "既写了“作废”又写了“改为”", "请只留一项")
    elif not step.annul and not step.change:
        yield Fault(keys, "没有写“改为”,也没有写“作废”", "请写明改为什么,或填“作废: 是”")
    elif step.change:
        known = {field.alias for field in type(target).model_fields.values()}
        for key in step.change:
            if key not in known or key == "事项":
                yield Fault(
                    (*keys, "改为", key),
                    f"{target.KIND}中没有可以改的“{key}”",
                    "改为里的键须与原步骤相同;事项写错的请作废后另记一步",
                )
        if known.issuperset(step.change) and corrected_step(target, step) is None:
            yield Fault(
                (*keys, "改为"), f"改为的内容不合{target.KIND}的要求", "请按原步骤的写法填写"
            )
