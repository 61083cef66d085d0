"""American papers: FCC, children's product certificates, registrations with the FDA.

47 CFR parts 2 and 15; CPSIA section 102 and 16 CFR 1110; 21 CFR parts 1, 710 and 807.
"""

import re

from extractors.labels import Label
from extractors.qualifications.base import LABORATORY, Holder, Kind, english
from extractors.qualifications.european import CERTIFICATE, DECLARATION

FCC = Kind(
    "fcc",
    titles=("GRANT OF EQUIPMENT AUTHORIZATION", "FCC CERTIFICATE", "FCC认证证书", "FCC GRANT"),
    headings=(
        re.compile(
            r"FCC(?:SDOC|(?:SUPPLIERS?)?DECLARATIONOFCONFORMITY(?:SDOC)?|(?:CERTIFICATE|VERIFICATION)OF(?:CONFORMITY|COMPLIANCE))"
        ),
        re.compile(r"SUPPLIERS?DECLARATIONOFCONFORMITY(?:SDOC)?"),
    ),
    shared=(DECLARATION, CERTIFICATE),
    proof=re.compile(r"47CFR|FCCPART|PART15|FCCRULES|FCCID|FEDERALCOMMUNICATIONS"),
    labels=english(),
    issuer=LABORATORY,
    cues=("FCC IDENTIFIER", "NAME OF GRANTEE", "EQUIPMENT CLASS"),
)
CPC = Kind(
    "cpc",
    titles=(
        "CHILDREN'S PRODUCT CERTIFICATE",
        "CHILDRENS PRODUCT CERTIFICATE CPC",
        "CHILDREN'S PRODUCT CERTIFICATE OF CONFORMITY",
        "CHILDREN PRODUCT CERTIFICATE",
        "CHILDREN'S PRODUCT CERTIFICATION",
    ),
    labels=(
        *english(
            holder=(
                "identificationoftheusimporterordomesticmanufacturercertifyingcompliance",
                "identificationofusimporterordomesticmanufacturer",
                "identificationoftheusimporterordomesticmanufacturer",
                "identificationoftheimporterordomesticmanufacturercertifyingcomplianceoftheproduct",
                "identificationofthemanufacturerorimporter",
                "importer",
            ),
            products=(
                "identificationoftheproductcoveredbythiscertificate",
                "identificationoftheproduct",
                "productidentification",
            ),
        ),
        Label(
            "citation",
            ("citationtoeachcpscproductsafetyregulation", "citationtoeachcpsc", "citation", "citations"),
            rows=8,
        ),
        Label(
            "contact",
            ("contactinformation", "contactinformationfortheindividualmaintainingrecordsoftestresults"),
            rows=5,
        ),
        Label("made", ("dateandplacewherethisproductwasmanufactured", "dateandplaceofmanufacture"), rows=3),
        Label("tested", ("dateandplacewherethisproductwastested", "dateandplaceoftesting"), rows=3),
        Label("laboratory", ("identificationofanythirdpartylaboratory", "thirdpartylaboratory"), rows=4),
    ),
    issuer=LABORATORY,
    holder=Holder.NAME_AND_ADDRESS,
    cues=("CPSC", "ASTM F963", "16 CFR"),
)
FDA = Kind(
    "fda",
    titles=(
        "FDA CERTIFICATE",
        "FDA REGISTRATION",
        "CERTIFICATE OF FDA REGISTRATION",
        "FDA注册证书",
        "FDA ESTABLISHMENT REGISTRATION",
    ),
    headings=(
        re.compile(
            r"(?:US)?FDA(?:CERTIFICATEOF|MEDICALDEVICE|DEVICE|FOODFACILITY|COSMETICS?|ESTABLISHMENT)*(?:REGISTRATION|LISTING)(?:CERTIFICATE|CONFIRMATION)?"
        ),
        re.compile(r"CERTIFICATEOF(?:US)?FDA[A-Z]{0,30}"),
    ),
    shared=(re.compile(r"CERTIFICATEOF(?:DEVICE|ESTABLISHMENT|FACILITY|FOODFACILITY)?REGISTRATION"), CERTIFICATE),
    proof=re.compile(r"FOOD(?:AND)?DRUGADMINISTRATION|21CFR|510K|USFDA"),
    labels=english(holder=("ownername", "owneroperator", "facilityname", "establishmentname")),
    issuer=LABORATORY,
    cues=("FOOD AND DRUG ADMINISTRATION", "OWNER/OPERATOR NUMBER", "DEVICE LISTING"),
)

KINDS = (FCC, CPC, FDA)
