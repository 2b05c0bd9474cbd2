"""What is wrong in the syntax of a text is told where it stands, in Chinese as in English."""

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from commed.codec import read_json, read_toml
from commed.codec.syntax import fault_of_json, fault_of_toml
from commed.errors import InvalidDocument

TOLD = {
    read_json: {
        "{": "第1行第2列不合JSON语法：应为双引号内的键",
        "": "第1行第1列不合JSON语法：应有值",
        '{"a" 1}': "第1行第6列不合JSON语法：应有冒号",
        "[1\n 2]": "第2行第2列不合JSON语法：应有逗号",
        "{}}": "第1行第3列不合JSON语法：内容结束后仍有文字",
        '"a\nb"': "第1行第3列不合JSON语法：字符串内有控制字符",
        r'"\q"': "第1行第2列不合JSON语法：反斜杠转义无效",
        r'"\u12"': r"第1行第3列不合JSON语法：\uXXXX转义无效",
        '["a': "第1行第2列不合JSON语法：字符串没有结束",
        "\ufeff{}": "文本前有字节顺序标记（BOM）：请另存为不带BOM的UTF-8",
        "[" * 100_000: "嵌套过深，无法读取",
    },
    read_toml: {
        "a = 1\na = 2": "文件末尾不合TOML语法：键已有值，不可重复",
        "[a]\n[a]": "第2行第3列不合TOML语法：不可声明('a',)两次",
        "[a.b]\n[a]\nb.c = 1": "文件末尾不合TOML语法：不可重新定义('a', 'b')",
        "a.b = 1\n[a.b.c]": "第2行第7列不合TOML语法：键已有值，不可重复",
        "a = {b = 1}\na.c = 2": "文件末尾不合TOML语法：内联表不可再添加：('a',)",
        "a = {b = 1, b = 2}": "第1行第18列不合TOML语法：内联表内的键重复：'b'",
        r'a = "\ud800"': "第1行第12列不合TOML语法：转义所指的字符不存在",
        r'a = "\u12"': "第1行第8列不合TOML语法：十六进制转义无效",
        r'a = "\q"': r"第1行第8列不合TOML语法：字符串内的反斜杠未转义",
        "a": "文件末尾不合TOML语法：键之后应有等号",
        "[a": "文件末尾不合TOML语法：表名之后应有“]”",
        "[[a]": "第1行第4列不合TOML语法：表数组名之后应有“]]”",
        "a = 1 b = 2": "第1行第7列不合TOML语法：一行只应有一项",
        "a = '''b": "文件末尾不合TOML语法：此处应为\"'''\"",
        "a = 'b\nc'": r"第1行第7列不合TOML语法：有无效字符'\n'",
        'a = "b\x01"': r"第1行第7列不合TOML语法：有不允许的字符'\x01'",
        "a = 2018-02-30": "第1行第5列不合TOML语法：日期不存在",
        "a. = 1": "第1行第4列不合TOML语法：键的首字符无效",
        "?": "第1行第1列不合TOML语法：此行无法读取",
        "a = ]": "第1行第5列不合TOML语法：值无效",
        "a = [1": "文件末尾不合TOML语法：列表没有结束",
        "a = {b = 1": "文件末尾不合TOML语法：内联表没有结束",
        'a = "b': "文件末尾不合TOML语法：字符串没有结束",
        "\ufeffa = 1": "文本前有字节顺序标记（BOM）：请另存为不带BOM的UTF-8",
        ".".join("a" * 2_000) + " = 1": "嵌套过深，无法读取",
        "a = " + "[" * 100_000: "嵌套过深，无法读取",
    },
}
SUBJECT: dict[Callable[[str], Any], str] = {read_json: "JSON", read_toml: "TOML"}
CASES = [(read, text, told) for read, cases in TOLD.items() for text, told in cases.items()]


@pytest.mark.parametrize(("read", "text", "chinese"), CASES, ids=range(len(CASES)))
def test_a_fault_is_told_in_chinese(read: Callable[[str], Any], text: str, chinese: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert caught.value.subject == SUBJECT[read]
    assert problem.path == ""
    assert problem.in_language("zh") == chinese
    assert not re.search("[\u4e00-\u9fff]", problem.in_language("en"))


def test_what_a_later_python_says_is_kept_as_it_is() -> None:
    of_json = fault_of_json(json.JSONDecodeError("Unheard of", "{}", 1))
    assert of_json.message == "line 1 column 2: Unheard of"
    assert of_json.message_zh == "第1行第2列不合JSON语法：Unheard of"
    of_toml = fault_of_toml(tomllib.TOMLDecodeError("Unheard of"))
    assert of_toml.message_zh == "不合TOML语法：Unheard of"
