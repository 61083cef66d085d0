"""CAT605: the qualifications that a category requires."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.model import Document, Entity, FailureCode, Fields
from pipeline.verdict import Dossier, Status
from tests.validators import build
from validators.rulebook import ALIEXPRESS, load_rulebook

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


class Qualification(Fields):
    """Stands for the type's reader, which comes later."""

    kind: Entity[str] | None = None


def qualification(kind: str | None, confidence: float = 0.99) -> Document:
    fields = Qualification(kind=None if kind is None else build.entity(kind, confidence))
    return build.document("qualification", fields, file="03.jpg")


def qualified(*documents: Document, category: str = "food", below: tuple[str, ...] = ("dresses",)) -> Dossier:
    form = build.form(store=build.store(category=category, subcategories=below))
    return build.dossier(build.licence(), *documents, form=form)


@pytest.mark.parametrize(
    ("dossier", "status"),
    [
        pytest.param(qualified(category="apparel"), NOT_APPLICABLE, id="nothing is required"),
        pytest.param(qualified(category="tablets"), NOT_APPLICABLE, id="what depends on market is not required"),
        pytest.param(qualified(), FAIL, id="missing"),
        pytest.param(qualified(below=()), FAIL, id="missing, whatever the subcategory"),
        pytest.param(qualified(category="health_care", below=("massage",)), NOT_APPLICABLE, id="another subcategory's"),
        pytest.param(qualified(category="health_care", below=("medical_masks",)), FAIL, id="this subcategory's"),
        pytest.param(qualified(category="health_care", below=()), UNDETERMINED, id="no subcategory stated"),
        pytest.param(qualified(build.certificate()), FAIL, id="other papers do not count"),
        pytest.param(qualified(qualification("food_business")), PASS, id="one of two kinds"),
        pytest.param(qualified(qualification("ccc")), FAIL, id="another kind"),
        pytest.param(qualified(qualification("ccc"), qualification(None)), UNDETERMINED, id="one of unknown kind"),
        pytest.param(qualified(qualification("food_business", 0.3)), UNDETERMINED, id="kind read with doubt"),
        pytest.param(qualified(build.document("qualification")), UNDETERMINED, id="there, its kind not read"),
        pytest.param(qualified(build.document(failure=FailureCode.ENCRYPTED)), UNDETERMINED, id="perhaps unreadable"),
        pytest.param(qualified(build.document()), UNDETERMINED, id="perhaps in words of its own"),
    ],
)
def test_required_qualifications(dossier: Dossier, status: Status) -> None:
    assert build.status("CAT605", dossier) is status


def test_a_missing_qualification_is_asked_for_by_name() -> None:
    (remedy,) = build.remedies("CAT605", qualified())
    assert (remedy.document, remedy.message.en) == (
        "qualification",
        "Send: Food production licence, or food business licence or record.",
    )


def test_every_missing_qualification_is_asked_for() -> None:
    dossier = qualified(category="health_care", below=("thermometers",))
    assert len(build.remedies("CAT605", dossier)) == 2


def test_where_no_subcategory_is_stated_it_is_asked_for() -> None:
    (remedy,) = build.remedies("CAT605", qualified(category="health_care", below=()))
    assert "store.subcategories" in remedy.message.en


def test_a_rulebook_asks_for_papers_of_its_own_subcategories_only(tmp_path: Path) -> None:
    text = ALIEXPRESS.read_text(encoding="utf-8").replace("subcategories: [thermometers]", "subcategories: [thermos]")
    file = tmp_path / "rulebook.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="subcategories that the category does not have: thermos"):
        load_rulebook(file, as_of=build.AS_OF)
