"""What every condition is: data that says what must hold."""

from typing import ClassVar

from commed.checks import Checked

__all__ = ["Condition"]


class Condition(Checked):
    """Base of every node (条件). `test` names the node in instrument files."""

    __slots__ = ()
    test: ClassVar[str]
