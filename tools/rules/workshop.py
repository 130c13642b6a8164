"""The workshop: commands run on every system, packages have bounds and hashes, documents agree with each other."""

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache

import yaml

from tools.records import changes
from tools.rules.registry import Problem, rule
from tools.site import Site

PROJECT, CITATION = "pyproject.toml", "CITATION.cff"
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"), 1)


def _line(text: str, needle: str) -> int:
    """Number of the first line that holds `needle`; 1 where none does."""
    return next((number for number, line in _lines(text) if needle in line), 1)


# -- Commands ----------------------------------------------------------------------------------------------------------

#: Calls that GNU's tools know and those of macOS or BSD do not, and what does the same on all.
GNU = {
    r"\bsed\s+(?:-\w\s+)*-[a-hj-z]*i(?:\s|['\"])": "sed -i.bak, with the suffix",
    r"\bsed\b[^|;&]*\s(?:-[a-zE]*r\b|--\w)": "sed -E, and short options",
    r"\bgrep\b[^|;&]*\s(?:-\w*P|--\w)": "grep -E, and short options",
    r"\bdate\s+(?:-d\b|--date|-I\b)": "date +%s, or Python",
    r"\breadlink\s+-\w*[fem]\b|\brealpath\b": "cd and pwd -P",
    r"\bsort\b[^|;&]*\s(?:-\w*V|-\w*h\b|--\w)": "sort -n, and short options",
    r"\bxargs\b[^|;&]*\s(?:-\w*r\b|-d\b|--\w)": "xargs without -r and -d",
    r"\bcp\s+(?:-\w*[at]\w*\s|--\w)|\bmv\s+(?:-t\b|--\w)|\bln\s+(?:-\w*r\w*\s|--\w)": "cp -R, mv and ln -s",
    r"\becho\s+-[enE]+\b": "printf",
    r"\bstat\s+(?:-c\b|--\w)|\bfind\b[^|;&]*-printf\b|\bdu\s+-\w*b": "wc -c, or Python",
    r"\bmktemp\s+(?:-p\b|--\w)": "mktemp -d",
    r"\b(?:head|tail)\s+(?:-[nc]\s*-\d|--\w)": "sed or awk",
    r"\b(?:tac|nproc|timeout|md5sum|sha\d+sum|truncate|shuf)\s": "Python",
    r"\bbase64\s+(?:-w|--\w)|\btar\b[^|;&]*\s--\w|\bmkdir\s+--\w|\brm\s+--\w|\bls\s+--\w": "short options",
}
#: What bash knows and a plain sh does not.
BASH = {
    r"(?:^|[\s;&|(@])\[\[\s": "[ … ]",
    r"(?:^|[\s;&|@])source\s+\S": ". file",
    r"<<<|&>|\$'|<\(": "a pipe or a file",
    r"(?:^|[\s;&|@])function\s+\w": "name() { …; }",
    r"\bset\s+-\w*o\s+pipefail": "a check of each step",
    r"\bread\s+-[ap]\b|\bdeclare\s|\bpushd\b": "cd and plain variables",
}


def _shell(site: Site) -> Iterator[tuple[str, int, str, bool]]:
    """(file, line, text, whether bash runs it) of each line that a shell runs on a contributor's machine."""
    for file in ("Makefile", ".ci/run"):
        bash = "bash" in site.text(file).split("\n")[0]
        yield from ((file, n, line, bash) for n, line in _lines(site.text(file)) if not line.startswith("#"))
    for file in DOCUMENTS:
        inside = False
        for number, line in _lines(site.text(file)):
            if line.lstrip().startswith("```"):
                inside = not inside and bool(re.match(r"\s*```(?:sh|bash|shell|console)\b", line))
            elif inside:
                yield file, number, line, False
            yield from ((file, number, code, False) for code in re.findall(r"`([^`]+ [^`]+)`", line) if not inside)


@cache
def _unportable(line: str, bash: bool) -> tuple[str, str] | None:
    """(what a line calls that not every system has, what does the same); None where it calls nothing such."""
    for pattern, instead in {**GNU, **({} if bash else BASH)}.items():
        if found := re.search(pattern, line):
            return found[0].strip(), instead
    return None


@rule
def make_uses_portable_tools(site: Site) -> Iterator[Problem]:
    """Makefile, .ci/run and the commands of README and CONTRIBUTING run on Linux, macOS and BSD."""
    for file, number, line, bash in _shell(site):
        if said := _unportable(line, bash):
            yield Problem(file, number, f"{said[0]!r} is not known on every system.", f"Write: {said[1]}.")


# -- Packages ----------------------------------------------------------------------------------------------------------


def _requirements(site: Site) -> dict[str, list[str]]:
    """The requirements of pyproject.toml by the lock file that holds them, those of included groups left out."""
    project = tomllib.loads(site.text(PROJECT))
    groups = {"requirements.txt": project["project"].get("dependencies", [])}
    for name, items in project.get("dependency-groups", {}).items():
        groups[f"requirements-{name}.txt"] = [item for item in items if isinstance(item, str)]
    return groups


def _reason(text: str, line: int) -> str:
    """The comment directly above a line, '' where there is none."""
    above = text.split("\n")[line - 2].strip()
    return above.lstrip("# ") if above.startswith("#") else ""


@cache
def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _pins(lock: str) -> dict[str, int]:
    """The packages that a lock file pins, with their lines."""
    pins = ((number, re.match(r"([\w.-]+)(?:\[[^\]]*\])?==", line)) for number, line in _lines(lock))
    return {_canonical(match[1]): number for number, match in pins if match}


@rule
def dependencies_have_bounds(site: Site) -> Iterator[Problem]:
    """A requirement has a lower bound and an upper one, or a comment that says why it has none; its lock pins it."""
    text = site.text(PROJECT)
    try:
        groups = _requirements(site)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        yield Problem(PROJECT, int(at[1]) if at else 1, f"not TOML ({error}).", "Mend the line.")
        return
    assert any(groups.values()), f"{PROJECT} names no requirement"
    for lock, items in groups.items():
        pins = _pins(site.text(lock))
        for item in items:
            line = _line(text, f'"{item}"')
            name, bounds = re.match(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)", item).groups()  # type: ignore[union-attr]
            lower, upper = re.search(r">=?|~=|==", bounds), re.search(r"<=?|~=|==", bounds)
            # Packages of types take the version of what they describe.
            free = name.startswith("types-") or _reason(text, line)
            if not lower or not (upper or free):
                what = f"{name} has no {'upper' if lower else 'lower'} bound."
                yield Problem(PROJECT, line, what, f'Write as "{name}>=1.2,<2", with the versions that were tried.')
            if _canonical(name) not in pins:
                yield Problem(PROJECT, line, f"{name} is not in {lock}.", "Run: make lock")


@cache
def _unlocked(lock: str) -> list[tuple[int, str]]:
    """(line, line's text) of each line of a lock file that pins no version, or pins one without a hash."""
    lines, found = list(_lines(lock)), []
    for number, line in lines:
        pin = re.fullmatch(r"[\w.-]+(?:\[[\w,-]+\])?==[^\s;]+(?: ; .+?)? \\", line)
        following = lines[number][1] if number < len(lines) else ""
        hashed = re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}(?: \\)?", line)
        bare = pin and not re.match(r" +--hash=sha256:", following)
        if bare or (line.strip() and not (pin or hashed or re.match(r" *#", line))):
            found.append((number, line))
    return found


@rule
def locks_are_whole(site: Site) -> Iterator[Problem]:
    """Each line of a lock file pins one version by its hashes."""
    locks = [lock for lock in ("requirements.txt", *_groups(site)) if site.text(lock)]
    assert locks, "no lock file found"
    for lock in locks:
        for number, line in _unlocked(site.text(lock)):
            yield Problem(lock, number, f"not a version with its hashes: {line.strip()[:60]}.", "Run: make lock")


@cache
def _group_names(text: str) -> list[str]:
    return re.findall(r"^([\w-]+) = \[", text.partition("[dependency-groups]")[2].partition("\n[")[0], re.M)


def _groups(site: Site) -> list[str]:
    """The lock files of the dependency groups."""
    return [f"requirements-{name}.txt" for name in _group_names(site.text(PROJECT))]


#: What names a package index: each contributor has an own one.
INDEX = re.compile(
    r"--(?:extra-)?index(?:-url)?\b|--find-links\b|--trusted-host\b|--default-index\b|index-url\s*=|tool\.uv\.index"
    r"|\b(?:PIP|UV)_\w*INDEX\w*|https?://[^\s\"'`>]*(?:/simple\b|pypi)",
    re.I,
)


@rule
def no_index_is_named(site: Site) -> Iterator[Problem]:
    """No file of the project names a package index: which one is used is for each machine to say."""
    workflows = sorted((site.root / ".github/workflows").glob("*.yml"))
    files = ["Makefile", ".ci/run", PROJECT, "requirements.txt", *_groups(site), *DOCUMENTS, "mkdocs.yml"]
    for file in [*files, *(path.relative_to(site.root).as_posix() for path in workflows)]:
        for number, found in _index(site.text(file)):
            yield Problem(file, number, f"names a package index ({found}).", "Take it out.")


@cache
def _index(text: str) -> list[tuple[int, str]]:
    """(line, what names an index) of each place in a text that names a package index."""
    return [(number, found[0]) for number, line in _lines(text) if (found := INDEX.search(line))]


# -- Documents ---------------------------------------------------------------------------------------------------------

#: Where the oldest Python stands; the pattern finds its minor version.
PYTHONS = (
    ("README.md", r"Python 3\.(\d+)\b(?=[^.]*\b(?:newer|later|up)\b)"),
    ("CONTRIBUTING.md", r"Python 3\.(\d+)\b(?=[^.]*\b(?:newer|later|up)\b)"),
    ("Makefile", r"Python 3\.(\d+)\b(?=[^.]*\b(?:newer|later|up)\b)|version_info < \(3, (\d+)\)"),
    (PROJECT, r"^target-version = \"py3(\d+)\"|^python_version = \"3\.(\d+)\""),
)
#: The one job that a branch rule need require.
GATE = "all-green"
#: Where CI names the Pythons on which it runs.
WORKFLOWS = (".github/workflows/site.yml", ".github/workflows/links.yml")
#: Where the port of `make serve` is told: the command itself, and what repeats it.
PORTS = (
    ("Makefile", r"^PORT \?= (\d+)|127\.0\.0\.1:(\d+)"),
    ("README.md", r"127\.0\.0\.1:(\d+)"),
    ("mkdocs.yml", r"127\.0\.0\.1:(\d+)"),
)
#: Where the licence of the texts is named.
PARTIALS = ("overrides/partials/kpo/structured-data.html", "overrides/partials/kpo/head.html")
LICENCES = ("mkdocs.yml", "LICENSE", "README.md", CITATION, "docs/about.md", *PARTIALS)
LICENCE = re.compile(r"\bCC[ -](BY(?:-[A-Z]{2})*)[ -](\d\.\d)|creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")


@rule
def documents_agree(site: Site) -> Iterator[Problem]:
    """The oldest Python and the licence of the texts are told alike wherever they stand."""
    oldest = re.search(r'^requires-python = ">=3\.(\d+)', site.text(PROJECT), re.M)
    for file, pattern in PYTHONS if oldest else ():
        for number, line in _lines(site.text(file)):
            for found in re.finditer(pattern, line):
                minor = next(filter(None, found.groups()))
                if oldest and minor != oldest[1]:
                    what = f"Python 3.{minor}, while {PROJECT} has requires-python >=3.{oldest[1]}."
                    yield Problem(file, number, what, f"Write 3.{oldest[1]}, or change both.")
    own = LICENCE.search(site.text("LICENSE"))
    for file in LICENCES if own else ():
        for number, line in _lines(site.text(file)):
            for found in LICENCE.finditer(line):
                if own and _licence(found) != _licence(own):
                    mend = f"Write {_licence(own)}, or change it everywhere: {', '.join(LICENCES)}."
                    yield Problem(file, number, f"{found[0]} is not the licence of LICENSE ({_licence(own)}).", mend)


@cache
def _unawaited(workflow: str) -> list[str]:
    """The jobs whose failure `GATE` would not see: all but itself and those that wait for it."""
    jobs = yaml.safe_load(workflow)["jobs"]
    return [
        name
        for name, job in jobs.items()
        if name not in (GATE, *jobs.get(GATE, {}).get("needs", [])) and GATE not in job.get("needs", [])
    ]


@rule
def one_job_waits_for_all(site: Site) -> Iterator[Problem]:
    """The job that a branch rule requires waits for every other job of its workflow."""
    file = WORKFLOWS[0]
    workflow = site.text(file)
    for name in _unawaited(workflow):
        what = f"{GATE} is green though {name} is red: it does not wait for that job."
        yield Problem(file, _line(workflow, f"  {GATE}:"), what, f"Put {name} into its needs.")


@rule
def stamps_follow_their_requirements(site: Site) -> Iterator[Problem]:
    """Each environment of the Makefile, X.ok, follows requirements-X.txt; that of the site requirements.txt."""
    makefile = site.text("Makefile")
    stamps = re.findall(r"^\$\(ENV\)/(\w+)\.ok: (requirements.*)$", makefile, re.M)
    assert stamps, "no environment follows its requirements"
    for name, follows in stamps:
        own = "requirements.txt" if name == "site" else f"requirements-{name}.txt"
        if follows != own:
            what = f"{name}.ok would hold the packages of another environment."
            line = _line(makefile, f"{name}.ok: {follows}")
            yield Problem("Makefile", line, what, f"Write: $(ENV)/{name}.ok: {own}")


@rule
def ci_runs_what_is_promised(site: Site) -> Iterator[Problem]:
    """No job of CI runs a Python older than requires-python, nor an action that is not pinned by its commit."""
    oldest = re.search(r'^requires-python = ">=3\.(\d+)', site.text(PROJECT), re.M)
    for file in WORKFLOWS:
        for number, line in _lines(site.text(file)):
            used = re.search(r"uses: ([\w./-]+)@(\S+)", line)
            if used and not re.fullmatch(r"[0-9a-f]{40}", used[2]):
                mend = f"Write the commit of that version: {used[1]}@<40 digits> # {used[2]}"
                yield Problem(file, number, f"{used[1]} follows {used[2]}, which may change overnight.", mend)
            for minor in re.findall(r"python(?:-version)?: .*?\b3\.(\d+)", line):
                if oldest and int(minor) < int(oldest[1]):
                    what = f"Python 3.{minor}, while {PROJECT} has requires-python >=3.{oldest[1]}."
                    yield Problem(file, number, what, f"Write 3.{oldest[1]} or newer, or change both.")


@rule
def ports_agree(site: Site) -> Iterator[Problem]:
    """The port of `make serve` is told alike wherever it stands."""
    ports = [
        (file, number, next(filter(None, found.groups())))
        for file, pattern in PORTS
        for number, line in _lines(site.text(file))
        for found in re.finditer(pattern, line)
    ]
    usual = Counter(port for _, _, port in ports).most_common(1)[0][0]
    for file, number, port in ports:
        if port != usual:
            yield Problem(file, number, f"port {port}, while the others say {usual}.", f"Write {usual}, or change all.")


def _licence(match: re.Match) -> str:
    """A licence of Creative Commons as people write it: CC BY 4.0."""
    name, version = match[1] or match[3], match[2] or match[4]
    return f"CC {name.upper()} {version}"


@rule
def citation_file_is_true(site: Site) -> Iterator[Problem]:
    """CITATION.cff repeats the site's name, its description and its licence, and the day of one of its changes."""
    text, config = site.text(CITATION), site.config
    name, about = config.get("site_name"), config.get("site_description")
    days = {str(change.day) for change in changes(site) if change.day and change.day <= datetime.date.today()}
    newest = max(days, default="")
    wanted = {"title": {str(name)}, "abstract": {str(about)}, "date-released": days, "license": {"CC-BY-4.0"}}
    for key, values in wanted.items() if days else ():
        have = re.search(rf"^{key}: *(.*?) *$", text, re.M)
        if not have or have[1].strip("'\"") not in values:
            want = newest if key == "date-released" else next(iter(values))
            said = f"{key} is {have[1]!r}" if have else f"{key} is missing"
            what = f"{said}; mkdocs.yml, LICENSE or docs/about.md say otherwise."
            yield Problem(CITATION, _line(text, f"{key}:"), what, f"Write: {key}: {want}")
