"""The words by which authorization letters name their parts, in Chinese and English.

Labels of forms and tables, titles, names of marketplaces. Sources: docs/sources.md#authorization-letters.
"""

import re
from enum import StrEnum


class Part(StrEnum):
    """What a stretch of a letter says."""

    LICENSOR = "LICENSOR"
    LICENSEE = "LICENSEE"
    MARK = "MARK"
    NUMBER = "NUMBER"
    CLASSES = "CLASSES"
    GRANT = "GRANT"
    """Exclusive, sole or not."""
    PLATFORM = "PLATFORM"
    TERRITORY = "TERRITORY"
    SCOPE = "SCOPE"
    """授权范围: platforms or a territory, whichever the words are."""
    SUBLICENSE = "SUBLICENSE"
    PERIOD = "PERIOD"
    START = "START"
    END = "END"
    SIGNED = "SIGNED"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|"))


_LABELS: dict[Part, tuple[str, ...]] = {
    Part.LICENSOR: _words(
        "授权人|授权方|授权单位|授权公司|授权企业|授权商|授权主体|许可人|许可方|商标权利人|商标权人|商标注册人|"
        "商标持有人|商标所有人|"
        "品牌方|品牌商|品牌持有人|品牌所有人|权利人|甲方|"
        "Licensor|Authorizer|Authoriser|Authorizor|Authorizing Party|Authorising Party|Authorizing Company|Grantor|"
        "Brand Owner|"
        "Trademark Owner|Trade Mark Owner|Owner of the Trademark|Owner of the Mark|Rights Owner|Right Holder|"
        "Trademark Holder|Party A"
    ),
    Part.LICENSEE: _words(
        "被授权人|被授权方|被授权单位|被授权公司|被授权企业|被授权商|被授权主体|被许可人|被许可方|受权人|受权方|"
        "受权单位|受让方|乙方|"
        "Licensee|Authorized Party|Authorised Party|Authorized Company|Authorised Company|Authorized Person|Authorizee|"
        "Authorized Distributor|Authorised Distributor|Authorized Reseller|Authorised Reseller|Authorized Seller|"
        "Authorised Seller|Authorized Dealer|Grantee|Party B"
    ),
    Part.MARK: _words(
        "授权品牌名称|授权商标名称|授权使用商标|授权品牌|授权商标|许可使用商标|许可商标|商标名称|品牌名称|商标文字|"
        "注册商标|商标|品牌|"
        "Trademark Name|Trademarks|Trademark(s)|Trademark|Trade Mark|Brand Names|Brand Name|Brand(s)|Brands|Brand|"
        "Licensed Mark|"
        "Licensed Marks|Authorized Brand|Authorised Brand|Marks|Mark"
    ),
    Part.NUMBER: _words(
        "商标注册号/申请号|注册号/申请号|商标注册证号码|商标注册证编号|商标注册证号|商标注册号码|商标注册号|商标证号|"
        "商标编号|商标号码|商标号|注册证号|注册号|申请号|"
        "Trademark Registration Number|Trademark Registration No|Registration Number(s)|Registration Number|"
        "Registration Nos|"
        "Registration No|Reg. Nos|Reg. No|Reg No|Trademark Numbers|Trademark Number|Trademark Nos|Trademark No|"
        "Application Number|Application No|Serial Number|Serial No"
    ),
    Part.CLASSES: _words(
        "商标注册类别|商标类别|注册类别|国际分类号|国际分类|核定使用类别|核定类别|授权类别|商品类别|尼斯分类|类别|"
        "International Classes|International Class|Nice Classes|Nice Class|Int. Cl|Classes|Class(es)|Class"
    ),
    Part.GRANT: _words(
        "授权类型|授权性质|许可方式|授权方式|许可类型|许可种类|授权种类|授权形式|许可性质|使用许可方式|"
        "Type of Authorization|Type of Authorisation|Authorization Type|Authorisation Type|Type of License|Type of "
        "Licence|"
        "License Type|Licence Type|Kind of Licence|Kind of License|Nature of Authorization|Exclusivity"
    ),
    Part.PLATFORM: _words(
        "授权销售平台|授权平台|销售平台|授权渠道|销售渠道|授权店铺平台|使用平台|经营平台|入驻平台|平台名称|平台|"
        "Authorized Platforms|Authorized Platform|Authorised Platforms|Authorised Platform|Sales Platforms|Sales "
        "Platform|"
        "Sales Channels|Sales Channel|Authorized Channels|Platform(s)|Platforms|Platform|Marketplaces|Marketplace|"
        "Channels"
    ),
    Part.TERRITORY: _words(
        "授权区域|授权地域|授权地区|授权地域范围|销售区域|销售地区|许可区域|许可地域|地域范围|使用地域|地域|区域|"
        "Authorized Territory|Authorised Territory|Authorized Region|Territories|Territory|Region|Sales Territory|"
        "Geographic Scope"
    ),
    Part.SCOPE: _words("授权使用范围|授权范围|许可范围|使用范围|Scope of Authorization|Scope of Authorisation|Scope"),
    Part.SUBLICENSE: _words(
        "转授权权利|转授权|再授权|分许可|再许可|是否可转授权|是否允许转授权|是否有权转授权|转授权权限|"
        "Right to Sublicense|Right to Sub-license|Sublicensing Right|Sub-licensing|Sublicensing|Sublicense|Sub-license|"
        "Sub-authorization|Sub-authorisation"
    ),
    Part.PERIOD: _words(
        "授权有效期限|授权有效期|授权期限|授权期间|授权时间|授权期|许可使用期限|许可期限|使用期限|有效期限|有效期间|"
        "有效期至|有效期|期限|"
        "Authorization Period|Authorisation Period|Period of Authorization|Period of Authorisation|Validity Period|"
        "Period of Validity|"
        "Valid Period|Term of Validity|Term of Authorization|Term of Authorisation|License Term|Licence Term|Validity|"
        "Valid Until|"
        "Valid Till|Term|Period|Duration"
    ),
    Part.START: _words(
        "授权开始日期|授权起始日期|开始日期|起始日期|生效日期|生效日|Start Date|Commencement Date|Effective Date|"
        "Valid From"
    ),
    Part.END: _words(
        "授权截止日期|授权结束日期|授权终止日期|截止日期|结束日期|终止日期|到期日|"
        "Expiration Date|Expiry Date|Date of Expiry|End Date|Expires on|Valid To"
    ),
    Part.SIGNED: _words(
        "签署日期|签发日期|签订日期|签字日期|出具日期|落款日期|发证日期|颁发日期|授权日期|签署日|日期|"
        "Date of Signature|Date of Signing|Signing Date|Signature Date|Date of Issue|Issue Date|Issued on|Date Signed|"
        "Dated|Date"
    ),
}

OTHER_LABELS = _words(
    "名称|公司名称|企业名称|单位名称|Company Name|Company|地址|住所|注册地址|联系地址|联系电话|电话|联系人|传真|邮箱|"
    "统一社会信用代码|营业执照号|营业执照注册号|身份证号|"
    "身份证号码|护照号|"
    "法定代表人|法人代表|法人|代表人|授权代表|签字|签名|签章|盖章|公章|店铺名称|店铺链接|店铺网址|授权编号|编号|"
    "证书编号|授权商品|授权产品|商品范围|备注|网址|"
    "核定使用商品|核定商品|商品|产品|授权内容|授权用途|授权事项|声明|兹授权|特此授权|店铺ID|"
    "Address|Registered Address|Tel|Phone|Email|E-mail|Fax|Website|Signature|Signed by|Signed|By|Name|Title|Position|"
    "Store Name|Store|Store Link|"
    "Authorized Signatory|Authorized Signature|Authorized Representative|Representative|Company Seal|Seal|Stamp|Goods|"
    "Products|"
    "Certificate No|Ref|Ref. No|Subject|Passport No|Company Number|Registered No|Its|Witness|Remarks|Purpose"
)
"""Labels of which nothing is wanted: they end the value before them."""


def _letters(text: str) -> str:
    """Return `text` without spaces and punctuation, in capitals."""
    return re.sub(r"[\W_]+", "", text).upper()


LABELS: dict[str, Part | None] = {
    **{_letters(word): None for word in OTHER_LABELS},
    **{_letters(word): part for part, words in _LABELS.items() for word in words},
}
"""Every label by its letters alone; None for those of which nothing is wanted."""

_PLATFORM_NAMES = _words(
    "全球速卖通|速卖通|AliExpress|Ali Express|天猫国际|天猫|Tmall Global|Tmall|淘宝网|淘宝|Taobao|京东国际|京东商城|"
    "京东|JD.com|"
    "拼多多|Pinduoduo|抖音电商|抖音|快手|小红书|唯品会|苏宁易购|得物|阿里巴巴国际站|阿里巴巴|Alibaba.com|Alibaba|1688|"
    "亚马逊|Amazon|eBay|虾皮|Shopee|来赞达|Lazada|Temu|SHEIN|希音|Wish|沃尔玛|Walmart|Ozon|Wildberries|TikTok Shop|"
    "TikTok|"
    "美客多|Mercado Libre|MercadoLibre|Allegro|Joom|Coupang|Rakuten|乐天|Etsy|Daraz|Jumia|Noon|Cdiscount|Zalando|Otto|"
    "Miravia|"
    "Trendyol|Hepsiburada|Flipkart|Qoo10|Shopify|微店|有赞"
)
_WORDS_TOO = frozenset({"Wish", "Noon", "Otto"})
"""Names that are also words, or people: they count as they are written, case and all."""


def _name_pattern(name: str) -> str:
    if name.isdecimal():
        return rf"(?<!\d){name}(?!\d)"
    return f"(?-i:{name})" if name in _WORDS_TOO else re.escape(name)


_PLATFORM_NAME = "|".join(_name_pattern(name) for name in sorted(_PLATFORM_NAMES, key=len, reverse=True))
PLATFORM_NAMES = re.compile(
    rf"(?<![A-Za-z])(?:{_PLATFORM_NAME})(?:(?<=[a-z])(?![a-z])|(?<![a-z]))|(?:{_PLATFORM_NAME})(?<![a-z])",
    re.IGNORECASE,
)
"""Names of marketplaces."""

_TWICE_NAMED = tuple(
    frozenset(_words(names.casefold()))
    for names in (
        "全球速卖通|速卖通|AliExpress|Ali Express",
        "天猫国际|天猫|Tmall Global|Tmall",
        "淘宝网|淘宝|Taobao",
        "京东商城|京东|JD.com",
        "拼多多|Pinduoduo",
        "阿里巴巴国际站|阿里巴巴|Alibaba.com|Alibaba",
        "亚马逊|Amazon",
        "虾皮|Shopee",
        "来赞达|Lazada",
        "希音|SHEIN",
        "沃尔玛|Walmart",
        "美客多|Mercado Libre|MercadoLibre",
        "乐天|Rakuten",
    )
)


def same_platform(one: str, other: str) -> bool:
    """Whether two names are of one marketplace: 速卖通 AliExpress."""
    return any({one.casefold(), other.casefold()} <= names for names in _TWICE_NAMED)


PLATFORM_WORDS = re.compile(
    r"(?:各大|所有|全部|全网|国内外|境内外|海外|国内|国际|主流|各类|任何|其他|等|线上|跨境|的)*"
    r"(?:跨境电商|跨境电子商务|电子商务|电商|网络销售|网络购物|网络|线上|互联网)(?:销售)?(?:平台|渠道)"
    r"|(?:(?:all|any|major|other|online|leading|international|cross-border|global|domestic|the)\s+)*"
    r"(?:(?:e-?commerce|online|electronic commerce)\s+(?:sales\s+|shopping\s+)*(?:platforms?|marketplaces?|channels?|"
    r"websites?|sites?)|marketplaces)",
    re.IGNORECASE,
)
"""Words that stand for many marketplaces."""

TITLES = _words(
    "授权书|品牌授权书|商标授权书|商标使用授权书|商标授权使用书|商标许可使用授权书|商标使用许可授权书|商标使用许可书|"
    "品牌使用授权书|品牌销售授权书|品牌经销授权书|"
    "独占授权书|独家授权书|商标独占授权书|商标独占使用授权书|品牌独占授权书|品牌独家授权书|商标独占许可授权书|"
    "独占许可授权书|排他授权书|普通授权书|"
    "销售授权书|产品销售授权书|网络销售授权书|线上销售授权书|电商销售授权书|经销授权书|经销商授权书|分销授权书|"
    "代理授权书|代理商授权书|总代理授权书|总经销授权书|"
    "旗舰店授权书|官方旗舰店授权书|专卖店授权书|专营店授权书|店铺授权书|网店授权书|速卖通品牌授权书|天猫品牌授权书|"
    "产品授权书|商品授权书|销售授权证书|"
    "授权证书|品牌授权证书|商标授权证书|经销商授权证书|代理授权证书|品牌授权证明|商标授权证明|授权证明|授权证明书|"
    "授权经销证书|授权函|品牌授权函|商标授权函|"
    "转授权书|品牌转授权书|商标转授权书|再授权书|二级授权书|品牌二级授权书|商标授权委托书|品牌授权委托书|"
    "Letter of Authorization|Letter of Authorisation|Authorization Letter|Authorisation Letter|Letter of Authority|"
    "Authority Letter|"
    "Brand Authorization Letter|Brand Authorisation Letter|Brand Letter of Authorization|Trademark Authorization "
    "Letter|Trademark Authorisation Letter|"
    "Trademark Letter of Authorization|Letter of Brand Authorization|Letter of Trademark Authorization|Trademark "
    "Authorization|Trademark Authorisation|"
    "Brand Authorization|Brand Authorisation|Certificate of Authorization|Certificate of Authorisation|Authorization "
    "Certificate|Authorisation Certificate|"
    "Brand Authorization Certificate|Dealer Authorization Letter|Dealership Certificate|Distributor Authorization "
    "Letter|Distribution Authorization Letter|"
    "Distributor Authorization|Reseller Authorization Letter|Authorized Distributor Certificate|Authorised "
    "Distributor Certificate|"
    "Certificate of Authorized Distributor|Authorized Dealer Certificate|Authorised Dealer Certificate|Authorized "
    "Reseller Certificate|"
    "Authorized Reseller Letter|Distributorship Certificate|Distribution Certificate|Manufacturer Authorization|"
    "Manufacturer's Authorization|"
    "Manufacturers Authorization Form|Manufacturer's Authorization Form|Manufacturer's Authorization Letter|"
    "Manufacturer Authorization Letter|"
    "Trademark License Letter|Trademark Licence Letter|Trademark Use Authorization|Trademark Usage Authorization "
    "Letter|Power of Attorney for Trademark Use|"
    "Letter of Sub-Authorization|Sub-Authorization Letter|Exclusive Authorization Letter|Exclusive Letter of "
    "Authorization|"
    "授权书Letter of Authorization|授权书Authorization Letter|品牌授权书Brand Authorization Letter|品牌授权书Letter "
    "of Brand Authorization|"
    "品牌授权书Brand Authorization|商标授权书Trademark Authorization Letter|商标授权书Trademark Authorization|"
    "商标授权书Letter of Trademark Authorization|"
    "Yetki Belgesi|YETKİ BELGESİ|YETKİ BELGESI|Yetkili Bayi Belgesi|Yetkili Satıcı Belgesi|Bayilik Belgesi"
)
"""Titles of letters; the last few are Turkish."""

CUES = tuple(
    _letters(cue)
    for cue in _words(
        "被授权|被许可|兹授权|特授权|现授权|授权人|授权方|许可人|授权期限|授权有效期|授权平台|授权区域|授权品牌|"
        "授权商标|转授权|独占授权|独家授权|"
        "公司授权|授权医院|授权经销|特此授权|速卖通|"
        "Authorization Letter|Letter of Authorization|Authorisation Letter|hereby authorize|hereby authorise|do "
        "hereby authorize|"
        "hereby appoint|authorized dealer|authorised dealer|authorized distributor|authorised distributor|authorized "
        "reseller|"
        "authorised reseller|authorized stockist|authorized stockiest|authorised stockist|hereby confirm|hereby "
        "certify|"
        "to whom it may concern|Authorized Signatory|Authorised Signatory|for and on behalf of|validity of|sublicense "
        "the|may not sublicense|"
        "Licensor|Licensee|Brand Owner|Authorized Brand|Authorized Platforms|Authorized Party|Authorization Period|"
        "Period of Validity|Type of Authorization|Sub-licensing|"
        "hereby grants to|license to use the mark|owner of the trademark|Reg No|takes effect|sell and distribute|"
        "markalı|yetkilidir|yetkili satıcı|firması|satış bayi"
    )
)
"""What speaks for a letter whose title is not legible, or that has none; letters alone, as the classifier sees them."""

AGAINST = (
    *_words(
        "商标注册证|营业执照|商标使用许可合同|商标许可合同|许可合同|采购合同|购销合同|买卖合同|销售合同|经销合同|"
        "合作协议|"
        "经销协议|代理协议|框架协议|"
        "委托代理合同|法人授权委托书|法定代表人授权委托书|授权委托书|投标授权书|合作意向书|意向书|商标代理委托书|"
        "委托书|"
        "受理通知书|许可证|备案凭证|检测报告|"
        "Purchase Agreement|Purchase Contract|Sales Contract|Purchase Order|Letter of Intent|"
        "Memorandum of Understanding|Certificate of Registration|"
        "Distribution Agreement|Non-Disclosure Agreement|Power of Attorney|Test Report|Declaration of Conformity|"
        "Commercial Invoice|Proforma Invoice|Invoice"
    ),
    "~not legally binding",
    "~shall not be legally binding",
    "~non-binding letter of intent",
    "~不具有法律约束力",
    "~不具法律约束力",
    "~无法律约束力",
    "~委托代理权限",
    "~参加投标",
    "~以我方名义",
)
"""Look-alikes: contracts, powers of attorney to sign or bid in somebody's name, letters of intent."""
