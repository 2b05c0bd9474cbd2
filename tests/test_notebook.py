"""Values show themselves in IPython and Jupyter: of their own accord, and every text as text."""

import importlib
import subprocess
import sys
import unicodedata
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from traitlets.config import Config

import commed
from commed.labels import Label
from commed.notebook import _SHOWN, install, uninstall
from commed.quantities import Interval
from commed.report.markup import Markup, element, listed, table, visible
from commed.report.notebook import _parts, render_notebook
from commed.testing import (
    assessments,
    findings,
    follow_ups,
    inspection_reports,
    measurements,
    registers,
    roll_ups,
)

ON = date(2019, 4, 26)
CASE, LAW = commed.example("longquanyi-2019"), commed.instrument("cn-chengdu-2017")
JUDGED = commed.assess(CASE, LAW, on=ON)
LATER = commed.assess(CASE, LAW, on=date(2019, 12, 31))
VALUES: dict[str, Any] = {
    "Register": CASE,
    "Measurement": commed.measure("person-times", CASE, period=commed.Period.year(2018)),
    "Instrument": LAW,
    "Finding": JUDGED["art-5-commendation"],
    "Assessment": JUDGED,
    "InspectionReport": commed.inspect(CASE, LAW),
    "RollUp": commed.roll_up(CASE, LAW, level=commed.Level.COUNTY, on=ON),
    "FollowUp": commed.follow_up(JUDGED, LATER),
}
TOLD = {
    "Register": ("Register of 龙泉驿区 (510112)", "登记册：龙泉驿区（510112）"),
    "Measurement": ("700,000 to 799,999 person-times", "700,000至799,999人次"),
    "Instrument": ("in force since 2017-02-01", "自2017-02-01起施行"),
    "Finding": ("? undetermined", "? 无法判定"),
    "Assessment": ("2 met, 10 undetermined, 1 not applicable", "2 符合、10 无法判定、1 不适用"),
    "InspectionReport": ("Recommendations", "整改建议"),
    "RollUp": ("share met: ≈16.67 to 100%", "符合的比例：≈16.67至100%"),
    "FollowUp": ("2019-04-26 to 2019-12-31", "2019-04-26至2019-12-31"),
}
ELEMENTS = {
    *("div", "p", "strong", "details", "summary", "ul", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"lang", "style", "scope"}


class Seen(HTMLParser):
    """The elements, the attributes and the text of what is shown, and whether all is closed."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(shown)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


class Shell:
    """A shell with the formatters that IPython has, and nothing else."""

    def __init__(self) -> None:
        self.display_formatter: Any = DisplayFormatter()

    def html(self, value: object) -> str | None:
        shown: str | None = self.display_formatter.formatters["text/html"](value)
        return shown


class TestWhatIsShown:
    @pytest.mark.parametrize("name", TOLD)
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_each_value_tells_what_it_is_about(self, name: str, language: str) -> None:
        shown = render_notebook(VALUES[name], language=language)
        assert type(VALUES[name]).__name__ == name
        assert TOLD[name][language == "zh"] in Seen(shown).text
        assert shown.startswith(f'<div lang="{language}" ')

    def test_a_rate_tells_what_was_divided(self) -> None:
        lake = commed.Division(id="lake", name="湖", level=commed.Level.COMMUNITY)
        people = commed.Population(division="lake", on=date(2018, 12, 31), persons=100)
        tea = commed.LearningEvent(
            id="tea", date=date(2018, 5, 1), division="lake", attendances=["a", "b"], headcount=2
        )
        whole = [commed.Collection.EVENTS, commed.Collection.ATTENDANCES]
        register = commed.Register(
            jurisdiction="lake",
            divisions=[lake],
            events=[tea],
            populations=[people],
            complete=[commed.Completeness(collection=each, period=YEAR) for each in whole],
        )
        rate = commed.measure("participation-rate", register, period=YEAR)
        assert "= 2 persons ÷ 100 persons" in Seen(render_notebook(rate)).text
        listed = Seen(render_notebook(register)).text
        assert "attendances2lake, 2018" in listed
        narrowed = commed.measure("person-times", register, where={"group": "elderly"})
        assert "(lake, group elderly)" in Seen(render_notebook(narrowed)).text

    def test_a_breach_is_called_one_with_its_figures(self) -> None:
        told = {
            "format": "commed.instrument/1",
            "id": "five",
            "title": {"zh": "五站", "en": "five"},
            "since": "2017-01-01",
            "sources": [{"id": "text", "title": "五站", "status": "enacted"}],
            "provisions": [
                {
                    "article": 1,
                    "source": "text",
                    "summary": {"zh": "五站", "en": "five"},
                    "obligations": [
                        {
                            "id": "five",
                            "duty": {"zh": "五站", "en": "five"},
                            "bearer": {"name": {"zh": "区", "en": "district"}},
                            "modality": "shall",
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
        lake = commed.Division(id="lake", name="湖", level=commed.Level.COMMUNITY)
        none = [commed.Collection.WORKSTATIONS]
        register = commed.Register(jurisdiction="lake", divisions=[lake], complete=none)
        judged = commed.assess(register, commed.load_instrument(told), on=ON)
        shown = Seen(render_notebook(judged["five"])).text
        assert "✕ not met, a breach" in shown
        assert "Observed: 0 items" in shown
        assert "Shortfall: 5 items" in shown
        together = commed.roll_up(
            register, commed.load_instrument(told), level=commed.Level.TOWNSHIP, on=ON
        )
        assert "share met: no value" in Seen(render_notebook(together)).text

    def test_what_is_long_is_cut_and_says_so(self) -> None:
        places = [
            commed.Division(id=f"hall-{at}", name=f"第{at}", level=commed.Level.COMMUNITY)
            for at in range(60)
        ]
        town = commed.Division(id="town", name="镇", level=commed.Level.TOWNSHIP)
        inside = [
            commed.Division(id=each.id, name=each.name, level=each.level, within="town")
            for each in places
        ]
        register = commed.Register(jurisdiction="town", divisions=[town, *inside])
        together = commed.roll_up(register, LAW, level=commed.Level.COMMUNITY, on=ON)
        shown = Seen(render_notebook(together))
        assert len(together.assessments) == 60
        assert "and 10 more" in shown.text
        assert shown.text.count("第") == 50
        needs = commed.measure("participation-rate", register).needs * 40
        assert f"and {len(needs) - 50} more" in Seen(listed_needs(needs)).text

    def test_any_other_value_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Interval is shown in no way of its own"):
            render_notebook(Interval(1, 2))

    @settings(max_examples=30, deadline=None)
    @given(
        registers()
        | measurements()
        | findings()
        | assessments()
        | inspection_reports()
        | roll_ups()
        | follow_ups(),
        st.sampled_from(["en", "zh"]),
    )
    def test_whatever_it_holds_a_value_is_shown_and_all_is_closed(
        self, value: object, language: str
    ) -> None:
        seen = Seen(render_notebook(value, language=language))
        assert seen.open == []
        assert seen.elements <= ELEMENTS
        assert seen.attributes <= ATTRIBUTES


YEAR = commed.Period.year(2018)


def listed_needs(needs: tuple[commed.Need, ...]) -> str:
    measured = VALUES["Measurement"]
    return render_notebook(
        commed.Measurement(
            **{
                name: getattr(measured, name)
                for name in ("indicator", "division", "period", "value", "coverage", "evidence")
            },
            numerator=None,
            denominator=None,
            needs=needs,
        )
    )


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;" + "字" * 300


def poisoned(node: Any, key: str = "") -> Any:
    """Return a document with each text for people replaced by a hostile one."""
    told = {"name", "title", "about", "note", "text", "zh", "en", "reports", "direction", "duty"}
    match node:
        case dict():
            return {each: poisoned(value, each) for each, value in node.items()}
        case list():
            return [poisoned(each, key) for each in node]
        case str() if key in told:
            return HOSTILE
    return node


@pytest.fixture(scope="module")
def hostile() -> list[object]:
    register = commed.load_register(poisoned(commed.dump_register(CASE)))
    law = commed.load_instrument(poisoned(commed.dump_instrument(LAW)))
    inspected = commed.inspect(register, law)
    judged = inspected.assessments[0]
    together = commed.roll_up(register, law, level=commed.Level.COUNTY, on=ON)
    followed = commed.follow_up(judged, judged)
    return [register, law, inspected, judged, *judged.findings, together, followed]


class TestHostileText:
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_stands_as_text(self, hostile: list[object], language: str) -> None:
        for value in hostile:
            seen = Seen(render_notebook(value, language=language))
            assert seen.elements <= ELEMENTS
            assert seen.attributes <= ATTRIBUTES
            assert HOSTILE in seen.text

    @pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x1b", "\u2028", "\x00", "\ud800"])
    def test_a_reason_of_ones_own_cannot_turn_the_writing(self, sign: str) -> None:
        because = Label(zh=f"甲{sign}乙", en=f"a{sign}b")
        finding = JUDGED["art-5-commendation"]
        told = {name: getattr(finding, name) for name in ("obligation", "citation", "text_status")}
        shown = render_notebook(commed.Finding(**told, verdict=commed.Verdict.MET, because=because))
        assert "a�b" in shown
        assert sign not in shown

    @settings(max_examples=50)
    @given(st.text())
    def test_any_text_comes_back_from_the_page_as_it_is_seen(self, text: str) -> None:
        seen = Seen(element("p", text, title=text))
        assert seen.text == visible(text)
        assert seen.elements == {"p"}
        assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in seen.text)

    def test_some_scripts_keep_their_joiners(self) -> None:
        assert visible("می\u200cخواهم\r\n\tx") == "می\u200cخواهم x"


class TestMarkup:
    def test_markup_is_kept_and_text_is_not(self) -> None:
        assert element("p", Markup("<b>"), "<b>", None) == "<p><b>&lt;b&gt;</p>"

    def test_nothing_to_list_is_nothing(self) -> None:
        assert listed("none", []) is None

    def test_a_table_has_headings_for_columns_and_rows(self) -> None:
        shown = table("about", ["a", "b"], [["c", 1]])
        assert shown.count('scope="col"') == 2
        assert shown.count('scope="row"') == 1


class TestInIPython:
    @pytest.fixture
    def shell(self) -> Shell:
        return Shell()

    def test_every_type_that_is_named_is_shown_and_no_other(self, shell: Shell) -> None:
        install(shell)
        named = {name for names in _SHOWN.values() for name in names}
        handled = {each.__name__ for each in _parts.registry if each is not object}
        assert named == handled == set(VALUES)
        for value in VALUES.values():
            assert shell.html(value) == render_notebook(value)
            assert type(value).__module__ in _SHOWN

    def test_before_and_after_they_are_plain(self, shell: Shell) -> None:
        assert shell.html(CASE) is None
        install(shell)
        assert shell.html(CASE) is not None
        uninstall(shell)
        assert shell.html(CASE) is None

    def test_another_language_takes_the_place_of_the_first(self, shell: Shell) -> None:
        install(shell)
        shell.html(CASE)
        install(shell, language="zh")
        assert shell.html(CASE) == render_notebook(CASE, language="zh")

    def test_a_kind_of_register_is_shown_as_one(self, shell: Shell) -> None:
        kind = type("Mine", (commed.Register,), {})
        install(shell)
        assert shell.html(kind(jurisdiction="510112", divisions=CASE.divisions[:1])) is not None

    def test_it_can_be_asked_for_and_refused(self) -> None:
        kind: Any = InteractiveShell
        shell = kind(config=Config(HistoryManager={"enabled": False}))
        shell.run_line_magic("load_ext", "commed")
        html = shell.display_formatter.formatters["text/html"]
        assert html(CASE) == render_notebook(CASE)
        shell.run_line_magic("unload_ext", "commed")
        assert html(CASE) is None

    def test_importing_it_in_a_shell_is_enough(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("IPython.get_ipython", lambda: shell)
        importlib.reload(commed)
        assert shell.html(CASE) == render_notebook(CASE)

    def test_importing_it_where_no_shell_runs_does_nothing(self) -> None:
        assert told_by("import IPython, commed, sys; print('commed.notebook' in sys.modules)") == (
            "False"
        )

    def test_importing_it_in_a_shell_loads_nothing_slow(self) -> None:
        program = (
            "from IPython.core.interactiveshell import InteractiveShell as S; import sys;"
            "S.instance(); import commed;"
            "print('commed.notebook' in sys.modules, 'attrs' in sys.modules,"
            " 'commed.report' in sys.modules)"
        )
        assert told_by(program) == "True False False"


def told_by(program: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "IPYTHONDIR": "/nonexistent"},
    )
    return done.stdout.strip()


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what runs cells in a real kernel and gives back what each of them shows."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    return lambda *cells: shown_by_cells(cells)


def shown_by_cells(cells: tuple[str, ...]) -> list[Any]:
    form: Any = nbformat.v4
    made = form.new_notebook(cells=[form.new_code_cell(each) for each in cells])
    NotebookClient(made, kernel_name="python3", timeout=60).execute()
    return [cell.outputs for cell in made.cells]


@pytest.mark.filterwarnings("ignore")  # of the libraries that run the kernel
def test_in_a_notebook_values_show_themselves_and_nothing_need_be_done(notebook: Any) -> None:
    first, second = notebook(
        "import commed\ncase = commed.example('longquanyi-2019')\ncase",
        "commed.instrument('cn-chengdu-2017')",
    )
    assert first[0].data["text/html"] == render_notebook(CASE)
    assert first[0].data["text/plain"] == repr(CASE)
    assert second[0].data["text/html"] == render_notebook(LAW)
