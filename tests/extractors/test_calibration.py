"""Confidence after calibration."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import DOCUMENT_TYPES
from extractors.business_licence import BusinessLicence
from extractors.calibration import FILE, Curve, calibrated, curve_of
from pipeline.model import Box, Document, Entity, TextLine

STORED = json.loads(FILE.read_text(encoding="utf-8"))
CURVES = {name: Curve(each["slope"], each["shift"], each["cap"]) for name, each in STORED["fields"].items()}
LINE = TextLine(text="x", box=Box(left=0, top=0, right=1, bottom=1), confidence=1)

share = st.floats(0, 1)


@given(share, share, st.sampled_from([curve_of("other", "none"), *CURVES.values()]))
def test_more_sure_is_never_made_less_sure(one: float, other: float, curve: Curve) -> None:
    less, more = sorted((one, other))
    assert 0 <= curve(less) <= curve(more) <= curve.cap


def test_stored_curves_rise_and_stay_below_what_their_sample_vouches_for() -> None:
    for entry in (STORED["pooled"], *STORED["fields"].values()):
        assert entry["slope"] > 0
        assert entry["cap"] <= (entry["n"] + 1) / (entry["n"] + 2) + 1e-4
        assert entry["right"] <= entry["n"]


def test_stored_curves_are_of_fields_that_exist() -> None:
    kinds = {kind.name for kind in DOCUMENT_TYPES}
    assert {name.split(".")[0] for name in CURVES} <= kinds


def test_a_field_of_which_little_was_seen_has_the_curve_of_all() -> None:
    assert curve_of("business_licence", "no_such_field") == curve_of("other", "none")


def test_only_confidence_changes() -> None:
    name: Entity[str] = Entity(value="青禾", raw="青禾", confidence=0.7, evidence=(LINE,))
    document = Document(
        id="d1", type="business_licence", type_confidence=1, type_reason="", file="", sha256="",
        fields=BusinessLicence(company_name=name),
    )  # fmt: skip
    fields = calibrated(document).fields
    assert isinstance(fields, BusinessLicence)
    assert fields.company_name is not None
    expected = round(curve_of("business_licence", "company_name")(0.7), 3)
    assert fields.company_name == name.model_copy(update={"confidence": expected})
    assert fields.legal_person is None


def test_a_document_without_fields_stays_as_it_is() -> None:
    document = Document(id="d1", type="other", type_confidence=0, type_reason="", file="", sha256="")
    assert calibrated(document) is document


def test_reading_the_curves_takes_no_time() -> None:
    started = time.perf_counter()
    json.loads(FILE.read_text(encoding="utf-8"))
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize("raw", [0.0, 0.5, 0.9, 1.0])
def test_a_straight_curve_changes_nothing_between_the_edges(raw: float) -> None:
    assert Curve(1.0, 0.0, 1.0)(raw) == pytest.approx(raw, abs=0.001)
