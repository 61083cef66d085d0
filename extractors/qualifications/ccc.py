"""中国国家强制性产品认证证书 (CCC; CNCA, 强制性产品认证管理规定 of 2022), Chinese or with English beside it."""

import re

from extractors.labels import Label
from extractors.qualifications.base import BODY, Holder, Kind

CCC = Kind(
    "ccc",
    titles=(
        "中国国家强制性产品认证证书",
        "强制性产品认证证书",
        "国家强制性产品认证证书",
        "CERTIFICATE FOR CHINA COMPULSORY PRODUCT CERTIFICATION",
        "强制性认证产品符合性自我声明",
    ),
    labels=(
        Label("certificate_number", ("证书编号", "编号", "声明编号", "certificateno"), rows=1, looks=r"\d{6}"),
        Label(
            "holder",
            (
                "认证委托人名称及地址",
                "认证委托人名称地址",
                "认证委托人",
                "申请人名称及地址",
                "委托人名称及地址",
                "委托人名称地址",
                "申请人",
                "委托人",
                "声明人",
            ),
            rows=4,
            below=True,
        ),
        Label(
            "maker",
            (
                "生产者制造商名称及地址",
                "制造商名称及地址",
                "生产者制造商名称地址",
                "制造商名称地址",
                "生产者",
                "制造商",
                "生产者(制造商",
                "生产者（制造商",
            ),
            rows=4,
            below=True,
        ),
        Label(
            "factory",
            ("生产企业名称及地址", "生产企业名称地址", "生产厂名称及地址", "生产企业", "生产厂"),
            rows=4,
            below=True,
        ),
        Label(
            "products",
            (
                "产品名称和系列、规格、型号",
                "产品名称和系列规格型号",
                "产品名称、系列、规格、型号",
                "产品名称、型号规格",
                "产品名称和系列",
                "产品名称及系列规格型号",
                "产品名称型号规格",
                "产品名称",
                "认证单元",
            ),
            rows=6,
            below=True,
        ),
        Label("standard", ("产品标准和技术要求", "产品标准", "标准和技术要求", "依据标准"), rows=4, below=True),
        Label("mode", ("认证模式", "认证基本模式"), rows=3, below=True),
        Label("conforms", ("上述产品符合", "上述产品"), rows=3, below=True),
        Label("issued", ("发证日期", "颁证日期", "首次发证日期", "换证日期", "声明日期"), rows=1),
        Label("term", ("有效期至", "有效期", "有效日期"), rows=1),
        Label("note", ("证书有效期内", "本证书的有效性", "主任"), rows=3),
    ),
    number=re.compile(r"(?<!\d)20\d{2}[0-9A-Z]{2}\d{10}(?!\d)"),
    holder=Holder.NAME_AND_ADDRESS,
    issuer=BODY,
    cues=("强制性产品认证实施规则", "认证模式", "认证委托人", "产品标准和技术要求"),
)

KINDS = (CCC,)
