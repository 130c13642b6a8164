"""Permanence: what was once published keeps answering. urls.txt is append-only.

Each line is an address below the site's root, with or without an anchor ('/' alone is the home page).
"""

from pathlib import Path

from model import Built, expect_none

FROZEN = Path(__file__).parent / "urls.txt"


def addresses(site: Built) -> list[str]:
    """Every address and anchor of a built site, as urls.txt writes them, sorted; the theme's own ids are left out, short addresses are not."""
    found = {f"/{url}" for url in site.stubs}
    for url, soup in site.pages.items():
        if url == "404.html":
            continue
        found.add(f"/{url}")
        found |= {f"/{url}#{tag['id']}" for tag in soup.find("article").find_all(id=True) if not tag["id"].startswith("__")}
    return sorted(found)


def gone(site: Built, frozen: list[str]) -> list[str]:
    """A problem for each frozen address that the site no longer answers."""
    assert frozen, "urls.txt is empty"
    problems = []
    for address in sorted(set(frozen) - set(addresses(site))):
        path, _, anchor = address.removeprefix("/").partition("#")
        if path in site.pages:
            problems.append(f"tests/urls.txt: {address} is gone. Give a heading or paragraph of the page the id {{#{anchor}}}.")
        elif not anchor and not (site.folder / path / "index.html").is_file():
            problems.append(f"tests/urls.txt: {address} is gone. Add a stub that leads on: docs/{path}index.html")
    return problems


def unfrozen(site: Built, frozen: list[str]) -> list[str]:
    """A problem for each address of the site that is not frozen yet."""
    return [f"tests/urls.txt: append the line {address}" for address in sorted(set(addresses(site)) - set(frozen))]


def test_published_addresses_answer(built):
    """Every frozen address is still served."""
    problems = gone(built, FROZEN.read_text("utf-8").split())
    expect_none(problems)


def test_new_addresses_are_frozen(built):
    """Every address is frozen as soon as it exists."""
    problems = unfrozen(built, FROZEN.read_text("utf-8").split())
    expect_none(problems)
