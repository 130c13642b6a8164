"""Every rule holds for the project, and every message of every rule is provoked by a break."""

import ast
import importlib
import pkgutil
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.breaks import Break, added, broken, grouped, halved, spread, unseen
from tools import rules
from tools.rules import RULES, Problem, check
from tools.site import Site, Unreadable

SUBJECTS = [module.name for module in pkgutil.iter_modules(rules.__path__) if module.name != "registry"]
BREAKS: dict[str, list[Break]] = {
    name: spread(importlib.import_module(f"tests.breaks.{name}").BREAKS) for name in SUBJECTS
}


#: What is made of a record is stale whenever that changes: red beside many breaks, and said where it is meant.
FOLLOWS = "made_parts_are_fresh"
EVERY = [one for some in BREAKS.values() for one in some]
#: Where a record is not valid, the other rules are silent.
ALONE = [one for one in EVERY if "records_are_valid" in one.rules]


#: The rules that some break must turn red beside the one that it means.
BESIDE = {name for one in EVERY for name in one.rules.split()[1:]} - {FOLLOWS}


def _touched(one: Break) -> list[str]:
    """What no other break of its group may touch: its files, and the rules of which more than a message is asked."""
    rules, files = set(one.rules.split()) - {FOLLOWS}, [edit.file for edit in one.edits]
    # What is made of one file stands in another, which its message names.
    named = [one.says.partition(":")[0]] if one.rules.startswith(FOLLOWS) else []
    return [*files, *named, *(rules if len(rules) > 1 else rules & BESIDE)]


#: Where a record is not whole, nothing is made: breaks of what is made stand apart.
GROUPS = [
    group
    for of_made in (False, True)
    for group in grouped(
        (one for one in EVERY if one not in ALONE and one.rules.startswith(FOLLOWS) == of_made), _touched
    )
]


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.__name__)
def test_rule_holds(one, site):
    """The rule finds no problem in the project."""
    problems = check(site, [one])
    assert not problems, "\n".join(map(str, problems[one.__name__]))


def _unseen(site: Site, some: list[Break]) -> list[str]:
    """What is wrong with some breaks put into one site; what follows from an edit need not be named."""
    made = any(one.rules.startswith(FOLLOWS) for one in some)
    rules = RULES if made else [rule for rule in RULES if rule.__name__ != FOLLOWS]
    found = check(broken(site, [edit for one in some for edit in one.edits]), rules)
    said = {name: [str(problem) for problem in problems] for name, problems in found.items()}
    # What is made of a file stands in another, which the message names.
    meant = [(" ".join(name for name in one.rules.split() if made or name != FOLLOWS), one) for one in some]
    return unseen(said, [(names, "" if made else one.edits[0].file, one.message(site), one) for names, one in meant])


#: (rule, what is right, and was once called wrong)
RIGHT = [
    ("prose_is_punctuated", "The figure in How big is KPO? is mended."),
    ("compounds_agree", "A team works for one client alone."),
]


@pytest.mark.parametrize(("name", "text"), RIGHT, ids=[text for _, text in RIGHT])
def test_what_is_right_is_not_named(site, name, text):
    """A rule says nothing of what only looks like the fault that it is for."""
    other = broken(site, added(name, text, "").edits)
    assert not check(other, [rule for rule in RULES if rule.__name__ == name])


@pytest.mark.parametrize(
    "group", [[one] for one in ALONE] + GROUPS, ids=lambda some: f"{some[0].rules.split()[0]}-{len(some)}"
)
def test_breaks_are_seen(group, site):
    """A defect turns exactly the rules red that it names, and the first of them says what is wrong.

    Defects that touch nothing in common are tried at once; where that fails, fewer are, and at last each alone.
    """
    wrong = halved(group, partial(_unseen, site))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_message_is_provoked(subject, site, monkeypatch):
    """The breaks of a subject reach each place in its module where a problem is written."""
    module = Path(importlib.import_module(f"tools.rules.{subject}").__file__)
    spans = [
        range(node.lineno, node.end_lineno + 1)
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem"
    ]
    assert spans, f"{module.name} writes no problem"
    reached = set()

    def note(self, *args, write=Problem.__init__):
        write(self, *args)
        if sys._getframe(1).f_code.co_filename == str(module):
            reached.add(sys._getframe(1).f_lineno)

    monkeypatch.setattr(Problem, "__init__", note)
    own = [one for one in RULES if one.__module__ == f"tools.rules.{subject}"]
    together = grouped((one for one in BREAKS[subject] if one not in ALONE), lambda one: [e.file for e in one.edits])
    # Some breaks hide others: what is still silent after the groups is looked for break by break.
    for group in together + [[one] for one in BREAKS[subject]]:
        if not any(reached.isdisjoint(span) for span in spans):
            break
        edits = [edit for defect in group for edit in defect.edits]
        other = broken(site, edits)
        # What a rule remembers of a page that another test has seen is not written again: these pages are new.
        files = {file for file, _, _ in edits if file.endswith(".md") and file in other.files}
        other = other.edited({file: f"{other.text(file)}\nA text about {subject}.\n" for file in files})
        named = {name for defect in group for name in defect.rules.split()}
        for rule in (one for one in own if one.__name__ in named):
            list(rule(other))
    silent = [f"{module.name}:{span.start}" for span in spans if reached.isdisjoint(span)]
    assert not silent, f"no break provokes the messages at: {', '.join(silent)}"


UNREADABLE = [
    (b"\xff\xfe", "not UTF-8"),
    (b"", "compare.md:1: no front matter"),
    (b"Hello", "no front matter"),
    (b"\xef\xbb\xbf---\ntitle: a\n---\n", "compare.md:1: begins with a byte-order mark"),
    (b"---\ntitle: a\r\n---\n", "compare.md:2: a line ends in CRLF"),
    (b"---\ntitle: a\nsources:\n\t- b\n---\n", "compare.md:4: front matter is not YAML"),
    (b"---\ntitle: [\n---\n", "not YAML"),
    (b"---\nreviewed: 2026-11-33\n---\n", "compare.md:2: front matter holds an impossible value"),
    (b"---\ntitle: a: b\n---\n", "compare.md:2: front matter is not YAML"),
    (b"---\n- a\n---\n", "compare.md:1: front matter holds no keys"),
]


@pytest.mark.parametrize(("data", "says"), UNREADABLE, ids=[says for _, says in UNREADABLE])
def test_unreadable_file_is_named(site, data, says):
    """A file that is no page gives one line that names it; so does another one beside it."""
    with pytest.raises(Unreadable, match=says) as error:
        site.edited({"docs/compare.md": data, "docs/market.md": data})
    assert [line.partition(".md")[0] for line in str(error.value).split("\n")] == ["docs/compare", "docs/market"]


def test_sites_share_unchanged_pages(site):
    """A page that an edit leaves alone is the same object in both sites, so that what is remembered of it holds."""
    other = site.edited({"docs/compare.md": site.text("docs/compare.md") + "\nMore.\n"})
    assert Site(site.root).pages["about.md"] is other.pages["about.md"] is site.pages["about.md"]
    assert other.pages["compare.md"] is not site.pages["compare.md"]
