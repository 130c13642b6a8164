"""The rules on the Markdown, one module a subject. Each is a function from a site to its problems (see registry.py)."""

from tools.rules import (  # noqa: F401 -- each module registers its rules
    agreement,
    around,
    cases,
    counts,
    drawings,
    figures,
    links,
    made,
    prose,
    records,
    search,
    sources,
    spelling,
    structure,
    workshop,
)
from tools.rules.registry import RULES, Problem, Rule, rule
from tools.site import Site

__all__ = ["RULES", "Problem", "Rule", "check", "rule"]


def check(site: Site, rules: list[Rule] | None = None) -> dict[str, list[Problem]]:
    """The problems that each rule finds, sorted, by the rule's name; rules that find nothing are left out.

    Where a record is not valid, that is said alone: the other rules, and what is made, rely on its keys.
    """
    if invalid := sorted(set(records.records_are_valid(site))):
        return {"records_are_valid": invalid}
    rest = [one for one in (RULES if rules is None else rules) if one is not records.records_are_valid]
    found = {one.__name__: sorted(set(one(site))) for one in rest}
    return {name: problems for name, problems in found.items() if problems}
