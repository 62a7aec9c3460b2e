"""Takes the README's pictures from a fresh demo, so that they show what the code does."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "pictures"
WANTED = (
    ("overview", "/?on=2025-12-31", 1440, 1000),
    ("measure", "/measures/2/", 1440, 900),
    ("target", "/targets/principals.young_leader_share/", 1440, 1000),
    ("records", "/indicators/young_leader_share/records/?of=counted", 1440, 800),
    ("overview-phone", "/?on=2025-12-31", 360, 1100),
)


def main() -> None:
    """Serve the demo, sign in as the bureau's officer, and take each picture."""
    from tests.web import demo_site

    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_site.serving(Path(folder)) as site,
        demo_site.chromium() as browser,
    ):
        for name, address, width, height in WANTED:
            page = demo_site.sign_in(browser, site, "fenju", width=width, height=height)
            page.goto(site + address, wait_until="networkidle")
            page.wait_for_timeout(600)  # the map's outlines are drawn after they have come
            page.screenshot(path=str(PICTURES / f"{name}.png"))
            print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
