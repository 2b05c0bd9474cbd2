"""Reports: figures are rounded here and nowhere else, and every line fits its width."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.compliance import assess
from commed.indicators import measure
from commed.labels import Label
from commed.law.conditions import OrganisationExists
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision
from commed.loading import example, instrument
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent
from commed.records.organisations import OrganisationKind
from commed.records.resources import Population
from commed.references import Collection
from commed.register import Register
from commed.report import render_measurement, render_text
from commed.report.figures import figure
from commed.sources import Source, TextStatus

HOME, ON = "510112", date(2019, 4, 26)
CASE = assess(example("longquanyi-2019"), instrument("cn-chengdu-2017"), on=ON)


def shown(interval: Interval, unit: Unit, language: str) -> str:
    return figure(Quantity(interval, unit), language)


class TestRounding:
    @pytest.mark.parametrize(
        ("number", "said"),
        [
            ("0", "0"),
            ("1", "1"),
            ("2.5", "2.5"),
            ("2.50", "2.5"),
            ("1.05", "1.05"),
            ("2.125", "≈2.13"),
            ("2.135", "≈2.14"),
            ("2.134999", "≈2.13"),
            ("2.675", "≈2.68"),
            ("-2.675", "≈-2.68"),
            ("1.995", "≈2"),
            ("0.5", "0.5"),
            ("0.1234", "0.1234"),
            ("0.12345", "≈0.1235"),
            ("0.123449", "≈0.1234"),
            ("0.00005", "≈0.0001"),
            ("0.00004", "≈0"),
            ("-0.00005", "≈-0.0001"),
            ("-0.00004", "≈0"),
            ("0.99995", "≈1"),
            ("1234567", "1,234,567"),
            ("999.995", "≈1,000"),
            ("-1234.5", "-1,234.5"),
        ],
    )
    def test_half_goes_up_and_a_changed_figure_says_so(self, number: str, said: str) -> None:
        assert shown(Interval.exactly(Fraction(Decimal(number))), Unit.TEAMS, "zh") == f"{said}支"

    @settings(deadline=None)
    @given(st.fractions(max_denominator=10**6))
    def test_what_is_shown_is_never_further_off_than_half_a_place(self, number: Fraction) -> None:
        said = shown(Interval.exactly(number), Unit.TEAMS, "zh").removesuffix("支")
        value = Fraction(said.lstrip("≈").replace(",", ""))
        places = 2 if abs(number) >= 1 else 4
        assert abs(value - number) <= Fraction(1, 2) / 10**places
        assert said.startswith("≈") is (value != number)


class TestFigures:
    @pytest.mark.parametrize(
        ("interval", "en", "zh"),
        [
            (Interval.exactly(40), "40 teams", "40支"),
            (Interval(40, 49), "40 to 49 teams", "40至49支"),
            (Interval(40, 50, high_closed=False), "40 to under 50 teams", "40至不满50支"),
            (Interval(40, 50, low_closed=False), "more than 40 to 50 teams", "超过40至50支"),
            (
                Interval(40, 50, low_closed=False, high_closed=False),
                "more than 40 to under 50 teams",
                "超过40至不满50支",
            ),
            (Interval(40, None), "at least 40 teams", "不少于40支"),
            (Interval(40, None, low_closed=False), "more than 40 teams", "超过40支"),
            (Interval(None, 50), "at most 50 teams", "不超过50支"),
            (Interval(None, 50, high_closed=False), "under 50 teams", "不满50支"),
            (Interval.exactly(Fraction(1, 3)), "≈0.3333 teams", "≈0.3333支"),
            (Interval.exactly(Fraction(5, 3)), "≈1.67 teams", "≈1.67支"),
            (Interval(0, Fraction(5, 3)), "0 to ≈1.67 teams", "0至≈1.67支"),
            (Interval(700_000, 799_999), "700,000 to 799,999 teams", "700,000至799,999支"),
        ],
    )
    def test_every_shape_of_interval_in_both_languages(
        self, interval: Interval, en: str, zh: str
    ) -> None:
        assert shown(interval, Unit.TEAMS, "en") == en
        assert shown(interval, Unit.TEAMS, "zh") == zh

    def test_an_interval_without_ends_is_any_number(self) -> None:
        assert "any" in shown(Interval(None, None), Unit.TEAMS, "en")
        assert "任意" in shown(Interval(None, None), Unit.TEAMS, "zh")

    @pytest.mark.parametrize(
        ("interval", "en", "zh"),
        [
            (Interval.exactly(Fraction(1, 8)), "12.5%", "12.5%"),
            (Interval.exactly(Fraction(1, 3)), "≈33.33%", "≈33.33%"),
            (Interval.exactly(1), "100%", "100%"),
            (Interval(Fraction(2, 5), None), "at least 40%", "不少于40%"),
            (
                Interval(0, Fraction(2, 5), low_closed=False),
                "more than 0 to 40%",
                "超过0至40%",
            ),
        ],
    )
    def test_a_ratio_is_shown_in_percent(self, interval: Interval, en: str, zh: str) -> None:
        assert (shown(interval, Unit.RATIO, "en"), shown(interval, Unit.RATIO, "zh")) == (en, zh)

    def test_a_rate_keeps_its_unit(self) -> None:
        rate = Interval.exactly(Fraction(15, 8))
        assert shown(rate, Unit.PERSON_TIMES_PER_PERSON, "en") == "≈1.88 person-times per person"
        assert shown(rate, Unit.PERSON_TIMES_PER_PERSON, "zh") == "≈1.88人次/人"


def overlong(text: str, width: int) -> list[str]:
    return [line for line in text.splitlines() if wcwidth.wcswidth(line) > width]


class TestTheText:
    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("width", [40, 57, 88, 200])
    def test_every_line_fits_its_width_counting_chinese_as_two(
        self, language: str, width: int
    ) -> None:
        assert overlong(render_text(CASE, language=language, width=width), width) == []

    def test_wrapping_loses_no_word(self) -> None:
        narrow, wide = (render_text(CASE, language="zh", width=width) for width in (40, 2000))
        assert "".join(narrow.split()) == "".join(wide.split())

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            (
                "en",
                [
                    "龙泉驿区 (510112) on 2019-04-26; yearly duties judged on 2018",
                    "    2  met",
                    "   10  undetermined",
                    "    1  not applicable",
                    "    0  breaches",
                    "art. 6 para. 2  MET  [quoted by an official document]",
                    "  shall: set up a joint conference for community education",
                    "  note: the library reads",
                    "no value: participation rate, ",
                    "learning teams (2019-04-26): at least 40 teams",
                    "person-times (2018): 700,000 to 799,999 person-times",
                    "What to ask for",
                    "art. 7 and on: ",
                    "art. 1: a statement of purpose lays down no duty",
                ],
            ),
            (
                "zh",
                [
                    "龙泉驿区（510112），2019-04-26；年度义务按2018判定",
                    "    2  符合",
                    "   10  无法判定",
                    "    0  违反",
                    "第6条第2款  符合  [官方文件援引]",
                    "  应当：建立社区教育联席会议制度",
                    "  说明：",
                    "无值：参与率、",
                    "补证清单",
                    "第7条以后：",
                ],
            ),
        ],
    )
    def test_what_was_judged_measured_and_asked_is_told(
        self, language: str, said: Iterable[str]
    ) -> None:
        text = render_text(CASE, language=language)
        for words in said:
            assert words in text

    def test_every_need_stands_once_in_the_request_list(self) -> None:
        requests = render_text(CASE, width=2000).split("What to ask for")[1]
        for number, need in enumerate(CASE.needs, start=1):
            assert f"{number:>2}. {need.label.en}\n" in requests

    def test_unless_told_otherwise_a_line_holds_88_signs(self) -> None:
        text = render_text(CASE)
        assert text == render_text(CASE, language="en", width=88)
        assert text != render_text(CASE, language="en", width=87)

    @pytest.mark.parametrize("width", [60, 88])
    def test_english_is_not_broken_inside_a_key(self, width: int) -> None:
        lines = render_text(CASE, width=width).splitlines()
        assert [line for line in lines if line.endswith("-") and line.strip("-")] == []

    def test_what_is_computed_or_attested_is_not_told_as_left_out(self) -> None:
        left_out = render_text(CASE).split("What was not judged")[1]
        assert "art. 6" not in left_out
        assert "art. 5" not in left_out

    def test_a_verdict_that_nothing_has_is_not_counted(self) -> None:
        assert "not met\n" not in render_text(CASE)
        assert "not in force" not in render_text(CASE)

    @pytest.mark.parametrize("language", ["fr", "", "ZH"])
    def test_a_language_it_does_not_speak_is_refused(self, language: str) -> None:
        with pytest.raises((KeyError, ValueError)):
            render_text(CASE, language=language)


WORDS = Label(zh="设立联席会", en="set up a joint conference")


def register(**lists: Any) -> Register:
    lists["divisions"] = [Division(id=HOME, name="龙泉驿区")]
    return Register(jurisdiction=HOME, **lists)


def law(modality: Modality) -> Instrument:
    duty = Obligation(
        id="conference",
        duty=WORDS,
        bearer=Bearer(name=Label(zh="区政府", en="the district")),
        modality=modality,
        condition=OrganisationExists(kinds=[OrganisationKind.JOINT_CONFERENCE]),
    )
    article = Provision(article=1, summary=WORDS, source="text", obligations=[duty])
    text: dict[str, Any] = {
        "sources": [Source(id="text", title="文本", status=TextStatus.ENACTED)],
        "provisions": [article],
    }
    return Instrument(id="law", title=WORDS, since=date(2017, 2, 1), **text)


class TestABreach:
    def told(self, modality: Modality, language: str) -> str:
        known = register(complete=[Collection.JOINT_CONFERENCES])
        return render_text(assess(known, law(modality), on=ON), language=language)

    def test_is_shown_and_counted(self) -> None:
        english, chinese = (self.told(Modality.SHALL, language) for language in ("en", "zh"))
        assert "art. 1  NOT MET, a breach  [enacted text read]" in english
        assert "    1  breaches" in english
        assert "第1条  不符合，违反  [已读正式文本]" in chinese
        assert "    1  违反" in chinese

    def test_is_not_what_was_only_encouraged(self) -> None:
        text = self.told(Modality.ENCOURAGED, "en")
        assert "art. 1  NOT MET  [" in text
        assert "    0  breaches" in text

    def test_asks_for_nothing(self) -> None:
        assert "What to ask for" not in self.told(Modality.SHALL, "en")


class TestAMeasurement:
    def test_without_a_value_tells_what_is_missing(self) -> None:
        rate = measure("participation-rate", register(), period=Period.year(2018))
        lines = render_measurement(rate).splitlines()
        assert lines[0] == "participation rate (2018): no value"
        assert lines[1] == "  formula: distinct learners / resident population"
        assert any(line.startswith("  needs: ") for line in lines)

    def test_of_no_period_names_none(self) -> None:
        teams = measure("learning-teams", register())
        assert render_measurement(teams).startswith("learning teams: no value\n")
        assert render_measurement(teams, language="zh").startswith("学习型团队数：无值\n")

    def test_a_rate_shows_what_was_divided_by_what(self) -> None:
        known = register(
            events=[LearningEvent(id="e", date=date(2018, 5, 1), division=HOME, headcount=2)],
            populations=[Population(division=HOME, on=date(2018, 12, 31), persons=3)],
            complete=[Collection.EVENTS],
        )
        rate = measure("person-times-per-resident", known, period=Period.year(2018))
        english = render_measurement(rate).splitlines()
        assert english[0] == ("person-times per resident (2018): ≈0.6667 person-times per person")
        assert english[2] == "  = 2 person-times ÷ 3 persons"
        assert english[3].startswith("  rests on: ")
        assert "(populations: 510112/2018-12-31/resident)" in english[3]
        chinese = render_measurement(rate, language="zh").splitlines()
        assert chinese[2] == "  = 2人次 ÷ 3人"

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_fits_its_width(self, language: str) -> None:
        rate = measure("participation-rate", CASE.register, period=Period.year(2018))
        assert overlong(render_measurement(rate, language=language, width=40), 40) == []
