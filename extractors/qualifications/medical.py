"""Papers of medical devices: registration and filing of a device, permits and filings of who makes or sells them.

医疗器械监督管理条例 of 2021; NMPA orders 47, 53 and 54.
"""

import re

from extractors.labels import Label
from extractors.qualifications.base import AUTHORITY, Kind, permit

_DEVICE = (
    Label("composition", ("结构及组成", "主要组成成分", "产品描述", "包装规格"), rows=12),
    Label("use", ("适用范围", "预期用途", "产品有效期", "储存条件"), rows=12),
    Label("model", ("型号规格", "型号、规格", "型号/规格"), rows=12),
    Label("agent", ("代理人名称", "代理人住所", "代理人"), rows=3),
    Label("effective", ("生效日期",), rows=1),
)

REGISTRATION = Kind(
    "medical_device_registration",
    titles=(
        "医疗器械注册证",
        "中华人民共和国医疗器械注册证",
        "医疗器械备案凭证",
        "第一类医疗器械备案凭证",
        "第一类医疗器械备案信息表",
        "中华人民共和国医疗器械注册证体外诊断试剂",
    ),
    labels=permit(
        holder=("注册人名称", "备案人名称", "注册人", "备案人", "生产企业名称"),
        products=("产品名称", "产品名称产品分类名称", "产品分类名称"),
        stops=_DEVICE,
    ),
    number=re.compile(
        r"[国\u4e00-\u9fff]械注[准进许]\d{11}|[国\u4e00-\u9fff]{1,2}械备\d{8}[A-Z]?号?|"
        r"[国\u4e00-\u9fff]食?药监械[（(][准进许][)）]字\d{4}第\d{7}号"
    ),
    issuer=AUTHORITY,
    cues=("注册证编号", "注册人名称", "结构及组成", "适用范围", "备案人"),
)

_NUMBER = r"[\u4e00-\u9fff]{1,4}(?:食?药监械|药监械|械|市监械)"

OPERATION = Kind(
    "medical_device_operation",
    titles=("医疗器械经营许可证", "医疗器械经营企业许可证", "第二类医疗器械经营备案凭证", "医疗器械经营备案凭证"),
    labels=permit(holder=("企业名称", "经营者名称", "单位名称"), products=("经营范围", "许可范围")),
    number=re.compile(_NUMBER + r"经营[许备]\d{8,10}号?"),
    issuer=AUTHORITY,
    cues=("库房地址", "经营方式", "企业负责人"),
)

PRODUCTION = Kind(
    "medical_device_production",
    titles=("医疗器械生产许可证", "医疗器械生产企业许可证", "第一类医疗器械生产备案凭证", "医疗器械生产备案凭证"),
    labels=permit(holder=("企业名称", "生产企业名称", "单位名称"), products=("生产范围", "许可范围")),
    number=re.compile(_NUMBER + r"生产[许备]\d{8,10}号?"),
    issuer=AUTHORITY,
    cues=("生产范围", "企业负责人"),
)

KINDS = (REGISTRATION, OPERATION, PRODUCTION)
