"""Read a built site: its pages, its short addresses, its other files. Nothing here judges.

A `Built` is never changed: `edited` returns another one, and pages that are equal byte by byte are one object in both,
so that what was found out about a page is remembered with it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from tools.site import slug

#: How the folders of copies begin that were broken on purpose.
BROKEN = "broken"


class Fault(NamedTuple):
    """Something wrong in a built site: the address of the page, or the file, and what, with the mend."""

    where: str
    what: str


def folded(faults: list[Fault]) -> list[str]:
    """One line for each different fault: what is wrong on many pages comes from one place, and is said once."""
    places: dict[str, list[str]] = {}
    for where, what in faults:
        places.setdefault(what, []).append(where)
    return [
        f"{where[0]}{f' and {len(where) - 1} more' if len(where) > 1 else ''}: {what}" for what, where in places.items()
    ]


class Target(NamedTuple):
    """What a tag leads to or loads: the tag, the value as written, the whole address."""

    tag: Tag
    written: str
    address: str


@dataclass(frozen=True, eq=False)
class HtmlPage:
    """A page of a built site: its address below the site's root ('' is the home page), its tree.

    Do not change the tree.
    """

    url: str
    home: str
    content: bytes

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The tree; read when it is first asked for, since a browser's worker asks for few."""
        return BeautifulSoup(self.content, "lxml")

    @cached_property
    def tags(self) -> list[Tag]:
        """Every tag, in order; to ask this list is ten times quicker than to search the tree."""
        return [node for node in self.soup.descendants if isinstance(node, Tag)]

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.url or "home"

    @property
    def is_stub(self) -> bool:
        """Whether it only leads on: it has no article."""
        return b"<article" not in self.content

    @cached_property
    def article(self) -> Tag | None:
        """The article."""
        return self.soup.find("article")

    @cached_property
    def ids(self) -> Counter[str]:
        """Every id of the page, and how often it stands there."""
        return Counter(tag["id"] for tag in self.tags if "id" in tag.attrs)

    @cached_property
    def article_ids(self) -> set[str]:
        """The ids in the article, without the theme's own, and without sources: their address is below sources/."""
        return {tag["id"] for tag in self.article.find_all(id=True) if not tag["id"].startswith(("__", "src-"))}

    @cached_property
    def title_id(self) -> str:
        """The id of the H1 where it is made from the title, else ''."""
        found = self.soup.find("h1").get("id", "")
        return found if found == slug(self.heading) else ""

    def text(self, *without: str) -> str:
        """The article as a reader sees it: white space folded, no permalink marks, nor `without` (CSS selectors)."""
        marks = {id(s) for mark in self.article.select(", ".join([".headerlink", *without])) for s in mark.strings}
        return " ".join(" ".join(s for s in self.article.strings if id(s) not in marks).split())

    @cached_property
    def heading(self) -> str:
        """The H1 without its permalink mark."""
        strings = (s for s in self.soup.find("h1").strings if "headerlink" not in (s.parent.get("class") or []))
        return " ".join("".join(strings).split())

    @cached_property
    def _metas(self) -> list[Tag]:
        return self.soup.head.find_all("meta") if self.soup.head else []

    def meta(self, key: str, attribute: str = "name") -> str | None:
        """The content of the one meta tag of this name or property; None where there is none, or more than one."""
        tags = [tag for tag in self._metas if tag.get(attribute) == key]
        return tags[0].get("content") if len(tags) == 1 else None

    @cached_property
    def is_record(self) -> bool:
        """Whether it is a term, a definition or a case: then it has ways to cite."""
        return self.soup.find("dl", class_="cite") is not None

    @cached_property
    def targets(self) -> list[Target]:
        """Every link, script, style, image and frame."""
        loads = {"a", "link", "script", "img", "source", "iframe", "object"}
        tags = (tag for tag in self.tags if tag.name in loads)
        values = ((tag, tag.get(key)) for tag in tags for key in ("href", "src", "srcset", "data"))
        return [Target(tag, value, urljoin(self.home + self.url, value)) for tag, value in values if value]


@cache
def _html_page(url: str, home: str, content: bytes) -> HtmlPage:
    return HtmlPage(url, home, content)


@dataclass(frozen=True, eq=False)
class Built:
    """A built site in a folder.

    `edits` are files that are otherwise than on disk: a text, or None for one not there.
    """

    folder: Path
    edits: Mapping[str, str | None] = field(default_factory=dict)

    def edited(self, edits: Mapping[str, str | None]) -> "Built":
        """The same site with other texts in some files."""
        return Built(self.folder, {**self.edits, **edits})

    @cached_property
    def files(self) -> list[str]:
        """The paths of all files, sorted."""
        found = {file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file()}
        return sorted(found - self.edits.keys() | {file for file, text in self.edits.items() if text is not None})

    def bytes(self, file: str) -> bytes:
        """The content of a file; FileNotFoundError where there is none."""
        text = self.edits.get(file, "")
        if text is None:
            raise FileNotFoundError(file)
        return text.encode("utf-8") if file in self.edits else (self.folder / file).read_bytes()

    def text(self, file: str) -> str:
        """The content of a file as text; FileNotFoundError where there is none."""
        return self.bytes(file).decode("utf-8")

    @cached_property
    def _html(self) -> dict[str, HtmlPage]:
        found = {}
        for file in self.files:
            if file.endswith(".html"):
                url = "" if file == "index.html" else file.removesuffix("index.html")
                found[url] = _html_page(url, self.home, self.bytes(file))
        return found

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every page by its address, stubs left out; '404.html' is the error page."""
        found = {url: page for url, page in self._html.items() if not page.is_stub}
        assert found, f"no page in {self.folder}"
        return found

    @cached_property
    def stubs(self) -> dict[str, HtmlPage]:
        """The pages that only lead on, by address."""
        return {url: page for url, page in self._html.items() if page.is_stub}

    @cached_property
    def home(self) -> str:
        """The address for which the site was built: the canonical one of its home page; / where it names no host."""
        found = re.search(r'rel="canonical" href="([^"]+)"', self.text("index.html"))
        return found[1] if found else "/"

    def records(self, *folders: str) -> Iterator[HtmlPage]:
        """The pages of terms, definitions and cases below these folders."""
        return (page for url, page in self.pages.items() if url.startswith(folders) and page.is_record)

    @cached_property
    def addresses(self) -> set[str]:
        """Every address and anchor, as tests/urls.txt writes them."""
        pages = [page for url, page in self.pages.items() if url != "404.html"]
        anchors = {f"/{page.url}#{anchor}" for page in pages for anchor in page.article_ids - {page.title_id}}
        return anchors | {f"/{page.url}" for page in pages} | {f"/{url}" for url in self.stubs}
