"""DOC104 and DOC105 on facts built by hand."""

from dataclasses import replace

import pytest
from pypdf.generic import DictionaryObject

from pipeline.changes import Shown
from pipeline.editing import examine
from pipeline.ingest import to_source
from pipeline.model import WHOLE_PAGE, Box, Document, Editing, TextDisagreement
from pipeline.report.json import load_report, to_json
from pipeline.settings import Settings
from pipeline.traces import Change, LastRevision, Signature, Unchecked, VisibleChange
from pipeline.verdict import Dossier, Status
from tests.pipeline.drawn import appended, pdf, place, scan
from tests.pipeline.signed import sealed, with_seals
from tests.pipeline.signed import signed as signed_by_somebody
from tests.pipeline.test_changes import a_field_to_sign, bar
from tests.validators import build
from tests.validators.reports import report_of
from validators import judge


def disagreement(confidence: float = 0.95) -> TextDisagreement:
    return TextDisagreement(
        file="01.jpg", page=1, box=WHOLE_PAGE, claimed="2099-12-31", seen="2019-12-31", confidence=confidence
    )


def with_licence(**changes: object) -> Dossier:
    return build.dossier(replace(build.licence(), **changes), build.certificate())  # type: ignore[arg-type]


def outcome(rule: str, dossier: Dossier) -> Status:
    return next(each.status for each in build.findings(rule, dossier) if each.subject == "d1")


@pytest.mark.parametrize(
    ("found", "status"),
    [
        pytest.param(None, Status.NOT_APPLICABLE, id="not examined"),
        pytest.param((), Status.PASS, id="agrees"),
        pytest.param((disagreement(),), Status.FAIL, id="differs"),
        pytest.param((disagreement(0.5),), Status.UNDETERMINED, id="differs perhaps"),
    ],
)
def test_text_layer(found: tuple[TextDisagreement, ...] | None, status: Status) -> None:
    assert outcome("DOC104", with_licence(text_layer_disagreements=found)) is status


@pytest.mark.parametrize(
    ("found", "status"),
    [
        pytest.param((), Status.NOT_APPLICABLE, id="nothing else is told"),
        pytest.param((disagreement(),), Status.FAIL, id="another page differs"),
    ],
)
def test_a_layer_that_could_not_be_compared_accuses_nobody(found: tuple[TextDisagreement, ...], status: Status) -> None:
    dossier = with_licence(text_layer_disagreements=found, text_layers_not_compared=(2, 3))
    assert outcome("DOC104", dossier) is status
    if status is Status.NOT_APPLICABLE:
        (told,) = (each for each in build.findings("DOC104", dossier) if each.subject == "d1")
        assert "2, 3" in told.message.en
        assert "2, 3" in told.message.zh


@pytest.mark.parametrize(
    ("editing", "status"),
    [
        pytest.param(None, Status.NOT_APPLICABLE, id="not examined"),
        pytest.param(Editing(producer="Some Scanner 3", is_scan=True), Status.PASS, id="scanner"),
        pytest.param(Editing(producer="Adobe Photoshop 25.0 (Windows)"), Status.FAIL, id="picture editor"),
        pytest.param(Editing(changed_after_signing=True), Status.FAIL, id="changed after signing"),
        pytest.param(Editing(changed_after_signing=False), Status.PASS, id="signed and left alone"),
        pytest.param(Editing(is_scan=True, revisions=2), Status.PASS, id="scan saved twice"),
        pytest.param(Editing(is_scan=True, revisions=3), Status.FAIL, id="scan saved three times"),
        pytest.param(Editing(is_scan=False, revisions=9), Status.PASS, id="form filled in many times"),
    ],
)
def test_editing(editing: Editing | None, status: Status) -> None:
    assert outcome("DOC105", with_licence(editing=editing)) is status


SOUND = Signature(covers_whole_file=True, intact=True, valid=True, changed_after=False)


def signed(editing: Editing, *signatures: Signature, changed: bool | None = False) -> Editing:
    return editing.model_copy(update={"changed_after_signing": changed, "signatures": signatures or (SOUND,)})


@pytest.mark.parametrize(
    ("signatures", "status"),
    [
        pytest.param([SOUND.model_copy(update={"revision": 2})], Status.PASS, id="signed after it was scanned"),
        pytest.param([SOUND.model_copy(update={"revision": 3})], Status.PASS, id="signed in a field made for it"),
        pytest.param([SOUND.model_copy(update={"revision": 4})], Status.FAIL, id="saved again before that"),
        pytest.param([SOUND], Status.FAIL, id="when cannot be told"),
        pytest.param(
            [SOUND.model_copy(update={"revision": 4}), SOUND.model_copy(update={"revision": 2})],
            Status.PASS,
            id="the first one counts",
        ),
        pytest.param(
            [Signature(covers_whole_file=True, unchecked=Unchecked.NO_CHECKER)], Status.FAIL, id="not checked"
        ),
        pytest.param(
            [Signature(intact=True, valid=True, revision=2, unchecked=Unchecked.HYBRID)], Status.FAIL, id="hybrid"
        ),
        pytest.param(
            [SOUND.model_copy(update={"revision": 2, "changed_after": True})], Status.FAIL, id="changed after that"
        ),
    ],
)
def test_saves_of_a_scan_count_before_the_first_signature_that_holds(
    signatures: list[Signature], status: Status
) -> None:
    assert outcome("DOC105", with_licence(editing=signed(Editing(is_scan=True, revisions=5), *signatures))) is status


def seen(kind: Change, *, page: int = 1, **told: bool) -> Editing:
    place = Box(left=0.5, top=0.4, right=0.7, bottom=0.5)
    change = VisibleChange.model_validate({"page": page, "box": place, "kind": kind, **told})
    return Editing(revisions=2, last_revision=LastRevision(since=1, changes=(change,), pages_compared=1))


@pytest.mark.parametrize(
    ("editing", "status"),
    [
        pytest.param(seen(Change.CONTENT, on_scan=True), Status.FAIL, id="scan changed itself"),
        pytest.param(signed(seen(Change.CONTENT, on_scan=True)), Status.FAIL, id="and signed"),
        pytest.param(seen(Change.ANNOTATION, on_scan=True), Status.UNDETERMINED, id="stamp on a scan"),
        pytest.param(seen(Change.FORM_FIELD, on_scan=True), Status.UNDETERMINED, id="field on a scan"),
        pytest.param(seen(Change.SIZE, on_scan=True), Status.UNDETERMINED, id="scan cropped"),
        pytest.param(signed(seen(Change.SIGNATURE, on_scan=True)), Status.PASS, id="signature on a scan"),
        pytest.param(
            signed(seen(Change.SIGNATURE, on_scan=True, hides=True)), Status.UNDETERMINED, id="signature over words"
        ),
        pytest.param(seen(Change.SIGNATURE, on_scan=True), Status.UNDETERMINED, id="signature's field without one"),
        pytest.param(seen(Change.CONTENT), Status.UNDETERMINED, id="page changed that was no scan"),
        pytest.param(seen(Change.FORM_FIELD), Status.PASS, id="form filled in"),
        pytest.param(seen(Change.FORM_FIELD, hides=True), Status.PASS, id="form filled in over its lines"),
        pytest.param(seen(Change.ANNOTATION), Status.PASS, id="note"),
        pytest.param(seen(Change.ANNOTATION, hides=True), Status.UNDETERMINED, id="note over words"),
        pytest.param(signed(seen(Change.SIGNATURE)), Status.PASS, id="signature"),
        pytest.param(signed(seen(Change.SIGNATURE, hides=True)), Status.UNDETERMINED, id="signature over print"),
        pytest.param(seen(Change.SIGNATURE), Status.PASS, id="empty signature's field"),
        pytest.param(seen(Change.SIGNATURE, hides=True), Status.UNDETERMINED, id="empty signature's field over words"),
        pytest.param(seen(Change.NEW_PAGE), Status.PASS, id="page added"),
        pytest.param(seen(Change.CONTENT, on_scan=True, page=2), Status.PASS, id="page of another document"),
        pytest.param(
            Editing(revisions=2, last_revision=LastRevision(since=1, unreadable=True)), Status.PASS, id="unreadable"
        ),
    ],
)
def test_what_the_last_save_made_visible(editing: Editing, status: Status) -> None:
    assert outcome("DOC105", with_licence(editing=editing)) is status


def examined(content: bytes) -> Editing:
    return examine(to_source("01.pdf", content), {1: Shown(), 2: Shown()}, Settings())


A_SCAN = pdf(place(scan()), place(scan(), y=42, height=800))
ON_TWO_PAGES = (200, 400, 300, 500), (200, 300, 300, 400)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        pytest.param(
            signed_by_somebody(appended(pdf(bar), a_field_to_sign(DictionaryObject()))),
            Status.UNDETERMINED,
            id="words over print, and signed elsewhere",
        ),
        pytest.param(
            signed_by_somebody(appended(A_SCAN, a_field_to_sign(DictionaryObject()))),
            Status.UNDETERMINED,
            id="words on a scan, and signed elsewhere",
        ),
        pytest.param(sealed(with_seals(A_SCAN, ON_TWO_PAGES)), Status.PASS, id="one seal on two pages of a scan"),
        pytest.param(with_seals(A_SCAN, ON_TWO_PAGES), Status.UNDETERMINED, id="and nobody signed"),
    ],
)
def test_a_field_is_a_signature_s_where_one_holds(content: bytes, status: Status) -> None:
    assert outcome("DOC105", with_licence(editing=examined(content))) is status


@pytest.mark.parametrize(
    ("signature", "changed", "status"),
    [
        pytest.param(SOUND, False, Status.PASS, id="sound"),
        pytest.param(SOUND.model_copy(update={"valid": False}), True, Status.FAIL, id="another key's"),
        pytest.param(SOUND.model_copy(update={"intact": False}), True, Status.FAIL, id="other bytes"),
        *(
            pytest.param(Signature(covers_whole_file=whole, unchecked=why), None, status, id=f"{why}, whole: {whole}")
            for why, whole, status in (
                (Unchecked.NO_CHECKER, True, Status.PASS),
                (Unchecked.NO_CHECKER, False, Status.UNDETERMINED),
                (Unchecked.UNSUPPORTED, True, Status.PASS),
                (Unchecked.UNSUPPORTED, False, Status.UNDETERMINED),
                (Unchecked.UNREADABLE, True, Status.UNDETERMINED),
                (Unchecked.TOO_MANY, None, Status.UNDETERMINED),
                (Unchecked.HYBRID, False, Status.UNDETERMINED),
            )
        ),
    ],
)
def test_signatures(signature: Signature, changed: bool | None, status: Status) -> None:
    assert outcome("DOC105", with_licence(editing=signed(Editing(), signature, changed=changed))) is status


@pytest.mark.parametrize("why", Unchecked)
def test_a_signature_that_was_not_checked_is_told_where_the_rule_passes_too(why: Unchecked) -> None:
    unchecked = signed(Editing(), Signature(covers_whole_file=True, unchecked=why), changed=None)
    found = build.findings("DOC105", with_licence(editing=unchecked))[0]
    assert "sign" in found.message.en
    assert "签名" in found.message.zh


@pytest.mark.parametrize("kind", Change)
def test_what_became_visible_is_named_with_its_place_in_any_case(kind: Change) -> None:
    found = build.findings("DOC105", with_licence(editing=signed(seen(kind, hides=True))))[0]
    assert "page 1" in found.message.en
    assert "第 1 页" in found.message.zh
    assert Box(left=0.5, top=0.4, right=0.7, bottom=0.5) in [proof.box for proof in found.evidence]


def test_pages_that_were_not_compared_are_counted() -> None:
    last = LastRevision(since=1, pages_compared=20, pages_left_out=3)
    found = build.findings("DOC105", with_licence(editing=Editing(revisions=2, last_revision=last)))[0]
    assert "3 pages" in found.message.en


def test_the_finding_names_both_texts_and_the_place() -> None:
    found = build.findings("DOC104", with_licence(text_layer_disagreements=(disagreement(),)))[0]
    assert "2099-12-31" in found.message.en
    assert "2019-12-31" in found.message.zh
    (proof,) = found.evidence
    assert (proof.document, proof.page, proof.source) == ("d1", 1, "text_layer")


def test_one_wrong_fact_raises_its_finding_and_no_other() -> None:
    changed = with_licence(text_layer_disagreements=(disagreement(),), editing=Editing())
    before = {(each.rule, each.subject): each.status for each in judge(with_licence(), build.rulebook()).findings}
    after = {(each.rule, each.subject): each.status for each in judge(changed, build.rulebook()).findings}
    assert {key for key in after if after[key] is not before[key]} == {("DOC104", "d1"), ("DOC105", "d1")}
    assert after["DOC105", "d1"] is Status.PASS


def test_both_facts_are_in_the_report_and_come_back_out_of_it() -> None:
    from extractors.facts import dossier_of

    editing = signed(seen(Change.CONTENT, on_scan=True, hides=True))
    changes = {"text_layer_disagreements": (disagreement(),), "text_layers_not_compared": (2,)}
    report = report_of(with_licence(**changes, editing=editing))
    again: Document = dossier_of(load_report(to_json(report))).documents[0]
    assert (again.text_layer_disagreements, again.editing) == ((disagreement(),), editing)
    assert again.text_layers_not_compared == (2,)
