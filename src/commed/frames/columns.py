"""Which column of a table tells what."""

from collections.abc import Iterable, Mapping

from attrs import fields, frozen

from commed.checks import Checked, Text
from commed.errors import Problem

__all__ = ["REQUIRED", "Columns"]

REQUIRED: tuple[str, ...] = ("event", "date", "learner")
"""What every table of attendances has a column for."""


@frozen(kw_only=True)
class Columns(Checked):
    """The columns of a table of attendances (参与明细表的列): a row for each learner at each event.

    Each field names a column. `event`, `date` and `learner` must be there, and `division` or
    `workstation` (any organisation). The others are taken where the table has them; one that is
    called otherwise than by default must be there, and None leaves it alone. `themes` and
    `groups` are texts, their entries parted by the `separator`; a null says that they are not
    known, and an empty text in `groups` that the learner belonged to none. What is told of an
    event stands in each of its rows.
    """

    event: Text = "event"
    date: Text = "date"
    learner: Text = "learner"
    division: Text | None = "division"
    workstation: Text | None = "workstation"
    team: Text | None = "team"
    plan: Text | None = "plan"
    themes: Text | None = "themes"
    mode: Text | None = "mode"
    minutes: Text | None = "minutes"
    groups: Text | None = "groups"
    separator: Text = ";"

    def _contradictions(self) -> Iterable[Problem]:
        names = list(self.named.values())
        for field, name in self.named.items():
            if names.count(name) > 1:
                yield Problem(
                    field,
                    f"expected each column once, found {name!r} again",
                    f"每一列只能用一次，{name!r}重复",
                )

    @property
    def named(self) -> Mapping[str, str]:
        """The name of each column that is asked for, by what it tells."""
        return {
            field.name: name
            for field in fields(Columns)
            if field.name != "separator" and (name := getattr(self, field.name)) is not None
        }

    def must_be_there(self, tells: str) -> bool:
        """Whether a table without this column is refused."""
        return tells in REQUIRED or getattr(self, tells) != tells

    def parted(self, text: str) -> tuple[str, ...]:
        """Return the entries of a text of themes or groups."""
        return tuple(text.split(self.separator)) if text else ()
