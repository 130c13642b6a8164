"""Rename or move a page, and all that names it: links, relations, snippets, nav, redirects, words for the search.

Then: make records.
"""

import re
import sys
from functools import partial
from pathlib import PurePosixPath
from posixpath import relpath

from tools.confirmed import FILE as CONFIRMED
from tools.confirmed import carried
from tools.make.counts import FILE as COUNTS
from tools.make.sections import RELATIONS
from tools.make.stubs import FILE, redirects
from tools.make.words import FILE as WORDS
from tools.site import LINK, Page, Site


def _link(site: Site, page: Page, here: str, old: str, new: str, target: str) -> str:
    """A link's target as it must be on the page that will stand at `here`, once the page `old` stands at `new`."""
    resolved = page.resolve(target)
    if resolved is None or (here == page.path and resolved[0] != old) or not target.partition("#")[0]:
        return target
    path, anchor = resolved
    moved = relpath(new if path == old else path, PurePosixPath(here).parent.as_posix() or ".")
    return f"{moved}#{anchor}" if anchor else moved


#: A list of related terms in a record: its key, the slugs.
RELATION = re.compile(rf"^({'|'.join(RELATIONS.values())}): \[(.+)\]$", re.M)


def _renamed(old: str, new: str, relation: re.Match[str]) -> str:
    """A list of related terms after one of them was renamed, by the alphabet."""
    slugs = relation[2].split(", ")
    if old not in slugs:
        return relation[0]
    return f"{relation[1]}: [{', '.join(sorted(new if slug == old else slug for slug in slugs))}]"


def _named_by_code(site: Site, old: str) -> str:
    """The first file of the program or the templates that names a page by its file, address or slug; '' if none."""
    page = site.pages[old]
    names = [f'"{old}"', f'"{page.url}', *([f'"{page.slug}"'] if page.kind == "definition" else [])]
    code = [*(site.root / "tools").rglob("*.py"), *(site.root / "overrides").rglob("*.html")]
    # What `make records` writes names every page, and follows by itself.
    own = (file for file in sorted(code) if "{#- Made " not in file.read_text("utf-8")[:60])
    found = (file for file in own if any(name in file.read_text("utf-8") for name in names))
    return next((file.relative_to(site.root).as_posix() for file in found), "")


def _mention(name: str) -> str:
    """A pattern for a page's path below docs/, or its file's name alone, where it is not the end of a longer one."""
    before = r"[\w-]" if "/" in name else r"[\w/-]"
    return rf"(?<!{before})(?P<root>docs/)?{re.escape(name)}(?![\w-])"


def _suite(site: Site, old: str, new: str, addresses: tuple[str, str]) -> dict[str, str | None]:
    """The tests and the guides with the page's new file and address: the suite breaks some pages, by name.

    A name without its folder, and a slug, are changed only where no other page has them.
    """
    tests = (file.relative_to(site.root).as_posix() for file in sorted((site.root / "tests").rglob("*.py")))
    one, other = PurePosixPath(old), PurePosixPath(new)
    names = {_mention(old): rf"\g<root>{new}"}
    if "/" in old:
        names[rf"(?<![\w-]){re.escape(addresses[0])}"] = addresses[1]
    if [PurePosixPath(path).name for path in site.pages].count(one.name) == 1:
        names[_mention(one.name)] = rf"\g<root>{other.name}"
        names[rf"(?<=: \[){re.escape(one.stem)}(?=[],])"] = other.stem
    found: dict[str, str | None] = {}
    for file in [*tests, "README.md", "CONTRIBUTING.md", "Makefile"]:
        text = site.text(file)
        for name, named in names.items():
            text = re.sub(name, named, text)
        found[file] = text
    return found


def moved(site: Site, old: str, new: str) -> dict[str, str | None]:
    """The files that change when the page `old` becomes `new` (paths below docs/, as in 'glossary/ito.md').

    Raises ValueError where there is no page `old`, or already one `new`.
    """
    if not (old and new):
        raise ValueError("Say which page, and where to: make move FROM=glossary/ito.md TO=glossary/it.md")
    if old not in site.pages:
        near = next((path for path in site.pages if path.endswith(f"/{old}")), "")
        raise ValueError(f"docs/{old}: there is no such page.{f' Write: FROM={near}' if near else ''}")
    if new in site.pages:
        raise ValueError(f"docs/{new}: stands there already.")
    if not new.endswith(".md"):
        raise ValueError(f"docs/{new}: does not end in .md.")
    if named := _named_by_code(site, old):
        raise ValueError(f"docs/{old}: {named} names it: change that first.")
    slugs = PurePosixPath(old).stem, PurePosixPath(new).stem
    files: dict[str, str | None] = {}
    for page in site.pages.values():
        here = new if page.path == old else page.path

        def relinked(link: re.Match[str], page: Page = page, here: str = here) -> str:
            return f"[{link['text']}]({_link(site, page, here, old, new, link['target'])})"

        body = LINK.sub(relinked, page.body)
        body = body.replace(f'--8<-- "{old}', f'--8<-- "{new}')
        front = page.front
        if site.pages[old].kind in ("term", "definition"):
            front = RELATION.sub(partial(_renamed, *slugs), front)
        files[f"docs/{here}"] = f"---\n{front}\n---\n{body}"
    files[f"docs/{old}"] = None
    files |= {file: re.sub(_mention(old), rf"\g<root>{new}", site.text(file)) for file in (COUNTS, WORDS)}
    files["mkdocs.yml"] = re.sub(rf"(: |- ){re.escape(old)}$", rf"\g<1>{new}", site.text("mkdocs.yml"), flags=re.M)
    addresses = site.pages[old].url, Page(new, "", {}, "", 1).url
    right = rf"(?<= ){re.escape(addresses[0])}(?=[ #\n])"
    asked = [f"tests/search/{half}.txt" for half in ("first", "second")]
    files |= {file: re.sub(right, addresses[1], site.text(file)) for file in asked}
    files |= _suite(site, old, new, addresses)
    head = "".join(line for line in site.text(FILE).splitlines(True) if line.startswith("#"))
    table = {one: addresses[1] if two == addresses[0] else two for one, two in redirects(site).items()}
    table[addresses[0]] = addresses[1]
    table.pop(addresses[1], None)
    files[FILE] = head + "".join(f"{one}: {two}\n" for one, two in table.items())
    files[CONFIRMED] = carried(site, site.edited(files), {old: new})
    return {file: text for file, text in files.items() if text != site.text(file)}


def move(old: str, new: str) -> int:
    """Move the page on disk, and print each file that changed."""
    site = Site()
    try:
        files = moved(site, old.removeprefix("docs/"), new.removeprefix("docs/"))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    site.save(files)
    for file, text in files.items():
        print(f"{'Moved' if text is None else 'Changed'}: {file}")
    print("Now run: make records")
    return 0
