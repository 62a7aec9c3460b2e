"""Says loudly whether the browser tests can run; installs a browser where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main() -> None:
    """Look for a browser; as root on Debian install one; else warn."""
    if any(map(shutil.which, BROWSERS)):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("没有找到 Chromium，正在用 apt-get 安装……", flush=True)
        done = subprocess.run([str(Path(__file__).with_name("install_test_needs.sh"))], check=False)
        if done.returncode == 0:
            return
    line = "=" * 78
    print(
        f"{line}\n注意：浏览器测试将全部跳过。\n"
        "原因：这台机器没有 Chromium，也没有权限安装。\n"
        "办法：请管理员执行 apt-get install chromium fonts-noto-cjk，"
        f"然后再跑一次 make test。\n{line}",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    main()
