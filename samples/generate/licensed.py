"""Dossiers in which everything holds, of sellers who need more than a licence and a mark of their own."""

from dataclasses import replace
from datetime import date

from samples.generate.companies import Company, invent_company
from samples.generate.conditions import Condition
from samples.generate.facts import Act, Bought, ForeignMark, Invoice, Kind, Layout, Mark, OfficePaper, Qualified
from samples.generate.files import Format
from samples.generate.granted import card_of, chain_of, declared_as_authorized, letter_of
from samples.generate.papers import certificate, modern
from samples.generate.plan import Expected, File, Sample, Sheet, Store, form_of

_SCANNED, _PHOTOGRAPHED = Condition.SCANNED, Condition.PHOTOGRAPHED


def _approved(why: str) -> Expected:
    return Expected("approved", why)


def _of_another(name: str, city: str, brand: str, number: str, nice_class: int, goods: tuple[str, ...]) -> Mark:
    """Return the certificate of a mark that the company of that name owns."""
    owner = invent_company(name, city, goods="日用百货、工艺品")
    return certificate(owner, brand, number, nice_class, goods, date(2023, 8, 14))


def _exclusive() -> Sample:
    company = invent_company("苏州市鹿溪家居用品有限公司", "苏州市", goods="家居用品、日用百货")
    goods = ("家用或厨房用容器", "瓷器", "保温瓶", "刷子", "水晶（玻璃制品）")
    mark = _of_another("厦门市砚池陶瓷有限公司", "厦门市", "INKWELLO", "68203417", 21, goods)
    letter = replace(letter_of(mark, company.name), exclusivity="exclusive", sublicensing=False)
    store = Store("home_garden", "exclusive", "INKWELLO kitchen store")
    return Sample(
        "letter-exclusive",
        declared_as_authorized(form_of(company, store), mark),
        (
            File("licence.webp", Format.WEBP, (Sheet(modern(company, established=date(2021, 4, 12))),)),
            File("certificate.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("授权书.jpg", Format.JPEG, (Sheet(letter, _SCANNED, width=1000),)),
        ),
        _approved("exclusive store of someone else's mark, with the registrant's letter: a Chinese form, sealed"),
    )


def _chain() -> Sample:
    company = invent_company("义乌市松果里玩具商行", "义乌市", goods="箱包、日用百货", kind=Kind.INDIVIDUAL)
    middle = invent_company("杭州远帆品牌管理有限公司", "杭州市", goods="箱包、日用百货")
    goods = ("旅行箱", "背包", "手提包", "钱包（钱夹）", "伞")
    mark = _of_another("广州市望川皮具有限公司", "广州市", "PORTELLANO", "66817254", 18, goods)
    first, second = chain_of(mark, middle, company.name)
    return Sample(
        "letter-chain",
        declared_as_authorized(form_of(company, Store("luggage_bags", "specialised", "Pine Cone bag store")), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2022, 6, 20))),)),
            File("certificate.webp", Format.WEBP, (Sheet(mark, _SCANNED, width=1200),)),
            File("授权/1.jpg", Format.JPEG, (Sheet(first, _PHOTOGRAPHED, width=1050),)),
            File("授权/2.jpg", Format.JPEG, (Sheet(second, _SCANNED, width=1000),)),
        ),
        _approved("two letters in prose, from the registrant by a company with the right to sub-license"),
    )


def _official() -> Sample:
    company = invent_company("深圳市听潮音频科技有限公司", "深圳市", goods="电子产品、通讯设备")
    goods = ("耳机", "扬声器音箱", "麦克风", "移动电话用保护壳", "电池充电器")
    mark = _of_another("苏州市虚舟电子有限公司", "苏州市", "TIDEVOX", "70442618", 9, goods)
    letter = replace(letter_of(mark, company.name), layout="table", exclusivity="exclusive", platforms=("速卖通",))
    licence = modern(company, established=date(2020, 2, 17))
    return Sample(
        "letter-official",
        declared_as_authorized(
            form_of(company, Store("consumer_electronics", "official", "TIDEVOX official store")), mark
        ),
        (
            File("licence.png", Format.PNG, (Sheet(licence),)),
            File("brand.pdf", Format.TEXT_PDF, (Sheet(mark), Sheet(letter))),
        ),
        _approved(
            "official store on the registrant's exclusive letter, a table; certificate and letter in one PDF with text"
        ),
    )


def _person() -> Sample:
    company = invent_company("成都市半夏里茶具有限公司", "成都市", goods="茶具、日用百货")
    person = invent_company("成都市武侯区半夏手作坊", "成都市", goods="茶具", kind=Kind.INDIVIDUAL)
    goods = ("茶具（餐具）", "瓷器", "杯", "家用或厨房用容器")
    owned = certificate(person, "BANXIARO", "65390172", 21, goods, date(2022, 11, 14), style="electronic")
    mark = replace(owned, owner=person.person.name)
    letter = replace(letter_of(mark, company.name), layout="prose", by_person=True)
    card = card_of(person.person, "成都市", issued=date(2019, 3, 18))
    return Sample(
        "letter-from-person",
        declared_as_authorized(form_of(company, Store("home_garden", "exclusive", "BANXIARO tea store")), mark),
        (
            File("1.webp", Format.WEBP, (Sheet(modern(company, established=date(2021, 10, 9)), _SCANNED),)),
            File("2.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("3.jpg", Format.JPEG, (Sheet(letter, _SCANNED, width=1000),)),
            File("身份证.jpg", Format.JPEG, (Sheet(card, _PHOTOGRAPHED, width=1100),)),
        ),
        _approved("the registrant is a natural person, who signs and seals the letter and adds the identity card"),
    )


def permit_of(company: Company, *, issued: date, until: date) -> Qualified:
    """Return a company's food business licence."""
    return Qualified(
        kind="food_business",
        layout="permit",
        title="食品经营许可证",
        number=f"JY1{company.code[2:6]}97{company.registration_number[-7:]}",
        holder=company.name,
        holder_address=company.address,
        products=("预包装食品销售", "散装食品销售"),
        issued=issued,
        valid_to=until,
        issuer=company.authority,
        person=company.person.name,
        code=company.code,
    )


def _food() -> Sample:
    company = invent_company("青岛市丰叶茶业有限公司", "青岛市", goods="食品、茶叶")
    goods = ("茶", "糖果", "糕点", "咖啡", "蜂蜜")
    mark = certificate(company, "LEAFANDO", "67128840", 30, goods, date(2023, 3, 7))
    permit = permit_of(company, issued=date(2024, 5, 16), until=date(2029, 5, 15))
    return Sample(
        "food-licensed",
        form_of(company, Store("food", "official", "LEAFANDO official store", ("tea",)), mark),
        (
            File("licence.webp", Format.WEBP, (Sheet(modern(company, established=date(2019, 8, 26))),)),
            File("trademark.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("食品经营许可证.webp", Format.WEBP, (Sheet(permit, _SCANNED),)),
        ),
        _approved("food, with a food business licence in the applicant's name"),
    )


def _toys() -> Sample:
    company = invent_company("义乌市石榴湾玩具有限公司", "义乌市", goods="玩具、工艺品")
    goods = ("玩具", "积木（玩具）", "长毛绒玩具", "拼图玩具")
    mark = certificate(company, "GRANATOY", "69517730", 28, goods, date(2023, 6, 28))
    ccc = Qualified(
        kind="ccc",
        layout="ccc",
        title="中国国家强制性产品认证证书",
        number="2024972200318846",
        holder=company.name,
        holder_address=company.address,
        products=("塑胶玩具",),
        issued=date(2024, 9, 12),
        valid_to=date(2029, 9, 11),
        issuer="中国星屿质量认证中心",
    )
    return Sample(
        "toys-ccc",
        form_of(company, Store("toys_hobbies", "official", "GRANATOY official store", ("building_blocks",)), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2020, 6, 1))),)),
            File("trademark.webp", Format.WEBP, (Sheet(mark, width=1200),)),
            File("CCC.png", Format.PNG, (Sheet(ccc, width=1100),)),
        ),
        _approved("toys, with their CCC certificate"),
    )


def american_mark(text: str, *, supplemental: bool = False) -> ForeignMark:
    """Return a mark that a company of Sampletown registered in the United States, on an electronic certificate."""
    return ForeignMark(
        layout=Layout.USPTO_ELECTRONIC,
        text=text,
        number="7310264" if supplemental else "7284119",
        owner="Larkfield Outdoor LLC",
        address=("218 Brindle Street", "Sampletown, DELAWARE 19901"),
        goods=((25, ("Clothing, namely, shirts, trousers and jackets", "Footwear", "Headwear")),),
        registered=date(2024, 1, 23),
        filed=date(2022, 11, 8),
        application="97664210",
        supplemental=supplemental,
    )


def _american() -> Sample:
    company = invent_company("厦门市晴澜服饰有限公司", "厦门市", goods="服装、鞋帽")
    mark = american_mark("HALVRENO")
    letter = replace(letter_of(mark, company.name), exclusivity="exclusive")
    return Sample(
        "american-mark",
        declared_as_authorized(form_of(company, Store("apparel", "exclusive", "HALVRENO outdoor store")), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2021, 3, 15))),)),
            File("registration certificate.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("authorization.jpg", Format.JPEG, (Sheet(letter, _SCANNED, width=1000),)),
        ),
        _approved("a mark registered in the United States, electronic certificate, and its owner's letter"),
    )


def _assigned() -> Sample:
    company = invent_company("广州市云栈箱包有限公司", "广州市", goods="箱包、皮革制品")
    goods = ("旅行箱", "背包", "手提包", "钱包（钱夹）")
    mark = _of_another("广州市旧栈皮件有限公司", "广州市", "CLOUDPIERA", "52871903", 18, goods)
    proof = OfficePaper(
        act=Act.ASSIGNMENT,
        number=mark.number,
        nice_class=18,
        text=mark.text,
        party=company.name,
        former=mark.owner,
        address=company.address,
        dated=date(2025, 6, 20),
    )
    return Sample(
        "mark-assigned",
        form_of(company, Store("luggage_bags", "official", "CLOUDPIERA official store", ("backpacks",)), mark),
        (
            File("licence.webp", Format.WEBP, (Sheet(modern(company, established=date(2019, 5, 15))),)),
            File("商标注册证.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("商标转让证明.jpg", Format.JPEG, (Sheet(proof, _SCANNED, width=1000),)),
        ),
        _approved("the certificate names the mark's former owner, and CNIPA's proof its assignment to the applicant"),
    )


def _invoice() -> Sample:
    company = invent_company("杭州市萧山区拾光钟表行", "杭州市", goods="钟表、饰品", kind=Kind.INDIVIDUAL)
    goods = ("手表", "钟", "表带", "计时器（手表）")
    mark = _of_another("深圳市银杏钟表有限公司", "深圳市", "GINKORIO", "64930285", 14, goods)
    maker = invent_company(mark.owner, "深圳市", goods="日用百货、工艺品")
    invoice = Invoice(
        style="digital",
        number="26977000000418825361",
        seller=maker.name,
        seller_code=maker.code,
        buyer=company.name,
        buyer_code=company.code,
        day=date(2026, 9, 3),
        items=(Bought("*钟表*GINKORIO石英手表", 60, 88), Bought("*钟表*GINKORIO表带", 200, 12)),
    )
    return Sample(
        "invoice-specialised",
        declared_as_authorized(form_of(company, Store("watches", "specialised", "Ten Light watch store")), mark),
        (
            File("licence.jpg", Format.JPEG, (Sheet(modern(company, established=date(2022, 3, 1))),)),
            File("trademark.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("发票.pdf", Format.TEXT_PDF, (Sheet(invoice),)),
        ),
        _approved("a specialised store that bought the goods: an invoice in the place of a letter"),
    )


def licensed() -> tuple[Sample, ...]:
    """Return every dossier with papers of other kinds that must be approved."""
    makers = (_exclusive, _chain, _official, _person, _food, _toys, _american, _assigned, _invoice)
    return tuple(make() for make in makers)
