"""Read a built site: its pages, its short addresses, its other files. Nothing here judges.

A `Built` is never changed: `edited` returns another one, and pages that are equal byte by byte are one object in both,
so that what was found out about a page is remembered with it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree, html

from tools.site import slug

#: How the folders of copies begin that were broken on purpose.
BROKEN = "broken"

# Pages are UTF-8, whatever they say.
_UTF8 = html.HTMLParser(encoding="utf-8")
_SEEN = etree.XPath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]", smart_strings=False)


def classed(name: str, tag: str = "*") -> str:
    """The step of an XPath to what is of a class."""
    return f"{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


#: The permalink mark of a heading.
MARK = classed("headerlink")


def strings(tag: html.HtmlElement, *without: str) -> list[str]:
    """The texts in a tag that a reader sees, in order: no comment, no script, nor `without` (steps of XPaths)."""
    if without:
        tag = deepcopy(tag)
        for left_out in tag.xpath(" | ".join(f".//{step}" for step in without)):
            left_out.clear(keep_tail=True)
    return _SEEN(tag)


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
    """What a tag leads to or loads: the tag's name, the words of its rel, the value as written, the whole address."""

    name: str
    rel: list[str]
    written: str
    address: str


@dataclass(frozen=True, eq=False)
class HtmlPage:
    """A page of a built site: its address below the site's root ('' is the home page), its tree.

    Do not change the tree, and ask it by XPaths from // on: what stands behind an </html> too early has another root.
    """

    url: str
    home: str
    content: bytes

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The tree; read when it is first asked for, since a browser's worker asks for few."""
        return html.document_fromstring(self.content, _UTF8)

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.url or "home"

    @property
    def is_stub(self) -> bool:
        """Whether it only leads on: it has no article."""
        return b"<article" not in self.content

    @cached_property
    def article(self) -> html.HtmlElement:
        """The article."""
        return self.tree.xpath("//article")[0]

    @cached_property
    def ids(self) -> Counter[str]:
        """Every id of the page, and how often it stands there."""
        return Counter(self.tree.xpath("//@id", smart_strings=False))

    @cached_property
    def article_ids(self) -> set[str]:
        """The ids in the article, without the theme's own, and without sources: their address is below sources/."""
        ids = self.article.xpath(".//*/@id", smart_strings=False)
        return {one for one in ids if not one.startswith(("__", "src-"))}

    @cached_property
    def title_id(self) -> str:
        """The id of the H1 where it is made from the title, else ''."""
        found = self.tree.xpath("//h1")[0].get("id", "")
        return found if found == slug(self.heading) else ""

    def text(self, *without: str) -> str:
        """The article as a reader sees it: white space folded, no permalink marks, nor `without` (steps of XPaths)."""
        return " ".join(" ".join(strings(self.article, MARK, *without)).split())

    @cached_property
    def heading(self) -> str:
        """The H1 without its permalink mark."""
        return " ".join("".join(strings(self.tree.xpath("//h1")[0], MARK)).split())

    @cached_property
    def _metas(self) -> list[html.HtmlElement]:
        return self.tree.xpath("//head//meta")

    def meta(self, key: str, attribute: str = "name") -> str | None:
        """The content of the one meta tag of this name or property; None where there is none, or more than one."""
        tags = [tag for tag in self._metas if tag.get(attribute) == key]
        return tags[0].get("content") if len(tags) == 1 else None

    @property
    def canonical(self) -> list[str | None]:
        """Each canonical address that it gives."""
        return [tag.get("href") for tag in self.tree.xpath("//link") if "canonical" in tag.get("rel", "").split()]

    @property
    def policy(self) -> str:
        """Its content security policy, '' if it has none."""
        return self.tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")

    @cached_property
    def is_record(self) -> bool:
        """Whether it is a term, a definition or a case: then it has ways to cite."""
        return bool(self.tree.xpath(f"//{classed('cite', 'dl')}"))

    @cached_property
    def targets(self) -> list[Target]:
        """Every link, script, style, image and frame."""
        tags = self.tree.xpath("//a | //link | //script | //img | //source | //iframe | //object")
        return [
            Target(tag.tag, tag.get("rel", "").split(), value, urljoin(self.home + self.url, value))
            for tag in tags
            for key in ("href", "src", "srcset", "data")
            if (value := tag.get(key))
        ]


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
