"""Tobacco monopoly licences (烟草专卖法 and its 实施条例; 电子烟管理办法 of 2022), with numbers of 12 digits."""

import re

from extractors.labels import Label
from extractors.qualifications.base import AUTHORITY, Kind, permit

TOBACCO_MONOPOLY = Kind(
    "tobacco_monopoly",
    titles=(
        "烟草专卖零售许可证",
        "烟草专卖生产企业许可证",
        "烟草专卖批发企业许可证",
        "烟草专卖许可证",
        "特种烟草专卖经营企业许可证",
    ),
    labels=permit(
        holder=("企业字号名称", "企业名称", "字号名称", "企业(字号)名称", "名称"),
        products=("许可范围", "经营范围", "生产范围"),
        stops=(Label("supplier", ("供货单位",), rows=3),),
    ),
    number=re.compile(r"(?<!\d)\d{12}(?!\d)"),
    issuer=AUTHORITY,
    cues=("许可范围", "供货单位", "烟草专卖局"),
)

KINDS = (TOBACCO_MONOPOLY,)
