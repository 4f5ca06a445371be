"""YAML's own error messages, said in Chinese with the usual cause and its mend."""

from __future__ import annotations

from typing import Any, Final

from xinfang.diagnostics import Finding, Level, Place

#: Part of libyaml's sentence → what happened, what to do.
_SENTENCES: Final = (
    ("\\t", "缩进用了制表符(Tab)", "请改用空格缩进,每层两个空格"),
    ("cannot start any token", "此处的字符不能作为内容的开头", "请给整段文字加引号"),
    (
        "mapping values are not allowed",
        "此处多了一个冒号,或上一行没有写完",
        "请检查上一行是否缺冒号、缩进是否对齐;文字中含“: ”时请加引号",
    ),
    ("could not find expected ':'", "此行缺少冒号", "请写成“键: 值”,冒号用半角,后留空格"),
    ("did not find expected ',' or", "括号没有配对或缺少逗号", "请检查 [ ]、{ } 与逗号"),
    ("did not find expected key", "此行的缩进与上面不一致", "同一层的键请左对齐"),
    ("did not find expected '-'", "列表项的缩进不一致", "同一列表的“- ”请左对齐"),
    ("unexpected end of stream", "引号没有配对", "请检查单引号、双引号是否成对"),
    ("found a tab character", "缩进用了制表符(Tab)", "请改用空格缩进,每层两个空格"),
    ("expected a single document", "一个文件中有多份内容(---)", "一个文件只记一件事项"),
    ("but found another document", "一个文件中有多份内容(---)", "一个文件只记一件事项"),
    ("control characters are not allowed", "含有不可见的控制字符", "请删去该字符"),
    ("special characters are not allowed", "含有不可见的控制字符", "请删去该字符"),
    ("unknown escape character", "双引号内的反斜杠写法不对", "请改用单引号,或把 \\ 写成 \\\\"),
    ("block sequence entries are not allowed", "此处不能开始列表", "列表请另起一行并缩进"),
)


def explain(error: Any, text: str, path: str) -> Finding:  # noqa: ANN401 - yaml errors are untyped
    """Make a finding of a YAML error. Quotes nothing of the file: it may be personal."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else _control_place(text)
    message, mend = _sentence(f"{getattr(error, 'problem', '')} {error}", text, line)
    place = Place(path, line + 1, column + 1)
    return Finding(place, Level.ERROR, "yaml-syntax", message, mend)


def _sentence(problem: str, text: str, line: int) -> tuple[str, str]:
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return _SENTENCES[0][1:]
    for part, message, mend in _SENTENCES:
        if part in problem:
            return message, mend
    return "YAML 语法有误", "请对照相邻的行,检查冒号、引号、括号与缩进"


def _control_place(text: str) -> tuple[int, int]:
    """Where the first control character stands; the reader reports it without a mark."""
    for number, line in enumerate(text.split("\n")):
        for column, char in enumerate(line):
            if char < " " and char not in "\t\r":
                return number, column
    return 0, 0
