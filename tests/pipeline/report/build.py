"""One dossier built by hand, with pages drawn by Pillow: everything that a report can say is in it.

Invented: company, people, codes and marks. The licence's term has ended, the certificate's number was not read
for sure, the third file is no picture.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from extractors.base import Goods, Money, Office
from extractors.business_licence import BusinessLicence, CopyKind, LegalPersonRole, Template
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Account, Applicant, Application, Brand, Form, LegalPerson, Relation, Settlement, Store
from pipeline.model import (
    Box,
    Correction,
    Document,
    Entity,
    Failure,
    FailureCode,
    Fields,
    Look,
    Message,
    PageRecord,
    TextLine,
    Way,
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

AS_OF = date(2026, 11, 24)
COMPANY = "深圳市星河跨境电子商务有限公司"
CODE = "91440300MA5EXAMPLE"
ID_NUMBER = "44030019900101001X"
LICENCE_FILE, CERTIFICATE_FILE, BROKEN_FILE = "资料/01.jpg", "certificate.pdf", "scan 3.heic"


def line(text: str, box: tuple[float, float, float, float], *, file: str, page: int = 1) -> TextLine:
    left, top, right, bottom = box
    return TextLine(
        text=text, box=Box(left=left, top=top, right=right, bottom=bottom), confidence=0.97, file=file, page=page
    )


LINES = {
    "unified_social_credit_code": line(f"统一社会信用代码 {CODE}", (0.08, 0.2, 0.36, 0.235), file=LICENCE_FILE),
    "company_name": line(COMPANY, (0.19, 0.32, 0.47, 0.36), file=LICENCE_FILE),
    "company_type": line("有限责任公司", (0.19, 0.4, 0.32, 0.44), file=LICENCE_FILE),
    "legal_person": line("李明华", (0.19, 0.48, 0.25, 0.52), file=LICENCE_FILE),
    "scope 1": line("一般项目：服装服饰批发；服装服饰零售；互联网销售", (0.19, 0.56, 0.5, 0.6), file=LICENCE_FILE),
    "scope 2": line("（除销售需要许可的商品）。", (0.19, 0.61, 0.36, 0.65), file=LICENCE_FILE),
    "registered_capital": line("壹佰万元整", (0.66, 0.32, 0.76, 0.36), file=LICENCE_FILE),
    "establishment_date": line("2016年03月15日", (0.66, 0.4, 0.79, 0.44), file=LICENCE_FILE),
    "term": line("2016年03月15日至2026年03月14日", (0.66, 0.48, 0.92, 0.52), file=LICENCE_FILE),
    "address": line("深圳市南山区示例路 8 号", (0.66, 0.56, 0.87, 0.6), file=LICENCE_FILE),
    "issue_date": line("2019年06月03日", (0.7, 0.83, 0.83, 0.87), file=LICENCE_FILE),
    "registration_number": line("第 1234567B 号", (0.4, 0.18, 0.6, 0.2), file=CERTIFICATE_FILE),
    "mark_text": line("STARRIVER", (0.36, 0.27, 0.64, 0.31), file=CERTIFICATE_FILE),
    "goods": line("连衣裙；帽子；鞋（截止）", (0.2, 0.41, 0.52, 0.435), file=CERTIFICATE_FILE),
    "classes": line("国际分类：25", (0.2, 0.37, 0.36, 0.395), file=CERTIFICATE_FILE),
    "owner": line(COMPANY, (0.3, 0.56, 0.68, 0.585), file=CERTIFICATE_FILE),
    "registration_date": line("注册日期 2018年07月14日", (0.2, 0.66, 0.5, 0.685), file=CERTIFICATE_FILE),
    "validity": line("有效期至 2028年07月13日", (0.54, 0.66, 0.84, 0.685), file=CERTIFICATE_FILE),
}


def licence_fields() -> BusinessLicence:
    def read(name: str) -> tuple[TextLine, ...]:
        return (LINES[name],)

    return BusinessLicence(
        unified_social_credit_code=Entity[str](
            value=CODE,
            raw="91440300MA5EXAMPIE",
            confidence=0.93,
            evidence=read("unified_social_credit_code"),
            corrections=(Correction(position=16, read="I", meant="L", why="the check character allows no other"),),
        ),
        company_name=Entity[str](value=COMPANY, raw=COMPANY, confidence=0.99996, evidence=read("company_name")),
        company_type=Entity[str](
            value="有限责任公司", raw="有限责任公司", confidence=0.98, evidence=read("company_type")
        ),
        legal_person=Entity[str](
            value="李明华",
            raw="李明华",
            confidence=0.97,
            evidence=read("legal_person"),
            looks=(
                Look(way=Way.WITHOUT_RED, raw=None, confidence=0, won=False),
                Look(way=Way.WHOLE_PAGE, raw="李明华", confidence=0.97, won=True),
            ),
        ),
        legal_person_role=Entity[LegalPersonRole](
            value=LegalPersonRole.LEGAL_REPRESENTATIVE,
            raw="法定代表人",
            confidence=0.97,
            evidence=(line("法定代表人", (0.08, 0.48, 0.17, 0.52), file=LICENCE_FILE),),
        ),
        registered_capital=Entity[Money](
            value=Money(amount=Decimal(1_000_000), currency="CNY"),
            raw="壹佰万元整",
            confidence=0.95,
            evidence=read("registered_capital"),
        ),
        establishment_date=Entity[date](
            value=date(2016, 3, 15), raw="2016年03月15日", confidence=0.98, evidence=read("establishment_date")
        ),
        valid_from=Entity[date](value=date(2016, 3, 15), raw="2016年03月15日", confidence=0.97, evidence=read("term")),
        valid_to=Entity[date | str](
            value=date(2026, 3, 14), raw="2026年03月14日", confidence=0.97, evidence=read("term")
        ),
        address=Entity[str](
            value="深圳市南山区示例路 8 号", raw="深圳市南山区示例路 8 号", confidence=0.92, evidence=read("address")
        ),
        business_scope=Entity[str](
            value="一般项目：服装服饰批发；服装服饰零售；互联网销售（除销售需要许可的商品）。",
            raw="一般项目：服装服饰批发；服装服饰零售；互联网销售\n（除销售需要许可的商品）。",
            confidence=0.9,
            evidence=(LINES["scope 1"], LINES["scope 2"]),
        ),
        issue_date=Entity[date](
            value=date(2019, 6, 3), raw="2019年06月03日", confidence=0.97, evidence=read("issue_date")
        ),
        copy_kind=Entity[CopyKind](
            value=CopyKind.DUPLICATE,
            raw="（副本）",
            confidence=0.99,
            evidence=(line("（副本）", (0.46, 0.16, 0.54, 0.2), file=LICENCE_FILE),),
        ),
        template=Entity[Template](
            value=Template.LANDSCAPE_2019,
            raw="国家市场监督管理总局监制",
            confidence=0.96,
            evidence=(line("国家市场监督管理总局监制", (0.7, 0.94, 0.92, 0.97), file=LICENCE_FILE),),
        ),
    )


def certificate_fields() -> TrademarkCertificate:
    def read(name: str) -> tuple[TextLine, ...]:
        return (LINES[name],)

    return TrademarkCertificate(
        office=Entity[Office](
            value=Office.CNIPA,
            raw="国家知识产权局",
            confidence=0.99,
            evidence=(line("国家知识产权局", (0.55, 0.8, 0.8, 0.83), file=CERTIFICATE_FILE),),
        ),
        registration_number=Entity[str](
            value="12345678", raw="1234567B", confidence=0.61, evidence=read("registration_number")
        ),
        mark_text=Entity[str](value="STARRIVER", raw="STARRIVER", confidence=0.98, evidence=read("mark_text")),
        owner=Entity[str](value=COMPANY, raw=COMPANY, confidence=0.98, evidence=read("owner")),
        nice_classes=Entity[tuple[int, ...]](value=(25,), raw="25", confidence=0.99, evidence=read("classes")),
        goods=Entity[tuple[Goods, ...]](
            value=(
                Goods(nice_class=25, text="连衣裙"),
                Goods(nice_class=25, text="帽子"),
                Goods(nice_class=None, text="鞋"),
            ),
            raw="连衣裙；帽子；鞋（截止）",
            confidence=0.94,
            evidence=read("goods"),
        ),
        registration_date=Entity[date](
            value=date(2018, 7, 14), raw="2018年07月14日", confidence=0.97, evidence=read("registration_date")
        ),
        valid_to=Entity[date | str](
            value=date(2028, 7, 13), raw="2028年07月13日", confidence=0.97, evidence=read("validity")
        ),
    )


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
