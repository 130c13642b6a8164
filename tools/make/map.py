"""The map of all cases: the decision table drawn as a table of lists, made from the records of the cases.

Two of the four questions are its rows, the third its columns, so that core KPO is a row and transformational BPO a
column; what the first question keeps out stands in a yard outside the fence, below. It is a table of Markdown, so that
eye, ear, paper and checks of links read it without more; docs/assets/style.css draws its signs.
"""

from collections.abc import Iterator
from posixpath import dirname, relpath

from tools.make.pieces import Undrawable, sign
from tools.records import decision_table, nav_name, short_title, verdicts
from tools.site import Page, Site

#: The rows, by the answers to Expertise? and Core?; for work by rules the second makes no difference.
ROWS = {
    "Expert work, core to the buyer": ("yes", "yes"),
    "Expert work, not core to the buyer": ("yes", "no"),
    "Work by rules": ("no", "disputed"),
}
#: The columns, by the answer to Change?
COLUMNS = {"The process stays as it is": "no", "The supplier must change the process": "yes"}
#: An outcome as the record has it, and its word; docs/assets/style.css has a sign for each.
OUTCOMES = {"worked": "worked", "mixed": "mixed", "failed": "failed", "unknown": "not known"}
#: As many cases as a cell has room for on the brief, which is one sheet, however many cases there are.
FEW = 2


def place(site: Site, name: str, answers: tuple[str, ...]) -> str:
    """The verdict of a place on the map, to which the decision table must lead its answers, and to no other."""
    leads = verdicts(decision_table(site), answers)
    if len(leads) != 1:
        what = f"{name!r}, a place on the map of cases, has {len(leads)} verdicts."
        page = site.pages["classify.md"]
        raise Undrawable(page.file, page.at("| Supplier? |"), what, "Change the map's places in tools/make/map.py.")
    return leads[0]


def called(site: Site) -> dict[str, str]:
    """The name of each case on the map, by its path: its label in the nav up to a colon, else that of its title."""
    labels = {path: nav_name(label) for label, path in site.nav}
    return {case.path: labels.get(case.path) or short_title(case) for case in site.of("case")}


def inside(site: Site, page: Page, verdict: str, few: bool) -> Iterator[str]:
    """The cases of a verdict, those in dispute after the others; with `few` their names alone, FEW that are certain.

    A case in dispute stands in each cell that one reading of it leads to: to put it into one would take a side.
    """
    names, up = called(site), dirname(page.path) or "."
    cases = [case for case in site.of("case") if verdict in case.meta["verdict"]]
    cases.sort(key=lambda case: (len(case.meta["verdict"]) > 1, names[case.path].lower()))
    sure = [case for case in cases if len(case.meta["verdict"]) == 1]
    for case in (sure[:FEW] or cases[:1]) if few else cases:
        name, disputed = f"[{names[case.path]}]({relpath(case.path, up)})", case not in sure
        if few:
            yield f"{name}{' (disputed)' if disputed else ''}"
        else:
            outcome = case.meta["outcome"]
            dispute = f" {sign('disputed', 'disputed')}" if disputed else ""
            short = case.meta.get("short", case.meta["function"])
            yield f"{sign(outcome, OUTCOMES[outcome])} {name}{dispute} <small>{short}</small>"


def cases_map(site: Site, page: Page, few: bool = False) -> str:
    """The map as a page shows it, its links from there."""
    heads = ["Outsourcing", *COLUMNS]
    table = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for row, (expertise, core) in ROWS.items():
        line = [f"**{row}**"]
        for column, change in COLUMNS.items():
            verdict = place(site, f"{row}: {column[0].lower()}{column[1:]}", ("yes", expertise, core, change))
            items = "".join(f"<li>{item}</li>" for item in inside(site, page, verdict, few))
            line.append(f"{verdict}<ul>{items}</ul>" if items else f"{verdict}<br>no case")
        table.append(f"| {' | '.join(line)} |")
    outside = place(site, "Outside", ("no", *["disputed"] * 3))
    yard = [f"- {item}" for item in inside(site, page, outside, few)]
    number, up = len(site.of("case")), "../" * page.path.count("/")
    said = f"Some of the [{number} cases]({up}examples/index.md)" if few else f"All {number} cases"
    said += f", by the [decision table]({up}classify.md#table)."
    outcomes = " ".join(sign(kind, word) for kind, word in OUTCOMES.items())
    key = (
        f"Outcome: {outcomes}. A case that is {sign('disputed', 'disputed')} stands in each cell that one reading of "
        "it leads to. The cases are no sample, so the map shows no rate of success."
    )
    return "\n".join(
        [
            f'<div class="map{" few" if few else ""}" data-made data-search-exclude markdown>',
            "",
            *table,
            "/// table-caption",
            f"{said} A deal can be core KPO, transformational BPO, both, or neither.{'' if few else f' {key}'}",
            "///",
            "",
            f"**{outside.capitalize()}:** no separate supplier runs the work and answers for it.",
            "",
            *yard,
            "",
            "</div>",
        ]
    )


def head_of_map(site: Site, page: Page) -> str:
    """The map with a few cases a cell, for one sheet of paper."""
    return cases_map(site, page, few=True)
