"""Food permits: 食品生产许可证 and 食品经营许可证 (SAMR orders 24 of 2020 and 78 of 2023; SC and JY numbers)."""

import re

from extractors.labels import Label
from extractors.qualifications.base import AUTHORITY, Kind, permit

_STOPS = (Label("detail", ("食品生产许可品种明细表", "许可品种明细"), rows=8),)

FOOD_PRODUCTION = Kind(
    "food_production",
    titles=("食品生产许可证", "食品添加剂生产许可证", "保健食品生产许可证"),
    labels=permit(
        holder=("生产者名称", "企业名称", "名称"),
        products=("食品类别", "食品添加剂类别", "许可项目", "许可食品类别", "产品类别"),
        stops=_STOPS,
    ),
    number=re.compile(r"SC\d{14}"),
    issuer=AUTHORITY,
    cues=("食品类别", "生产者名称", "日常监督管理机构"),
)

FOOD_BUSINESS = Kind(
    "food_business",
    titles=("食品经营许可证", "食品流通许可证", "食品经营许可证电子证书"),
    labels=permit(holder=("经营者名称", "企业名称", "名称", "单位名称"), products=("经营项目", "许可范围", "许可项目")),
    number=re.compile(r"J[YV]\d{14}|SP\d{16}"),
    issuer=AUTHORITY,
    cues=("主体业态", "经营项目", "经营者名称"),
)

KINDS = (FOOD_PRODUCTION, FOOD_BUSINESS)
