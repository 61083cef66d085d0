"""旅行社业务经营许可证 (旅行社条例 and its 实施细则; 文化和旅游部), without an end, with numbers such as L-GD01234."""

import re

from extractors.qualifications.base import Kind, permit

TRAVEL_AGENCY = Kind(
    "travel_agency",
    titles=("旅行社业务经营许可证", "旅行社经营许可证", "国际旅行社业务经营许可证", "国内旅行社业务经营许可证"),
    labels=permit(
        holder=("旅行社名称", "企业名称", "单位名称", "机构名称", "名称"),
        products=("许可经营业务", "经营业务范围", "业务范围", "许可业务", "经营范围", "许可范围"),
    ),
    # CJ stands in the numbers of those that may take people abroad.
    number=re.compile(r"(?<![A-Z])L-?[A-Z]{2,3}-?(?:CJ|GJ|GN)?\d{4,6}(?!\d)"),
    issuer=re.compile(
        r"[\u4e00-\u9fff]{2,20}?(?:文化和旅游(?:厅|局|部)|文化广电(?:和|体育)?旅游(?:体育)?(?:厅|局)|旅游发展委员会|旅游委员会|"
        r"旅游局|行政审批局)"
    ),
    cues=("旅行社名称", "许可经营业务"),
)

KINDS = (TRAVEL_AGENCY,)
