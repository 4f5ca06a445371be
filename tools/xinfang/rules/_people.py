"""People in the books of decisions and inspections, where nobody may stand."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.model import Assessment, Inspection, Office
from xinfang.model.texts import texts_of
from xinfang.rules import Fault
from xinfang.rules._numbers import is_suspicious, kind_in
from xinfang.rules._shared import field_of, guardrail_words


def persons_in(record: Assessment | Inspection, office: Office | None) -> Iterator[Fault]:
    """Yield each text that labels people, holds a number of somebody, or names staff."""
    placed = texts_of(record)
    for (keys, _), word, mend in guardrail_words(placed):
        yield Fault(keys, f"出现“{word}”", mend)
    names = {post.name for post in office.posts} if office else set()
    for keys, text in placed:
        field = field_of(keys)
        if office and is_suspicious(text) and (kind := kind_in(text, office)):
            yield Fault(keys, f"“{field}”中有疑似{kind}", "请删去;这里不写个人信息")
        if any(name in text for name in names):
            yield Fault(keys, f"“{field}”中有人员姓名", "请改写为部室或岗位")
