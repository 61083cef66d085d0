"""One dossier built by hand, with pages drawn by Pillow: everything that a report can say is in it.

Invented: company, people, codes and marks. The licence's term has ended, the certificate's number was not read
for sure, the third file is no picture.
"""

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw

from pipeline.form import Account, Applicant, Application, Brand, Form, LegalPerson, Relation, Settlement, Store
from pipeline.model import (
    Box,
    Document,
    Failure,
    FailureCode,
    Fields,
    Message,
    PageRecord,
)
from pipeline.verdict import (
    Action,
    Decision,
    Deposit,
    Dossier,
    Evidence,
    Finding,
    Outcome,
    Remedy,
    RulebookIdentity,
    Seconds,
    Severity,
    Status,
    Verdict,
)
from tests.pipeline.report.papers import (
    BROKEN_FILE,
    CERTIFICATE_FILE,
    CODE,
    COMPANY,
    ID_NUMBER,
    LICENCE_FILE,
    LINES,
    certificate_fields,
    licence_fields,
)

AS_OF = date(2026, 11, 24)


def document(id_: str, type_: str, file: str, fields: Fields | None, *sizes: tuple[int, int]) -> Document:
    pages = tuple(
        PageRecord(file=file, page=number, width=width, height=height, turned=0)
        for number, (width, height) in enumerate(sizes, start=1)
    )
    return Document(
        id=id_,
        type=type_,
        type_confidence=0.99,
        type_reason=f"title of a {type_} found" if fields else "no title was found",
        file=file,
        sha256=id_[-1] * 64,
        pages=pages,
        pages_total=len(pages),
        fields=fields,
    )


def broken() -> Document:
    message = Message(en="The file is cut off; send it again.", zh="文件不完整，请重新发送。")
    return Document(
        id="d3",
        type="other",
        type_confidence=0.0,
        type_reason="it could not be opened",
        file=BROKEN_FILE,
        sha256="3" * 64,
        failures=(Failure(code=FailureCode.CORRUPT, file=BROKEN_FILE, message=message),),
    )


def form(company: str = COMPANY) -> Form:
    return Form(
        file="application.yaml",
        application=Application(
            applicant=Applicant(
                company_name=company,
                unified_social_credit_code=CODE,
                legal_person=LegalPerson(name="李明华", id_number=ID_NUMBER),
            ),
            account=Account(login="email", id="seller@example.com"),
            settlement=Settlement(channel="international_alipay", account_holder=company),
            store=Store(
                category="apparel", subcategories=("dresses",), type="official", name="STARRIVER official store"
            ),
            brands=(
                Brand(
                    name="STARRIVER",
                    relation=Relation.OWNER,
                    office="CNIPA",
                    trademark_number="12345678",
                    nice_classes=(25, 18),
                ),
            ),
        ),
    )


def evidence(document_: str, name: str) -> Evidence:
    shown = LINES[name]
    return Evidence(
        document=document_, file=shown.file, page=shown.page, box=shown.box, text=shown.text, source=shown.source
    )


def finding(rule: str, status: Status, severity: Severity, subject: str, en: str, zh: str, **more: object) -> Finding:
    return Finding.model_validate(
        {
            "rule": rule,
            "status": status,
            "severity": severity,
            "subject": subject,
            "message": {"en": en, "zh": zh},
            **more,
        }
    )


def findings() -> tuple[Finding, ...]:
    passed = [
        finding(rule, Status.PASS, Severity.BLOCKER, "d1", f"{rule} holds.", f"{rule} 符合要求。")
        for rule in ("LIC201", "LIC202", "LIC203", "LIC204", "LIC207", "XDC801", "XDC802", "XDC803")
    ]
    return (
        finding(
            "LIC206", Status.FAIL, Severity.BLOCKER, "d1",
            "The operating period ended on 2026-03-14, 255 days before the verification date.",
            "营业期限已于 2026-03-14 届满，距审核日期 255 天。",
            expected="2026-11-24 or later, or long-term", found="2026-03-14", evidence=(evidence("d1", "term"),),
        ),
        *passed,
        finding(
            "DOC101", Status.FAIL, Severity.MAJOR, "d3", "The file is cut off (corrupt).", "文件不完整（corrupt）。",
        ),
        finding(
            "LIC213", Status.FAIL, Severity.MINOR, "d1", "No registrar's seal is seen.", "未见登记机关印章。",
            evidence=(Evidence(document="d1", file=LICENCE_FILE, page=1,
                               box=Box(left=0.7, top=0.72, right=0.88, bottom=0.9)),),
        ),
        finding(
            "TMK403", Status.UNDETERMINED, Severity.MAJOR, "brand:STARRIVER",
            "The certificate's number was read as 12345678 with too little confidence to compare it.",
            "注册号识别为 12345678，置信度不足，无法比对。",
            expected="12345678", evidence=(evidence("d2", "registration_number"),
                                           Evidence(file="application.yaml", text="12345678", source="form")),
        ),
        finding(
            "XDC805", Status.FAIL, Severity.MAJOR, "brand:STARRIVER",
            "The form declares classes 18 and 25, the certificate shows 25 only.",
            "申请表填写第 18、25 类，注册证仅为第 25 类。",
            expected="25", found="18, 25", evidence=(evidence("d2", "classes"),),
        ),
        finding("CAT609", Status.PASS, Severity.INFO, "dossier", "The deposit is CNY 10,000.", "保证金 10,000 元。"),
        finding("LIC215", Status.NOT_APPLICABLE, Severity.BLOCKER, "d1", "There is no QR code.", "没有二维码。"),
    )  # fmt: skip


def remedies() -> tuple[Remedy, ...]:
    return (
        Remedy(
            rule="LIC206", action=Action.RESUBMIT, document="business_licence",
            message=Message(en="Send the renewed business licence; the one you sent expired on 2026-03-14.",
                            zh="请提交已延期的营业执照；您提交的执照已于 2026-03-14 到期。"),
        ),
        Remedy(
            rule="DOC101", action=Action.RESUBMIT,
            message=Message(en=f"Send “{BROKEN_FILE}” again.", zh=f"请重新发送“{BROKEN_FILE}”。"),
        ),
        Remedy(
            rule="XDC805", action=Action.CORRECT_FORM,
            message=Message(en="State the classes as on the certificate: 25.", zh="请按注册证填写类别：25。"),
        ),
    )  # fmt: skip


def outcome(*, pictures: bool = False) -> Outcome:
    """A rejected dossier with all four statuses in it."""
    documents = (
        document("d1", "business_licence", LICENCE_FILE, licence_fields(), (1600, 1131)),
        document("d2", "trademark_certificate", CERTIFICATE_FILE, certificate_fields(), (1131, 1600), (1131, 1600)),
        broken(),
    )
    return Outcome(
        dossier=Dossier(id="starriver", as_of=AS_OF, form=form(), documents=documents),
        verdict=Verdict(
            decision=Decision.REJECTED,
            deposit=Deposit(amount=10_000),
            findings=findings(),
            remedies=remedies(),
            rulebook=RulebookIdentity(id="aliexpress", version="2026-11-01", sha256="a" * 64),
        ),
        engine="ppocr",
        models={"recognition.onnx": "c" * 64, "detection.onnx": "b" * 64},
        seconds=Seconds(ingest=0.0101, read=0.61234, extract=0.02, validate=0.003),
        pictures=drawn(documents) if pictures else {},
    )


def inspected() -> Outcome:
    """The licence alone, without an application."""
    alone = document("d1", "business_licence", LICENCE_FILE, licence_fields(), (1600, 1131))
    verdict = outcome().verdict.model_copy(
        update={"decision": None, "deposit": None, "remedies": (), "findings": findings()[1:4]}
    )
    dossier = Dossier(id="01", as_of=AS_OF, form=None, documents=(alone,))
    return Outcome(dossier=dossier, verdict=verdict, engine="replay")


def drawn(documents: tuple[Document, ...]) -> dict[tuple[str, int], bytes]:
    """Draw every page as grey bars where its lines stand; enough to see whether boxes fall on them."""
    pictures = {}
    for page in (page for document_ in documents for page in document_.pages):
        picture = Image.new("RGB", (page.width, page.height), "#fbf8ef")
        pen = ImageDraw.Draw(picture)
        pen.rectangle((20, 20, page.width - 20, page.height - 20), outline="#b5913c", width=6)
        for shown in LINES.values():
            if (shown.file, shown.page) == (page.file, page.page):
                edges = (shown.box.left, shown.box.top, shown.box.right, shown.box.bottom)
                left, top, right, bottom = edges
                pen.rectangle(
                    (left * page.width, top * page.height, right * page.width, bottom * page.height), fill="#bdbdbd"
                )
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=70)
        pictures[page.file, page.page] = buffer.getvalue()
    return pictures
