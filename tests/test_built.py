"""The built pages: every rule holds for the site of either engine, the engines agree, what was published still answers.

Each rule is broken on purpose. A break of a page turns exactly the rules red that it names.
"""

import filecmp
import os
from functools import partial
from itertools import cycle

import pytest

from tests.breaks import grouped, halved, unseen
from tests.built import Built, folded
from tests.built_rules import RULES, differences, unpublished
from tests.conftest import small
from tools.engine import build, copy_site
from tools.site import ADDRESSES


def said(site: Built) -> dict[str, str]:
    """The name of each rule that has something to say about a site, and what it says."""
    found = {rule.__name__: "\n".join(folded(list(rule(site)))) for rule in RULES}
    return {name: text for name, text in found.items() if text}


def changed(site: Built, file: str, old: str, new: str) -> Built:
    """The site with the first `old` in a file made `new`, with old '' the whole file."""
    text = site.text(file) if old else ""
    assert old in text, f"the break is stale: {old!r} is not in {file}"
    return site.edited({file: text.replace(old, new, 1) if old else new})


@pytest.mark.parametrize("engine", ["built", "zensical"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule, engine, request):
    """The rule finds no fault in the site of the engine."""
    faults = folded(list(rule(request.getfixturevalue(engine))))
    assert not faults, "\n".join(faults)


def test_engines_agree(built, zensical):
    """The second engine gives the same addresses, anchors and article text."""
    faults = folded(list(differences(built, zensical)))
    assert not faults, "\n".join(faults)


def test_published_addresses_are_the_built_ones(built, site):
    """tests/urls.txt lists exactly what the built site answers.

    So what is read from the Markdown is what engines make of it.
    """
    faults = folded(list(unpublished(built, site)))
    assert not faults, "\n".join(faults)


def test_builds_are_identical(base, built, tmp_path):
    """Two builds of the same sources, in different folders, are equal byte by byte, given SOURCE_DATE_EPOCH."""
    if "KPO_BUILT" in os.environ:
        # What is published was built on another day.
        code, log = build(copy_site(tmp_path / "first"), "mkdocs", base)
        assert code == 0, log
        built = Built(tmp_path / "first/site")
    code, log = build(copy_site(tmp_path / "again"), "mkdocs", base)
    assert code == 0, log
    assert unequal(built, Built(tmp_path / "again/site")) == []


def unequal(one: Built, two: Built) -> list[str]:
    """The files that only one of two sites has, or that differ in a byte."""
    both = sorted(set(one.files) & set(two.files))
    _, mismatch, errors = filecmp.cmpfiles(one.folder, two.folder, both, shallow=False)
    return sorted(set(one.files) ^ set(two.files) | set(mismatch) | set(errors))


# -- Breaks ------------------------------------------------------------------------------------------------------------

#: Pages that can bear any defect, in turn, so that many stand beside one another in one site: none has a short address.
PAGES = cycle(f"{url}index.html" for url in ("post/", "market/", "evolution/", "practice/"))
#: A page that cites.
HTML = "evolution/index.html"
BREAKS = [
    ("internal_links_resolve", next(PAGES), "<p>", '<p><a href="../nowhere/">Nowhere</a> ', "dead link to nowhere/"),
    ("internal_links_resolve", next(PAGES), "<p>", '<p><a href="../classify/#no">No</a> ', "dead anchor classify/#no"),
    ("internal_links_resolve", next(PAGES), "<p>", '<p><a href="/about/">About</a> ', "leaves the sub-path"),
    (
        "internal_links_resolve stubs_lead_on",
        "kpo/index.html",
        "../assets/",
        "assets/",
        "dead link to kpo/assets/stub.js",
    ),
    (
        "nothing_comes_from_elsewhere",
        next(PAGES),
        "</head>",
        '<script src="https://cdn.example/x.js"></script></head>',
        "<script> loads https://cdn.example/x.js",
    ),
    (
        "nothing_comes_from_elsewhere",
        "assets/style.css",
        "/*",
        "@import url(https://fonts.example/f.css); /*",
        "loads https://fonts.example",
    ),
    (
        "outgoing_links_are_closed",
        "sources/deals/index.html",
        'rel="noopener" href="http',
        'href="http',
        "has no rel=noopener",
    ),
    (
        "citations_lead_to_their_source internal_links_resolve",
        next(PAGES),
        '<li id="src-',
        '<li id="src-not-',
        "is cited, or listed at the foot, and not both",
    ),
    (
        "citations_lead_to_their_source",
        next(PAGES),
        'class="footnote-ref" href="#src-',
        'href="../sources/deals/#',
        "leads away from the page",
    ),
    ("assets_are_used", "assets/unused.svg", "", "<svg/>", "assets/unused.svg: used nowhere"),
    ("assets_are_used", "assets/cards/unused.png", "", "x", "unused.png"),
    ("assets_are_used", "assets/forms/unused.js", "", "x", "unused.js"),
    ("metadata_is_complete", next(PAGES), '<html lang="en"', "<html", "no lang=en"),
    (
        "metadata_is_complete",
        next(PAGES),
        "</head>",
        '<meta name="robots" content="none"></head>',
        "must not be hidden",
    ),
    ("metadata_is_complete", next(PAGES), '<meta property="og:title"', '<meta name="og:title"', "has no og:title"),
    (
        "metadata_is_complete",
        next(PAGES),
        'property="og:type" content="article',
        'property="og:type" content="book',
        "og:type is",
    ),
    ("metadata_is_complete", next(PAGES), "<title>", "<title>x", "its <title> does not begin"),
    (
        "metadata_is_complete",
        next(PAGES),
        'rel="canonical" href="',
        'rel="canonical" href="x',
        "its canonical address is",
    ),
    ("metadata_is_complete", "404.html", "noindex", "index", "it is not noindex"),
    (
        "previews_read_back metadata_is_complete",
        next(PAGES),
        'property="og:site_name" content="',
        "\\g<0>X",
        "the site_name 'X",
    ),
    (
        "previews_read_back",
        "about/index.html",
        "assets/cards/default.png",
        "assets/cards/none.png",
        "is no file of the site",
    ),
    (
        "previews_read_back stubs_preview_as_their_target",
        "examples/xo1/index.html",
        "assets/cards/examples-xo1.png",
        "assets/cards/default.png",
        "not its own",
    ),
    (
        "previews_read_back",
        "about/index.html",
        'og:image:height" content="630',
        'og:image:height" content="600',
        "is said to be",
    ),
    ("previews_read_back", next(PAGES), "og:image:alt", "og:image:old", "no alternative text"),
    ("structured_data_is_known", next(PAGES), '"@graph": [', '"@graph": [,', "cannot be read"),
    (
        "structured_data_is_known",
        next(PAGES),
        '"inLanguage"',
        '"tongue"',
        "schema.org has no https://schema.org/tongue",
    ),
    ("structured_data_is_known", "glossary/ito/index.html", '"DefinedTerm"', '"Article"', "not DefinedTerm"),
    ("structured_data_is_known", next(PAGES), '"description": "', '"description": "X', "is not the page's"),
    (
        "structured_data_is_known",
        next(PAGES),
        '"itemListElement": [',
        '"itemListElement": [], "about": [',
        "no breadcrumbs",
    ),
    ("citations_can_be_used", "glossary/ito/index.html", "<dt>CSL-JSON</dt>", "<dt>CSL</dt>", "lacks CSL-JSON"),
    ("citations_can_be_used", "glossary/rpo/index.html", "@misc{", "misc{", "BibTeX cannot be read"),
    ("citations_can_be_used", "glossary/ito/index.html", "title = {{", "title = {{AT&amp;T ", "stands bare in title"),
    (
        "citations_can_be_used",
        "glossary/ito/index.html",
        "title = {{ITO (IT outsourcing)}}",
        "title = {ITO (IT outsourcing)}",
        "a style prints another title",
    ),
    ("citations_can_be_used", "glossary/ito/index.html", "howpublished = ", "url = ", "does not print the address"),
    ("citations_can_be_used", "glossary/ito/index.html", "year = {", "year = {1", "not the year of review"),
    ("citations_can_be_used", "examples/xo1/index.html", "after 21 months. http", "after 21 months.. http", "APA: "),
    ("citations_can_be_used", "glossary/ito/index.html", "#34;URL&#34;: &#34;", "\\g<0>x", "CSL-JSON: not"),
    ("terms_are_skos", "glossary/terms.json", '"altLabel": {', '"altName": {', "unknown word"),
    ("terms_are_skos", "glossary/terms.json", '"@id": "ito/"', '"@id": "it/"', "glossary/ito/: no such concept"),
    ("sitemap_lists_every_page", "sitemap.xml", "compare/", "compared/", "lacks"),
    (
        "sitemap_lists_every_page",
        "sitemap.xml",
        "</urlset>",
        "<url><loc>http://x/draft/</loc></url></urlset>",
        "draft/, which is no page",
    ),
    ("scripts_are_allowed", next(PAGES), "</body>", "<script>1</script></body>", "script_hashes in mkdocs.yml lacks"),
    (
        "scripts_are_allowed",
        next(PAGES),
        "script-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "from 'unsafe-inline'",
    ),
    ("scripts_are_allowed", next(PAGES), "default-src 'none'", "default-src *", "no policy that begins"),
    ("scripts_are_allowed", next(PAGES), "<p>", '<p onclick="x()">', "carries onclick"),
    ("scripts_are_allowed", next(PAGES), "<p>", '<p><a href="javascript:x()">Run</a> ', "a link runs a script"),
    ("headers_repeat_the_policy", "_headers", "script-src 'self'", "script-src *", "  Content-Security-Policy"),
    (
        "headers_do_not_add_up",
        "_headers",
        "/assets/stylesheets/*\n",
        "/assets/stylesheets/*\n  Referrer-Policy: origin\n",
        "is sent with referrer-policy: no-referrer, origin",
    ),
    ("headers_do_not_add_up", "_headers", "/javascripts/bundle.*", "/javascripts/lunr/*", "its name has no hash"),
    (
        "headers_do_not_add_up",
        "_headers",
        "/assets/stylesheets/*",
        "/styles/*",
        "no script, or no style sheet, is kept",
    ),
    ("headers_do_not_add_up", "_headers", "/*\n", "/:page/\n", "is sent without a policy"),
    ("headers_repeat_the_policy", "_headers", "  X-Content-Type-Options: nosniff\n", "", "nosniff"),
    ("structure_is_accessible", next(PAGES), ' tabindex="0" role="group"', ' role="group"', "outside a named box"),
    ("structure_is_accessible", next(PAGES), ' scope="col"', "", "lack scope"),
    ("structure_is_accessible", "practice/index.html", "<figure", "<section", "no caption"),
    ("structure_is_accessible", next(PAGES), "<h2", "<h4", "no level skipped"),
    ("structure_is_accessible", next(PAGES), "<h2", "<div><h2", "an H2 stands in a <div>"),
    ("structure_is_accessible", next(PAGES), "<p>", '<p><img src="../assets/favicon.svg"> ', "an image has no alt"),
    ("structure_is_accessible", "compare/index.html", "<p>", '<p><a href="../classify/">here</a> ', "says nothing"),
    ("structure_is_accessible", "compare/index.html", "<p>", '<p id="look-alikes">', "the id look-alikes stands twice"),
    ("no_raw_syntax", next(PAGES), "<p>", "<p>--8&lt;-- ", "raw syntax --8<--"),
    ("no_raw_syntax", next(PAGES), "<p>", "<p>!!! note ", "raw syntax !!!"),
    ("no_raw_syntax", next(PAGES), "<p>", "<div></div><p>", "an empty <div>"),
    (
        "sketches_light_the_verdict",
        "examples/xo1/index.html",
        '<i class="lit"></i><i>',
        '<i></i><i class="lit">',
        "lights",
    ),
    ("answers_have_their_reasons", "examples/xo1/index.html", "<span>Core? ", "<span>Heart? ", "the answers"),
    ("answers_have_their_reasons", "examples/xo1/index.html", "<li>Core? ", "<li>Heart? ", "the reasons"),
    ("stubs_lead_on", "kpo/index.html", "0; url=../", "0; url=./", "must lead to one page"),
    ("stubs_lead_on", "kpo/index.html", "noindex", "index", "must be noindex"),
    (
        "stubs_lead_on internal_links_resolve",
        "kpo/index.html",
        'preview="" href="../definitions/core-kpo/',
        'preview="" href="../definitions/kpo/',
        "which is no page",
    ),
    (
        "stubs_preview_as_their_target",
        "kpo/index.html",
        'og:title" content="Core',
        'og:title" content="The',
        "title is",
    ),
    ("stubs_preview_as_their_target", "lpo/index.html", 'og:image" content="', "\\g<0>x", "picture is"),
    ("stubs_preview_as_their_target", "xo1/index.html", 'rel="canonical" href="', "\\g<0>x", "its canonical is"),
]


def _unseen(site: Built, some: list[tuple[str, str, str, str, str]]) -> list[str]:
    """What is wrong with some breaks put into one site."""
    for _, file, old, new, _ in some:
        site = changed(site, file, old, new.replace("\\g<0>", old))
    found = {name: text.split("\n") for name, text in said(site).items()}
    return unseen(found, [(one[0], one[1], one[-1], one) for one in some])


@pytest.mark.parametrize("group", grouped(BREAKS, lambda one: [*one[0].split(), one[1]]), ids=lambda g: g[0][-1])
def test_breaks_are_seen(built, group):
    """One defect in the built pages turns exactly the named rules red, and the first of them says what is wrong.

    Defects that have neither a file nor a rule in common are tried at once; where that fails, fewer are.
    """
    wrong = halved(group, partial(_unseen, built))
    assert not wrong, "\n".join(wrong)


def test_every_rule_has_a_break():
    """No rule is without a break above, and no break names a rule that is gone."""
    assert {one[0].split()[0] for one in BREAKS} == {rule.__name__ for rule in RULES}


def test_what_comes_from_one_place_is_said_once(built):
    """A fault on every page is one line, which names the template."""
    files = [url if url.endswith(".html") else f"{url}index.html" for url in list(built.pages)[:6]]
    pages = {file: built.text(file).replace("og:type", "og:kind") for file in files}
    found = said(built.edited(pages))["metadata_is_complete"].split("\n")
    assert len(found) == 1 and "and 4 more: has no og:type. See overrides/" in found[0], found


DIFFER = [
    ("about/index.html", "<p>", "<p>Else ", "texts differ"),
    ("about/index.html", 'id="corrections"', 'id="correction"', "anchors differ"),
    ("new/index.html", "", "<html><article>x</article></html>", "only one engine makes it"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), DIFFER, ids=[b[3] for b in DIFFER])
def test_difference_is_seen(built, file, old, new, says):
    """One difference between two sites is found."""
    found = folded(list(differences(built, changed(built, file, old, new))))
    assert len(found) == 1 and says in found[0], found


def test_unpublished_is_seen(built, site):
    """A page and an anchor that the built site lacks are named, and so is one that the list lacks."""
    other = changed(built, "about/index.html", 'id="corrections"', 'id="mending"').edited(
        {"evolution/index.html": None}
    )
    found = dict(unpublished(other, site))
    assert found["/about/#corrections"] == found["/evolution/"] == "is not answered. Run: make check"
    assert found["/about/#mending"] == "is not in tests/urls.txt. Run: make check"


def test_anchor_of_a_moved_page_is_answered(built, site):
    """What was published below an address that leads on now is an anchor of the page to which it leads, or is named."""
    other = site.edited({ADDRESSES: f"{site.text(ADDRESSES)}/ito/#not\n/ito/#nought\n"})
    assert list(unpublished(built, other)) == [("/ito/#nought", "is not answered. Run: make check")]


def test_unequal_build_is_seen(built, tmp_path):
    """A byte that differs, and a file too many, are found."""
    for file in ("sitemap.xml", "index.html"):
        (tmp_path / file).write_bytes(built.bytes(file))
    (tmp_path / "sitemap.xml").write_text(built.text("sitemap.xml").replace("<lastmod>2", "<lastmod>3"), "utf-8")
    (tmp_path / "stray.txt").write_text("x", "utf-8")
    found = unequal(built, Built(tmp_path))
    assert {"sitemap.xml", "stray.txt"} <= set(found) and "index.html" not in found


BUILD = [
    (
        "a dead link and a dead anchor",
        "\n[x](no-such-page.md) and [x](index.md#no-such-anchor)\n",
        ["no-such-page.md", "no-such-anchor"],
    ),
    ("a missing snippet", '\n--8<-- "glossary/ito.md:nothing"\n', ["nothing"]),
]


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize(("name", "text", "says"), BUILD, ids=[b[0] for b in BUILD])
def test_strict_build_stops(tmp_path, engine, name, text, says):
    """A defect stops the strict build of either engine, and the log names it."""
    root = small(tmp_path / "site")
    with (root / "docs/about.md").open("a", encoding="utf-8") as about:
        about.write(text)
    code, log = build(root, engine, "http://127.0.0.1:8000/")
    assert code != 0 and all(one in log for one in says), log
