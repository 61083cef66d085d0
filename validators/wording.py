"""How messages call document types, their entities, values that are ids, and the form's fields, in both languages."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from pipeline.model import Message
from pipeline.report.titles import VALUES


def _names(rows: str) -> dict[str, Message]:
    table = (row.split("|") for row in rows.strip().splitlines())
    return {key.strip(): Message(en=en.strip(), zh=zh.strip()) for key, en, zh in table}


DOCUMENT_NAMES = _names("""
business_licence            | business licence            | 营业执照
trademark_certificate       | trademark certificate       | 商标注册证
trademark_acceptance_notice | acceptance notice           | 商标注册申请受理通知书
trademark_notice            | trademark office notice     | 商标局通知书
trademark_renewal           | renewal proof               | 商标续展注册证明
trademark_assignment        | assignment proof            | 商标转让证明
trademark_change            | change-of-name proof        | 注册商标变更证明
authorization_letter        | authorization letter        | 品牌授权书
identity_card               | identity card               | 身份证
qualification               | qualification               | 资质文件
purchase_invoice            | purchase invoice            | 进货发票
other                       | document of unknown type    | 类型未知的文件
""")
"""Document type of the contract → what people call it."""

ENTITY_NAMES = _names("""
unified_social_credit_code | unified social credit code | 统一社会信用代码
registration_number        | registration number        | 注册号
company_name               | company name               | 企业名称
company_type               | company type               | 企业类型
legal_person               | legal person               | 法定代表人
legal_person_role          | role of the legal person   | 法定代表人身份
registered_capital         | registered capital         | 注册资本
establishment_date         | establishment date         | 成立日期
valid_from                 | start of the term          | 有效期起始日
valid_to                   | end of the term            | 有效期截止日
address                    | address                    | 住所
business_scope             | business scope             | 经营范围
composition                | form of composition        | 组成形式
issue_date                 | issue date                 | 发照日期
registration_authority     | registration authority     | 登记机关
copy                       | kind of copy               | 正副本
template                   | template                   | 执照版式
qr_code                    | QR code                    | 二维码
office                     | trademark office           | 商标主管机关
application_number         | application number         | 申请号
mark_text                  | mark                       | 商标
owner                      | owner                      | 商标注册人
owner_address              | owner's address            | 注册人地址
nice_classes               | Nice classes               | 商标类别
goods                      | goods                      | 核定使用商品
filing_date                | filing date                | 申请日期
registration_date          | registration date          | 注册日期
register                   | register                   | 注册簿
designations               | designations               | 指定国
applicant                  | applicant                  | 申请人
notice_date                | notice date                | 发文日期
kind                       | kind                       | 种类
assignee                   | assignee                   | 受让人
new_owner_name             | new owner's name           | 变更后注册人名义
certified_date             | date of certification      | 核准日期
licensor                   | licensor                   | 授权人
licensee                   | licensee                   | 被授权人
licensees                  | licensees                  | 各被授权人
marks                      | marks                      | 授权商标
trademark_numbers          | trademark numbers          | 授权商标号
exclusivity                | exclusivity                | 授权性质
platforms                  | platforms                  | 授权平台
territory                  | territory                  | 授权地域
sublicensing               | right to sub-license       | 转授权
signed_date                | date of signature          | 签署日期
sealed                     | seal                       | 盖章
signed                     | signature                  | 签字
name                       | name                       | 姓名
sex                        | sex                        | 性别
birth_date                 | birth date                 | 出生日期
id_number                  | ID number                  | 公民身份号码
issuing_authority          | issuing authority          | 签发机关
certificate_number         | certificate number         | 证书编号
holder                     | holder                     | 持证人
products                   | products                   | 产品
issuer                     | issuer                     | 发证机构
seller                     | seller                     | 销售方
buyer                      | buyer                      | 购买方
date                       | date                       | 日期
number                     | number                     | 号码
items                      | items                      | 商品明细
""")
"""Entity of the contract → what people call it."""

QUALIFICATION_KINDS = _names("""
ccc                          | CCC certificate                                  | 强制性产品认证证书
ce                           | CE certificate or declaration                    | CE 证书或符合性声明
rohs                         | RoHS declaration                                 | RoHS 符合性声明
ukca                         | UKCA certificate or declaration                  | UKCA 证书或符合性声明
fcc                          | FCC authorization                                | FCC 认证
cpc                          | children's product certificate                   | 儿童产品证书
fda                          | FDA registration, listing or clearance           | FDA 注册、列名或许可
kc                           | KC certificate                                   | 韩国 KC 认证
pse                          | PSE certificate                                  | 日本 PSE 认证
e_mark                       | E-mark approval                                  | E-mark 认证
un38_3                       | UN 38.3 test summary of lithium batteries        | 锂电池 UN38.3 检测概要
test_report                  | test report                                      | 检测报告
food_production              | food production licence                          | 食品生产许可证
food_business                | food business licence or record                  | 食品经营许可证（备案）
health_food                  | health food registration or filing               | 保健食品注册证书或备案凭证
cosmetics_production         | cosmetics production licence                     | 化妆品生产许可证
cosmetics_registration       | cosmetics registration or filing                 | 化妆品注册证或备案凭证
medical_device_registration  | medical device registration or filing            | 医疗器械注册证或备案凭证
medical_device_operation     | medical device operation permit or class II record | 医疗器械经营许可证或第二类备案凭证
medical_device_production    | medical device production licence or record      | 医疗器械生产许可证或备案凭证
disinfection_production      | hygiene licence of a disinfection product maker  | 消毒产品生产企业卫生许可证
feed_production              | feed production licence                          | 饲料生产许可证
tobacco_monopoly             | tobacco monopoly licence                         | 烟草专卖许可证
travel_agency                | travel agency business licence                   | 旅行社业务经营许可证
publication_business         | publication business licence                     | 出版物经营许可证
""")
"""Kind of a qualification → what people call it; rulebooks may ask for these and no others."""

FORM_NAMES = _names("""
applicant.company_name               | company name               | 企业名称
applicant.unified_social_credit_code | unified social credit code | 统一社会信用代码
applicant.legal_person.name          | legal person's name        | 法定代表人姓名
applicant.legal_person.id_number     | legal person's ID number   | 法定代表人身份证号
account.login                        | kind of account            | 账号类型
account.id                           | account                    | 账号
settlement.channel                   | settlement channel         | 结算渠道
settlement.account_holder            | account holder             | 开户人
store.category                       | major category             | 经营大类
store.subcategories                  | subcategories              | 子类目
store.type                           | store type                 | 店铺类型
store.name                           | store name                 | 店铺名称
brands                               | brands                     | 品牌
brands.name                          | brand's name               | 品牌名称
brands.relation                      | relation to the brand      | 与品牌的关系
brands.office                        | trademark office           | 商标主管机关
brands.trademark_number              | trademark number           | 商标号
brands.nice_classes                  | Nice classes               | 商标类别
""")
"""Field of the application form, without positions → what people call it."""

_POSITION = re.compile(r"\[\d+\]")


@lru_cache(maxsize=256)
def form_name(path: str) -> Message:
    """Return what people call a field of the form, with the key under which they find it.

    Args:
        path: Dotted, with positions from 0, such as `brands[0].nice_classes`.
    """
    name = FORM_NAMES[_POSITION.sub("", path)]
    return Message(en=f"{name.en} (`{path}`)", zh=f"{name.zh}（`{path}`）")


def value_name(value: str) -> Message:
    """Return what people call a value that is an id of the contract, such as `non_exclusive`."""
    return VALUES[value]


def kind_name(kind: str) -> Message:
    """Return what people call a kind of qualification; of one that no rulebook may ask for, what reports call it."""
    return QUALIFICATION_KINDS.get(kind) or VALUES.get(kind) or Message(en=kind.replace("_", " "), zh=kind)


class Titled(Protocol):
    """What has a name in both languages."""

    @property
    def en(self) -> str:
        """In English."""

    @property
    def zh(self) -> str:
        """In Chinese."""


class Choice(Titled, Protocol):
    """What people choose by its id and know by its name."""

    @property
    def id(self) -> str:
        """As the form and the rulebook write it."""


def choices(offered: Sequence[Choice]) -> Message:
    """Return what there is to choose from, each by its name and the id that the form takes."""
    return Message(
        en=", ".join(f"{each.en} (`{each.id}`)" for each in offered),
        zh="、".join(f"{each.zh}（`{each.id}`）" for each in offered),
    )


def in_both(*names: Titled) -> str:
    """Return names, any one of which will do, as `expected` and `found` say them: one text for readers of either."""
    return " / ".join(f"{name.zh} · {name.en}" for name in names)


NONE = in_both(Message(en="none", zh="无"))
"""What is found where nothing is."""


def or_later(day: date) -> str:
    """Return what is expected of a day that may not lie before this one."""
    return in_both(Message(en=f"{day} or later", zh=f"不早于 {day}"))


def or_earlier(day: date) -> str:
    """Return what is expected of a day that may not lie after this one."""
    return in_both(Message(en=f"{day} or earlier", zh=f"不晚于 {day}"))


def documents_in_both(*types: str) -> str:
    """Return what document types are called in both languages, any one of which will do."""
    return in_both(*(DOCUMENT_NAMES[each] for each in types))
