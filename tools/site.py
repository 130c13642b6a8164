"""Read the Markdown: pages, their front matter, links, headings, tables and ids.

Nothing here judges; the rules stand in tools/rules/. Paths of files are relative to the project's root and paths of
pages to docs/, both with forward slashes. A `Site` is never changed: `edited` returns another one, and pages that are
equal byte by byte are one object in both, so that what was found out about a page is remembered with it.
"""

import datetime
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, NamedTuple

import yaml
from markdown.extensions.toc import slugify
from yaml_env_tag import construct_env_tag

ROOT = Path(__file__).resolve().parent.parent
#: Where the published addresses stand, each on a line: the list only grows.
ADDRESSES = "tests/urls.txt"

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<text>.*?)(?: *\{(?P<attrs>[^}]*)\})? *$")
SNIPPET = re.compile(r'^ *--8<-- "(?P<file>[^":]+)(?::(?P<section>[^"]+))?" *$')


class Unreadable(Exception):
    """Files that cannot be read as pages; the message has one line for each, which names it, and the mend."""


#: The safe loader of YAML in C, ten times as fast as the one in Python, where there is one.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(LOADER):
    """YAML as MkDocs reads it: with the tag !ENV [NAME, default]."""


_Loader.add_constructor("!ENV", construct_env_tag)


class Link(NamedTuple):
    """A Markdown link: the line of the file on which it stands, its text, its target as written."""

    line: int
    text: str
    target: str


class Heading(NamedTuple):
    """A heading: its line, its level from 1 to 6, its text, its explicit id or None."""

    line: int
    level: int
    text: str
    id: str | None


class Table(NamedTuple):
    """A pipe table: the line of its header, its rows of cell texts (the header first), its caption or ''."""

    line: int
    rows: list[list[str]]
    caption: str


@dataclass(frozen=True, eq=False)
class Page:
    """One Markdown file: its front matter as text and as a record, its body, and the line on which the body starts."""

    path: str
    front: str
    meta: dict[str, Any]
    body: str
    first_line: int

    @cached_property
    def file(self) -> str:
        """The path from the project's root."""
        return f"docs/{self.path}"

    @cached_property
    def kind(self) -> str:
        """'term', 'definition' or 'case' where the page is a record of that kind, else 'page'."""
        folder, _, name = self.path.rpartition("/")
        kinds = {"glossary": "term", "definitions": "definition", "examples": "case"}
        if name == "index.md" or self.path == "definitions/published.md":
            return "page"
        return kinds.get(folder, "page")

    @property
    def lists_sources(self) -> bool:
        """Whether the page is one of the lists of sources."""
        return self.path.startswith("sources/")

    @cached_property
    def slug(self) -> str:
        """The file's name without its ending: the last part of the page's address."""
        return PurePosixPath(self.path).stem

    @cached_property
    def url(self) -> str:
        """The address below the site's root, e.g. 'glossary/ito/' ('' for the home page)."""
        stem = self.path.removesuffix(".md")
        return stem.removesuffix("index") if PurePosixPath(stem).name == "index" else f"{stem}/"

    def key_line(self, key: str) -> int:
        """Number of the line on which a key of the front matter stands; 1 where it does not."""
        lines = enumerate(self.front.split("\n"), 2)
        return next((n for n, line in lines if line.startswith(f"{key}:")), 1)

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """(line number in the file, line) of the body."""
        return list(enumerate(self.body.split("\n"), self.first_line))

    def at(self, needle: str) -> int:
        """Number of the first line of the body that holds `needle`; the body's first line where none does."""
        return next((n for n, line in self.lines if needle in line), self.first_line)

    def line_of(self, offset: int) -> int:
        """Number of the line on which the character at `offset` of the body stands."""
        return self.first_line + self.body.count("\n", 0, offset)

    @cached_property
    def headings(self) -> list[Heading]:
        """Every heading, in order."""
        found = []
        for number, line in self.lines:
            if match := HEADING.match(line):
                ids = re.findall(r"#([\w-]+)", match["attrs"] or "")
                found.append(Heading(number, len(match["marks"]), match["text"], ids[0] if ids else None))
        return found

    @cached_property
    def links(self) -> list[Link]:
        """Every Markdown link, in order."""
        return [Link(number, m["text"], m["target"]) for number, line in self.lines for m in LINK.finditer(line)]

    @cached_property
    def linked(self) -> frozenset[str]:
        """The paths below docs/ of the pages and files to which the page links."""
        return self.paths(link.target for link in self.links)

    def resolve(self, target: str) -> tuple[str, str] | None:
        """(path of the page or file below docs/, anchor or '') that a link's target means; None for another host."""
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.I):
            return None
        path, _, anchor = target.partition("#")
        folder = PurePosixPath(self.path).parent
        return (normpath((folder / path).as_posix()) if path else self.path), anchor

    def paths(self, targets: Iterable[str]) -> frozenset[str]:
        """The paths below docs/ of the pages and files that links' targets mean; other hosts are left out."""
        return frozenset(place[0] for target in targets if (place := self.resolve(target)))

    def section(self, anchor: str) -> str:
        """The body's text below the heading with this id, up to the next heading of its level or above; '' if none."""
        start = end = level = None
        for number, line in self.lines:
            match = HEADING.match(line)
            if match and start is not None and len(match["marks"]) <= (level or 0):
                end = number
                break
            if match and start is None and re.search(rf"#{re.escape(anchor)}(?![\w-])", match["attrs"] or ""):
                start, level = number + 1, len(match["marks"])
        if start is None:
            return ""
        return "\n".join(line for number, line in self.lines if start <= number < (end or number + 1)).strip()

    @cached_property
    def snippets(self) -> list[tuple[str, str]]:
        """(file, section or '') of each text that the page carries from another."""
        matches = (SNIPPET.match(line) for _, line in self.lines)
        return [(match["file"], match["section"] or "") for match in matches if match]

    def snippet(self, name: str) -> str:
        """The text of a snippet section of this page; '' if there is none of that name."""
        mark = r"<!-- --8<-- \[{}:{}\] -->"
        start, end = mark.format("start", name), mark.format("end", name)
        match = re.search(rf"{start}\n(.*?)\n{end}", self.body, re.S)
        return match[1].strip() if match else ""

    @cached_property
    def tables(self) -> list[Table]:
        """Every pipe table, in order."""
        found = []
        for i, (number, line) in enumerate(self.lines):
            if re.match(r"^ *\|[ :|-]+\|$", line) and i and self.lines[i - 1][1].lstrip().startswith("|"):
                rows = [cells(self.lines[i - 1][1])]
                end = i + 1
                while end < len(self.lines) and self.lines[end][1].lstrip().startswith("|"):
                    rows.append(cells(self.lines[end][1]))
                    end += 1
                rest = [text.strip() for _, text in self.lines[end : end + 3]]
                captioned = len(rest) == 3 and rest[0] == "/// table-caption"
                found.append(Table(number - 1, rows, rest[1] if captioned else ""))
        return found

    @cached_property
    def own_ids(self) -> dict[str, int]:
        """Every id that the page's own text makes, with its line; what it carries from other pages is left out."""
        ids = {slug(heading.text): heading.line for heading in self.headings if not heading.id}
        for number, line in self.lines:
            for match in re.finditer(r"\{[^}\n]*#([\w-]+)[^}\n]*\}|\bid=\"([^\"]+)\"", line):
                ids.setdefault(match[1] or match[2], number)
        if self.kind in ("term", "case"):
            # The template puts the ways to cite below such a page.
            ids.setdefault("cite", self.first_line)
        return ids


def slug(text: str) -> str:
    """The id that a heading of this text gets, if it has none of its own."""
    return slugify(re.sub(r"[*`]", "", text), "-")


def cells(row: str) -> list[str]:
    """The cells of a row of a pipe table."""
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


@dataclass(frozen=True, eq=False)
class Site:
    """A site's sources: every page below docs/, and the configuration.

    `edits` are files that are otherwise than on disk: a text, bytes, or None for a file that is not there.
    Raises `Unreadable` with one line for each file that is no page.
    """

    root: Path = ROOT
    edits: Mapping[str, str | bytes | None] = field(default_factory=dict)
    #: The site that this one was edited from: its pages need not be read again.
    origin: "Site | None" = None
    pages: dict[str, Page] = field(init=False)
    #: What was read from the disk: a site is what its files were when it was first asked for them.
    _read: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_read", self.origin._read if self.origin else {})
        found, problems = {}, []
        for file in self.files:
            if not file.endswith(".md"):
                continue
            path = file.removeprefix("docs/")
            if self.origin and self.edits.get(file) is self.origin.edits.get(file):
                # As it was there: a page, or a short address, which is none.
                if path in self.origin.pages:
                    found[path] = self.origin.pages[path]
            elif not is_stub(self, file):
                try:
                    found[path] = _page(path, self.bytes(file))
                except Unreadable as error:
                    problems.append(str(error))
        if problems:
            raise Unreadable("\n".join(problems))
        assert found, f"no page below {self.root / 'docs'}"
        object.__setattr__(self, "pages", found)

    def edited(self, edits: Mapping[str, str | bytes | None]) -> "Site":
        """The same site with other texts in some files, given by their path from the root."""
        return Site(self.root, {**self.edits, **edits}, self)

    @cached_property
    def files(self) -> list[str]:
        """The paths of all files below docs/, sorted."""
        if self.origin:
            found = set(self.origin.files)
        else:
            start = f"{self.root}{os.sep}"
            walk = ((folder.removeprefix(start), names) for folder, _, names in os.walk(self.root / "docs"))
            found = {f"{folder.replace(os.sep, '/')}/{name}" for folder, names in walk for name in names}
        gone = {path for path, text in self.edits.items() if text is None}
        return sorted((found - gone) | {path for path in self.edits if path.startswith("docs/") and path not in gone})

    def bytes(self, file: str) -> bytes:
        """The content of a file; FileNotFoundError where there is none."""
        if file in self.edits:
            content = self.edits[file]
            if content is None:
                raise FileNotFoundError(file)
            return content.encode("utf-8") if isinstance(content, str) else content
        if file not in self._read:
            self._read[file] = (self.root / file).read_bytes()
        return self._read[file]

    def text(self, file: str) -> str:
        """The content of a file as text; '' where there is none."""
        try:
            return self.bytes(file).decode("utf-8")
        except FileNotFoundError:
            return ""

    @cached_property
    def _by_kind(self) -> dict[str, list[Page]]:
        kinds: dict[str, list[Page]] = {}
        for page in self.pages.values():
            kinds.setdefault(page.kind, []).append(page)
        return kinds

    def save(self, files: Mapping[str, str | None]) -> None:
        """Write files to disk, {path from the root: text, or None to delete}; folders that lack are made."""
        for name, text in files.items():
            self._read.pop(name, None)
            file = self.root / name
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8", newline="\n")

    def of(self, *kinds: str) -> list[Page]:
        """All pages of these kinds; at least one, so that no loop over them can pass on nothing."""
        found = [page for kind in kinds for page in self._by_kind.get(kind, [])]
        assert found, f"no page of kind {kinds}"
        return found

    @cached_property
    def config(self) -> dict[str, Any]:
        """mkdocs.yml as a dict; raises `Unreadable` where it is none, or lacks a key that the pages need."""
        return _configuration(self.text("mkdocs.yml"))

    @cached_property
    def nav(self) -> list[tuple[str, str]]:
        """(label, path) of each page in the nav, in order; the label is '' where mkdocs.yml gives none."""

        def walk(items: list) -> Iterator[tuple[str, str]]:
            for item in items:
                if isinstance(item, str):
                    yield "", item
                else:
                    for label, value in item.items():
                        yield from [(label, value)] if isinstance(value, str) else walk(value)

        return list(walk(self.config["nav"]))

    @cached_property
    def records(self) -> dict[str, Page]:
        """Terms and definitions by slug: what a relation (broader, related, confused_with) may name."""
        return {page.slug: page for page in self.of("term", "definition")}

    def ids(self, page: Page) -> set[str]:
        """Every id of a page as it is built, those of the snippets that it carries among them."""
        found = set(page.own_ids)
        for file, section in page.snippets:
            if file in self.pages:
                found |= set(re.findall(r"\bid=\"([^\"]+)\"", self.pages[file].snippet(section)))
        return found

    @cached_property
    def addresses(self) -> list[str]:
        """Every address and anchor of the pages, as `ADDRESSES` writes them ('/' alone is the home page), sorted.

        The anchor of a title is left out: it changes with the title, and leads to the top of its page in any case.
        """
        found = {f"/{page.url}" for page in self.pages.values()}
        for page in self.pages.values():
            titles = {slug(heading.text) for heading in page.headings if heading.level == 1 and not heading.id}
            found |= {f"/{page.url}#{one}" for one in self.ids(page) - titles}
        return sorted(found)


def is_stub(site: Site, file: str) -> bool:
    """Whether a file is a short address: a page for the engines, not one of the site's."""
    return file.endswith("/index.md") and site.bytes(file).startswith(b"---\ntemplate: stub.html\n")


@cache
def _page(path: str, content: bytes) -> Page:
    where = f"docs/{path}"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{where}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from None
    if text.startswith("\ufeff"):
        raise Unreadable(f"{where}:1: begins with a byte-order mark. Save the file as UTF-8 without one.")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise Unreadable(f"{where}:{line}: a line ends in CRLF. Save the file with LF line ends.")
    parts = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not parts:
        raise Unreadable(f"{where}:1: no front matter. Begin the file with a block between two lines of ---.")
    try:
        meta = yaml.load(parts[1], _Loader)  # noqa: S506 -- derives from SafeLoader
    except yaml.YAMLError as error:
        line, why = _yaml_line(error) + 1, _yaml_why(error)
        raise Unreadable(f"{where}:{line}: front matter is not YAML ({why}). Quote the value.") from None
    except ValueError as error:
        line = _impossible(parts[1])
        raise Unreadable(f"{where}:{line}: front matter holds an impossible value ({error}). Mend the date.") from None
    if not isinstance(meta, dict):
        raise Unreadable(f"{where}:1: front matter holds no keys. Write: title: …, description: …, reviewed: …")
    start = text[: parts.end()].count("\n") + 1
    return Page(path, parts[1], meta, text[parts.end() :], start)


@cache
def _configuration(text: str) -> dict[str, Any]:
    try:
        config = yaml.load(text, _Loader)  # noqa: S506 -- derives from SafeLoader
    except yaml.YAMLError as error:
        raise Unreadable(f"mkdocs.yml:{_yaml_line(error)}: not YAML ({_yaml_why(error)}). Quote the value.") from None
    lacks = [key for key in ("site_name", "nav") if not isinstance(config, dict) or not config.get(key)]
    if lacks:
        raise Unreadable(f"mkdocs.yml:1: there is no {lacks[0]}. Write it as a key of its own.")
    return config


def _yaml_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _yaml_why(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", error))


def _impossible(front: str) -> int:
    """The line of the file on which the front matter holds a date that no calendar has; 1 where none is found."""
    for number, line in enumerate(front.split("\n"), 2):
        for day in re.findall(r"\b\d{4}-\d{1,2}-\d{1,2}\b", line):
            try:
                datetime.date(*map(int, day.split("-")))
            except ValueError:
                return number
    return 1
