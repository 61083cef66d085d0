"""Whose a business licence is: a dossier may also hold that of the trademark's owner, or of a maker."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.codes import compact
from extractors.paper_fields import BusinessLicence
from pipeline.form import Applicant
from validators.differences import differs_in_doubt
from validators.equality import same_company
from validators.identifiers import credit_code_flaw

if TYPE_CHECKING:
    from validators.case import Paper


def applicants_licence(
    licences: Sequence["Paper[BusinessLicence]"], applicant: Applicant | None
) -> "Paper[BusinessLicence] | None":
    """Return the licence of the applicant: by the form's code, else by its name.

    Where the form names neither, licences that are all one company's are the applicant's. None where that cannot be
    told.
    """
    if len(licences) < 2:
        return licences[0] if licences else None
    code = compact(applicant.unified_social_credit_code) if applicant and applicant.unified_social_credit_code else None
    name = applicant.company_name if applicant else None

    def match(paper: "Paper[BusinessLicence]") -> tuple[bool, bool]:
        read_code, read_name = paper.fields.unified_social_credit_code, paper.fields.company_name
        return (
            bool(code and read_code and read_code.value == code),
            bool(name and read_name and same_company(read_name.value, name)),
        )

    best = max(licences, key=match)
    if any(match(best)) or all(_same_company(best, other) for other in licences):
        return best
    return None


def is_of_the_same(licence: "Paper[BusinessLicence]", own: "Paper[BusinessLicence]", *, below: float) -> bool | None:
    """Whether a licence is of the same company as the applicant's; None where a fact was not read surely enough.

    Another company's is one whose sound code and name both differ, both read with confidence.

    Args:
        licence: The licence to be told.
        own: The applicant's.
        below: Confidence under which a fact counts as not read.
    """
    if licence is own or _same_company(licence, own):
        return True
    code, name = licence.fields.unified_social_credit_code, licence.fields.company_name
    own_code, own_name = own.fields.unified_social_credit_code, own.fields.company_name
    if code is None or name is None or own_code is None or own_name is None:
        return None
    if min(code.confidence, name.confidence) < below or credit_code_flaw(code.value) is not None:
        return None
    return None if differs_in_doubt(name, own_name.value, below=below) else False


def _same_company(one: "Paper[BusinessLicence]", other: "Paper[BusinessLicence]") -> bool:
    codes = (one.fields.unified_social_credit_code, other.fields.unified_social_credit_code)
    names = (one.fields.company_name, other.fields.company_name)
    same_code = codes[0] is not None and codes[1] is not None and codes[0].value == codes[1].value
    same_name = names[0] is not None and names[1] is not None and same_company(names[0].value, names[1].value)
    return one is other or same_code or same_name
