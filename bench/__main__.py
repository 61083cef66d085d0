"""`python -m bench`: speed against other engines and of judging alone, then accuracy on real documents, if any."""

import argparse
import subprocess
import sys
from pathlib import Path

from PIL import Image

from bench.speed import compare

PROJECT = Path(__file__).parent.parent
SAMPLES = PROJECT / "samples" / "dossiers"
REAL = PROJECT.parent / "shared" / "real"
PICTURES = {".jpg", ".jpeg", ".png"}
TESSERACT_PAGES = 16


def _pages(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in PICTURES and _opens(file))


def _opens(file: Path) -> bool:
    """Whether every contender can open the picture: one of the samples is broken on purpose."""
    try:
        Image.open(file).load()
    except OSError:
        return False
    return True


def main() -> None:
    """Run what was asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        default=[SAMPLES, *([REAL / "documents"] if REAL.is_dir() else [])],
        help="folders of JPEG and PNG pages (default: the samples, and the real documents beside the project)",
    )
    parser.add_argument("--most", type=int, default=60, help="how many pages of each folder at the most (default: 60)")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        files = _pages(folder)[: arguments.most]
        if not files:
            parser.error(f"no JPEG or PNG lies below {folder}")
        step = max(len(files) // TESSERACT_PAGES, 1)
        print(f"{folder}\n{compare(files, files[::step][:TESSERACT_PAGES])}\n", flush=True)
    subprocess.run([sys.executable, "-m", "bench.judging"], check=False, cwd=PROJECT)
    if REAL.is_dir():
        subprocess.run([sys.executable, "-m", "bench.real"], check=True, cwd=PROJECT)


if __name__ == "__main__":
    main()
