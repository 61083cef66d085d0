"""Reports of laboratories, and what goes with dangerous goods: safety data sheets and lithium battery summaries.

检验检测报告 (ISO/IEC 17025, RB/T 214); GHS and GB/T 16483; UN Manual of Tests and Criteria, 38.3.5. A report says what
was found in one sample; it is no certificate, whatever law its title names.
"""

import re

from extractors.labels import Label
from extractors.qualifications.base import (
    BODY,
    ENGLISH_HOLDER,
    ENGLISH_ISSUED,
    ENGLISH_NUMBER,
    LABORATORY,
    Kind,
    english,
)

_ISSUER = re.compile(f"{BODY.pattern}|{LABORATORY.pattern}")
_PREFIX = r"(?:[A-Z]{2,12}|EN\d+|[A-Z]{1,4}\d+[A-Z]?){0,4}?"

_REPORT_LABELS = (
    Label(
        "certificate_number",
        ("报告编号", "报告号", "检验编号", "证书编号", "鉴定编号", "编号", *ENGLISH_NUMBER),
        rows=1,
        looks=r"\d{2}",
    ),
    Label(
        "holder",
        (
            "委托单位名称",
            "委托单位",
            "委托方名称",
            "委托方",
            "委托人",
            "委托者",
            "申请单位",
            "申请商",
            "申请人",
            "申请方",
            "客户名称",
            "送检单位",
            "受检单位",
            "送样单位",
            *ENGLISH_HOLDER,
        ),
        rows=2,
    ),
    Label("maker", ("生产单位", "生产企业", "制造商", "标称生产单位", "标称生产者", "生产商", "factory"), rows=2),
    Label(
        "products",
        (
            "样品名称",
            "产品名称",
            "样品描述",
            "检品名称",
            "品名",
            "货品名称",
            "检验结论名称",
            "鉴定结果",
            "检测结果",
            "samplename",
            "sampledescription",
            "productname",
            "nameofsample",
            "product",
            "equipmentundertest",
            "equipment",
            "itemdescription",
        ),
        rows=2,
    ),
    Label(
        "model",
        ("型号规格", "规格型号", "型号", "款号", "货号", "modelno", "model", "itemno", "styleno", "testmodel"),
        rows=2,
    ),
    Label("brand", ("商标", "注册商标", "trademark", "brand", "brandname"), rows=1),
    Label(
        "issued",
        ("签发日期", "批准日期", "报告日期", "发布日期", "编制日期", "签发时间", "出具日期", *ENGLISH_ISSUED),
        rows=1,
        looks=r"\d{4}",
    ),
    Label(
        "received",
        ("收样日期", "到样日期", "送样日期", "接样日期", "samplereceiveddate", "dateofreceipt", "samplereceivingdate"),
        rows=1,
    ),
    Label(
        "tested",
        ("检验日期", "检测日期", "检测周期", "检验类别", "检测类别", "testingperiod", "testperiod", "dateoftest"),
        rows=1,
    ),
    Label(
        "standard",
        ("检验依据", "检测依据", "判定依据", "检测标准", "执行标准", "teststandard", "teststandards", "standards"),
        rows=6,
    ),
    Label(
        "note",
        ("检验结论", "检测结论", "结论", "检测项目", "检验项目", "备注", "testrequested", "testresults", "conclusion"),
        rows=8,
    ),
    Label("address", ("地址", "委托单位地址", "客户地址", "address", "applicantaddress"), rows=3),
    Label(
        "issuer",
        (
            "检验单位",
            "检测单位",
            "检验机构",
            "检测机构",
            "检验检测机构",
            "testinglaboratory",
            "testlaboratory",
            "issuedby",
        ),
        rows=2,
    ),
)

UN38_3 = Kind(
    "un38_3",
    titles=("锂电池UN38.3试验概要", "UN38.3检测报告", "锂电池UN38.3检测报告", "LITHIUM BATTERY TEST SUMMARY"),
    headings=(
        re.compile(r"(?:LITHIUM(?:ION|METAL)?(?:CELL|BATTER(?:Y|IES))*)?UN383TEST(?:REPORT|SUMMARY)"),
        re.compile(r".{0,12}UN383(?:测试|检测|试验)(?:报告|概要)"),
    ),
    labels=_REPORT_LABELS,
    issuer=_ISSUER,
)
MSDS = Kind(
    "msds",
    titles=(
        "MATERIAL SAFETY DATA SHEET",
        "SAFETY DATA SHEET",
        "化学品安全技术说明书",
        "物质安全资料表",
        "化学品安全说明书",
        "安全技术说明书",
    ),
    headings=(re.compile(r"(?:MATERIAL)?SAFETYDATASHEET(?:MSDS|SDS)?"),),
    labels=english(holder=("supplier", "companyname")),
    issuer=_ISSUER,
)
TEST_REPORT = Kind(
    "test_report",
    titles=(
        "检验检测报告",
        "检验报告",
        "检测报告",
        "测试报告",
        "试验报告",
        "检验测试报告",
        "质量检验报告",
        "委托检验报告",
        "产品质量检验报告",
        "珠宝玉石鉴定证书",
        "贵金属饰品鉴定证书",
        "珠宝首饰鉴定证书",
        "贵金属检测证书",
    ),
    headings=(
        re.compile(_PREFIX + r"TEST(?:ING)?REPORT(?:OF[A-Z0-9]+|FOR[A-Z0-9]+)?"),
        re.compile(r"[\u4e00-\u9fff]{0,8}(?:检验|检测|测试)报告(?:TESTREPORT)?"),
    ),
    labels=_REPORT_LABELS,
    issuer=_ISSUER,
    cues=("报告编号", "委托单位", "样品名称", "检验依据", "检测依据", "检验结论"),
)

KINDS = (UN38_3, MSDS, TEST_REPORT)
