"""European papers: certificates and declarations under CE marking, RoHS and REACH, and their British sisters.

Decision 768/2008/EC, annex III; directive 2011/65/EU; regulation 1907/2006; the UK regulations of 2019.
"""

import re

from extractors.qualifications.base import LABORATORY, Kind, english

DECLARATION = re.compile(r"(?:DECLARATION|STATEMENT)OFCONFORMITY(?:DOC)?")
CERTIFICATE = re.compile(
    r"(?:EMC|LVD|RED|TOY)?(?:CERTIFICATE|ATTESTATION|VERIFICATION|DECLARATION)OF(?:PRODUCT)?(?:CONFORMITY|COMPLIANCE|COMPLIANCY)"
)
"""What papers of many laws are called alike; then the law decides."""
_EUROPEAN = re.compile(
    r"(?:EU|EC|CE|EUROPEAN(?:UNION|COMMUNITY)?)(?:EMC|LVD|RED|TOYS?|MACHINERY)?(?:DECLARATION|CERTIFICATE|ATTESTATION)"
    r"OF(?:CONFORMITY|COMPLIANCE)(?:DOC)?|(?:EU|EC|CE)(?:TYPEEXAMINATION|MARKING)?CERTIFICATE|(?:EU|EC)TYPEEXAMINATIONCERTIFICATE"
)
_LAWS = re.compile(
    r"2014(?:3[0-5]|53|68|90|29|28)E[UC]|200642EC|2009(?:48|125)EC|20231230|EU201642[56]|2017745|9342EEC|2004108EC|200695EC|"
    r"19995EC|89686EEC|3052011|2023988|200195EC|NOTIFIEDBODY|CEMARK"
)
_ROHS = re.compile(r"201165E[UC]|2015863|200295EC|ROHS")
_REACH = re.compile(r"19072006|SVHC|REACH")
_BRITISH = re.compile(r"UKCA|STATUTORYINSTRUMENT|SI20(?:08|1\d|2\d)|UKREGULATION|REGULATIONS20(?:08|1\d)")

UKCA = Kind(
    "ukca",
    headings=(
        re.compile(
            r"(?:UK(?:CA)?|BRITISH|UNITEDKINGDOM)(?:DECLARATION|CERTIFICATE)OF(?:CONFORMITY|COMPLIANCE)(?:DOC)?"
        ),
    ),
    titles=("UKCA CERTIFICATE", "UKCA MARKING CERTIFICATE"),
    shared=(DECLARATION, CERTIFICATE),
    proof=_BRITISH,
    labels=english(),
    issuer=LABORATORY,
)
CE = Kind(
    "ce",
    headings=(_EUROPEAN,),
    titles=("CE CERTIFICATE", "CE 符合性声明", "欧盟符合性声明", "CE认证证书", "CE符合性证书", "EU符合性声明"),
    shared=(DECLARATION, CERTIFICATE),
    proof=_LAWS,
    labels=english(),
    issuer=LABORATORY,
)
ROHS = Kind(
    "rohs",
    headings=(
        re.compile(
            r"ROHS(?:COMPLIANCE|CONFORMITY)?(?:DECLARATION|CERTIFICATE|STATEMENT)(?:OF(?:CONFORMITY|COMPLIANCE))?"
        ),
        re.compile(r"(?:DECLARATION|CERTIFICATE|STATEMENT)OFROHS(?:COMPLIANCE|CONFORMITY)"),
    ),
    titles=("RoHS认证证书", "RoHS符合性声明", "RoHS符合性证书"),
    shared=(DECLARATION, CERTIFICATE),
    proof=_ROHS,
    labels=english(),
    issuer=LABORATORY,
)
REACH = Kind(
    "reach",
    headings=(
        re.compile(
            r"REACH(?:COMPLIANCE|CONFORMITY)?(?:DECLARATION|CERTIFICATE|STATEMENT)(?:OF(?:CONFORMITY|COMPLIANCE))?"
        ),
    ),
    shared=(DECLARATION, CERTIFICATE),
    proof=_REACH,
    labels=english(),
    issuer=LABORATORY,
)

KINDS = (UKCA, CE, ROHS, REACH)
"""In the order in which the law decides: a declaration of CE names RoHS among others, one of RoHS names no other."""
