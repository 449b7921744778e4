# SPDX-License-Identifier: Apache-2.0
"""Take the timeline out of build/demo/report.html into docs/images/timeline.svg, for the README."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Writes the picture."""
    page = (ROOT / "build/demo/report.html").read_text("utf-8")
    begin, end = page.index("<svg"), page.index("</svg>") + len("</svg>")
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{page[begin:end]}\n'
    (ROOT / "docs/images/timeline.svg").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
