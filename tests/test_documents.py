"""What stands around the site is true: README and CONTRIBUTING, their templates, the packages in their ranges.

Each check is a function that returns problems; the tests below it break it on purpose.
"""

import re
import textwrap
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.make import made
from tools.rules import RULES, check
from tools.site import ROOT, Site

DOCUMENTS = ("README.md", "CONTRIBUTING.md")
LOCKS = ("requirements.txt", "requirements-check.txt", "requirements-test.txt", "requirements-lint.txt")
#: Folders that commands make, and that a clone lacks.
MADE = ("site/", ".venv/", ".cache/")


def commands(makefile: str) -> set[str]:
    """The commands of a Makefile."""
    return set(re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split())


def untrue(root: Path, project: Path | None = None) -> list[str]:
    """What the documents below `root` name and the project lacks: commands, files, checks; one line each."""
    known, problems = commands((root / "Makefile").read_text("utf-8")), []
    for document in DOCUMENTS:
        for number, line in enumerate((root / document).read_text("utf-8").split("\n"), 1):
            where, codes = f"{document}:{number}", re.findall(r"`([^`]+)`", line)
            for code in [line, *codes]:
                command = re.match(r"(?:\w+=\S+ )?make (\w+)", code)
                if command and command[1] not in known:
                    problems.append(f"{where}: make {command[1]}: the Makefile has no such command.")
            for code in codes:
                # A file of the project: it has a folder or an ending, and no placeholder.
                a_file = re.fullmatch(r"[\w.-]+/[\w./-]*|[\w-]+\.(?:md|yml|toml|txt|cff)", code)
                if a_file and not code.startswith(MADE) and not ((project or root) / code).exists():
                    problems.append(f"{where}: {code}: there is no such file. Mend its name.")
                a_check = document == "CONTRIBUTING.md" and line.startswith("|")
                if a_check and re.fullmatch(r"[a-z]+(_[a-z]+)+", code) and code not in {r.__name__ for r in RULES}:
                    problems.append(f"{where}: {code}: there is no such check.")
    return problems


def test_documents_are_true():
    """README and CONTRIBUTING name no command, file or check that is not there."""
    assert untrue(ROOT) == []


def test_help_lists_every_command():
    """Each command of the Makefile has a text that `make help` prints."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(re.findall(r"^(\w+):[^#\n]*## \S", makefile, re.M)) == commands(makefile)


UNTRUE = [
    ("README.md", "`make check`", "`make chek`", "make chek: the Makefile has no such command"),
    ("README.md", "`tools/schema.json`", "`tools/scheme.json`", "tools/scheme.json: there is no such file"),
    ("CONTRIBUTING.md", "`words_are_spelt`", "`words_are_spelled`", "words_are_spelled: there is no such check"),
    ("Makefile", ".PHONY: help serve", ".PHONY: help", "make serve: the Makefile has no such command"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), UNTRUE, ids=[b[-1] for b in UNTRUE])
def test_untrue_document_is_seen(tmp_path, file, old, new, says):
    """A document that names what is not there is found."""
    text = (ROOT / file).read_text("utf-8")
    assert old in text, f"the break is stale: {old!r} is not in {file}"
    texts = {name: (ROOT / name).read_text("utf-8") for name in (*DOCUMENTS, "Makefile")}
    for name, whole in (texts | {file: text.replace(old, new)}).items():
        (tmp_path / name).write_text(whole, "utf-8")
    found = untrue(tmp_path, ROOT)
    assert found
    assert all(says in line for line in found), found


# -- The templates of CONTRIBUTING.md ----------------------------------------------------------------------------------


def followed(text: str, site: Site) -> dict[str, list]:
    """What the rules say once somebody has followed CONTRIBUTING's `text`: a term, a source, and `make records`."""
    term, entry = (textwrap.dedent(block) for block in re.findall(r"```markdown\n(.*?)```", text, re.S)[:2])
    other, sources = "docs/glossary/fixed-price.md", "docs/sources/word.md"
    # The entry of the template stands in the list already: there it takes the place of itself.
    key = re.search(r"\{#.*?\}", entry)[0]
    there = re.compile(rf"^[^\n]*{re.escape(key)}\n:   [^\n]*$", re.M)
    assert there.search(site.text(sources)), key
    site = site.edited(
        {
            "docs/glossary/change-request.md": term,
            other: site.text(other).replace("\nrelated: [", "\nrelated: [change-request, "),
            sources: there.sub(lambda _: entry.strip(), site.text(sources)),
        }
    )
    return check(site.edited(made(site)))


def test_templates_pass(site):
    """The templates of CONTRIBUTING.md pass as they stand, once the related term names the new one."""
    found = followed((ROOT / "CONTRIBUTING.md").read_text("utf-8"), site)
    assert not found, found


def test_broken_template_is_seen(site):
    """A template whose definition is said in two ways, and an entry without an address, are found."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    broken = text.replace("description: A change request is", "description: A change request was")
    assert "definitions_are_one_sentence" in followed(broken, site)
    assert "sources_are_complete" in followed(text.replace("<https://example.org/", "<ftp://example.org/"), site)


# -- Packages ----------------------------------------------------------------------------------------------------------


def ranges(pyproject: str) -> dict[str, tuple[str, str]]:
    """Each package of a pyproject.toml by its canonical name: its requirement, the reason in the comment above it."""
    project, lines = tomllib.loads(pyproject), pyproject.split("\n")
    groups = [text for group in project["dependency-groups"].values() for text in group if isinstance(text, str)]
    found = {}
    for text in [*project["project"]["dependencies"], *groups]:
        at = next(n for n, line in enumerate(lines) if f'"{text}"' in line)
        why: list[str] = []
        while lines[at - 1].lstrip().startswith("#"):
            at -= 1
            why.insert(0, lines[at].strip(" #"))
        found[canonicalize_name(Requirement(text).name)] = text, " ".join(why)
    return found


def out_of_range(pyproject: str, versions: dict[str, str]) -> list[str]:
    """Each of these versions, {canonical name: version}, that its range does not hold, with the range's reason."""
    problems = []
    for name, (text, why) in ranges(pyproject).items():
        have = versions.get(name)
        if have and not Requirement(text).specifier.contains(have, prereleases=True):
            problems.append(f"{name} {have}: wanted is {text}. {why} Run: make lock")
    return problems


def locked(text: str) -> dict[str, str]:
    """The versions that a lock file holds for the Python that runs this: {canonical name: version}."""
    pins = [Requirement(line) for line in re.findall(r"^([\w.-]+==.+) \\$", text, re.M)]
    return {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin in pins
        if not pin.marker or pin.marker.evaluate()
    }


def installed(names) -> dict[str, str]:
    """The versions of those packages that are installed."""
    have = {}
    for name in names:
        try:
            have[name] = version(name)
        except PackageNotFoundError:
            continue
    return have


def test_packages_are_in_range():
    """What is installed, and what each file locks, lies in the ranges of pyproject.toml; the files agree."""
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    files = {file: locked((ROOT / file).read_text("utf-8")) for file in LOCKS}
    assert all(files.values()), files
    everything = {name: number for pins in files.values() for name, number in pins.items()}
    assert set(ranges(pyproject)) <= set(everything), set(ranges(pyproject)) - set(everything)
    for pins in [*files.values(), installed(everything)]:
        assert out_of_range(pyproject, pins) == []
        assert {name: number for name, number in pins.items() if everything[name] != number} == {}


def test_version_out_of_range_is_seen():
    """A version out of its range is named with the range and its reason."""
    found = out_of_range((ROOT / "pyproject.toml").read_text("utf-8"), {"click": "8.3.1", "lxml": "6.0.0"})
    assert len(found) == 1
    assert "click 8.3.1: wanted is click>=8,<9,!=8.3.*. 8.3 breaks the live reload" in found[0]
