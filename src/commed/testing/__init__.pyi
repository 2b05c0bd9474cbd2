from commed.testing._basics import (
    days as days,
)
from commed.testing._basics import (
    division_codes as division_codes,
)
from commed.testing._basics import (
    names as names,
)
from commed.testing._basics import (
    periods as periods,
)
from commed.testing._basics import (
    recurrences as recurrences,
)
from commed.testing._basics import (
    texts as texts,
)
from commed.testing._checks import (
    check_assessment_stable as check_assessment_stable,
)
from commed.testing._checks import (
    check_counts as check_counts,
)
from commed.testing._checks import (
    check_round_trip as check_round_trip,
)
from commed.testing._documents import (
    FaultyDocument as FaultyDocument,
)
from commed.testing._documents import (
    documents as documents,
)
from commed.testing._documents import (
    faulty_documents as faulty_documents,
)
from commed.testing._documents import (
    nearly_valid_documents as nearly_valid_documents,
)
from commed.testing._faults import (
    Fault as Fault,
)
from commed.testing._faults import (
    FaultKind as FaultKind,
)
from commed.testing._figures import (
    intervals as intervals,
)
from commed.testing._figures import (
    quantities as quantities,
)
from commed.testing._figures import (
    units as units,
)
from commed.testing._figures import (
    wording_conventions as wording_conventions,
)
from commed.testing._instruments import (
    amendments as amendments,
)
from commed.testing._instruments import (
    bearers as bearers,
)
from commed.testing._instruments import (
    conditions as conditions,
)
from commed.testing._instruments import (
    gaps as gaps,
)
from commed.testing._instruments import (
    instruments as instruments,
)
from commed.testing._instruments import (
    narrowings as narrowings,
)
from commed.testing._instruments import (
    obligations as obligations,
)
from commed.testing._instruments import (
    overlays as overlays,
)
from commed.testing._instruments import (
    provisions as provisions,
)
from commed.testing._instruments import (
    readings as readings,
)
from commed.testing._records import (
    activity_plans as activity_plans,
)
from commed.testing._records import (
    attendances as attendances,
)
from commed.testing._records import (
    attestations as attestations,
)
from commed.testing._records import (
    citations as citations,
)
from commed.testing._records import (
    completenesses as completenesses,
)
from commed.testing._records import (
    divisions as divisions,
)
from commed.testing._records import (
    evidence as evidence,
)
from commed.testing._records import (
    fundings as fundings,
)
from commed.testing._records import (
    group_counts as group_counts,
)
from commed.testing._records import (
    headcounts as headcounts,
)
from commed.testing._records import (
    honours as honours,
)
from commed.testing._records import (
    inspections as inspections,
)
from commed.testing._records import (
    issued_documents as issued_documents,
)
from commed.testing._records import (
    joint_conferences as joint_conferences,
)
from commed.testing._records import (
    labels as labels,
)
from commed.testing._records import (
    learning_events as learning_events,
)
from commed.testing._records import (
    learning_teams as learning_teams,
)
from commed.testing._records import (
    needs as needs,
)
from commed.testing._records import (
    organisations as organisations,
)
from commed.testing._records import (
    populations as populations,
)
from commed.testing._records import (
    problems as problems,
)
from commed.testing._records import (
    recommendations as recommendations,
)
from commed.testing._records import (
    reported_figures as reported_figures,
)
from commed.testing._records import (
    sources as sources,
)
from commed.testing._records import (
    staffings as staffings,
)
from commed.testing._records import (
    surveys as surveys,
)
from commed.testing._records import (
    workstations as workstations,
)
from commed.testing._registers import (
    registers as registers,
)
from commed.testing._results import (
    assessments as assessments,
)
from commed.testing._results import (
    balances as balances,
)
from commed.testing._results import (
    bounds as bounds,
)
from commed.testing._results import (
    changes as changes,
)
from commed.testing._results import (
    estimates as estimates,
)
from commed.testing._results import (
    findings as findings,
)
from commed.testing._results import (
    follow_ups as follow_ups,
)
from commed.testing._results import (
    inspection_reports as inspection_reports,
)
from commed.testing._results import (
    measurements as measurements,
)
from commed.testing._results import (
    publications as publications,
)
from commed.testing._results import (
    reconciliations as reconciliations,
)
from commed.testing._results import (
    remedies as remedies,
)
from commed.testing._results import (
    roll_ups as roll_ups,
)
from commed.testing._results import (
    steps as steps,
)
from commed.testing._types import (
    strategy_of as strategy_of,
)
