"""What is wrong in the syntax of a JSON or TOML text, in both languages.

Python's parsers speak English alone. A phrase that is not listed here, as one of a Python to come,
stays as it is in Chinese too.
"""

import re
import tomllib
from collections.abc import Mapping
from json import JSONDecodeError

from commed.errors import Problem
from commed.personal import hidden

__all__ = ["MARK", "MARKED", "fault_of_json", "fault_of_toml"]

MARK = "\ufeff"
"""What some programs put before a text in UTF-8 (字节顺序标记)."""
MARKED = Problem(
    "",
    "a byte order mark stands before the text: save it as UTF-8 without one",
    "文本前有字节顺序标记（BOM）：请另存为不带BOM的UTF-8",
)
"""The problem of a text with such a mark."""

_PLACE = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")


def fault_of_json(error: JSONDecodeError) -> Problem:
    """Return the problem of a text that is not JSON."""
    line, column = error.lineno, error.colno
    return Problem(
        "",
        f"line {line} column {column}: {error.msg}",
        f"第{line}行第{column}列不合JSON语法：{_in_chinese(error.msg)}",
    )


def fault_of_toml(error: tomllib.TOMLDecodeError) -> Problem:
    """Return the problem of a text that is not TOML."""
    message = hidden(str(error))
    where = ""
    if place := _PLACE.search(message):
        where = f"第{place[1]}行第{place[2]}列" if place[1] else "文件末尾"
    zh = f"{where}不合TOML语法：{_in_chinese(_PLACE.sub('', message))}"
    return Problem("", message, zh)


def _in_chinese(message: str) -> str:
    for english, chinese in _PHRASES.items():
        message = message.replace(english, chinese)
    return message


_PHRASES: Mapping[str, str] = {
    # of JSON
    "Expecting property name enclosed in double quotes": "应为双引号内的键",
    "Expecting value": "应有值",
    "Expecting ':' delimiter": "应有冒号",
    "Expecting ',' delimiter": "应有逗号",
    "Extra data": "内容结束后仍有文字",
    "Illegal trailing comma before end of array": "列表末尾有多余的逗号",
    "Illegal trailing comma before end of object": "对象末尾有多余的逗号",
    "Invalid control character at": "字符串内有控制字符",
    "Invalid \\escape": "反斜杠转义无效",
    "Invalid \\uXXXX escape": "\\uXXXX转义无效",
    "Unterminated string starting at": "字符串没有结束",
    # of TOML
    "Cannot declare (": "不可声明(",
    "Cannot mutate immutable namespace ": "内联表不可再添加：",
    "Cannot overwrite a value": "键已有值，不可重复",
    "Cannot redefine namespace ": "不可重新定义",
    "Duplicate inline table key ": "内联表内的键重复：",
    "Escaped character is not a Unicode scalar value": "转义所指的字符不存在",
    "Expected '=' after a key in a key/value pair": "键之后应有等号",
    "Expected ']' at the end of a table declaration": "表名之后应有“]”",
    "Expected ']]' at the end of an array declaration": "表数组名之后应有“]]”",
    "Expected newline or end of document after a statement": "一行只应有一项",
    "Expected ": "此处应为",
    "Found invalid character ": "有无效字符",
    "Illegal character ": "有不允许的字符",
    "Invalid date or datetime": "日期不存在",
    "Invalid hex value": "十六进制转义无效",
    "Invalid initial character for a key part": "键的首字符无效",
    "Invalid statement": "此行无法读取",
    "Invalid value": "值无效",
    "Unclosed array": "列表没有结束",
    "Unclosed inline table": "内联表没有结束",
    "Unescaped '\\' in a string": "字符串内的反斜杠未转义",
    "Unterminated string": "字符串没有结束",
    ") twice": ")两次",
}
