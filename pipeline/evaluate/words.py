"""Words of the table and the page of an evaluation, in both languages."""

from pipeline.model import Message
from pipeline.report.titles import spoken

_PAIRS = {
    "title": ("Accuracy on a labelled set", "标注集准确率"),
    "documents": ("documents", "文件"),
    "fields": ("fields", "字段"),
    "types_right": ("types told", "类型识别正确"),
    "exact": ("fields exactly right", "字段完全正确"),
    "sure": ("of them at 0.9 or more", "置信度 ≥ 0.9 的字段"),
    "ece": ("calibration error (ECE)", "校准误差 (ECE)"),
    "types": ("Types", "文件类型"),
    "types_lead": ("Which types were told for which.", "每种文件被识别成的类型。"),
    "type": ("Type", "类型"),
    "told": ("told for", "识别为"),
    "count": ("documents", "文件数"),
    "look_alike": ("look-alike", "形似文件"),
    "per_field": ("Fields", "字段"),
    "per_field_lead": (
        "Exactly right, and wrong characters by true ones; a field that was not read counts as all wrong.",
        "完全正确率与字错误率；未读出的字段按全部错误计。",
    ),
    "field": ("Field", "字段"),
    "right": ("right", "正确"),
    "rate": ("exact", "完全正确率"),
    "cer": ("CER", "字错误率"),
    "not_read": ("not read", "未读出"),
    "sure_and_wrong": ("wrong at ≥ 0.9", "≥ 0.9 但错误"),
    "calibration": ("Calibration", "置信度校准"),
    "calibration_lead": (
        "Of the fields read with a confidence, how many were right. On the line, confidence is true.",
        "各置信度区间内字段的实际正确率；落在对角线上表示置信度可信。",
    ),
    "confidence": ("Confidence", "置信度"),
    "accuracy": ("right", "正确率"),
    "unattended": ("Decided unattended", "可自动处理的比例"),
    "unattended_lead": (
        "How much can be decided by confidence alone if so many decisions may be wrong. “At most” is what a set of "
        "this size can vouch for (95 %).",
        "若允许的错误率如左列所示，仅凭置信度可自动处理的比例。“至多”为本样本量所能保证的错误率上限（95 %）。",
    ),
    "limit": ("error allowed", "允许错误率"),
    "of": ("of", "对象"),
    "dossiers": ("dossiers", "申请材料"),
    "share": ("decided", "可处理"),
    "threshold": ("from confidence", "置信度阈值"),
    "wrong": ("wrong", "错误"),
    "at_most": ("at most", "至多"),
    "error_axis": ("share that is wrong", "错误比例"),
    "share_axis": ("share that is decided", "处理比例"),
    "groups": ("By quality", "按拍摄质量"),
    "quality": ("Quality", "质量"),
    "misses": ("Not exactly right", "未完全正确的字段"),
    "document": ("Document", "文件"),
    "errors": ("wrong characters", "错误字数"),
    "wanted": ("true", "真值"),
    "read": ("read", "读出"),
    "none": ("none", "无"),
    "not_scored": ("Not scored: no such field is read", "未评分：无此字段"),
    "lost": ("Files that could not be read", "无法读取的文件"),
}

_PHRASES = {name: Message(en=en, zh=zh) for name, (en, zh) in _PAIRS.items()}


def word(name: str, lang: str) -> str:
    """Return a phrase by its name; an unknown name is a defect and raises KeyError."""
    return spoken(_PHRASES[name], lang)
