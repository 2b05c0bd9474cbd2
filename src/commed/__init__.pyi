from commed import (
    codec as codec,
    compliance as compliance,
    errors as errors,
    evidence as evidence,
    indicators as indicators,
    inspection as inspection,
    labels as labels,
    loading as loading,
    periods as periods,
    places as places,
    privacy as privacy,
    quantities as quantities,
    recurrences as recurrences,
    references as references,
    register as register,
    report as report,
    sources as sources,
    tables as tables,
    truth as truth,
    windows as windows,
    wording as wording,
)
from commed.codec import dump_instrument as dump_instrument, dump_register as dump_register
from commed.codec.digests import digest as digest
from commed.codec.results import (
    dump_assessment as dump_assessment,
    dump_inspection as dump_inspection,
    dump_measurement as dump_measurement,
)
from commed.compliance import (
    Assessment as Assessment,
    Finding as Finding,
    Verdict as Verdict,
    add_condition as add_condition,
    assess as assess,
)
from commed.compliance.following import (
    Course as Course,
    FollowUp as FollowUp,
    NotComparable as NotComparable,
    Step as Step,
    follow_up as follow_up,
)
from commed.compliance.many import assess_many as assess_many
from commed.compliance.rollup import RollUp as RollUp, roll_up as roll_up
from commed.errors import (
    CommedError as CommedError,
    InvalidDocument as InvalidDocument,
    InvalidValue as InvalidValue,
    Problem as Problem,
)
from commed.evidence import Evidence as Evidence, Need as Need
from commed.indicators import (
    Measurement as Measurement,
    UnknownIndicator as UnknownIndicator,
    UnsupportedQuestion as UnsupportedQuestion,
    measure as measure,
    measure_all as measure_all,
)
from commed.indicators.balance import Balance as Balance
from commed.indicators.change import Change as Change, Direction as Direction
from commed.indicators.comparing import balance as balance, change as change, estimate as estimate
from commed.indicators.inequality import Bounds as Bounds
from commed.indicators.reconciliation import (
    Consistency as Consistency,
    Reconciliation as Reconciliation,
    reconcile as reconcile,
)
from commed.indicators.voice import Estimate as Estimate
from commed.inspection import (
    InspectionReport as InspectionReport,
    Remedy as Remedy,
    UnknownInspection as UnknownInspection,
    inspect as inspect,
)
from commed.labels import Label as Label
from commed.law.instrument import (
    Instrument as Instrument,
    Modality as Modality,
    Obligation as Obligation,
    Provision as Provision,
)
from commed.loading import (
    UnknownName as UnknownName,
    example as example,
    examples as examples,
    instrument as instrument,
    instruments as instruments,
    load_instrument as load_instrument,
    load_register as load_register,
)
from commed.periods import Period as Period
from commed.places import Division as Division, DivisionCode as DivisionCode, Level as Level
from commed.privacy import (
    Published as Published,
    Withheld as Withheld,
    pseudonymise as pseudonymise,
    suppressed as suppressed,
)
from commed.quantities import (
    Interval as Interval,
    Quantity as Quantity,
    Unit as Unit,
    UnitMismatch as UnitMismatch,
)
from commed.records.inspections import Inspection as Inspection, Recommendation as Recommendation
from commed.records.learning import (
    ActivityPlan as ActivityPlan,
    Attendance as Attendance,
    GroupCount as GroupCount,
    Headcount as Headcount,
    LearnerGroup as LearnerGroup,
    LearningEvent as LearningEvent,
    LearningTeam as LearningTeam,
    Mode as Mode,
)
from commed.records.organisations import (
    JointConference as JointConference,
    Organisation as Organisation,
    OrganisationKind as OrganisationKind,
    Workstation as Workstation,
)
from commed.records.resources import (
    Funding as Funding,
    FundingStage as FundingStage,
    Population as Population,
    PopulationBase as PopulationBase,
    Staffing as Staffing,
    StaffRole as StaffRole,
)
from commed.records.statements import (
    Attestation as Attestation,
    Document as Document,
    DocumentKind as DocumentKind,
    Honour as Honour,
    ReportedFigure as ReportedFigure,
    Topic as Topic,
)
from commed.records.surveys import Survey as Survey
from commed.records.surveys import SurveyQuestion as SurveyQuestion
from commed.recurrences import Recurrence as Recurrence
from commed.references import Collection as Collection
from commed.register import Completeness as Completeness, Register as Register
from commed.report import render_html as render_html
from commed.report import render_markdown as render_markdown
from commed.report import render_text as render_text
from commed.sources import Citation as Citation, Source as Source, TextStatus as TextStatus
from commed.tables import write_tables as write_tables, write_template as write_template
from commed.truth import Truth as Truth
from commed.windows import statutory_period as statutory_period
from commed.wording import (
    UnreadableQuantity as UnreadableQuantity,
    WordingConvention as WordingConvention,
    parse_quantity as parse_quantity,
)
from commed.version import __version__ as __version__
