"""What people call things, in both languages: document types, entities, enumerated values."""

from collections.abc import Mapping

from pipeline.model import Message


def _messages(pairs: Mapping[str, tuple[str, str]]) -> Mapping[str, Message]:
    return {name: Message(en=en, zh=zh) for name, (en, zh) in pairs.items()}


TYPES = _messages(
    {
        "business_licence": ("Business licence", "营业执照"),
        "trademark_certificate": ("Trademark certificate", "商标注册证"),
        "trademark_acceptance_notice": ("Trademark acceptance notice", "商标注册申请受理通知书"),
        "trademark_notice": ("Trademark office notice", "商标局通知书"),
        "trademark_renewal": ("Trademark renewal", "商标续展证明"),
        "trademark_assignment": ("Trademark assignment", "商标转让证明"),
        "trademark_change": ("Trademark change record", "商标变更证明"),
        "authorization_letter": ("Authorization letter", "授权书"),
        "identity_card": ("Identity card", "身份证"),
        "qualification": ("Qualification", "资质证明"),
        "purchase_invoice": ("Purchase invoice", "采购发票"),
        "other": ("Unrecognised document", "未识别文件"),
    }
)
"""Document types of the contract."""

ENTITIES = _messages(
    {
        "unified_social_credit_code": ("Credit code", "统一社会信用代码"),
        "registration_number": ("Registration no.", "注册号"),
        "company_name": ("Company name", "企业名称"),
        "company_type": ("Company type", "企业类型"),
        "legal_person": ("Legal person", "法定代表人"),
        "legal_person_role": ("Role", "身份"),
        "registered_capital": ("Registered capital", "注册资本"),
        "establishment_date": ("Established", "成立日期"),
        "valid_from": ("Valid from", "有效期自"),
        "valid_to": ("Valid to", "有效期至"),
        "address": ("Address", "住所"),
        "business_scope": ("Business scope", "经营范围"),
        "composition": ("Composition", "组成形式"),
        "issue_date": ("Issued", "核发日期"),
        "registration_authority": ("Registrar", "登记机关"),
        "copy": ("Copy", "正副本"),
        "template": ("Template", "版式"),
        "qr_code": ("QR code", "二维码"),
        "office": ("Office", "商标局"),
        "application_number": ("Application no.", "申请号"),
        "mark_text": ("Mark", "商标"),
        "owner": ("Owner", "注册人"),
        "owner_address": ("Owner's address", "注册人地址"),
        "nice_classes": ("Nice classes", "国际分类"),
        "goods": ("Goods", "商品/服务"),
        "filing_date": ("Filed", "申请日期"),
        "registration_date": ("Registered", "注册日期"),
        "register": ("Register", "注册簿"),
        "designations": ("Designations", "指定缔约方"),
        "applicant": ("Applicant", "申请人"),
        "notice_date": ("Notice date", "通知日期"),
        "kind": ("Kind", "种类"),
        "assignee": ("Assignee", "受让人"),
        "new_owner_name": ("New owner name", "变更后名义"),
        "certified_date": ("Certified", "核准日期"),
        "licensor": ("Licensor", "授权方"),
        "licensee": ("Licensee", "被授权方"),
        "marks": ("Marks", "授权商标"),
        "trademark_numbers": ("Trademark nos.", "商标号"),
        "exclusivity": ("Exclusivity", "授权性质"),
        "platforms": ("Platforms", "平台"),
        "territory": ("Territory", "地域"),
        "sublicensing": ("Sub-licensing", "可转授权"),
        "signed_date": ("Signed", "签署日期"),
        "sealed": ("Sealed", "是否盖章"),
        "signed": ("Signed by hand", "是否签字"),
        "name": ("Name", "姓名"),
        "sex": ("Sex", "性别"),
        "birth_date": ("Born", "出生"),
        "id_number": ("ID number", "公民身份号码"),
        "issuing_authority": ("Issued by", "签发机关"),
        "certificate_number": ("Certificate no.", "证书编号"),
        "holder": ("Holder", "持证人"),
        "products": ("Products", "产品"),
        "issuer": ("Issuer", "发证机关"),
        "seller": ("Seller", "销售方"),
        "buyer": ("Buyer", "购买方"),
        "date": ("Date", "日期"),
        "number": ("Number", "号码"),
        "items": ("Items", "项目"),
    }
)
"""Entities of the contract."""

VALUES = _messages(
    {
        "long_term": ("long-term", "长期"),
        "legal_representative": ("legal representative", "法定代表人"),
        "operator": ("operator", "经营者"),
        "person_in_charge": ("person in charge", "负责人"),
        "partner": ("partner", "执行事务合伙人"),
        "investor": ("investor", "投资人"),
        "original": ("original", "正本"),
        "duplicate": ("duplicate", "副本"),
        "pre_2014": ("before 2014", "2014 年以前"),
        "exclusive": ("exclusive", "独占"),
        "sole": ("sole", "排他"),
        "non_exclusive": ("non-exclusive", "普通"),
        "principal": ("principal", "主簿"),
        "supplemental": ("supplemental", "副簿"),
        "male": ("male", "男"),
        "female": ("female", "女"),
        "ccc": ("CCC certificate", "强制性产品认证证书"),
        "ce": ("CE certificate or declaration", "CE 证书或符合性声明"),
        "rohs": ("RoHS certificate or declaration", "RoHS 证书或符合性声明"),
        "ukca": ("UKCA certificate or declaration", "UKCA 证书或符合性声明"),
        "reach": ("REACH declaration", "REACH 符合性声明"),
        "fcc": ("FCC authorization or declaration", "FCC 认证或符合性声明"),
        "cpc": ("Children's product certificate", "儿童产品证书"),
        "fda": ("FDA registration", "FDA 注册"),
        "kc": ("KC certificate", "KC 证书"),
        "pse": ("PSE certificate", "PSE 证书"),
        "test_report": ("test report", "检验检测报告"),
        "msds": ("safety data sheet", "安全技术说明书"),
        "un38_3": ("UN 38.3 test report or summary", "UN38.3 检测报告或概要"),
        "food_production": ("food production licence", "食品生产许可证"),
        "food_business": ("food business licence", "食品经营许可证"),
        "cosmetics_production": ("cosmetics production licence", "化妆品生产许可证"),
        "medical_device_registration": ("medical device registration or filing", "医疗器械注册证或备案凭证"),
        "medical_device_operation": ("medical device operation permit or filing", "医疗器械经营许可证或备案凭证"),
        "medical_device_production": ("medical device production permit or filing", "医疗器械生产许可证或备案凭证"),
        "tobacco_monopoly": ("tobacco monopoly licence", "烟草专卖许可证"),
        "refusal": ("refusal", "驳回"),
        "partial_refusal": ("partial refusal", "部分驳回"),
        "fee": ("fee", "缴费"),
        "publication": ("publication", "初步审定公告"),
    }
)
"""Values that are ids of the contract and not words of a page."""

STORE_TYPES = _messages(
    {
        "official": ("official store", "官方店"),
        "exclusive": ("exclusive store", "专卖店"),
        "specialised": ("specialised store", "专营店"),
        "other": ("store without a type", "其他店铺"),
    }
)


def title(titles: Mapping[str, Message], name: str, lang: str) -> str:
    """Return what people call `name`; an unknown one loses its underscores."""
    return spoken(titles[name], lang) if name in titles else name.replace("_", " ")


def spoken(message: Message, lang: str) -> str:
    """Return `message` in one language, `en` or `zh`."""
    return message.zh if lang == "zh" else message.en
