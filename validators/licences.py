"""Whose a business licence is: a dossier may hold the trademark owner's beside the applicant's.

Only the applicant's licence can reject the applicant. What is wrong with one that may be another company's is for a
person to weigh.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from functools import wraps

from extractors.codes import compact
from extractors.paper_fields import BusinessLicence
from pipeline.model import Entity
from validators.case import Case
from validators.engine import Answer, NotApplicable, Objection, if_known
from validators.equality import same_company

Check = Callable[[BusinessLicence, Case], Iterator[Answer]]


class Holder(Enum):
    """Who holds a licence."""

    APPLICANT = "applicant"
    ANOTHER = "another"
    UNCLEAR = "unclear"


def holder_of(licence: BusinessLicence, case: Case) -> Holder:
    """Return whose a licence is, told by the form's code and name.

    As long as no other licence of the dossier is the one that the form names, it is taken for the applicant's:
    that it bears another company's name is then the very thing that is wrong.
    """
    if case.licence is None or case.licence.fields is licence or not _is_named(case.licence.fields, case):
        return Holder.APPLICANT
    if _is_named(licence, case):
        return Holder.APPLICANT
    code = if_known(licence.unified_social_credit_code)
    return Holder.ANOTHER if code is not None and not _is(code, _stated(case)[0]) else Holder.UNCLEAR


def of_the_applicant(check: Check) -> Check:
    """Have a rule pass over licences of other companies, and object without certainty where it is not clear whose."""

    @wraps(check)
    def checked(licence: BusinessLicence, case: Case) -> Iterator[Answer]:
        holder = holder_of(licence, case)
        if holder is Holder.ANOTHER:
            name = licence.company_name
            raise NotApplicable(
                en="this is the licence of another company" + (f", {name.value}" if name else ""),
                zh="该执照属于另一家企业" + (f"（{name.value}）" if name else ""),
            )
        for answer in check(licence, case):
            if holder is Holder.UNCLEAR and isinstance(answer, Objection):
                yield replace(answer, certain=False)
            else:
                yield answer

    return checked


def _is_named(licence: BusinessLicence, case: Case) -> bool:
    code, name = _stated(case)
    read, company = licence.unified_social_credit_code, licence.company_name
    return bool((read and _is(read, code)) or (name and company and same_company(company.value, name)))


def _is(read: Entity[str], code: str | None) -> bool:
    return code is not None and compact(read.value) == compact(code)


def _stated(case: Case) -> tuple[str | None, str | None]:
    applicant = case.application.applicant if case.application else None
    return (applicant.unified_social_credit_code, applicant.company_name) if applicant else (None, None)
