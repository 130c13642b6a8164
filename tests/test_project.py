"""Rules on what stands around the site: the documents, the dependencies, the reproducible build, the move to the second engine.

Each check is a function that returns problems; test_suite.py breaks each of them on purpose.
"""

import filecmp
import re
import subprocess
import sys
import textwrap
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from model import ROOT, Built, Source, build, copy_site, expect_none
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from records import write_sections
from test_content import ENTRY, RULES
from test_site import differences

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def untrue(root: Path) -> list[str]:
    """What README.md and CONTRIBUTING.md below `root` name and the project lacks: commands, files, checks; one line each."""
    make = (root / "Makefile").read_text("utf-8")
    targets = set(re.search(r"^\.PHONY: (.+)$", make, re.M)[1].split())
    problems, named = [], set()
    for document in DOCUMENTS:
        for number, line in enumerate((root / document).read_text("utf-8").split("\n"), 1):
            where, codes = f"{document}:{number}", re.findall(r"`([^`]+)`", line)
            commands = [match[1] for code in [line, *codes] if (match := re.match(r"(?:\w+=\S+ )?make (\w+)", code))]
            named |= set(commands)
            problems += [f"{where}: make {command}: the Makefile has no such command." for command in commands if command not in targets]
            for code in codes:
                # A file of the project: it has a folder or an ending, and no placeholder; site/ and .venv/ are made.
                if re.fullmatch(r"[\w.-]+/[\w./-]*|[\w-]+\.(?:md|yml|toml|txt|cff)", code) and not code.startswith(("site/", ".venv/")):
                    if not (root / code).exists():
                        problems.append(f"{where}: {code}: there is no such file. Mend its name.")
                if document == "CONTRIBUTING.md" and line.startswith("|") and re.fullmatch(r"[a-z]+(_[a-z]+)+", code):
                    if code not in {rule.__name__ for rule in RULES}:
                        problems.append(f"{where}: {code}: there is no such check.")
    return problems + [f"README.md: make {command} is not in the table of commands." for command in sorted(targets - named)]


def out_of_range(pyproject: str, versions: dict[str, str]) -> list[str]:
    """Each requirement of a pyproject.toml that a version {canonical name: version} does not meet, with the range's reason.

    The reason is the comment in the lines above the requirement.
    """
    project, lines = tomllib.loads(pyproject)["project"], pyproject.split("\n")
    wanted = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    problems = []
    for text in wanted:
        requirement = Requirement(text)
        have = versions.get(canonicalize_name(requirement.name))
        if have is None or not requirement.specifier.contains(have, prereleases=True):
            at = next(n for n, line in enumerate(lines) if f'"{text}"' in line)
            why = []
            while lines[at - 1].lstrip().startswith("#"):
                at -= 1
                why.insert(0, lines[at].strip(" #"))
            problems.append(f"{requirement.name} {have or 'is missing'}: wanted is {text}. {' '.join(why)} Run: make lock")
    return problems


def locked(text: str) -> dict[str, str]:
    """The versions that a lock file holds for the Python that runs this: {canonical name: version}."""
    pins = [Requirement(line) for line in re.findall(r"^([\w.-]+==.+) \\$", text, re.M)]
    return {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins if not pin.marker or pin.marker.evaluate()}


def unequal(one: Path, two: Path) -> list[str]:
    """Paths of the files that only one of two folders has, or that differ in a byte."""
    files = [{file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} for folder in (one, two)]
    _, mismatch, errors = filecmp.cmpfiles(one, two, sorted(files[0] & files[1]), shallow=False)
    return sorted((files[0] ^ files[1]) | set(mismatch) | set(errors))


def test_documents_are_true():
    """README and CONTRIBUTING name no command, file or check that is not there, and README names every command."""
    problems = untrue(ROOT)
    expect_none(problems)


def template_problems(text: str, folder: Path) -> list[str]:
    """What the rules on sources say of a copy of the site, made in `folder`, that has the term and the entry of CONTRIBUTING.md's text."""
    term, entry = (textwrap.dedent(block) for block in re.findall(r"```markdown\n(.*?)```", text, re.S)[:2])
    copy = copy_site(folder)
    (copy / "docs/glossary/change-request.md").write_text(term, "utf-8")
    other = copy / "docs/glossary/fixed-price.md"
    other.write_text(other.read_text("utf-8").replace("\nrelated: [", "\nrelated: [change-request, "), "utf-8")
    write_sections(copy)
    problems = [problem for rule in RULES for problem in rule(Source(copy))]
    return problems if ENTRY.match(entry.strip().split("\n")[1]) else [*problems, f"CONTRIBUTING.md: no whole entry: {entry}"]


def test_templates_pass(tmp_path):
    """The templates of CONTRIBUTING.md pass as they stand, once the related term names the new one and `make records` has run."""
    expect_none(template_problems((ROOT / "CONTRIBUTING.md").read_text("utf-8"), tmp_path / "site"))


def test_dependencies_are_in_range():
    """What is installed, and what is locked, lies in the ranges of pyproject.toml."""
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    have = {}
    for name in locked((ROOT / "requirements-test.txt").read_text("utf-8")):
        try:
            have[name] = version(name)
        except PackageNotFoundError:
            continue
    problems = out_of_range(pyproject, have)
    for file in ("requirements.txt", "requirements-test.txt"):
        pinned = locked((ROOT / file).read_text("utf-8"))
        assert pinned, f"{file} pins nothing"
        # The first file has the run-time packages only.
        problems += [f"{file}: {line}" for line in out_of_range(pyproject, pinned if file != "requirements.txt" else have | pinned)]
    expect_none(problems)


def test_builds_are_identical(server, built, tmp_path):
    """Two builds of the same sources, in different folders, are equal byte by byte, given SOURCE_DATE_EPOCH."""
    code, again = build(copy_site(tmp_path / "again"), "mkdocs", server[1])
    assert code == 0, again.log
    problems = unequal(built.folder, again.folder)
    assert not problems, f"two builds differ in: {problems}"


def test_second_engine_can_take_over(server, built, tmp_path):
    """The steps of README's "To move for good", run on a copy, give a project whose `make build` makes the same pages.

    `make lock` and `make test` among them need the network and this suite; they are left out here.
    """
    copy = copy_site(tmp_path / "moved")
    for name in ("Makefile", "pyproject.toml", "README.md"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    steps = re.search(r"To move for good.*?```sh\n(.*?)```", (copy / "README.md").read_text("utf-8"), re.S)[1]
    commands = [line for line in steps.splitlines() if not line.startswith("make ")]
    assert len(commands) == 2 and "make lock" in steps, steps
    subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=copy, check=True)
    project = tomllib.loads((copy / "pyproject.toml").read_text("utf-8"))["project"]
    names = [{Requirement(text).name for text in texts} for texts in (project["dependencies"], project["optional-dependencies"]["test"])]
    assert "zensical" in names[0] and not {"mkdocs", "mkdocs-material"} & names[0] and {"mkdocs", "mkdocs-material"} <= names[1]
    # The packages are there already: make is told so, and where.
    command = ["make", "build", f"BIN={Path(sys.executable).parent}", "-o", ".venv/site.ok"]
    done = subprocess.run(command, cwd=copy, env={**_environment(), "SITE_URL": server[1]}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    problems = differences(built, Built(copy / "site"))
    expect_none(problems)
    assert f"Sitemap: {server[1]}sitemap.xml" in (copy / "site/robots.txt").read_text("utf-8")
    assert "zensical" not in (ROOT / "Makefile").read_text("utf-8"), "the copy was to be moved, not the project"


def _environment() -> dict[str, str]:
    """The environment without what `make test` hands down to a make inside it."""
    import os

    return {key: value for key, value in os.environ.items() if not key.startswith("MAKE") and key != "MFLAGS"}
