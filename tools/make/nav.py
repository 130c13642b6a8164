"""The cases in the nav of mkdocs.yml: grouped by their verdict, each called "who: what"."""

import re
from itertools import groupby

from tools.records import decision_table, nav_name
from tools.site import Page, Site

FILE = "mkdocs.yml"
#: The list that begins with the page of all cases.
SECTION = re.compile(r"(?m)(?<=: examples/index\.md\n)(?: {6,}- .*\n)+")
DISPUTED = "Disputed"


def _label(label: str, case: Page) -> str:
    """The name that was given, then what was bought; in quotation marks, since it holds a colon."""
    name = f"{nav_name(label)}: {case.meta['short']}" if case.meta.get("short") else label
    return "'" + name.replace("'", "''") + "'"


def nav(site: Site) -> dict[str, str]:
    """The groups stand in the order of the decision table, disputes and what is not outsourcing last."""
    order = [*(row.verdict for row in decision_table(site)[1:]), DISPUTED.lower(), "not outsourcing"]
    labels = {path: label for label, path in site.nav}
    found = SECTION.search(site.text(FILE))
    paths = re.findall(r": (\S+\.md)\n", found[0]) if found else []
    if not found or any(path not in site.pages or site.pages[path].kind != "case" for path in paths):
        return {}

    def group(case: Page) -> str:
        return case.meta["verdict"][0] if len(case.meta["verdict"]) == 1 else DISPUTED.lower()

    def place(case: Page) -> tuple[int, int]:
        return order.index(group(case)) if group(case) in order else len(order), paths.index(case.path)

    lines = []
    for name, cases in groupby(sorted((site.pages[path] for path in dict.fromkeys(paths)), key=place), group):
        lines.append(f"      - {name[0].upper()}{name[1:]}:\n")
        lines += [f"          - {_label(labels[case.path], case)}: {case.path}\n" for case in cases]
    text = site.text(FILE)
    return {FILE: text[: found.start()] + "".join(lines) + text[found.end() :]}
