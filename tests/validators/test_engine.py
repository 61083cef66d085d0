"""How rules are run: statuses, what is certain, crashes, subjects, remedies and the decision."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from extractors.paper_fields import BusinessLicence
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand, Form
from pipeline.model import Document, FailureCode, Message
from pipeline.verdict import Action, Dossier, Evidence, Severity, Status
from tests.validators import build
from tests.validators.declare import ADVICE, make, ruling, said
from validators import judge
from validators.case import Case
from validators.engine import (
    Answer,
    NotApplicable,
    Note,
    Objection,
    Undetermined,
    given,
    if_known,
    known,
    rule,
)
from validators.runner import apply, run
from validators.subjects import Subject, Subjects


def test_the_decorator_returns_the_function_untouched() -> None:
    def holds(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        """It holds."""
        yield from ()

    declare = rule("TST001", on=BusinessLicence, severity=Severity.INFO, cites="a test", zh="成立", remedy=ADVICE)
    assert declare(holds) is holds


def test_a_rule_without_objections_passes_and_shows_what_it_looked_at() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        """The company has a name.

        More text.
        """
        known(licence.company_name, "company_name")
        yield from ()

    finding = ruling(check).finding
    assert (finding.status, finding.subject, finding.message) == (
        Status.PASS,
        "d1",
        Message(en="The company has a name", zh="成立"),
    )
    assert [(each.document, each.file, each.page, each.text) for each in finding.evidence] == [
        ("d1", "01.jpg", 1, build.COMPANY)
    ]


def test_a_note_is_what_a_pass_says() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Note]:
        yield Note(said("ten thousand"), found="10000")

    finding = ruling(check).finding
    assert (finding.status, finding.message, finding.found) == (Status.PASS, said("ten thousand"), "10000")


def test_objections_are_joined_into_one_finding() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Answer]:
        yield Objection(said("one"), expected="a", found="x")
        yield Objection(said("two"), expected="a", found="y")
        yield Note(said("never said"))

    finding = ruling(check).finding
    assert (finding.status, finding.message.en, finding.message.zh) == (Status.FAIL, "one; two", "中：one；中：two")
    assert (finding.expected, finding.found) == ("a", "x; y")


def test_a_fact_that_was_not_read_leaves_the_rule_undetermined() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        known(licence.company_name, "company_name")
        yield Objection(said("never reached"))

    result = ruling(check, build.dossier(build.licence(company_name=None, file="a.pdf")))
    finding = result.finding
    assert finding.status is Status.UNDETERMINED
    assert finding.message == Message(en="the company name on a.pdf could not be read", zh="a.pdf 上的企业名称未能识别")
    assert finding.evidence == (Evidence(document="d1", file="a.pdf", page=1),)
    assert [(each.action, each.document) for each in result.remedies] == [(Action.RESUBMIT, "business_licence")]


@pytest.mark.parametrize(
    ("confidence", "status"),
    [
        pytest.param(0.81, Status.FAIL, id="above the floor"),
        pytest.param(0.80, Status.FAIL, id="at the floor"),
        pytest.param(0.79, Status.UNDETERMINED, id="below the floor"),
        pytest.param(0.0, Status.UNDETERMINED, id="a guess"),
    ],
)
@pytest.mark.parametrize("through", ["known", "entity", "line"])
def test_only_facts_read_with_confidence_fail_a_rule(confidence: float, status: Status, through: str) -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        name = licence.company_name
        assert name is not None
        if through == "known":
            yield Objection(said("wrong"), evidence=[known(name, "company_name")])
        yield Objection(said("wrong"), evidence=[name] if through == "entity" else name.evidence)

    dossier = build.dossier(build.licence(company_name=build.entity(build.COMPANY, confidence)))
    assert ruling(check, dossier).finding.status is status


def test_an_unsure_objection_asks_for_a_look_at_the_page() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield Objection(said("wrong"), certain=False)

    finding = ruling(check).finding
    assert finding.status is Status.UNDETERMINED
    assert finding.message.en == "wrong; a person must confirm this on the page"


def test_a_line_of_a_fact_that_is_trusted_may_itself_be_unsure() -> None:
    """A check character may have put a line right that was read with doubt."""
    fact = build.entity(build.CODE, 0.95)
    doubtful = fact.model_copy(update={"evidence": (fact.evidence[0].model_copy(update={"confidence": 0.5}),)})

    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        code = known(licence.unified_social_credit_code, "unified_social_credit_code")
        yield Objection(said("wrong"), evidence=code.evidence)

    dossier = build.dossier(build.licence(unified_social_credit_code=doubtful))
    assert ruling(check, dossier).finding.status is Status.FAIL


def test_one_certain_objection_among_unsure_ones_fails() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield Objection(said("perhaps"), certain=False)
        yield Objection(said("surely"))

    assert ruling(check).finding.status is Status.FAIL


@pytest.mark.parametrize("stop", [NotApplicable(en="no", zh="否"), Undetermined(en="no", zh="否"), ZeroDivisionError()])
def test_what_was_objected_to_before_a_stop_still_fails(stop: Exception) -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield Objection(said("wrong"))
        raise stop

    finding = ruling(check).finding
    assert finding.status is Status.FAIL
    assert finding.message.en.startswith("wrong; ")


def test_a_crash_becomes_a_finding_and_says_nothing_of_the_document(caplog: pytest.LogCaptureFixture) -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield from ()
        raise KeyError(known(licence.company_name, "company_name").value)

    def holds(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield from ()

    with caplog.at_level(logging.DEBUG):
        rulings = apply({"TST001": make(check), "TST002": make(holds)}, build.case(build.dossier()))
    crashed, passed = rulings
    assert (crashed.finding.status, passed.finding.status) == (Status.UNDETERMINED, Status.PASS)
    assert crashed.finding.message.en == "TST001 could not be checked: a defect of the program (KeyError)"
    assert not crashed.remedies
    assert "TST001 crashed with KeyError" in caplog.text
    assert build.COMPANY not in caplog.text


def test_a_crash_while_subjects_are_listed_becomes_a_finding() -> None:
    def check(subject: object, case: Case) -> Iterator[Objection]:
        yield from ()

    broken = Subjects[object](of=lambda case: [Subject("x", 1 / 0)], none=said("none"))
    finding = ruling(check, on=broken).finding
    assert (finding.status, finding.subject) == (Status.UNDETERMINED, "dossier")


def test_a_rule_without_a_subject_is_not_applicable_to_the_dossier() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield Objection(said("wrong"))

    finding = ruling(check, build.dossier(build.certificate())).finding
    assert (finding.status, finding.subject) == (Status.NOT_APPLICABLE, "dossier")
    assert finding.message.en == "no business licence was recognised in the dossier"


def test_a_rule_may_bring_its_own_kind_of_subject() -> None:
    def check(link: int, case: Case) -> Iterator[Objection]:
        if link > 1:
            yield Objection(said(f"link {link}"))

    links = Subjects[int](of=lambda case: [Subject(f"link:{n}", n, label=str(n)) for n in (1, 2)], none=said("none"))
    found = [each.finding for each in run(make(check, on=links), build.case(build.dossier()))]
    assert [(each.subject, each.status) for each in found] == [("link:1", Status.PASS), ("link:2", Status.FAIL)]


@pytest.mark.parametrize(
    ("on", "names"),
    [
        pytest.param(BusinessLicence, ["d1", "d3"], id="documents of a type"),
        pytest.param(Document, ["d1", "d2", "d3", "d4"], id="all documents"),
        pytest.param(Brand, ["brand:A", "brand:B", "brand:A#2"], id="brands, two of one name"),
        pytest.param(Form, ["form"], id="the form"),
        pytest.param(Dossier, ["dossier"], id="the dossier"),
    ],
)
def test_a_rule_runs_once_per_subject(on: type[Any], names: list[str]) -> None:
    def check(subject: object, case: Case) -> Iterator[Objection]:
        yield from ()

    dossier = build.dossier(
        build.licence(),
        build.certificate(),
        build.licence(file="03.jpg"),
        build.document(file="04.jpg", failure=FailureCode.CORRUPT),
        form=build.form(brands=tuple(build.brand(name=name) for name in ("A", "B", "A"))),
    )
    assert [each.finding.subject for each in run(make(check, on=on), build.case(dossier))] == names


def test_a_rule_on_anything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="a rule runs on a Fields class"):
        make(lambda subject, case: iter(()), on=int)


def test_inspecting_runs_the_rules_on_documents_only() -> None:
    def check(subject: object, case: Case) -> Iterator[Objection]:
        yield from ()

    kinds = (BusinessLicence, Document, TrademarkCertificate, Brand, Form, Dossier)
    rules = {on.__name__: make(check, on=on) for on in kinds}
    rules["withheld"] = make(check, on=BusinessLicence, needs_form=True)
    case = build.case(build.dossier(build.licence(), inspecting=True))
    assert [each.finding.subject for each in apply(rules, case)] == ["d1", "d1"]


def test_inspecting_decides_nothing() -> None:
    verdict = judge(build.dossier(build.licence(), inspecting=True), build.rulebook())
    assert (verdict.decision, verdict.deposit) == (None, None)
    assert not {"APP001", "CAT609", "STO706"} & {each.rule for each in verdict.findings}


def test_what_the_form_does_not_state_makes_a_rule_not_applicable() -> None:
    def check(brand: Brand, case: Case) -> Iterator[Objection]:
        given(brand.nice_classes, ".nice_classes")
        yield from ()

    stated = ruling(check, on=Brand).finding
    assert [each.text for each in stated.evidence] == ["brands[0].nice_classes: 25"]
    silent = build.dossier(form=build.form(brands=(build.brand(nice_classes=()),)))
    finding = ruling(check, silent, on=Brand).finding
    assert (finding.status, finding.message.en) == (
        Status.NOT_APPLICABLE,
        "the form does not state the Nice classes (`brands[0].nice_classes`)",
    )


def test_an_id_number_of_the_form_is_not_repeated() -> None:
    def check(form: Form, case: Case) -> Iterator[Objection]:
        given("440300199001011010", "applicant.legal_person.id_number")
        yield from ()

    assert [each.text for each in ruling(check, on=Form).finding.evidence] == ["applicant.legal_person.id_number"]


def test_a_fact_that_a_rule_can_do_without_is_none_when_unsure() -> None:
    seen: list[object] = []

    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        seen.extend([if_known(licence.company_type), if_known(licence.legal_person), if_known(licence.qr_code)])
        yield from ()

    sure, unsure = build.entity("a", 0.9), build.entity("b", 0.5)
    ruling(check, build.dossier(build.licence(company_type=sure, legal_person=unsure)))
    assert seen == [sure, None, None]


def test_outside_a_run_any_confidence_will_do() -> None:
    fact = build.entity("x", 0.1)
    assert known(fact, "company_name") is fact
    assert if_known(fact) is fact
    with pytest.raises(Undetermined, match="the company name could not be read"):
        known(None, "company_name")


def test_evidence_names_the_document_of_a_fact_even_where_two_share_a_page() -> None:
    def check(dossier: Dossier, case: Case) -> Iterator[Objection]:
        facts = [paper.fields.company_name for paper in case.papers(BusinessLicence)]
        yield Objection(said("both"), evidence=[fact for fact in facts if fact])

    both = build.dossier(build.licence(company_name="甲"), build.licence(company_name="乙"))
    finding = ruling(check, both, on=Dossier).finding
    assert [(each.document, each.text) for each in finding.evidence] == [("d1", "甲"), ("d2", "乙")]
