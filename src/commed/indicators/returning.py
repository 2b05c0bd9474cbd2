"""Who came again: the learners at two events or more, and their share (再次参与)."""

from collections.abc import Iterable
from math import inf

from attrs import frozen

from commed.indicators.attendance import attended, gathered, tally
from commed.indicators.bounds import Count, interval, returning_share
from commed.indicators.elsewhere import rosters
from commed.indicators.measurement import Question
from commed.quantities import Interval
from commed.records.learning import LearningEvent

__all__ = ["Returning", "returning"]


@frozen
class Returning:
    """How many learners came to two events or more (再次参与情况), and which share of them all."""

    learners: Interval
    share: Interval | None


class _Crowd:
    """The learners named at some events, and those of them who are named at two or more."""

    def __init__(self, events: Iterable[LearningEvent]) -> None:
        self._came, self._again = set[str](), set[str]()
        self.join(events)

    def join(self, events: Iterable[LearningEvent]) -> None:
        came, again = self._came, self._again
        for event in events:
            if not again.issuperset(event.learners):
                again.update(came.intersection(event.learners))
                came.update(event.learners)

    @property
    def again(self) -> int:
        return len(self._again)

    def once_at(self, event: LearningEvent) -> int:
        """Return how many came to this event, and to no other."""
        return sum(learner not in self._again for learner in event.learners)


def returning(question: Question) -> Returning:
    """Return who of a question came again; ask for it with `Question.once`."""
    everybody, kept = question.once(tally), question.once(rosters)
    events = question.lately(gathered)
    crowd = _Crowd(events.certain)
    again = crowd.again + kept.again
    share = _share(question, again, crowd)
    if everybody.all_named:
        crowd.join(events.doubtful)
        most: Count = crowd.again + kept.possibly_again
    else:
        times, learners = everybody.attendances.high, everybody.learners.high
        most = inf if times is None else int(times) // 2
        most = most if learners is None else min(most, int(learners))
    return Returning(interval(again, most), share)


def _share(question: Question, again: int, crowd: _Crowd) -> Interval | None:
    """Return the share of learners who came again.

    It is sharp where every event surely lies inside, and otherwise only enclosed.
    """
    everybody = question.once(tally)
    learners = everybody.learners
    if not everybody.whole_list or learners.high == 0:
        return None
    if everybody.doubts:
        low = Interval.exactly(again) / Interval(max(learners.low or 0, 1), learners.high)
        return Interval(low.low, 1, low.low_closed)
    if everybody.all_named:
        return Interval.exactly(again) / Interval.exactly(everybody.named)
    return returning_share(everybody.named, again, attended(question, crowd.once_at))
