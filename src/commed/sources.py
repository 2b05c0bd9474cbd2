"""Where a statement comes from, and how well its text is known."""

from datetime import date
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, Checked, Name, Text
from commed.labels import Label, LabelledEnum
from commed.references import Collection, Identifies

__all__ = ["Citation", "Source", "TextStatus"]


class TextStatus(LabelledEnum):
    """How well the text of a provision or report is known (文本状态), best first."""

    ENACTED = "enacted", "已读正式文本", "enacted text read"
    QUOTED = "quoted", "官方文件援引", "quoted by an official document"
    DRAFT = "draft", "仅读草案", "draft read; the enacted text may differ"
    SUMMARY = "summary", "二手转述", "reported by a secondary source"


@frozen(kw_only=True)
class Source(Checked):
    """A document that statements rest on (资料来源).

    `status` says how well this source knows what it tells; `address` is where it was read,
    as written there.
    """

    id: Annotated[Name, Identifies(Collection.SOURCES)]
    title: Text
    status: TextStatus
    address: Text | None = None
    published_on: date | None = None
    note: Text | None = None


@frozen(kw_only=True)
class Citation(Checked):
    """A place in a legal text: article 条, paragraph 款, item 项."""

    instrument: Label
    article: Annotated[int, AtLeast(1)]
    paragraph: Annotated[int, AtLeast(1)] | None = field(default=None)
    item: Annotated[int, AtLeast(1)] | None = field(default=None)

    @property
    def place(self) -> Label:
        """The place without the title: 第6条第2款, art. 6 para. 2."""
        zh, en = f"第{self.article}条", f"art. {self.article}"
        if self.paragraph is not None:
            zh, en = f"{zh}第{self.paragraph}款", f"{en} para. {self.paragraph}"
        if self.item is not None:
            zh, en = f"{zh}第{self.item}项", f"{en} item {self.item}"
        return Label(zh=zh, en=en)

    @property
    def label(self) -> Label:
        """The whole citation."""
        place = self.place
        return Label(
            zh=f"《{self.instrument.zh}》{place.zh}", en=f"{self.instrument.en}, {place.en}"
        )

    def __str__(self) -> str:
        return self.label.en
