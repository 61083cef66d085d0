"""Dossiers in which everything holds."""

from dataclasses import replace
from datetime import date

from samples.generate.companies import invent_company, licence_of
from samples.generate.conditions import Condition
from samples.generate.facts import Era, Kind
from samples.generate.files import Format
from samples.generate.papers import APPAREL, certificate, modern, notice
from samples.generate.plan import Expected, File, Sample, Sheet, Store, form_of

_SCANNED, _PHOTOGRAPHED = Condition.SCANNED, Condition.PHOTOGRAPHED


def _approved(why: str) -> Expected:
    return Expected("approved", why)


def _starriver() -> Sample:
    company = invent_company("深圳市星河屿跨境电子商务有限公司", "深圳市", goods="服装、鞋帽")
    mark = certificate(company, "STARRIVER", "77103325", 25, APPAREL, date(2024, 8, 14))
    store = Store("apparel", "official", "STARRIVER official store", ("dresses", "hats"))
    return Sample(
        "starriver",
        form_of(company, store, mark),
        (
            File("01.jpg", Format.JPEG, (Sheet(modern(company, established=date(2019, 6, 3))),)),
            File("02.pdf", Format.TEXT_PDF, (Sheet(mark),)),
        ),
        _approved("official store of a registered mark of its own; clean pages, long-term licence"),
    )


def _northlane() -> Sample:
    company = invent_company("广州市北巷履行贸易有限公司", "广州市", goods="鞋帽、服装")
    goods = ("鞋", "运动鞋", "靴", "拖鞋", "凉鞋", "鞋底", "袜")
    mark = certificate(company, "NORTHLANO", "61284907", 25, goods, date(2022, 9, 7))
    licence = modern(company, established=date(2019, 9, 16), until=date(2039, 9, 15), copy="duplicate")
    return Sample(
        "shoes-official-scan",
        form_of(
            company,
            Store("shoes", "official", "NORTHLANO official store", ("mens_shoes", "womens_shoes")),
            mark,
            channel="worldfirst",
        ),
        (
            File("licence scan.jpg", Format.JPEG, (Sheet(licence, _SCANNED, watermark="仅供平台入驻审核使用"),)),
            File("certificate.png", Format.PNG, (Sheet(mark),)),
        ),
        _approved("duplicate with an end of its period, scanned a little askew, a watermark across it"),
    )


def _luggage() -> Sample:
    company = invent_company("杭州行囊里箱包有限公司", "杭州市", goods="箱包、皮革制品")
    goods = ("旅行箱", "背包", "手提包", "钱包（钱夹）", "伞", "旅行用具（皮件）")
    mark = certificate(company, "VELQUARO", "70915533", 18, goods, date(2023, 10, 28))
    day = date(2023, 2, 9)
    licence = licence_of(company, Era.LANDSCAPE_2019, established=day, issued=day, until=None)
    return Sample(
        "luggage-no-period",
        form_of(
            company,
            Store("luggage_bags", "exclusive", "VELQUARO travel store", ("suitcases", "backpacks")),
            mark,
            login="alipay",
        ),
        (
            File("IMG_2041.jpg", Format.TURNED_JPEG, (Sheet(licence, _PHOTOGRAPHED),)),
            File("trademark.pdf", Format.TEXT_PDF, (Sheet(mark),)),
        ),
        _approved("issued after 2022-03-01, so that no operating period is printed; a phone photo turned by EXIF"),
    )


def _individual() -> Sample:
    company = invent_company("杭州市余杭区青瓷里服装商行", "杭州市", goods="服装、鞋帽", kind=Kind.INDIVIDUAL)
    mark = notice(company, "QINGCILI", "94120587", 25, filed=date(2026, 7, 20), noticed=date(2026, 8, 12))
    day = date(2021, 4, 19)
    licence = licence_of(company, Era.LANDSCAPE_2019, established=day, issued=day)
    return Sample(
        "individual-apparel-tm",
        form_of(company, Store("apparel", "specialised", "Pear Lane clothing store"), mark),
        (
            File("营业执照.heic", Format.HEIC, (Sheet(licence, _PHOTOGRAPHED),)),
            File("受理通知书.pdf", Format.TEXT_PDF, (Sheet(mark),)),
        ),
        _approved("individual business, specialised store, mark applied for three months ago"),
    )


def _watches() -> Sample:
    company = invent_company("厦门市潮汐钟表有限公司", "厦门市", goods="钟表、饰品")
    goods = ("手表", "钟", "表带", "表盒（礼品）", "计时器（手表）")
    mark = certificate(company, "TIDOWELL", "23703416", 14, goods, date(2018, 2, 14), style="paper")
    day = date(2016, 5, 24)
    licence = licence_of(
        company, Era.PORTRAIT_2014, established=day, issued=day, until=date(2046, 5, 23), copy="duplicate"
    )
    return Sample(
        "watches-portrait",
        form_of(company, Store("watches", "exclusive", "TIDOWELL classic store", ("quartz_watches",)), mark),
        (
            File("scan/0001.jpg", Format.JPEG, (Sheet(licence, _SCANNED),)),
            File("scan/0002.jpg", Format.JPEG, (Sheet(mark, _SCANNED),)),
        ),
        _approved("portrait licence of 2016 and a paper certificate of 2018 that runs until 2028"),
    )


def _two_brands() -> Sample:
    company = invent_company("青岛市逐浪体育用品有限公司", "青岛市", goods="体育用品、服装")
    goods = ("锻炼身体器械", "运动球类", "体育活动器械", "游泳池（娱乐用品）", "轮滑鞋")
    owned = certificate(company, "KELPARO", "74420961", 28, goods, date(2024, 4, 7))
    pending = notice(company, "SURFINDO", "94377120", 28, filed=date(2026, 8, 3), noticed=date(2026, 8, 24))
    licence = modern(company, established=date(2020, 11, 2), copy="duplicate")
    sheets = tuple(Sheet(facts, _SCANNED) for facts in (licence, owned, pending))
    return Sample(
        "sports-two-brands",
        form_of(
            company,
            Store("sports_entertainment", "specialised", "Wave Chaser sports store", ("fitness", "ball_games")),
            owned,
            pending,
        ),
        (File("全部材料.pdf", Format.SCAN_PDF, sheets),),
        _approved(
            "a specialised store with two brands, one registered and one applied for; all pages in one scanned PDF"
        ),
    )


def _office() -> Sample:
    company = invent_company("苏州市纸上林文具有限公司", "苏州市", goods="文具、办公用品")
    goods = ("笔记本", "文具", "书写工具", "文件夹（文具）", "纸", "绘画材料")
    mark = certificate(company, "FOLIANT", "66590218", 16, goods, date(2023, 2, 21))
    licence = modern(company, established=date(2021, 8, 30), until=date(2041, 8, 29))
    return Sample(
        "office-tiff",
        form_of(
            company,
            Store("office_school", "official", "FOLIANT official store", ("notebooks", "pens")),
            mark,
            login="taobao",
        ),
        (File("dossier.tiff", Format.TIFF, (Sheet(licence, width=1500), Sheet(mark, width=1080))),),
        _approved("licence and certificate as two pages of one TIFF"),
    )


def _home_textile() -> Sample:
    company = invent_company("义乌市棉朵家纺有限公司", "义乌市", goods="家纺用品、针纺织品")
    goods = ("床单和枕套", "被罩", "毛巾被", "窗帘", "纺织品毛巾", "毯子")
    mark = certificate(company, "COTTARIE", "64811290", 24, goods, date(2022, 12, 28))
    licence = modern(company, established=date(2020, 3, 12))
    return Sample(
        "home-textile-zip",
        form_of(company, Store("home_textile", "official", "COTTARIE official store", ("bedding", "curtains")), mark),
        (
            File("licence.jpg", Format.JPEG, (Sheet(licence, _SCANNED),)),
            File("mark/certificate.png", Format.PNG, (Sheet(mark),)),
        ),
        _approved("the dossier is a zip"),
        zipped=True,
    )


def _partnership() -> Sample:
    company = invent_company(
        "成都市弦外音乐器经营部（普通合伙）", "成都市", goods="乐器、文化用品", kind=Kind.PARTNERSHIP
    )
    goods = ("弦乐器", "吉他", "钢琴", "乐器弦", "乐器盒", "校音器（定音器）")
    mark = certificate(company, "CHORDEZZA", "40931775", 15, goods, date(2020, 6, 14), style="paper_qr")
    day = date(2017, 8, 21)
    licence = licence_of(company, Era.PORTRAIT_2014, established=day, issued=day, until=date(2037, 8, 20))
    return Sample(
        "partnership-music",
        form_of(company, Store("musical_instruments", "specialised", "Open String music store", ("guitars",)), mark),
        (
            File("photo 1.jpg", Format.JPEG, (Sheet(licence, _PHOTOGRAPHED),)),
            File("photo 2.jpg", Format.JPEG, (Sheet(mark, _PHOTOGRAPHED, turned=90),)),
        ),
        _approved("partnership on a portrait licence, paper certificate with a QR code; photos, one lying on its side"),
    )


def _fishing() -> Sample:
    company = invent_company("青岛市崂山区远钓渔具店", "青岛市", goods="渔具、户外用品", kind=Kind.INDIVIDUAL)
    pending = notice(company, "ANGLERIO", "93856402", 28, filed=date(2026, 6, 29), noticed=date(2026, 7, 21))
    mark = replace(pending, applicant=company.person.name)
    day = date(2017, 3, 15)
    licence = licence_of(company, Era.PORTRAIT_2014, established=day, issued=day)
    return Sample(
        "individual-fishing-portrait",
        form_of(company, Store("fishing", "specialised", "Far Cast tackle store"), mark),
        (
            File("a.jpg", Format.JPEG, (Sheet(licence, _SCANNED),)),
            File("b.png", Format.PNG, (Sheet(mark),)),
        ),
        _approved("individual business of 2017; the mark is applied for in the operator's own name"),
    )


def _hardware() -> Sample:
    company = invent_company("广州市铁燕五金有限公司", "广州市", goods="五金产品、金属制品")
    licence = modern(company, established=date(2022, 1, 17), until=date(2052, 1, 16))
    return Sample(
        "hardware-other-json",
        form_of(
            company,
            Store("hardware", "other", "Iron Swallow store", ("locks", "hinges")),
            login="alipay",
            channel="worldfirst",
        ),
        (File("licence.webp", Format.WEBP, (Sheet(licence),)),),
        _approved("a store without type and without brands; the form is JSON"),
        form_name="application.json",
    )


def _phones() -> Sample:
    company = invent_company("苏州市微芒通讯设备有限公司", "苏州市", goods="手机、通讯设备")
    mark = notice(company, "MIVOLTA", "94015538", 9, filed=date(2026, 7, 6), noticed=date(2026, 7, 28))
    licence = modern(company, established=date(2020, 7, 8))
    return Sample(
        "phones-text-pdf",
        form_of(company, Store("mobile_phones", "exclusive", "MIVOLTA phone store"), mark),
        (File("documents.pdf", Format.TEXT_PDF, (Sheet(licence), Sheet(mark))),),
        _approved(
            "mobile phones, whose deposit is higher; electronic licence and acceptance notice in one born-digital PDF"
        ),
    )


def _weddings() -> Sample:
    company = invent_company("成都市白棠婚纱有限公司", "成都市", goods="婚纱礼服、服装")
    goods = ("婚纱", "服装", "裙子", "披肩", "帽", "手套（服装）", "腰带")
    mark = certificate(company, "BELMARIE", "47260814", 25, goods, date(2021, 3, 28), style="paper_qr")
    licence = modern(company, established=date(2019, 12, 5), until=date(2049, 12, 4), copy="duplicate")
    return Sample(
        "weddings-nested",
        form_of(company, Store("weddings_events", "official", "BELMARIE official store", ("wedding_dresses",)), mark),
        (
            File("公司资料/营业执照 副本.jpg", Format.JPEG, (Sheet(licence, _PHOTOGRAPHED),)),
            File("品牌资料/商标/注册证.pdf", Format.SCAN_PDF, (Sheet(mark, _SCANNED),)),
        ),
        _approved("documents lie in nested folders with Chinese names"),
        form_name="application.yml",
    )


def _chinese_mark() -> Sample:
    company = invent_company("厦门市云帆屿服饰有限公司", "厦门市", goods="服装、鞋帽")
    mark = certificate(company, "云帆屿", "72648103", 25, APPAREL, date(2024, 1, 21))
    licence = modern(company, established=date(2021, 11, 11))
    return Sample(
        "chinese-mark-specialised",
        form_of(company, Store("apparel", "specialised", "Cloud Sail clothing store"), mark),
        (
            File("1.jpg", Format.JPEG, (Sheet(licence, _PHOTOGRAPHED),)),
            File("2.jpg", Format.JPEG, (Sheet(mark),)),
        ),
        _approved("a mark in Chinese characters, which a specialised store may have"),
    )


def approvals() -> tuple[Sample, ...]:
    """Return every dossier that must be approved."""
    makers = (
        _starriver,
        _northlane,
        _luggage,
        _individual,
        _watches,
        _two_brands,
        _office,
        _home_textile,
        _partnership,
    )
    more = (_fishing, _hardware, _phones, _weddings, _chinese_mark)
    return tuple(make() for make in (*makers, *more))
