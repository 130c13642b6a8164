"""The rules on the Markdown, one module a subject. Each is a function from a site to its problems (see registry.py)."""

import multiprocessing

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

__all__ = ["RULES", "Problem", "Rule", "check", "check_beside", "rule"]


def _found(one: Rule, site: Site) -> list[Problem]:
    return sorted(set(one(site)))


def check(site: Site, rules: list[Rule] | None = None) -> dict[str, list[Problem]]:
    """The problems that each rule finds, sorted, by the rule's name; rules that find nothing are left out.

    Where a record is not valid, that is said alone: the other rules, and what is made, rely on its keys.
    """
    if invalid := _found(records.records_are_valid, site):
        return {"records_are_valid": invalid}
    rest = [one for one in (RULES if rules is None else rules) if one is not records.records_are_valid]
    found = {one.__name__: _found(one, site) for one in rest}
    return {name: problems for name, problems in found.items() if problems}


#: The site that the processes of `check_beside` inherit: to send it to them would take longer than to read it.
_inherited: list[Site] = []


def _beside(number: int) -> list[Problem]:
    return _found(RULES[number], _inherited[-1])


def check_beside(site: Site) -> dict[str, list[Problem]]:
    """What `check` finds, with a process on each core; alone where a system cannot copy a process (Windows)."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return check(site)
    # Spelling first, and here: what the dictionary answers is remembered by the process that asks.
    found = check(site, [spelling.words_are_spelt])
    if "records_are_valid" in found:
        return found
    _inherited.append(site)
    rest = [n for n, one in enumerate(RULES) if one not in (records.records_are_valid, spelling.words_are_spelt)]
    with multiprocessing.get_context("fork").Pool() as pool:
        problems = pool.map(_beside, rest, chunksize=1)
    _inherited.pop()
    return found | {RULES[n].__name__: some for n, some in zip(rest, problems, strict=True) if some}
