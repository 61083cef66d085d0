"""Papers of Korea and Japan, as far as they come in English, Chinese or Japanese characters.

KC: Radio Waves Act, Electrical Appliances and Consumer Products Safety Control Act; PSE: Electrical Appliance and
Material Safety Law.
"""

import re

from extractors.qualifications.base import LABORATORY, Kind, english
from extractors.qualifications.european import CERTIFICATE, DECLARATION

KC = Kind(
    "kc",
    titles=(
        "KC CERTIFICATE",
        "KC CERTIFICATE OF CONFORMITY",
        "CERTIFICATE OF BROADCASTING AND COMMUNICATION EQUIPMENTS",
        "REGISTRATION OF BROADCASTING AND COMMUNICATION EQUIPMENTS",
        "KC认证证书",
    ),
    shared=(DECLARATION, CERTIFICATE),
    proof=re.compile(
        r"RADIOWAVESACT|KOREA(?:TESTING|COMMUNICATION|CERTIFICATION)|(?<![A-Z])KCMARK|NATIONALRADIORESEARCHAGENCY"
    ),
    labels=english(),
    issuer=LABORATORY,
)
PSE = Kind(
    "pse",
    titles=(
        "PSE CERTIFICATE",
        "PSE CERTIFICATE OF CONFORMITY",
        "PSE认证证书",
        "適合性検査証明書",
        "適合同等証明書",
        "适合性检查证明书",
    ),
    shared=(DECLARATION, CERTIFICATE),
    proof=re.compile(r"ELECTRICALAPPLIANCE(?:S)?ANDMATERIAL|DENAN|PSEMARK|電気用品安全法"),
    labels=english(),
    issuer=LABORATORY,
)

KINDS = (KC, PSE)
