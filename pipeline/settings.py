"""Settings: limits and switches, from the environment (prefix `DOSSIER_`) or from the command line."""

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that an operator may set. Sizes are in bytes, pictures in pixels, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="DOSSIER_", frozen=True, extra="ignore")

    engine: str = "ppocr"
    """OCR engine: ppocr, tesseract or replay."""
    second_engine: Literal["auto", "none"] = "auto"
    """Ask another engine (Tesseract, if it is installed) about places where ppocr is in doubt, or never."""
    precision: Literal["auto", "f32", "bf16"] = "auto"
    """Of ppocr's networks on OpenVINO: bf16 where the processor is faster in it, else f32; or always the one named."""
    lang: Literal["en", "zh"] = "en"
    """Language of tables, pages and messages."""

    cache: bool = True
    """Keep what OCR read, by the file's content, so that a second run over the same files is quick."""
    cache_folder: Path = Field(default_factory=lambda: user_cache_path("dossier") / "ocr")
    """Where; it holds personal data and is created with mode 0700."""
    record_folder: Path | None = None
    """Where to record what the engine reads, for the `replay` engine; None records nothing."""
    replay_folder: Path | None = None
    """Where the `replay` engine finds recorded lines."""

    max_file_bytes: int = Field(default=100_000_000, gt=0)
    max_files: int = Field(default=200, gt=0)
    """Files in one dossier."""
    max_pages: int = Field(default=300, gt=0)
    """Pages of one PDF."""
    max_frames: int = Field(default=50, gt=0)
    """Pictures in one TIFF, WebP or HEIC."""
    max_pixels: int = Field(default=40_000_000, gt=0)
    max_side: int = Field(default=20_000, gt=0)
    max_aspect: float = Field(default=20.0, gt=1)
    max_form_bytes: int = Field(default=1_000_000, gt=0)
    max_archive_bytes: int = Field(default=500_000_000, gt=0)
    """All files of a dossier together, in a zip counted while reading."""
    max_archive_entries: int = Field(default=1_000, gt=0)
    max_archive_ratio: float = Field(default=200.0, gt=1)
    """Unpacked bytes of a member per packed byte."""
    max_depth: int = Field(default=20, gt=0)
    """Folders within folders."""
    dossier_seconds: float = Field(default=600.0, gt=0)
    """Wall clock for one dossier, after which its worker is replaced."""
    page_seconds: float = Field(default=60.0, gt=0)
    """Wall clock for one page of a file, after which its worker is replaced and, the second time, the file left out."""
    require_sandbox: bool = False
    """Refuse to work where the kernel cannot keep readers from other files and from the network."""
    worker_max_bytes: int = Field(default=4_000_000_000, gt=0)
    """Memory of a worker process, above which it is killed."""
    worker_retire_bytes: int = Field(default=1_300_000_000, gt=0)
    """Memory of a worker process above which it is replaced before its next dossier."""
    worker_retire_dossiers: int = Field(default=200, gt=0)
    """Dossiers after which a worker process is replaced."""
    cluster_seconds: float = Field(default=60.0, ge=0)
    """How long a batch on a cluster waits for a machine once none is left, before it stops."""
