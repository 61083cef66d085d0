"""What the kinds of qualification have in common: how a kind is told, and what its labels are called."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from extractors.labels import Label
from pipeline.kinds import Heading


class Holder(Enum):
    """What the value of a holder's label holds."""

    NAME = auto()
    """The name alone."""
    NAME_AND_ADDRESS = auto()
    """The name in the first row, the address after it."""


@dataclass(frozen=True)
class Kind:
    """One kind of qualification: the id that rulebooks ask for, what tells it, and where its facts stand."""

    name: str
    labels: tuple[Label, ...]
    """Named as the fields are; `term` is a period, `issued` a day of issue, others only end the value before them."""
    titles: tuple[str, ...] = ()
    """Titles that no other kind has, as `DocumentType.titles`."""
    headings: tuple[re.Pattern[str], ...] = ()
    """Titles with a part that varies, bare (`spelling.bare`)."""
    shared: tuple[re.Pattern[str], ...] = ()
    """Headings that other kinds have too (`CERTIFICATE OF CONFORMITY`); then `proof` must stand on the page."""
    proof: re.Pattern[str] | None = None
    """What of this kind's law, standard or mark stands on the page, bare."""
    number: re.Pattern[str] | None = None
    """Form of its numbers, wherever they stand; half-width, without spaces."""
    holder: Holder = Holder.NAME
    issuer: re.Pattern[str] | None = None
    """What bodies that issue it are called, where no label says so."""
    cues: tuple[str, ...] = ()
    """Labels that speak for the kind where its title is not legible."""

    @property
    def all_headings(self) -> tuple[Heading, ...]:
        """Its own headings, and the shared ones with what must stand on the page."""
        shared = (Heading(line, self.proof) for line in self.shared)
        return (*(Heading(line) for line in self.headings), *shared)


_STOPS = (
    Label(
        "credit_code",
        ("统一社会信用代码", "社会信用代码", "社会信用代码身份证号码", "身份证号码"),
        tails=("身份证号",),
        rows=2,
    ),
    Label(
        "person",
        (
            "法定代表人",
            "法定代表人负责人",
            "负责人",
            "企业负责人",
            "质量负责人",
            "质量安全负责人",
            "经营者",
            "业主",
            "签发人",
        ),
        rows=2,
    ),
    Label("home", ("住所", "注册地址", "企业住所", "注册人住所", "备案人注册地址", "地址"), rows=4),
    Label("place", ("经营场所", "生产地址", "经营地址", "生产场所", "许可地址"), tails=("营场所", "产地址"), rows=4),
    Label("store_room", ("库房地址", "仓库地址"), rows=6),
    Label("manner", ("经营方式", "主体业态", "企业类型", "经济类型", "检验类别", "样品类别"), rows=2),
    Label("supervisor", ("日常监督管理机构", "日常监督管理人员", "监督机构", "监管机构"), rows=2),
    Label("telephone", ("投诉举报电话", "举报电话", "联系电话", "电话"), rows=1),
    Label("note", ("说明", "备注", "附件", "其他内容", "注意事项"), rows=20),
)
"""What permits name besides; it ends the values above."""

_NUMBER_WORDS = ("许可证编号", "许可证号", "证书编号", "备案编号", "备案号", "注册证编号", "注册证号", "编号", "证号")
_ISSUER_WORDS = ("发证机关", "发证部门", "备案部门", "备案机关", "审批部门", "发证单位", "发证机构")
_ISSUED_WORDS = ("发证日期", "签发日期", "备案日期", "批准日期", "颁证日期", "发证时间", "核发日期")
_TERM_WORDS = ("有效期限至", "有效期至", "有效期限", "有效期", "有效日期")
AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:监督管理局|监督管理委员会|管理局|审批局|服务局|监管局|监督局|专卖局|卫生局|数据局|委员会)"
    r"(?:[\u4e00-\u9fff]{2,8}(?:分局|管理所|监管所))?"
)
"""Authorities that issue permits."""
BODY = re.compile(
    r"[\u4e00-\u9fff（）()]{2,30}?(?:认证中心|认证集团|检测中心|检验中心|检验所|检测所|研究院|研究所|质检站|监督检验站|检验检测院|"
    r"(?:认证|检测|检验|测试|检验检测|质检|技术服务|实验室)[\u4e00-\u9fff（）()]{0,12}(?:有限责任公司|有限公司))"
    r"(?:[\u4e00-\u9fff（）()]{2,8}分公司)?"
)
"""Bodies that test and certify."""
LABORATORY = re.compile(
    r"(?:[A-Z][\w&.'()-]*,?[ ]+){0,8}(?:Test(?:ing)?|Laborator(?:y|ies)|Lab|Inspection|Certifications?|Standards?|"
    r"Compliance|Verification|Technical|Technology|Assessment)[ ]*"
    r"(?:[A-Z&(][\w&.'()-]*,?[ ]*){0,6}?(?:Co\.?,?[ ]*,?Ltd\.?|Ltd\.?|Limited|LLC|Inc\.?|GmbH|Corp(?:oration)?\.?|"
    r"Laborator(?:y|ies)|Certifications?|Services?|Center|Centre)(?:[ ]*,?[ ]*Co\.?,?[ ]*,?Ltd\.?)?(?![A-Za-z])"
)
"""The same in English: a name with Testing, Laboratory and the like in it."""


def permit(
    *,
    holder: tuple[str, ...],
    products: tuple[str, ...],
    stops: tuple[Label, ...] = (),
) -> tuple[Label, ...]:
    """Return the labels of a Chinese permit.

    Args:
        holder: What the holder's name stands beside.
        products: What the goods or activities stand beside.
        stops: What it names besides the common things.
    """
    return (
        Label("certificate_number", _NUMBER_WORDS, tails=("可证编号", "证编号"), rows=2, looks=r"\d{4}"),
        Label("holder", holder, rows=3, looks=r"(公司|厂|店|部|社|行)$"),
        Label("products", products, tails=("营项目", "营范围", "项目", "目"), rows=20),
        Label("term", _TERM_WORDS, tails=("效期至", "效期限"), rows=1, looks=r"年.+月|长期|\d{4}"),
        Label("issued", _ISSUED_WORDS, tails=("证日期", "发日期"), rows=1, looks=r"年.+月|\d{4}"),
        Label("issuer", _ISSUER_WORDS, tails=("证机关", "证部门"), rows=2),
        *stops,
        *_STOPS,
    )


def english(*, products: tuple[str, ...] = (), holder: tuple[str, ...] = ()) -> tuple[Label, ...]:
    """Return the labels of an English certificate, declaration or report, in the forms of `Label.words`.

    Args:
        products: What the goods stand beside, before the usual words.
        holder: What the holder's name stands beside, before the usual words.
    """
    return (
        Label("certificate_number", ENGLISH_NUMBER, rows=2, looks=r"\d{2}"),
        Label("holder", (*holder, *ENGLISH_HOLDER), rows=3),
        Label("products", (*products, *ENGLISH_PRODUCTS), rows=4),
        Label("term", ENGLISH_END, rows=1, looks=r"\d{4}"),
        Label("valid_from", ("validfrom", "dateofvalidity", "startdate", "effectivedate"), rows=1, looks=r"\d{4}"),
        Label("issued", ENGLISH_ISSUED, rows=1, looks=r"\d{4}"),
        Label("issuer", ("issuedby", "certificationbody", "nameofbody", "testinglaboratory", "issuingbody"), rows=2),
        Label(
            "model",
            ("models", "modelno", "modelnumber", "modelname", "model", "typemodel", "itemno", "styleno"),
            rows=4,
        ),
        Label("brand", ("trademark", "brand", "brandname"), rows=1),
        Label(
            "standard",
            ("teststandards", "teststandard", "standards", "standard", "standardsused", "testmethod"),
            rows=8,
        ),
        Label("maker", ("factory", "productionunit", "placeofmanufacture"), rows=3),
        Label("address", ("address", "addr", "applicantaddress", "manufactureraddress", "tel", "email"), rows=4),
        Label("law", ("directive", "directives", "europeandirective", "regulation", "regulations"), rows=6),
        Label("signed", ("signedforandonbehalfof", "forandonbehalfof", "authorizedsignature", "signature"), rows=2),
        Label(
            "note",
            ("remark", "remarks", "note", "conclusion", "testconclusion", "testresult", "testresults", "testrequested"),
            rows=12,
        ),
    )


ENGLISH_NUMBER = (
    "certificatenumber",
    "certificateno",
    "certno",
    "certificationno",
    "registrationno",
    "registrationnumber",
    "reportno",
    "reportnumber",
    "testreportno",
    "testreportnumber",
    "documentno",
    "declarationno",
    "referenceno",
    "refno",
    "number",
    "no",
    "fccid",
    "fccidentifier",
    "licenceno",
    "licenseno",
    "verificationno",
)
ENGLISH_HOLDER = (
    "nameandaddressofthemanufacturer",
    "nameandaddressofmanufacturer",
    "nameandaddressofthemanufacturerorhisauthorisedrepresentative",
    "applicantname",
    "nameofapplicant",
    "applicant",
    "certificateholder",
    "holderofcertificate",
    "holder",
    "client",
    "clientname",
    "nameofgrantee",
    "grantee",
    "manufacturername",
    "nameofmanufacturer",
    "manufacturer",
    "manufacturedby",
    "issuedto",
    "companyname",
    "responsibleparty",
    "registrant",
    "ownername",
    "customer",
)
ENGLISH_PRODUCTS = (
    "objectofthedeclaration",
    "productname",
    "nameofproduct",
    "productdescription",
    "descriptionofproduct",
    "product",
    "samplename",
    "sampledescription",
    "nameofsample",
    "equipment",
    "equipmentundertest",
    "equipmentclass",
    "apparatus",
    "itemdescription",
    "goods",
    "devicename",
    "articlename",
)
ENGLISH_END = (
    "validuntil",
    "validupto",
    "validto",
    "validthrough",
    "expirydate",
    "expirationdate",
    "dateofexpiry",
    "expiresdate",
    "expires",
    "expiry",
)
ENGLISH_ISSUED = (
    "dateofissue",
    "issuedate",
    "issueddate",
    "dateissued",
    "issuedon",
    "dateofgrant",
    "reportdate",
    "dateofreport",
    "registrationdate",
    "placeanddateofissue",
    "dateandplaceofissue",
    "date",
)
