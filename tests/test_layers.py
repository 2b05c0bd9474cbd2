"""Layers: raising runs and asking for areas in any order is what adding up one by one gives."""

from hypothesis import given
from hypothesis import strategies as st

from commed.indicators.layers import Area

whole = st.integers(-50, 50)
layers = st.lists(st.tuples(st.integers(0, 9), whole), min_size=1, max_size=12)


@st.composite
def runs(draw: st.DrawFn, size: int) -> slice:
    start = draw(st.integers(0, size))
    return slice(start, draw(st.integers(start, size)))


@given(layers, st.data())
def test_raising_and_adding_up_one_by_one_agree(
    profile: list[tuple[int, int]], data: st.DataObject
) -> None:
    heights, above = [height for height, _ in profile], [each for _, each in profile]
    area = Area(heights, above)
    for run, change in data.draw(st.lists(st.tuples(runs(len(profile)), whole), max_size=8)):
        area.lift(run, change)
        above[run] = [each + change for each in above[run]]
        asked = data.draw(runs(len(profile)))
        expected = sum(h * a for h, a in zip(heights[asked], above[asked], strict=True))
        assert area.within(asked) == expected
