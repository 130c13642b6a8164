"""What the tests read: the Markdown sources, and the pages that an engine builds from them.

Nothing here judges; the rules stand in the test modules. Paths of pages are relative to docs/, with forward slashes.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from yaml_env_tag import construct_env_tag

ROOT = Path(__file__).resolve().parent.parent
#: What an engine needs to build the site; a copy of these is a whole site.
PARTS = ("docs", "overrides", "mkdocs.yml")
#: The site is built below a sub-path, so that a link which only works at the root of a host is found.
SUBPATH = "/kpo/"

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<text>.*?)(?: *\{(?P<attrs>[^}]*)\})? *$")
SNIPPET = re.compile(r'^ *--8<-- "(?P<file>[^":]+)(?::(?P<section>[^"]+))?" *$')


class Unreadable(Exception):
    """Source files that cannot be read as pages; the message has one line for each, which names it, and the mend."""


class _Loader(yaml.SafeLoader):
    """YAML as MkDocs reads it: with the tag !ENV [NAME, default]."""


_Loader.add_constructor("!ENV", construct_env_tag)


@dataclass
class Page:
    """One Markdown file: its front matter as text and as a record, its body, and the line on which the body starts."""

    path: str
    front: str
    meta: dict
    body: str
    first_line: int

    @property
    def kind(self) -> str:
        """'term', 'definition' or 'case' where the page is a record of that kind, else 'page'."""
        folder, _, name = self.path.rpartition("/")
        kinds = {"glossary": "term", "definitions": "definition", "examples": "case"}
        if name == "index.md" or self.path == "definitions/published.md":
            return "page"
        return kinds.get(folder, "page")

    @property
    def slug(self) -> str:
        """The file's name without its ending: the last part of the page's address."""
        return Path(self.path).stem

    @property
    def url(self) -> str:
        """The address below the site's root, e.g. 'glossary/ito/' ('' for the home page)."""
        stem = self.path.removesuffix(".md")
        return stem.removesuffix("index") if stem.endswith("index") else stem + "/"

    def key_line(self, key: str) -> int:
        """Number of the line on which a key of the front matter stands; 1 where it does not."""
        lines = enumerate(self.front.split("\n"), 2)
        return next((n for n, line in lines if line.startswith(f"{key}:")), 1)

    def lines(self):
        """Yield (line number in the file, line) of the body."""
        return enumerate(self.body.split("\n"), self.first_line)

    def at(self, needle: str) -> int:
        """Number of the first line of the file that holds `needle`, in the body first; 1 where none does."""
        return next((n for n, line in self.lines() if needle in line), 1)

    def headings(self):
        """Yield (line number, level, text, id or None) of each heading."""
        for number, line in self.lines():
            if match := HEADING.match(line):
                ids = re.findall(r"#([\w-]+)", match["attrs"] or "")
                yield number, len(match["marks"]), match["text"], ids[0] if ids else None

    @cached_property
    def _links(self) -> list[tuple[int, str, str]]:
        return [(number, match["text"], match["target"]) for number, line in self.lines() for match in LINK.finditer(line)]

    def links(self) -> list[tuple[int, str, str]]:
        """(line number, text, target) of each Markdown link."""
        return self._links

    def section(self, anchor: str) -> str:
        """The body's text below the heading with this id, up to the next heading of its level or above; '' if none."""
        found, level, out = False, 0, []
        for line in self.body.split("\n"):
            match = HEADING.match(line)
            if match and found and len(match["marks"]) <= level:
                break
            if found:
                out.append(line)
            elif match and re.search(rf"#{re.escape(anchor)}(?![\w-])", match["attrs"] or ""):
                found, level = True, len(match["marks"])
        return "\n".join(out).strip()

    def snippet(self, name: str) -> str:
        """The text of a snippet section of this page; '' if there is none of that name."""
        match = re.search(rf"--8<-- \[start:{name}\] -->\n(.*?)\n<!-- --8<-- \[end:{name}\]", self.body, re.S)
        return match[1].strip() if match else ""

    def tables(self):
        """Yield (line number, rows, caption) of each pipe table; rows are lists of cell texts, the header first."""
        lines = list(self.lines())
        for i, (number, line) in enumerate(lines):
            if re.match(r"^ *\|[ :|-]+\|$", line) and i and lines[i - 1][1].lstrip().startswith("|"):
                rows = [_cells(lines[i - 1][1])]
                end = i + 1
                while end < len(lines) and lines[end][1].lstrip().startswith("|"):
                    rows.append(_cells(lines[end][1]))
                    end += 1
                rest = [text for _, text in lines[end : end + 3]]
                caption = rest[1].strip() if len(rest) == 3 and rest[0].strip() == "/// table-caption" else ""
                yield number - 1, rows, caption


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


@dataclass
class Source:
    """A site's sources: every page below docs/, and the configuration."""

    root: Path = ROOT
    pages: dict[str, Page] = field(init=False)

    def __post_init__(self):
        self.pages, problems = {}, []
        for file in sorted((self.root / "docs").rglob("*.md")):
            path = file.relative_to(self.root / "docs").as_posix()
            try:
                self.pages[path] = _read(file, path)
            except Unreadable as error:
                problems.append(str(error))
        if problems:
            raise Unreadable("\n".join(problems))
        assert self.pages, f"no page below {self.root / 'docs'}"

    def of(self, *kinds: str) -> list[Page]:
        """All pages of these kinds; at least one, so that no loop over them can pass on nothing."""
        found = [page for page in self.pages.values() if page.kind in kinds]
        assert found, f"no page of kind {kinds}"
        return found

    @cached_property
    def config(self) -> dict:
        """mkdocs.yml as a dict."""
        return _configuration((self.root / "mkdocs.yml").read_text("utf-8"))

    @cached_property
    def nav(self) -> list[str]:
        """The paths in the nav, in order."""

        def walk(items):
            for item in items:
                if isinstance(item, str):
                    yield item
                else:
                    for value in item.values():
                        yield from [value] if isinstance(value, str) else walk(value)

        return list(walk(self.config["nav"]))

    @cached_property
    def records(self) -> dict[str, Page]:
        """Terms and definitions by slug: what a relation (broader, related, confused_with) may name."""
        return {page.slug: page for page in self.of("term", "definition")}


def _read(file: Path, path: str) -> Page:
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"docs/{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from None
    if text.startswith("\ufeff"):
        raise Unreadable(f"docs/{path}:1: begins with a byte-order mark. Save the file as UTF-8 without one.")
    if "\r" in text:
        raise Unreadable(f"docs/{path}:{text[: text.index(chr(13))].count(chr(10)) + 1}: a line ends in CRLF. Save the file with LF line ends.")
    parts = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not parts:
        raise Unreadable(f"docs/{path}:1: no front matter. Begin the file with a block between two lines of ---.")
    try:
        meta = yaml.load(parts[1], _Loader)
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise Unreadable(f"docs/{path}:{line}: front matter is not YAML ({error.problem}). Quote the value.") from None
    except ValueError as error:
        raise Unreadable(f"docs/{path}:1: front matter holds an impossible value ({error}). Mend the date.") from None
    return Page(path, parts[1], meta if isinstance(meta, dict) else {}, text[parts.end() :], text[: parts.end()].count("\n") + 1)


@cache
def _configuration(text: str) -> dict:
    return yaml.load(text, _Loader)


@cache
def parsed(html: bytes) -> BeautifulSoup:
    """A page's tree, made once per text: the suite reads hundreds of sites that differ in one page. Do not change it."""
    return BeautifulSoup(html, "lxml")


def remembered(function):
    """Keep what a function of (address, tree, more) returned: the suite reads hundreds of sites that differ in one page.

    `parsed` keeps each tree for good, so its id is its own; a tree's hash would be as slow as a search through it.
    """
    kept = {}

    @wraps(function)
    def again(url, soup, *more):
        key = (url, id(soup), *more)
        if key not in kept:
            kept[key] = function(url, soup, *more)
        return kept[key]

    return again


def expect_none(problems: list[str]) -> None:
    """Fail the test with all problems, one below the other and without a traceback; pass if there are none."""
    if problems:
        pytest.fail(f"{len(problems)} problems\n" * (len(problems) > 1) + "\n".join(problems), pytrace=False)


# -- Built sites -------------------------------------------------------------------------------------------------------


@dataclass
class Built:
    """A built site in a folder. Addresses are relative to it: '' is the home page, '404.html' the error page."""

    folder: Path
    log: str = ""

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every HTML page by its address, parsed; redirect stubs (pages without an article) are left out."""
        found = {}
        for file in sorted(self.folder.rglob("*.html")):
            url = file.relative_to(self.folder).as_posix()
            soup = parsed(file.read_bytes())
            if soup.find("article"):
                found["" if url == "index.html" else url.removesuffix("index.html")] = soup
        assert found, f"no page in {self.folder}"
        return found

    @cached_property
    def stubs(self) -> dict[str, BeautifulSoup]:
        """The pages without an article, which only lead on, by address."""
        files = {file.relative_to(self.folder).as_posix(): file for file in sorted(self.folder.rglob("index.html"))}
        return {
            url.removesuffix("index.html"): parsed(file.read_bytes())
            for url, file in files.items()
            if url.removesuffix("index.html") not in self.pages
        }

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """All ids of each page, by the page's address."""
        return {url: _ids(url, soup) for url, soup in self.pages.items()}


@remembered
def _ids(url: str, soup) -> set[str]:
    return {tag["id"] for tag in soup.find_all(id=True)}


def article(soup: BeautifulSoup, *without: str) -> str:
    """The text of a page's article as a reader sees it: white space folded, without the permalink marks and `without` (CSS selectors)."""
    body = soup.find("article")
    marks = {id(text) for mark in body.select(", ".join([".headerlink", *without])) for text in mark.strings}
    return " ".join(" ".join(text for text in body.strings if id(text) not in marks).split())


def copy_site(target: Path, root: Path = ROOT) -> Path:
    """Copy the parts of a site into `target` (made new), and return it."""
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, target / part)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / part, target / part)
    return target


def build(root: Path, engine: str, site_url: str) -> tuple[int, Built]:
    """Build the site in `root` strictly, with 'mkdocs' or 'zensical', into root/site; return (exit code, site).

    The root should be a copy: both engines write into it.
    """
    env = os.environ | {
        "SITE_URL": site_url,
        "SOURCE_DATE_EPOCH": "1700000000",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", engine, "build", "--strict", "--clean"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=300)
    log = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    return done.returncode, Built(root / "site", log)
