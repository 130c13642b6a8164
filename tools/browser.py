"""Find a Chromium for the tests, or install one; as `make test` does first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The first, which has no windows, needs some two thirds of the time of the others.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
#: Where Windows keeps a browser, since none is on its PATH.
WINDOWS = [
    Path(os.environ[place]) / program
    for place in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    if place in os.environ
    for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
]
MEND = (
    "No Chromium could be found or installed. Install one (Debian: apt-get install chromium-headless-shell), "
    "or set KPO_CHROMIUM to the path of yours, then run: make test"
)


def find_browser() -> str | None:
    """Path of a Chromium or Chrome: $KPO_CHROMIUM, else one on the PATH, else Playwright's own; or None."""
    if path := os.environ.get("KPO_CHROMIUM"):
        return path if Path(path).exists() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for own in (MAC, *WINDOWS):
        if own.exists():
            return str(own)
    # Only where no other browser is there: the import alone takes half a second.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def flags() -> list[str]:
    """Command-line switches of the browser: as root it cannot have its sandbox; it is told not to call home."""
    # Pages are drawn by the processor in any case: without a graphics process, a third faster.
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return quiet + (["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])


def install_browser() -> str | None:
    """Install a browser: Playwright's own download, else Debian's package when root. Return its path, or None."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        install = ["apt-get", "install", "--yes", "--no-install-recommends"]
        commands += [["apt-get", "update"], [*install, "chromium-headless-shell"], [*install, "chromium"]]
    env = os.environ | {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000", "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        print(f"Looking for a browser: {' '.join(command[-4:])} ...", flush=True)
        try:
            subprocess.run(command, env=env, capture_output=True, timeout=600, check=False)
        except subprocess.TimeoutExpired:
            continue
        if path := find_browser():
            return path
    return None


def ensure_browser() -> int:
    """Find a browser, or install one; 1 and a line that says what to do where there is none."""
    if find_browser() or install_browser():
        return 0
    print(MEND, file=sys.stderr)
    return 1
