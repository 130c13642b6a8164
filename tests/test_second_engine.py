"""The second engine in the browser, and the move to it: README's steps, tried on a copy.

That it builds the same pages, and that they keep the same rules, stands in tests/test_built.py.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from playwright.sync_api import TimeoutError

from tests.browser_checks import GRID, SAMPLE, WHOLE, answered, classified, look, violations
from tests.built import Built, folded
from tests.built_rules import differences
from tools.engine import copy_site
from tools.site import ROOT

#: Faults inside the search box that the second engine brings, where no style sheet of a site reaches: grey text, a list
#: that only a pointer scrolls.
ENGINE_FAULTS = {"color-contrast", "scrollable-region-focusable"}


@pytest.mark.parametrize("url", [url for url in SAMPLE if url != "404.html"])
def test_pages_pass(browser, second, url):
    """A page of each kind passes at 1280 px light and 320 px dark."""
    problems = look(browser, second, url, GRID, whole=url in WHOLE)
    assert not problems, "\n".join(problems)


def test_form_gives_the_tables_verdict(browser, second, site):
    """The form gives the table's verdict for every set of answers."""
    problems = classified(browser, second, answered(site))
    assert not problems, "\n".join(problems)


def test_search_finds_terms(browser, second, site):
    """The search, open, passes axe; it lists each term's page when its name is typed, by keyboard alone."""
    problems, page = [], browser.new_page(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page.goto(f"{second}about/")
    page.get_by_role("button", name="Search").click()
    box = page.get_by_role("combobox", name="Search")
    box.wait_for()
    for record in site.of("term", "definition"):
        box.fill(record.meta["term"])
        try:
            page.locator(f"[role=option][href$='/{record.url}']").first.wait_for(state="attached", timeout=5000)
        except TimeoutError:
            problems.append(f"{record.meta['term']!r} does not find {record.url}")
    problems += [f"axe {one['id']}" for one in violations(page) if one["id"] not in ENGINE_FAULTS]
    page.close()
    assert not problems, "\n".join(problems)


def test_second_engine_can_take_over(built, base, tmp_path):
    """The steps of README's "To move for good", run on a copy, give a project whose `make build` makes the same pages.

    `make lock` and `make test` among them need the network and this suite; they are left out here.
    """
    copy = copy_site(tmp_path / "moved")
    # `make build` looks at SITE_URL first.
    shutil.copytree(ROOT / "tools", copy / "tools", ignore=shutil.ignore_patterns("__pycache__", "dictionary"))
    for name in ("Makefile", "pyproject.toml", "README.md"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    steps = re.search(r"To move for good.*?```sh\n(.*?)```", (copy / "README.md").read_text("utf-8"), re.S)[1]
    commands = [line for line in steps.splitlines() if not line.startswith("make ")]
    assert len(commands) == 2, steps
    assert "make lock" in steps
    subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=copy, check=True)
    project = tomllib.loads((copy / "pyproject.toml").read_text("utf-8"))
    now = {Requirement(text).name for text in project["project"]["dependencies"]}
    then = {Requirement(text).name for text in project["dependency-groups"]["test"] if isinstance(text, str)}
    first = {"mkdocs", "mkdocs-material"}
    assert "zensical" in now
    assert first.isdisjoint(now)
    assert first <= then
    # The packages are there already: make is told so, and where.
    command = ["make", "build", f"BIN={Path(sys.executable).parent}", "-o", ".venv/site.ok"]
    # Without what `make test` hands down to a make inside it.
    env = {key: value for key, value in os.environ.items() if not key.startswith("MAKE") and key != "MFLAGS"}
    subprocess.run(command, cwd=copy, env=env | {"SITE_URL": base}, timeout=300, check=True)
    faults = folded(list(differences(built, Built(copy / "site"))))
    assert not faults, "\n".join(faults)
    assert f"Sitemap: {base}sitemap.xml" in (copy / "site/robots.txt").read_text("utf-8")
    assert "zensical" not in (ROOT / "Makefile").read_text("utf-8"), "the copy was to be moved, not the project"
