"""化妆品生产许可证 (NMPA; 化妆品监督管理条例 of 2021, with numbers such as 粤妆20160001)."""

import re

from extractors.qualifications.base import AUTHORITY, Kind, permit

COSMETICS_PRODUCTION = Kind(
    "cosmetics_production",
    titles=("化妆品生产许可证", "化妆品生产企业卫生许可证"),
    labels=permit(holder=("企业名称", "生产企业名称", "名称"), products=("许可项目", "生产许可项目", "许可范围")),
    number=re.compile(r"[\u4e00-\u9fff]妆\d{8}"),
    issuer=AUTHORITY,
    cues=("质量安全负责人", "许可项目"),
)

KINDS = (COSMETICS_PRODUCTION,)
