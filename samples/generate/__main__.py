"""Draws the sample dossiers anew: `python -m samples.generate [--only NAME]`."""

import argparse
import sys

from samples.generate import fonts
from samples.generate.dossiers import FOLDER, expected_text, samples, truth_text, write_sample


def main() -> int:
    """Write the dossiers and what is true of them; return the exit code."""
    every = samples()
    names = [sample.name for sample in every]
    parser = argparse.ArgumentParser(prog="python -m samples.generate", description="Draw the sample dossiers anew.")
    parser.add_argument(
        "--only", choices=names, metavar="NAME", action="append", help="only this dossier; may be repeated"
    )
    chosen = parser.parse_args().only or names
    if lacking := fonts.missing():
        print(f"missing {', '.join(map(str, lacking))}; on Debian: apt-get install {fonts.PACKAGES}", file=sys.stderr)
        return 3
    FOLDER.mkdir(exist_ok=True)
    for sample in every:
        if sample.name in chosen:
            size = write_sample(sample, FOLDER)
            print(f"{sample.name}: {size / 1000:.0f} kB, {sample.expected.decision}")
    (FOLDER.parent / "expected.yaml").write_text(expected_text(every), encoding="utf-8")
    (FOLDER.parent / "truth.json").write_text(truth_text(every), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
