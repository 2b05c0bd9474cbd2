"""Evidence and needs: what a result rests on, and what to ask of whom for a better one."""

import pytest

from commed.evidence import Evidence, Need
from commed.labels import Label
from commed.periods import Period
from commed.references import Collection

LISTED = Need(
    what=Label(zh="学习活动的完整清单", en="the complete list of learning events"),
    collection=Collection.EVENTS,
    division="510112",
    supplier=Label(zh="教育行政部门", en="the education department"),
    period=Period.year(2018),
)


def test_evidence_tells_what_a_record_is_called_and_where_it_stands() -> None:
    evidence = Evidence(Collection.EVENTS, "e1", "讲座")
    assert str(evidence) == "讲座 (events: e1)"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (
            Period.year(2018),
            "学习活动的完整清单（510112，2018）：可询教育行政部门",
            "the complete list of learning events (510112, 2018); ask the education department",
        ),
        (
            None,
            "学习活动的完整清单（510112）：可询教育行政部门",
            "the complete list of learning events (510112); ask the education department",
        ),
    ],
)
def test_a_need_says_what_for_where_and_when_and_whom_to_ask(
    period: Period | None, zh: str, en: str
) -> None:
    need = Need(
        what=LISTED.what,
        collection=LISTED.collection,
        division=LISTED.division,
        supplier=LISTED.supplier,
        period=period,
    )
    assert need.label == Label(zh=zh, en=en)
    assert str(need) == en
