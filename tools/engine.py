"""Run an engine over a copy of the site."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.site import ROOT

#: What an engine needs to build the site; a copy of these is a whole site.
PARTS = ("docs", "overrides", "mkdocs.yml")
#: Both engines print a notice about their own future on every build.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"}


def copy_site(target: Path, root: Path = ROOT) -> Path:
    """Copy the parts of a site into `target` (made new), and return it."""
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, target / part)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / part, target / part)
    return target


def build(root: Path, engine: str, site_url: str) -> tuple[int, str]:
    """Build the site in `root` strictly, with 'mkdocs' or 'zensical', into root/site; return (exit code, log).

    The root should be a copy: both engines write into it.
    """
    env = os.environ | QUIET | {"SITE_URL": site_url, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", engine, "build", "--strict", "--clean"]
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
