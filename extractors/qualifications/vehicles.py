"""Approvals of parts of vehicles: the communication of a UN/ECE approval, known by its E-mark.

Agreement of 1958 (E/ECE/TRANS/505), schedules 4 and 5: the number names the country, the regulation with its series of
amendments, the approval and its extension, `E4*13R11/07*0012*00`; before revision 3, `E4 13R-110012`.
"""

import re

from extractors.labels import Label
from extractors.qualifications.base import LABORATORY, Kind, english
from extractors.qualifications.european import CERTIFICATE

E_MARK = Kind(
    "e_mark",
    titles=(
        "E-MARK CERTIFICATE",
        "E-MARK APPROVAL",
        "E-MARK APPROVAL CERTIFICATE",
        "E-MARK TYPE APPROVAL CERTIFICATE",
        "ECE CERTIFICATE",
        "ECE APPROVAL CERTIFICATE",
        "ECE TYPE APPROVAL CERTIFICATE",
        "E-MARK认证证书",
        "ECE认证证书",
    ),
    headings=(re.compile(r"(?:CERTIFICATE|COMMUNICATION)OF(?:ECE|EMARK)(?:TYPE)?APPROVAL"),),
    shared=(
        re.compile(r"COMMUNICATION(?:FORM|CONCERNING[A-Z]{0,40})?"),
        re.compile(r"(?:VEHICLE|COMPONENT)?TYPEAPPROVALCERTIFICATE|CERTIFICATEOFTYPEAPPROVAL"),
        CERTIFICATE,
    ),
    # Not EMARK by itself, which TRADEMARK holds too; after the number of an EU regulation comes its year.
    proof=re.compile(
        r"(?:UN|ECE)REGULATIONN[OR]?\d|ECER\d{1,3}(?!\d)|PURSUANTTOREGULATIONN[OR]?\d{1,3}(?!\d)|ECETRANS505"
    ),
    labels=(
        Label("certificate_number", ("approvalno", "approvalnumber", "typeapprovalno", "typeapprovalnumber"), rows=2),
        Label("issuer", ("nameofadministration", "approvalauthority", "typeapprovalauthority"), rows=2),
        Label("issued", ("dateofapproval", "approvaldate", "dateofgranting"), rows=1),
        Label("model", ("type", "typeofdevice", "manufacturersnameforthetype"), rows=3),
        *english(
            holder=(
                "manufacturersnameandaddress",
                "nameandaddressofmanufacturer",
                "manufacturersname",
                "holderofapproval",
                "approvalholder",
            ),
            products=("device", "component", "deviceorcomponent", "concerning"),
        ),
    ),
    number=re.compile(
        r"E\d{1,2}\*\d{1,3}R\d{2}(?:/\d{2})?\*\d{4,6}\*\d{2}|(?<![A-Z\d])E\d{1,2}[-*]?\d{1,3}R-?\d{4,8}(?!\d)"
    ),
    issuer=re.compile(rf"Kraftfahrt-Bundesamt|Vehicle Certification Agency|{LABORATORY.pattern}"),
    cues=("APPROVAL GRANTED", "TRADE NAME OR MARK OF THE DEVICE", "TECHNICAL SERVICE RESPONSIBLE"),
)

KINDS = (E_MARK,)
