"""Papers of cosmetics: 化妆品生产许可证, registration and filing of a product, and the EU's notification.

化妆品监督管理条例 and 化妆品注册备案管理办法 of 2021, with numbers such as 粤妆20160001, 国妆特字20230001 and
粤G妆网备字2023000001, and the 批件 before them; regulation (EC) 1223/2009, article 13 (CPNP).
"""

import re

from extractors.labels import Label
from extractors.qualifications.base import AUTHORITY, LABORATORY, Kind, english, permit
from extractors.qualifications.european import CERTIFICATE

COSMETICS_PRODUCTION = Kind(
    "cosmetics_production",
    titles=("化妆品生产许可证", "化妆品生产企业卫生许可证"),
    labels=permit(holder=("企业名称", "生产企业名称", "名称"), products=("许可项目", "生产许可项目", "许可范围")),
    number=re.compile(r"[\u4e00-\u9fff]妆\d{8}"),
    issuer=AUTHORITY,
    cues=("质量安全负责人", "许可项目"),
)

COSMETICS_REGISTRATION = Kind(
    "cosmetics_registration",
    titles=(
        "化妆品注册证",
        "特殊化妆品注册证",
        "国产特殊化妆品注册证",
        "进口特殊化妆品注册证",
        "国产特殊用途化妆品行政许可批件",
        "国产特殊用途化妆品卫生许可批件",
        "进口特殊用途化妆品行政许可批件",
        "进口特殊用途化妆品卫生许可批件",
        "进口非特殊用途化妆品行政许可批件",
        "进口非特殊用途化妆品备案凭证",
        "国产非特殊用途化妆品备案凭证",
        "普通化妆品备案凭证",
        "普通化妆品备案信息",
        "国产普通化妆品备案信息",
        "化妆品备案凭证",
    ),
    labels=(
        Label("certificate_number", ("批准文号", "备案文号"), rows=2),
        Label("term", ("批件有效期", "注册证有效期至"), rows=1),
        *permit(
            holder=("注册人名称", "备案人名称", "注册人", "备案人", "申请人", "申请单位", "生产企业", "企业名称"),
            products=("产品名称", "产品中文名称"),
            stops=(
                Label("category", ("产品类别", "产品类型", "特殊化妆品类别", "使用人群"), rows=2),
                Label("agent", ("境内责任人", "在华申报责任单位", "受托生产企业", "实际生产企业"), rows=3),
                Label("home", ("注册人地址", "备案人地址", "生产企业地址", "申请人地址"), rows=4),
            ),
        ),
    ),
    # Registered: 国妆特字, 进 imported, 制 from Taiwan, Hong Kong and Macau; filed: 网备, before 2021 备进.
    number=re.compile(
        r"国妆特[进制]?字[GJ]?\d{8,10}|[\u4e00-\u9fff]?G?妆网备字\d{10}|"
        r"国妆网备[进制]字[(（][\u4e00-\u9fff]{1,2}[)）]\d{10}|国妆备[进制]字[A-Z]?\d{8,10}"
    ),
    issuer=AUTHORITY,
    cues=("特殊化妆品类别", "境内责任人", "批件有效期"),
)

COSMETICS_NOTIFICATION = Kind(
    "cosmetics_registration",
    titles=("CPNP NOTIFICATION", "CPNP CERTIFICATE", "CPNP NOTIFICATION CERTIFICATE", "COSMETIC PRODUCT NOTIFICATION"),
    headings=(re.compile(r"(?:CERTIFICATE|CONFIRMATION|PROOF)OFCPNP(?:NOTIFICATION|REGISTRATION)"),),
    shared=(CERTIFICATE,),
    proof=re.compile(r"12232009|CPNP"),
    labels=english(
        holder=("responsibleperson", "nameofresponsibleperson", "responsiblepersonname"),
        products=("cosmeticproduct", "cosmeticproductname"),
    ),
    issuer=LABORATORY,
    cues=("CPNP REFERENCE", "RESPONSIBLE PERSON", "COSMETIC PRODUCT"),
)

KINDS = (COSMETICS_PRODUCTION, COSMETICS_REGISTRATION, COSMETICS_NOTIFICATION)
"""One kind of registration on two forms: China's, and the notification of the EU in English."""
