"""Reports as HTML and Markdown tell what was judged, and whatever a record says stands as text."""

import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commed import frames
from commed.codec import dump_instrument, dump_register, instrument_from, register_from
from commed.compliance import Assessment, assess
from commed.errors import InvalidDocument, MissingExtra
from commed.inspection import InspectionReport, inspect
from commed.loading import example, instrument
from commed.quantities import Interval
from commed.register import Register
from commed.report import html, render_html, render_markdown, render_text
from commed.report.charts import bar, scale
from commed.report.contents import contents
from commed.testing import intervals, registers

LONGQUANYI = example("longquanyi-2019")
MADE_UP = example("made-up-district")
CHENGDU = instrument("cn-chengdu-2017")
NINGBO = instrument("cn-ningbo-2015")
LANGUAGES = ["en", "zh"]
RENDERERS = [render_text, render_markdown, render_html]
FIVE_STATIONS = instrument_from(
    {
        "format": "commed.instrument/1",
        "id": "five",
        "title": {"zh": "五站", "en": "Five stations"},
        "since": "2017-02-01",
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
        "provisions": [
            {
                "article": 1,
                "summary": {"zh": "五站", "en": "five stations"},
                "source": "text",
                "obligations": [
                    {
                        "id": "five",
                        "duty": {"zh": "设五站", "en": "set up five"},
                        "bearer": {"name": {"zh": "政府", "en": "the government"}},
                        "modality": "shall",
                        "note": {"zh": "试例", "en": "made up"},
                        "condition": {
                            "test": "indicator-compares",
                            "indicator": "workstations",
                            "operator": "at-least",
                            "threshold": {"interval": {"low": 5, "high": 5}, "unit": "items"},
                        },
                    }
                ],
            }
        ],
    }
)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp; {{ 7*7 }} {% x %} "
    "[a](javascript:1) ![b](http://c) `d` **e** _f_ | g | # h www.i.cn http://j.cn ~~k~~ "
    + "字"
    * 300
)
TOLD = {"name", "title", "about", "note", "text", "zh", "en", "reports", "direction", "duty"}


class _Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        told = dict(attrs)
        self.ids += filter(None, [told.get("id")])
        self.links += filter(None, [told.get("href")])

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def judged(register: Register = LONGQUANYI) -> Assessment:
    return assess(register, CHENGDU, on=date(2019, 4, 26))


def inspected() -> InspectionReport:
    return inspect(LONGQUANYI, CHENGDU, NINGBO)


def year(register: Register = MADE_UP) -> Assessment:
    """The district that keeps lists: judged on a year in which much happened."""
    return assess(register, CHENGDU, on=date(2025, 4, 26))


def marked_up(text: str) -> set[str]:
    """Return what CommonMark with tables, bare links and strikethrough makes of a text."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    return {token.type.removesuffix("_open").removesuffix("_close") for token in (*tokens, *inside)}


class TestWhatIsTold:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "subject", [judged(), year(), inspected()], ids=["one", "two", "three"]
    )
    def test_every_reason_evidence_and_need_stands_in_the_page(
        self, subject: Assessment | InspectionReport, language: str
    ) -> None:
        page = _Seen(render_html(subject, language=language)).text
        findings = subject.findings
        assert findings
        for finding in findings:
            words = [finding.because, finding.obligation.duty, finding.text_status.label]
            words += [need.label for need in finding.needs]
            assert all(each.in_language(language) in page for each in words)
            assert all(evidence.name in page for evidence in finding.evidence)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_figure_of_the_page_stands_in_the_markdown(self, language: str) -> None:
        told = contents(year())
        text = render_markdown(year(), language=language)
        assert len(told.months) == 12
        assert len(told.places) == 4
        for measurement in told.with_value:
            assert measurement.indicator.label.in_language(language) in text
        for key in told.places:
            assert MADE_UP.division(key).name in text
        assert all(f"| {month} |" in text for month in told.months)

    @pytest.mark.parametrize("render", RENDERERS)
    def test_an_inspection_is_told_with_all_its_assessments(
        self, render: Callable[..., str]
    ) -> None:
        text = render(inspected(), language="zh")
        for told in ("检查经过", "建议", "区委社治委", CHENGDU.title.zh, NINGBO.title.zh):
            assert told in text
        assert "检查经过" not in render(judged(), language="zh")

    def test_a_figure_that_was_stated_stands_in_its_own_words(self) -> None:
        assert "“近10万人次”" in render_html(inspected())

    def test_a_recommendation_shows_what_was_found_of_its_duties(self) -> None:
        told = dump_register(LONGQUANYI)
        asked = {"text": "建立联席会议", "duties": ["art-6-2-joint-conference"]}
        told["inspections"][0]["recommendations"] = [asked]
        del told["inspections"][0]["inspectors"]
        subject = inspect(register_from(told), CHENGDU)
        assert "建立联席会议、第6条第2款 符合" in render_text(subject, language="zh")
        assert "建立联席会议、第6条第2款 符合" in render_markdown(subject, language="zh")
        assert "建立联席会议 ✓ 符合 第6条第2款" in _Seen(render_html(subject, language="zh")).text

    def test_an_inspection_that_only_looked_tells_only_where(self) -> None:
        told = dump_register(LONGQUANYI)
        del told["inspections"][0]["recommendations"]
        del told["reported_figures"]
        subject = inspect(register_from(told), CHENGDU)
        for text in (render_markdown(subject), _Seen(render_html(subject)).text):
            assert "Sites visited" in text
            assert "Recommendations" not in text
            assert "What was stated" not in text

    def test_a_breach_is_told_first_and_linked(self) -> None:
        told = dump_register(LONGQUANYI)
        told["joint_conferences"] = told["inspections"] = []
        told["complete"] = [{"collection": "joint_conferences"}]
        assessment = judged(register_from(told))
        assert assessment.breaches
        page = _Seen(render_html(assessment))
        assert "Duties breached" in page.text
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
        assert any(link.startswith("#duty-") for link in page.links)
        assert "not met, a breach" in render_markdown(assessment)
        assert "Duties breached" not in _Seen(render_html(judged())).text

    def test_a_figure_that_falls_short_is_told_with_what_was_required(self) -> None:
        subject = assess(MADE_UP, FIVE_STATIONS, on=date(2025, 4, 26))
        page = _Seen(render_html(subject)).text
        assert "Observed 3 items Required 5 items Shortfall 2 items" in page
        assert "- required: 5 items\n- shortfall: 2 items" in render_markdown(subject)

    @pytest.mark.parametrize("render", RENDERERS)
    def test_what_is_encouraged_is_counted_apart(self, render: Callable[..., str]) -> None:
        told = dump_instrument(FIVE_STATIONS)
        (duty,) = told["provisions"][0]["obligations"]
        kept = {**duty, "id": "none", "modality": "may"}
        kept["condition"] = {**duty["condition"], "threshold": "1个"}
        told["provisions"][0]["obligations"] = [
            {**duty, "modality": "encouraged"},
            kept,
            duty | {"id": "shall"},
        ]
        subject = assess(MADE_UP, instrument_from(told), on=date(2025, 4, 26))
        assert "allowed or encouraged: 1 practised, 1 not, 0 undetermined" in render(subject)
        zh = render(subject, language="zh")
        assert "可以做、鼓励做的事项：已做1项，未做1项，无法判定0项" in zh
        assert "encouraged:" not in render(assess(MADE_UP, FIVE_STATIONS, on=date(2025, 4, 26)))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_to_ask_for_is_said(self, language: str) -> None:
        told = dump_instrument(CHENGDU)
        told["provisions"] = []
        told["gaps"] = []
        law = instrument_from(told)
        subject = assess(LONGQUANYI, law, on=date(2019, 4, 26))
        page = _Seen(render_html(subject, language=language)).text
        nothing = {"en": "Nothing is missing.", "zh": "无须补充。"}[language]
        assert nothing in page
        assert nothing in render_markdown(subject, language=language)
        assert {"en": "Every provision was judged.", "zh": "每一条都有判定。"}[language] in page


@pytest.fixture(scope="module")
def hostile() -> InspectionReport:
    """The inspection, each text that a record or the law may hold replaced by a hostile one."""
    register = register_from(_poisoned(dump_register(LONGQUANYI)))
    law = instrument_from(_poisoned(dump_instrument(CHENGDU)))
    return inspect(register, law)


class TestHostileText:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_adds_no_element_and_no_attribute_to_a_page(
        self, hostile: InspectionReport, language: str
    ) -> None:
        page = _Seen(render_html(hostile, language=language))
        usual = _Seen(render_html(inspect(LONGQUANYI, CHENGDU), language=language))
        assert set(page.elements) <= set(usual.elements)
        assert page.attributes <= usual.attributes
        assert "script" not in page.elements
        assert HOSTILE in page.text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_marks_nothing_up_in_markdown(self, hostile: InspectionReport, language: str) -> None:
        usual = marked_up(render_markdown(inspect(LONGQUANYI, CHENGDU), language=language))
        assert marked_up(render_markdown(hostile, language=language)) <= usual
        assert not {"html_block", "html_inline", "link", "image", "code_inline", "s"} & usual

    @pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x1b", "\u2028", "\n"])
    def test_signs_that_turn_or_break_a_line_come_into_no_record(self, sign: str) -> None:
        told = dump_register(LONGQUANYI)
        told["divisions"][0]["name"] = f"龙泉{sign}驿区"
        with pytest.raises(InvalidDocument, match=r"divisions\[0\]\.name"):
            register_from(told)


def _poisoned(node: Any, key: str = "") -> Any:
    match node:
        case dict():
            return {each: _poisoned(value, each) for each, value in node.items()}
        case list():
            return [_poisoned(each, key) for each in node]
        case str() if key in TOLD:
            return HOSTILE
    return node


class TestPages:
    @given(registers(), st.sampled_from(LANGUAGES))
    @settings(max_examples=25)
    def test_of_any_register_hold_together(self, register: Register, language: str) -> None:
        subject = assess(register, CHENGDU, on=date(2019, 4, 26))
        page = _Seen(render_html(subject, language=language))
        assert len(page.ids) == len(set(page.ids))
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
        assert page.elements.count("h1") == 1
        assert page.elements.count("main") == 1
        assert render_markdown(subject, language=language).endswith("\n")

    def test_need_nothing_from_elsewhere(self) -> None:
        page = render_html(year())
        assert "http" not in page.replace("http-equiv", "")
        assert "<script" not in page
        assert "url(" not in page.replace("url(#", "")

    def test_without_the_extra_say_how_to_install_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        html._environment.cache_clear()
        monkeypatch.setitem(sys.modules, "jinja2", None)
        with pytest.raises(MissingExtra) as missing:
            render_html(judged())
        assert missing.value.told() == (
            "a report in HTML needs the extra 'report': python -m pip install 'commed[report]'"
        )
        assert missing.value.told("zh").startswith("网页报告需要可选组件report：")

    def test_of_a_register_with_a_table_say_why_there_is_no_digest(self) -> None:
        texts = dict.fromkeys(["event", "learner", "division"], pl.String)
        attached = frames.attached(LONGQUANYI, pl.DataFrame(schema={**texts, "date": pl.Date}))
        assert "table" in _Seen(render_html(judged(attached))).text

    def test_of_a_community_have_no_places_below_it(self) -> None:
        told = contents(assess(MADE_UP, CHENGDU, on=date(2025, 4, 26), division="plum-lane"))
        assert told.places == {}
        assert told.recommendations == ()

    def test_of_few_records_show_them_all_and_of_many_a_count(self) -> None:
        told = dump_register(LONGQUANYI)
        told["workstations"] += [
            {"id": f"more-{number}", "name": f"第{number}站", "division": "510112"}
            for number in range(10)
        ]
        assert "12 records" in _Seen(render_html(judged(register_from(told)))).text
        assert "2 records" not in _Seen(render_html(judged())).text


def _from_zero(interval: Interval) -> bool:
    return interval.low is not None and interval.low >= 0


class TestBars:
    @given(st.lists(intervals().filter(_from_zero), min_size=1, max_size=5))
    def test_no_range_reaches_beyond_its_scale(self, shown: list[Interval]) -> None:
        top = scale(shown)
        assert top > 0
        for interval in shown:
            drawn = bar(interval, top)
            assert 0 <= drawn.sure <= drawn.possible <= 100
            assert drawn.is_open is (interval.high is None)

    @pytest.mark.parametrize(
        ("interval", "top"),
        [
            (Interval.exactly(0), 1),
            (Interval(0, None), 1),
            (Interval.exactly(1), 1),
            (Interval.exactly(Fraction(3, 2)), 2),
            (Interval(3, 4), 5),
            (Interval(7, 9), 10),
            (Interval(40, None), 50),
            (Interval(50, None), 100),
            (Interval.exactly(Fraction(1, 30)), Fraction(1, 20)),
        ],
    )
    def test_a_scale_ends_at_a_round_number(self, interval: Interval, top: Fraction) -> None:
        assert scale([interval]) == top

    def test_what_is_not_zero_can_be_seen(self) -> None:
        assert bar(Interval(1, 2), Fraction(10_000)).sure == 0.5
        assert bar(Interval.exactly(0), Fraction(10_000)).possible == 0
