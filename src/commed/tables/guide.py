"""What the first sheet of a workbook tells who fills it (填表说明)."""

from commed.errors import Words
from commed.tables.headings import MARK

__all__ = ["GUIDE"]

GUIDE = (
    Words("How to fill this workbook", "填表说明"),
    Words(
        "Begin with 登记册 (register): write the id of the jurisdiction, and list that division, "
        "with what lies in it, under 行政区划 (divisions).",
        "先填“登记册”：写明辖区的编号，并在“行政区划”中列出该区划及其下属区划。",
    ),
    Words(
        f"A row that begins with {MARK} is not read, nor is a sheet whose name does: such are the "
        "notes, the examples and this sheet. Delete or leave them, but do not write over them.",
        f"以{MARK}开头的行和以{MARK}开头的工作表都不读取：注释行、示例行和本表都是如此，可删可留，但请勿在其中填写。",
    ),
    Words(
        "Do not rename the headings and sheets that you use. A column that is not required, and a "
        "sheet that you do not need, may be deleted.",
        "所用的表头和工作表名称请勿改动。非必填的列、不需要的工作表可以删除。",
    ),
    Words(
        "Leave empty what is not known: it is then unknown, never zero.",
        "不清楚的请留空：留空表示未知，不当作零。",
    ),
    Words(
        "Write figures as the source has them: 300, 40余人, 近10万人次. They stay as exact.",
        "数量按原文填写，如300、40余人、近10万人次，精度保持原样。",
    ),
    Words(
        "Write several entries of one cell each on a line of its own (Alt+Enter).",
        "一格内有多项的，每行一项（Alt+Enter换行）。",
    ),
    Words(
        "Write dates as 2018-12-31. Write no formulas, and do not merge cells.",
        "日期写作2018-12-31。请勿使用公式，请勿合并单元格。",
    ),
    Words(
        "Never write identity numbers, telephone numbers or e-mail addresses: for learners use "
        "keys that tell nobody who they are.",
        "请勿填写身份证号、电话号码或电子邮箱：学习者请用无法识别本人的代号。",
    ),
    Words(
        "Under 完整清单 (complete) say which lists are whole. Only then does what is not on a list "
        "count as not being there.",
        "在“完整清单”中写明哪些清单是完整的。只有这样，清单上没有的才算没有。",
    ),
    Words(
        "Check the workbook with: commed validate --lang zh FILE.xlsx",
        "检查命令：commed validate --lang zh 文件.xlsx",
    ),
)
"""The lines of the guide; the first is its heading."""
