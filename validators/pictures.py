"""What can be wrong with the picture of a page, in words, and what to do about it (docs/sources.md#picture-quality)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Message, PageQuality, PageRecord
from validators.policy import PictureLimits
from validators.remedies import Advice, resubmit

_SIDES = {"left": "左", "top": "上", "right": "右", "bottom": "下"}


@dataclass(frozen=True)
class Fault:
    """Something that makes a picture hard to read."""

    what: Message
    remedy: Message
    """What to do about it, as the rest of a sentence."""


_NEARER = Message(
    en="scan it at 300 dpi, or photograph it from above so that it fills the frame",
    zh="以 300 dpi 扫描，或从正上方拍摄并使文件充满画面",
)
_MORE_LIGHT = Message(en="photograph it in daylight or bright even light", zh="请在自然光或明亮均匀的光线下拍摄")
_LESS_LIGHT = Message(en="do not brighten it, and keep its colours", zh="请勿调亮图片，保留原有色彩")
_NO_FLASH = Message(en="avoid the flash, lamps and reflections", zh="请勿使用闪光灯，避免灯光与反光")
_STEADY = Message(en="hold the camera still and let it focus", zh="请持稳相机并对焦清晰")
_ALL_OF_IT = Message(en="keep all four corners of the paper in the frame", zh="文件四角须完整入镜")
_ORIGINAL = Message(
    en="use the original, nothing lying over the print and no filter applied",
    zh="请使用原件，文字上不得有遮挡，不得使用滤镜",
)


def faults_of(page: PageRecord, quality: PageQuality, limits: PictureLimits) -> list[Fault]:
    """Return what is wrong with the picture of a page; nothing with an empty sheet."""
    if quality.blank:
        return []
    return [*_of_light(quality, limits), *_of_sharpness(quality, limits), *_of_text(page, quality, limits)]


def better(document: str, faults: Sequence[Fault]) -> Advice:
    """Return the advice to send the paper again, and how, so that the faults are gone.

    Args:
        document: Its type.
        faults: At least one.
    """
    todo = dict.fromkeys((fault.remedy.en, fault.remedy.zh) for fault in faults)
    return resubmit(
        document,
        "Send {subject} again: " + "; ".join(en for en, _ in todo) + ".",
        "请重新提交 {subject}：" + "；".join(zh for _, zh in todo) + "。",
    )


def _of_light(quality: PageQuality, limits: PictureLimits) -> Iterator[Fault]:
    if quality.brightness < limits.min_brightness:
        yield Fault(Message(en="too dark", zh="过暗"), _MORE_LIGHT)
    elif quality.contrast is not None and quality.contrast < limits.min_contrast:
        yield Fault(Message(en="hardly any contrast", zh="对比度过低"), _LESS_LIGHT)
    if quality.glare > limits.max_glare:
        share = f"{quality.glare:.0%}"
        yield Fault(Message(en=f"glare over {share} of the text", zh=f"反光覆盖约{share}的文字区域"), _NO_FLASH)


def _of_sharpness(quality: PageQuality, limits: PictureLimits) -> Iterator[Fault]:
    # Dark pictures have small steps only; what counts is their share of the light that there is.
    steepest = quality.sharpest * 255 / max(quality.brightness, 1)
    if steepest < limits.min_sharpness or (quality.edge is not None and quality.edge > limits.max_edge):
        yield Fault(Message(en="blurred", zh="模糊"), _STEADY)


def _of_text(page: PageRecord, quality: PageQuality, limits: PictureLimits) -> Iterator[Fault]:
    if quality.text_height is None or quality.legible is None:
        return
    side = max(page.width, page.height)
    if side < limits.min_side:
        what = Message(
            en=f"{side} pixels at its longest side instead of {limits.min_side}",
            zh=f"长边仅{side}像素，应不少于{limits.min_side}像素",
        )
        yield Fault(what, _NEARER)
    elif quality.text_height < limits.min_text_height:
        what = Message(
            en=f"lines {quality.text_height:.0f} pixels high instead of {limits.min_text_height}",
            zh=f"文字行高仅{quality.text_height:.0f}像素，应不少于{limits.min_text_height}像素",
        )
        yield Fault(what, _NEARER)
    if quality.cut:
        what = Message(
            en=f"text cut off at the {' and '.join(quality.cut)}",
            zh=f"{'、'.join(_SIDES[side] for side in quality.cut)}侧文字被截断",
        )
        yield Fault(what, _ALL_OF_IT)
    if quality.legible < limits.min_legible:
        share = f"{quality.legible:.0%}"
        yield Fault(Message(en=f"only {share} of its characters legible", zh=f"仅约{share}的文字可辨"), _ORIGINAL)
