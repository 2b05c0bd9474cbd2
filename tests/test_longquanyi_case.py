"""The case this library starts from: what the report of 2019 tells, and no more than that."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from attrs import evolve

import commed
from commed import Collection, Level, OrganisationKind, TextStatus, Unit, Verdict

INSPECTED = date(2019, 4, 26)
IN_FORCE = date(2017, 2, 1)
NAMES_OF_PERSONS = ("沈越", "李长广", "李長廣")
SITES = ("liyang", "chongde")

REGISTER = commed.example("longquanyi-2019")
INSTRUMENT = commed.instrument("cn-chengdu-2017")
ASSESSMENT = commed.assess(REGISTER, INSTRUMENT, on=INSPECTED)
(INSPECTION,) = REGISTER.inspections
FIGURES = {figure.id: figure for figure in REGISTER.reported_figures}


def keys(evidence: Iterable[commed.Evidence]) -> list[tuple[Collection, str]]:
    return [(piece.collection, piece.key) for piece in evidence]


def knowing(*populations: commed.Population) -> commed.Register:
    return evolve(REGISTER, populations=populations)


def packaged_files(folder: Traversable) -> Iterable[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from packaged_files(entry)
        else:
            yield entry


class TestTheFindings:
    def test_the_joint_conference_is_there_and_an_official_notice_quotes_the_duty(self) -> None:
        finding = ASSESSMENT["art-6-2-joint-conference"]
        assert finding.verdict is Verdict.MET
        assert finding.text_status is TextStatus.QUOTED
        assert keys(finding.evidence) == [(Collection.JOINT_CONFERENCES, "joint-conference")]
        assert finding.evidence[0].name == "龙泉驿区学习型城市与社区教育联席会"
        assert str(finding.citation).endswith("art. 6 para. 2")
        assert finding.needs == ()

    def test_two_workstations_do_not_say_whether_every_community_has_one(self) -> None:
        finding = ASSESSMENT["art-6-3-workstations"]
        assert finding.verdict is Verdict.UNDETERMINED
        assert keys(finding.evidence) == [(Collection.WORKSTATIONS, site) for site in SITES]

    def test_both_readings_of_the_workstations_are_told(self) -> None:
        because = ASSESSMENT["art-6-3-workstations"].because
        every, some = because.en.split("; read as ")
        assert "every village and neighbourhood has one" in every
        assert "undetermined" in every
        assert "some villages or neighbourhoods have one" in some
        assert "met" in some
        assert "每个村（社区）都有" in because.zh
        assert "有村（社区）设立即可" in because.zh

    def test_the_list_of_communities_would_settle_the_workstations(self) -> None:
        needs = ASSESSMENT["art-6-3-workstations"].needs
        lists = [need for need in needs if need.collection is Collection.DIVISIONS]
        assert len(lists) == 1
        assert "communities" in lists[0].what.en
        assert "村（社区）" in lists[0].what.zh
        assert lists[0].division == "510112"
        interpretation = needs[-1]
        assert interpretation.collection is Collection.ATTESTATIONS
        assert "art-6-3-workstations/every" in interpretation.what.en

    def test_the_development_plan_is_asked_for(self) -> None:
        finding = ASSESSMENT["art-6-1-development-plan"]
        assert finding.verdict is Verdict.UNDETERMINED
        (need,) = finding.needs
        assert need.collection is Collection.DOCUMENTS
        assert need.division == "510112"
        assert "economic and social development plan" in need.what.en
        assert "国民经济和社会发展规划" in need.what.zh

    def test_a_district_need_not_have_the_institution_of_the_city(self) -> None:
        assert ASSESSMENT["art-6-3-city-institution"].verdict is Verdict.NOT_APPLICABLE

    def test_the_centre_is_the_institution_of_the_district(self) -> None:
        finding = ASSESSMENT["art-6-3-county-institution"]
        assert finding.verdict is Verdict.MET
        assert keys(finding.evidence) == [(Collection.ORGANISATIONS, "education-centre")]

    def test_forty_teams_are_learning_organisations_on_one_reading_alone(self) -> None:
        finding = ASSESSMENT["art-6-3-learning-organisations"]
        assert finding.verdict is Verdict.UNDETERMINED
        assert keys(finding.evidence) == [(Collection.REPORTED_FIGURES, "teams-of-two-stations")]

    def test_all_else_is_open_and_says_what_would_settle_it(self) -> None:
        for finding in ASSESSMENT.findings:
            settled = finding.verdict in {Verdict.MET, Verdict.NOT_APPLICABLE}
            assert bool(finding.needs) is not settled, finding
        assert ASSESSMENT.count(Verdict.MET) == 2
        assert ASSESSMENT.count(Verdict.NOT_APPLICABLE) == 1
        assert ASSESSMENT.count(Verdict.UNDETERMINED) == len(ASSESSMENT.findings) - 3

    def test_nothing_is_a_breach(self) -> None:
        assert ASSESSMENT.breaches == ()
        assert ASSESSMENT.count(Verdict.NOT_MET) == 0

    def test_only_the_joint_conference_is_known_from_more_than_a_draft(self) -> None:
        better = [
            finding.obligation.id
            for finding in ASSESSMENT.findings
            if finding.text_status is not TextStatus.DRAFT
        ]
        assert better == ["art-6-2-joint-conference"]

    def test_the_yearly_duties_are_judged_on_the_year_before(self) -> None:
        assert ASSESSMENT.period == commed.Period.year(2018)

    @pytest.mark.parametrize("on", [date(2016, 12, 31), date(2017, 1, 31)])
    def test_before_its_first_day_nothing_is_in_force(self, on: date) -> None:
        early = commed.assess(REGISTER, INSTRUMENT, on=on)
        assert {finding.verdict for finding in early.findings} == {Verdict.NOT_IN_FORCE}
        assert early.needs == ()

    def test_on_its_first_day_all_of_it_is_in_force(self) -> None:
        first = commed.assess(REGISTER, INSTRUMENT, on=IN_FORCE)
        assert first.count(Verdict.NOT_IN_FORCE) == 0


class TestTheFigures:
    @pytest.mark.parametrize("indicator", ["participation-rate", "person-times-per-resident"])
    def test_a_rate_waits_for_the_population(self, indicator: str) -> None:
        rate = commed.measure(indicator, REGISTER, period=commed.Period.year(2018))
        assert rate.value is None
        wanted = [need for need in rate.needs if need.collection is Collection.POPULATIONS]
        assert [(need.division, need.period) for need in wanted] == [
            ("510112", commed.Period.year(2018))
        ]

    def test_with_a_population_the_person_times_per_resident_are_bounded(self) -> None:
        persons = 800_000
        population = commed.Population(division="510112", on=date(2018, 12, 31), persons=persons)
        known = knowing(population)
        rate = commed.measure("person-times-per-resident", known, period=commed.Period.year(2018))
        assert rate.unit is Unit.PERSON_TIMES_PER_PERSON
        assert rate.value == commed.Interval(Fraction(700_000, persons), Fraction(799_999, persons))
        assert (Collection.REPORTED_FIGURES, "person-times-of-the-district") in keys(rate.evidence)

    def test_a_population_of_another_year_is_not_taken(self) -> None:
        population = commed.Population(division="510112", on=date(2020, 11, 1), persons=900_000)
        known = knowing(population)
        year = commed.Period.year(2018)
        assert commed.measure("person-times-per-resident", known, period=year).value is None

    def test_the_district_counted_attendances_not_persons(self) -> None:
        year = commed.Period.year(2018)
        times = commed.measure("person-times", REGISTER, period=year)
        learners = commed.measure("distinct-learners", REGISTER, period=year)
        assert times.value == commed.Interval(700_000, 799_999)
        assert learners.value == commed.Interval(1, 799_999)

    @pytest.mark.parametrize(
        ("key", "wording", "interval", "unit"),
        [
            (
                "teams-of-two-stations",
                "40余支",
                commed.Interval(40, 50, high_closed=False),
                Unit.TEAMS,
            ),
            ("themes-of-two-stations", "6个", commed.Interval.exactly(6), Unit.ITEMS),
            (
                "person-times-of-two-stations",
                "近10万人次",
                commed.Interval(90_000, 100_000, high_closed=False),
                Unit.PERSON_TIMES,
            ),
            (
                "person-times-of-the-district",
                "70余万人次",
                commed.Interval(700_000, 800_000, high_closed=False),
                Unit.PERSON_TIMES,
            ),
        ],
    )
    def test_each_figure_keeps_its_words(
        self, key: str, wording: str, interval: commed.Interval, unit: Unit
    ) -> None:
        figure = FIGURES[key]
        assert figure.quantity.wording == wording
        assert figure.quantity == commed.Quantity(interval, unit)
        assert figure.division == "510112"
        assert figure.stated_on == INSPECTED
        assert figure.stated_by == "education-centre"

    def test_those_are_all_the_figures(self) -> None:
        assert len(FIGURES) == 4

    def test_three_figures_speak_of_the_two_stations_and_state_no_period(self) -> None:
        of_the_stations = [figure for figure in FIGURES.values() if figure.organisations]
        assert len(of_the_stations) == 3
        for figure in of_the_stations:
            assert figure.organisations == SITES
            assert figure.covered is None

    def test_the_figure_of_the_district_is_a_yearly_one(self) -> None:
        figure = FIGURES["person-times-of-the-district"]
        assert figure.organisations == ()
        assert figure.yearly
        assert figure.indicator == "person-times"

    def test_three_of_the_six_themes_are_named(self) -> None:
        note = FIGURES["themes-of-two-stations"].note or ""
        assert all(theme in note for theme in ("基层党组织建设", "社区自治", "幸福生活"))


class TestTheRecords:
    def test_eleven_persons_of_the_congress_inspected_the_government(self) -> None:
        assert INSPECTION.on == INSPECTED
        assert INSPECTION.inspectors == 11
        assert INSPECTION.instrument == INSTRUMENT.id
        inspector = REGISTER.body(INSPECTION.inspector)
        inspected = REGISTER.body(INSPECTION.inspected)
        assert (inspector.name, inspector.kind) == ("龙泉驿区人大常委会", OrganisationKind.CONGRESS)
        assert inspected.kind is OrganisationKind.GOVERNMENT

    @pytest.mark.parametrize(
        ("site", "name", "subdistrict"),
        [("liyang", "丽阳", "同安街道"), ("chongde", "崇德", "龙泉街道")],
    )
    def test_each_site_lies_in_its_subdistrict(
        self, site: str, name: str, subdistrict: str
    ) -> None:
        assert site in INSPECTION.sites
        station = REGISTER.body(site)
        assert isinstance(station, commed.Workstation)
        assert name in station.name
        division = REGISTER.division(station.division)
        assert (division.name, division.level, division.within) == (
            subdistrict,
            Level.TOWNSHIP,
            "510112",
        )

    def test_two_sites_and_no_other_workstation(self) -> None:
        assert INSPECTION.sites == SITES
        assert tuple(station.id for station in REGISTER.workstations) == SITES

    def test_six_members_of_the_joint_conference_attended(self) -> None:
        named = [REGISTER.body(key).name for key in INSPECTION.attended_by]
        assert named == [
            "区委社治委",
            "区民政局",
            "区教育局",
            "区妇联",
            "区文体旅游局",
            "区社区教育中心",
        ]
        (conference,) = REGISTER.joint_conferences
        assert conference.members == INSPECTION.attended_by

    def test_the_members_that_attended_are_not_said_to_be_all(self) -> None:
        (conference,) = REGISTER.joint_conferences
        assert not conference.members_complete

    def test_a_report_was_heard(self) -> None:
        assert len(INSPECTION.reports) == 1
        assert "专项工作汇报" in INSPECTION.reports[0]

    def test_three_recommendations_in_their_order(self) -> None:
        texts = [recommendation.text for recommendation in INSPECTION.recommendations]
        for word, text in zip(("认识", "质量", "整合"), texts, strict=True):
            assert word in text
        assert "保障条件" in texts[2]

    def test_the_direction_asks_for_supervision_supply_and_balance(self) -> None:
        direction = "".join(INSPECTION.direction)
        for words in ("法律监督", "人大监督", "社会监督", "供给侧", "均衡优质"):
            assert words in direction

    def test_two_national_titles(self) -> None:
        assert [(honour.title, honour.division) for honour in REGISTER.honours] == [
            ("全国社区教育示范区", "510112"),
            ("全国社区教育数字化学习先行区", "510112"),
        ]

    def test_aims_slogan_and_claims_are_kept_as_words(self) -> None:
        stations = "".join(station.note or "" for station in REGISTER.workstations)
        words = ("四美社区", "新美", "优美", "富美", "和美", "四育", "两促一塑", "常态化")
        assert all(word in stations for word in words)
        claims = INSPECTION.note or ""
        assert "善学促善治" in claims
        assert "international exchange" in claims

    def test_every_record_names_the_report_as_its_source(self) -> None:
        (source,) = REGISTER.sources
        assert (source.status, source.published_on) == (TextStatus.SUMMARY, INSPECTED)
        records = (
            *REGISTER.bodies,
            *REGISTER.reported_figures,
            *REGISTER.honours,
            *REGISTER.inspections,
        )
        assert {record.source for record in records} == {source.id}

    def test_what_the_report_does_not_tell_is_not_there(self) -> None:
        assert REGISTER.complete == ()
        for untold in ("teams", "events", "populations", "documents", "attestations"):
            assert getattr(REGISTER, untold) == ()
        assert {division.level for division in REGISTER.divisions} == {
            Level.COUNTY,
            Level.TOWNSHIP,
        }
        assert all(body.since is None and body.until is None for body in REGISTER.bodies)

    def test_no_person_is_named_in_anything_packaged(self) -> None:
        texts = {
            entry.name: entry.read_text(encoding="utf-8")
            for entry in packaged_files(files("commed") / "data")
            if entry.name.endswith((".json", ".toml"))
        }
        assert len(texts) >= 2
        for name, text in texts.items():
            assert not any(person in text for person in NAMES_OF_PERSONS), name
