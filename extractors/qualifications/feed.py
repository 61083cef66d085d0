"""饲料生产许可证 (饲料和饲料添加剂管理条例; 农业农村部), pet food's too, with numbers such as 粤饲证（2023）01234."""

import re

from extractors.qualifications.base import Kind, permit

FEED_PRODUCTION = Kind(
    "feed_production",
    titles=("饲料生产许可证", "饲料添加剂生产许可证", "宠物饲料生产许可证", "饲料和饲料添加剂生产许可证"),
    labels=permit(
        holder=("企业名称", "生产企业名称", "单位名称", "名称"),
        products=("产品类别", "产品品种", "许可范围", "生产范围", "产品名称"),
    ),
    number=re.compile(r"[\u4e00-\u9fff]饲[证添预][(（]\d{4}[)）][A-Z]?\d{4,6}"),
    issuer=re.compile(
        r"[\u4e00-\u9fff]{2,12}?(?:农业农村(?:厅|局|委员会|部)|农牧(?:厅|局)|畜牧兽医局|畜牧局|农业(?:厅|局|委员会))"
    ),
    cues=("饲料生产", "产品品种"),
)

KINDS = (FEED_PRODUCTION,)
