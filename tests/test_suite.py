"""Each check is broken on purpose here: a copy of the site gets one defect, and exactly the named check must say so.

A break is (check, file, old text, new text, what the message must hold). The old text must be there, so a break
cannot rot into one that changes nothing. The last test holds that every rule has a break.
"""

import random
import shutil

import pytest
import test_content
import test_project
import test_site
from model import ROOT, SUBPATH, Built, Source, Unreadable, article, build, copy_site
from test_browser import classified, look, silent_text, sweep
from test_journeys import forced_colours, keyboard_through_menu, keyboard_to_copied_link, keyboard_to_term, keyboard_to_verdict, magnified, motion, paper
from test_urls import addresses, gone, unfrozen


def edit(folder, file, old, new):
    """Replace the first `old` in a file by `new`; with old '' write the whole file, with new None delete it."""
    path = folder / file
    if new is None:
        path.unlink()
        return
    text = path.read_text("utf-8") if path.exists() else ""
    assert old in text, f"the break is stale: {old!r} is not in {file}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new, 1) if old else new, "utf-8")


def reports(rules, subject) -> dict[str, str]:
    """The name of each rule that has something to say about a subject, and what it says."""
    found = {rule.__name__: "\n".join(rule(subject)) for rule in rules}
    return {name: said for name, said in found.items() if said}


# -- Sources -----------------------------------------------------------------------------------------------------------

PAGE = "---\ntitle: {0}\ndescription: A page made for a test, which nobody reads, of fifty characters or more.\nreviewed: 2026-11-23\n---\n\n# {0}\n\nText.\n"
CORE = Source().pages["definitions/core-kpo.md"].snippet("def")
CONTENT = [
    ("records_are_valid", "docs/glossary/ito.md", "topic: ", "colour: red\ntopic: ", "ito.md:1: front matter: Additional"),
    ("records_are_valid", "docs/compare.md", "reviewed: ", "seen: ", "'reviewed' is a required property"),
    ("records_are_valid indexes_equal_the_records", "docs/glossary/ito.md", "topic: labels for outsourced work", "topic: labels", "topic"),
    ("records_are_valid indexes_equal_the_records", "docs/glossary/ito.md", "topic: labels for outsourced work", "topic: 'labels for outsourced work '", "topic"),
    ("records_are_valid", "docs/compare.md", "description: ", "description: Using & ", "does not match"),
    ("records_are_valid", "docs/compare.md", "reviewed: ", "reviewed: on ", "reviewed"),
    ("records_are_valid", "docs/compare.md", "description: Twenty questions", 'description: Twenty "questions"', "does not match"),
    ("records_are_valid", "docs/compare.md", "reviewed: ", "draft: true\nreviewed: ", "'draft' was unexpected"),
    ("reviews_are_in_the_past", "docs/compare.md", "reviewed: 2", "reviewed: 9", "docs/compare.md:1"),
    ("definitions_are_one_sentence export_equals_the_records", "docs/glossary/gain-share.md", "description: ", "description: Well, ", "differ"),
    (
        "definitions_are_one_sentence titles_are_unique export_equals_the_records", "docs/glossary/ito.md",
        "description: IT outsourcing is the handing over of computers, networks, software or their support to an outside provider.",
        "description: A managed service is a continuing function that a provider runs to a defined scope and answers for.", "ito.md",
    ),
    ("titles_are_unique", "docs/compare.md", "\n# ", "\n# The ", "the one H1 must be the title"),
    ("definitions_are_one_sentence", "docs/glossary/ito.md", "\n<!-- --8<-- [end:def]", " It is old.\n<!-- --8<-- [end:def]", "is not one sentence"),
    ("titles_are_unique", "docs/compare.md", "title: BPO, core KPO and transformational BPO compared", "title: Glossary", "another page has the same title"),
    ("records_are_printed", "docs/glossary/ito.md", "\nRelated: ", "\nRelated too: ", "not what the record says"),
    ("records_are_printed", "docs/glossary/ito.md", "\nAlso called: ", "\nAlso known as: ", "aliases differ"),
    ("repeated_sentences_are_carried", "docs/index.md", '--8<-- "definitions/core-kpo.md:def"', CORE, "typed again"),
    ("decision_table_is_complete verdicts_follow_the_table", "docs/classify.md", "| yes | no | any | no |", "| yes | no | any | any |", "not to one verdict"),
    ("relations_hold_both_ways records_are_printed export_equals_the_records", "docs/glossary/ito.md", "broader: [outsourcing]", "broader: [outsorcing]", "no such term"),
    ("relations_hold_both_ways records_are_printed export_equals_the_records", "docs/glossary/ito.md", "related: [managed-service]", "related: []", "one-sided. Add managed-service to related in docs/glossary/ito.md"),
    ("sources_are_complete", "docs/sources.md", " Weight: scholarly.", " Weight: good.", "docs/sources.md:"),
    ("sources_are_complete", "docs/sources.md", ":   Alok Aggarwal, 29 Sep 2006, ", ":   . ", "aggarwal-ht-2006: not of the form"),
    ("sources_are_complete", "docs/sources.md", "\nAggarwal 2008 {", "\nZ-Aggarwal 2008 {", "Put it into the alphabetical order"),
    ("named_terms_are_linked", "docs/about.md", "\n## ", "\nOf master services agreements.\n\n## ", "'master services agreement' is linked nowhere"),
    ("sources_and_citations_match", "docs/compare.md", "(sources.md#", "(sources.md#no-", "unknown source no-"),
    ("sources_and_citations_match", "docs/sources.md", "\n## How far", "\nNobody 2001 {#nobody}\n:   Nobody, 2001. \"Nothing\". None. <https://example.org/>. Seen: opening. Weight: weak.\n\n## How far", "nobody is cited nowhere"),
    ("verdicts_follow_the_table indexes_equal_the_records cards_equal_the_records drawings_say_what_tables_say", "docs/examples/tesco-dunnhumby.md", "verdict: [core KPO and transformational BPO (A and B)]", "verdict: [plain BPO]", "the table says otherwise"),
    ("verdicts_follow_the_table", "docs/examples/tesco-dunnhumby.md", "- **G, gate: yes.** ", "- **G, gate: no.** ", "G, gate: yes"),
    ("links_are_whole", "docs/compare.md", "\n## ", "\n[x](classify.md; y)\n\n## ", "a link in pieces"),
    ("export_equals_the_records", "docs/glossary/terms.json", "Agentic AI", "Agentic IA", "Run: make records"),
    ("changes_are_dated feed_equals_the_changes", "docs/about.md", "- 23 November 2026: ", "- 2026-11-23: ", "docs/about.md:70: not of the form"),
    ("changes_are_dated feed_equals_the_changes", "docs/about.md", "- 23 November 2026: ", "- 23 Nov 2026: ", "not of the form"),
    ("changes_are_dated feed_equals_the_changes", "docs/about.md", ": first publication.", ": a word in [this](brief.md).", "no links"),
    ("changes_are_dated feed_equals_the_changes", "docs/about.md", "- 23 November 2026: ", "- 1 May 2026: older.\n- 23 November 2026: ", "newest first"),
    # The name of a term, unlinked: a change carries no links.
    ("feed_equals_the_changes", "docs/about.md", ": first publication.", ": a first word on knowledge transfer.", "Run: make records"),
    ("cards_equal_the_records", "docs/assets/cards/examples-xo1.png", "", None, "examples-xo1.png: is missing"),
    ("cards_equal_the_records", "docs/assets/cards/stray.png", "", "x", "belongs to no record"),
    ("cards_equal_the_records", "docs/examples/xo1.md", "teaches: ", "teaches: Not ", "examples-xo1.png: shows other words than its record"),
    ("names_lead_to_one_page records_are_printed export_equals_the_records", "docs/glossary/ito.md", "aliases: [", "aliases: [offshoring, ", "already leads to docs/glossary/"),
    ("tallies_are_counted", "docs/definitions/published.md", "| **A, core** | 15 | 16 |", "| **A, core** | 14 | 16 |", "A, core** is [15, 16]"),
    ("tallies_are_counted", "docs/definitions/published.md", "| **Part of BPO?** | 10 | 22 |", "| **Part of BPO?** | 12 | 20 |", "Part of BPO?** is [10, 22, 15]"),
    ("drawings_say_what_tables_say", "docs/market.md", 'class="bar" x="4" y="24" width="', 'class="bar" x="4" y="24" width="1', "no common scale"),
    ("drawings_say_what_tables_say", "docs/market.md", ">$88bn<", ">$89bn<", "$89bn stands in no table"),
    ("drawings_say_what_tables_say", "docs/compare.md", ">From client to supplier, as rules<", ">From supplier to client<", "stands in no table"),
    ("drawings_say_what_tables_say", "docs/evolution.md", 'data-cell="">1991<', 'data-cell="">1992<', "'1992' stands in no table"),
    ("drawings_say_what_tables_say", "docs/definitions/index.md", 'data-verdict="core KPO (A)"', 'data-verdict="plain BPO"', "stands under 'plain BPO'"),
    ("drawings_say_what_tables_say", "docs/compare.md", "<title id", "<title class", "needs role=img"),
    ("sums_are_right", "docs/market.md", "^", "^9", "the sum gives"),
    ("words_are_spelt", "docs/compare.md", "\n## ", "\nA recieved word.\n\n## ", "recieved: not in the dictionary"),
    ("prose_is_plain", "docs/compare.md", "\n## ", "\nIt is important to note this.\n\n## ", "says nothing"),
    ("prose_is_plain", "docs/compare.md", "\n## ", f"\nThis is {'very ' * 50}long.\n\n## ", "words in a sentence"),
    ("prose_is_plain", "docs/compare.md", "\n## ", "\nBuy now!\n\n## ", "an exclamation mark"),
    ("abbreviations_are_explained", "docs/about.md", "\n## ", "\nThe CRO knows.\n\n## ", "CRO is not explained on this page"),
    ("named_terms_are_linked", "docs/about.md", "\n## ", "\nA build-operate-transfer and a master services agreement.\n\n## ", "'master services agreement' is linked nowhere"),
    ("money_has_its_year", "docs/about.md", "\n## Changes", "\n## Money {#money}\n\nIt cost $5.\n\n## Changes", "an amount of money, and no year"),
    ("failures_have_witnesses", "docs/sources.md", "9410238>. Seen: opening. Weight: press.", "9410238>. Seen: opening. Weight: party.", "docs/examples/deloitte-australia.md:17: failed, by whom?"),
    ("sums_are_right", "docs/examples/xo1.md", " = 10%.", " = 11%.", "not 11%"),
    ("sums_are_right", "docs/examples/xo1.md", "Sum: ", "Sum: 7,654,321 − 7,654,321 + ", "stands nowhere else"),
    ("skeletons_are_kept", "docs/glossary/ito.md", "## What it is not {#not}", "## What it is not", "ito.md"),
    ("skeletons_are_kept", "docs/compare.md", "\n## ", "\n### ", "skips a level"),
    ("skeletons_are_kept", "docs/compare.md", "\n## ", "\n## [x](classify.md) ", "no links in headings"),
    ("skeletons_are_kept", "docs/glossary/ito.md", "\n## What", "\nSee [ITO](ito.md).\n\n## What", "does not link to itself"),
    ("tables_are_readable", "docs/compare.md", "\n/// table-caption", "\n\n/// table-caption", "no caption"),
    ("tables_are_readable", "docs/compare.md", "| The running of a process |", "| |", "a cell says nothing ('')"),
    ("tables_are_readable", "docs/compare.md", "| The running of a process |", "| ✓ |", "a cell says nothing ('✓')"),
    ("words_are_spelt", "docs/glossary/jagged-frontier.md", "codifiable", "plain", "codifiable is used nowhere"),
    ("files_are_light", "docs/assets/photo.png", "", "x" * 5_000_000, "docs/assets/photo.png: 5,000,000 bytes; 60,000 are allowed"),
    ("nav_lists_every_page", "mkdocs.yml", "      - Compare with BPO: compare.md\n", "", "nav lacks compare.md"),
    ("nav_lists_every_page", "docs/orphan.md", "", PAGE.format("Orphan"), "nav lacks orphan.md"),
    ("indexes_equal_the_records", "docs/glossary/index.md", "[Baseline](baseline.md)\n", "[Base line](baseline.md)\n", "docs/glossary/index.md"),
    ("indexes_equal_the_records", "docs/examples/index.md", " | worked | ", " | failed | ", "docs/examples/index.md"),
]


@pytest.mark.parametrize("rule, file, old, new, says", CONTENT, ids=[f"{b[0]}-{n}" for n, b in enumerate(CONTENT)])
def test_content_break(tmp_path, rule, file, old, new, says):
    """One defect in the sources turns exactly the named rule red, and those named after it, which repeat the record."""
    edit(copy_site(tmp_path / "site"), file, old, new)
    found = reports(test_content.RULES, Source(tmp_path / "site"))
    assert set(found) == set(rule.split()), found
    assert says in found[rule.split()[0]]


UNREADABLE = [
    (b"\xff\xfe", "not UTF-8"),
    (b"", "compare.md:1: no front matter"),
    (b"Hello", "no front matter"),
    (b"\xef\xbb\xbf---\ntitle: a\n---\n", "compare.md:1: begins with a byte-order mark"),
    (b"---\ntitle: a\r\n---\n", "compare.md:2: a line ends in CRLF"),
    (b"---\ntitle: a\nsources:\n\t- b\n---\n", "compare.md:4: front matter is not YAML"),
    (b"---\ntitle: [\n---\n", "not YAML"),
    (b"---\nreviewed: 2026-11-33\n---\n", "impossible value"),
    (b"---\ntitle: a: b\n---\n", "compare.md:2: front matter is not YAML"),
]


@pytest.mark.parametrize("data, says", UNREADABLE, ids=[says for _, says in UNREADABLE])
def test_unreadable_break(tmp_path, data, says):
    """A file that is no page gives one line that names it; so does another one beside it."""
    for file in ("compare.md", "market.md"):
        (tmp_path / "docs" / file).parent.mkdir(exist_ok=True)
        (tmp_path / "docs" / file).write_bytes(data)
    with pytest.raises(Unreadable, match=says) as error:
        Source(tmp_path)
    assert [line.partition(".md")[0] for line in str(error.value).split("\n")] == ["docs/compare", "docs/market"]


# -- Builds ------------------------------------------------------------------------------------------------------------

BUILD = [
    ("dead link", "docs/compare.md", "\n## ", "\n[x](no-such-page.md)\n\n## ", "no-such-page.md"),
    ("dead anchor", "docs/compare.md", "\n## ", "\n[x](classify.md#no-such-anchor)\n\n## ", "no-such-anchor"),
    ("missing snippet", "docs/compare.md", "\n## ", '\n--8<-- "glossary/ito.md:nothing"\n\n## ', "nothing"),
]


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name, file, old, new, says", BUILD, ids=[b[0] for b in BUILD])
def test_strict_build_break(tmp_path, engine, name, file, old, new, says):
    """One defect stops the strict build of either engine, and the log names it."""
    edit(copy_site(tmp_path / "site"), file, old, new)
    code, site = build(tmp_path / "site", engine, "http://127.0.0.1:8000/")
    assert code != 0 and says in site.log, site.log


# -- Built pages -------------------------------------------------------------------------------------------------------

HTML = "compare/index.html"
SITE = [
    ("internal_links_resolve", HTML, "<p>", '<p><a href="../nowhere/">Nowhere</a> ', "dead link to nowhere/"),
    ("internal_links_resolve", HTML, "<p>", '<p><a href="../classify/#nowhere">Nowhere</a> ', "dead anchor classify/#nowhere"),
    ("internal_links_resolve", HTML, "<p>", '<p><a href="/about/">About</a> ', "leaves the sub-path"),
    ("nothing_comes_from_elsewhere", HTML, "</head>", '<script src="https://cdn.example/x.js"></script></head>', "cdn.example"),
    ("nothing_comes_from_elsewhere", "assets/style.css", "/*", "@import url(https://fonts.example/f.css); /*", "fonts.example"),
    ("metadata_is_complete", HTML, '<html lang="en"', "<html", "no lang=en"),
    ("metadata_is_complete", HTML, '<meta property="og:title"', '<meta name="og:title"', "og:title is None"),
    ("previews_read_back", HTML, "assets/cards/default.png", "assets/cards/none.png", "is no file of the site"),
    ("previews_read_back assets_are_used", "examples/xo1/index.html", "assets/cards/examples-xo1.png", "assets/cards/default.png", "not its own"),
    ("previews_read_back", HTML, "og:image:alt", "og:image:old", "no alternative text"),
    ("structured_data_is_known", HTML, '"@graph": [', '"@graph": [,', "cannot be read"),
    ("structured_data_is_known", HTML, '"inLanguage"', '"tongue"', "schema.org has no https://schema.org/tongue"),
    ("structured_data_is_known", "glossary/ito/index.html", '"@type": "DefinedTerm"', '"@type": "Article"', "not DefinedTerm"),
    ("structured_data_is_known", HTML, '"BreadcrumbList", "itemListElement": [', '"BreadcrumbList", "itemListElement": [], "about": [', "no breadcrumbs"),
    ("structured_data_is_known", "glossary/terms.json", '"altLabel": {', '"altName": {', "unknown word"),
    ("structured_data_is_known", "glossary/terms.json", '"@id": "ito/"', '"@id": "it/"', "glossary/ito/: no such concept"),
    ("scripts_are_allowed", HTML, "</body>", "<script>1</script></body>", "script_hashes lacks"),
    ("scripts_are_allowed", HTML, "script-src 'self'", "script-src 'self' 'unsafe-inline'", "allows scripts from 'unsafe-inline'"),
    ("scripts_are_allowed", HTML, "default-src 'none'", "default-src *", "no content security policy"),
    ("scripts_are_allowed", HTML, "<p>", '<p onclick="x()">', "carries onclick"),
    ("scripts_are_allowed", HTML, "<p>", '<p><a href="javascript:x()">Run</a> ', "a link runs a script"),
    ("headers_repeat_the_policy", "_headers", "script-src 'self'", "script-src *", "lacks the line  Content-Security-Policy"),
    ("headers_repeat_the_policy", "_headers", "  X-Content-Type-Options: nosniff\n", "", "nosniff"),
    ("outgoing_links_are_closed", "sources/index.html", '<a rel="noopener" href="http', '<a href="http', "has no rel=noopener"),
    ("stubs_lead_on", "kpo/index.html", "../definitions/core-kpo/", "../definitions/core/", "leads to '../definitions/core/', which is no page"),
    ("stubs_lead_on", "kpo/index.html", "0; url=../", "0; url=./", "must all lead to"),
    ("stubs_lead_on", "kpo/index.html", "noindex", "index", "must be noindex"),
    ("metadata_is_complete", "404.html", "noindex", "index", "must be noindex"),
    ("metadata_is_complete", HTML, 'rel="canonical" href="', 'rel="canonical" href="x', "canonical is"),
    ("structure_is_accessible", HTML, ' tabindex="0" role="group"', ' role="group"', "outside a named box"),
    ("structure_is_accessible", HTML, ' scope="col"', "", "lack scope"),
    ("structure_is_accessible", HTML, "<figure", "<section", "no caption"),
    ("structure_is_accessible", HTML, "<p>", '<p><img src="../assets/favicon.svg"> ', "an image has no alt"),
    ("structure_is_accessible", HTML, "<p>", '<p><a href="../classify/">here</a> ', "says nothing"),
    ("structure_is_accessible", HTML, "<p>", '<p id="look-alikes">', "id look-alikes stands twice"),
    ("no_raw_syntax", HTML, "<p>", "<p>--8&lt;-- ", "raw syntax --8<--"),
    ("no_raw_syntax", HTML, "<p>", "<div></div><p>", "an empty <div>"),
    ("sitemap_lists_every_page", "sitemap.xml", "compare/", "compared/", "lacks"),
    ("sitemap_lists_every_page", "sitemap.xml", "</urlset>", "<url><loc>http://x/draft/</loc></url></urlset>", "draft/, which is no page"),
    ("no_raw_syntax", HTML, "<p>", "<p>!!! note ", "raw syntax !!!"),
    ("structure_is_accessible", HTML, "<h2", "<h4", "no level skipped"),
    ("assets_are_used", "assets/unused.svg", "", "<svg/>", "assets/unused.svg"),
    ("assets_are_used", "assets/cards/unused.png", "", "x", "unused.png"),
]


@pytest.mark.parametrize("rule, file, old, new, says", SITE, ids=[f"{b[0]}-{n}" for n, b in enumerate(SITE)])
def test_site_break(tmp_path, built, rule, file, old, new, says):
    """One defect in the built pages turns exactly the named rule red, and those named after it, which read the same tag."""
    site = Built(shutil.copytree(built.folder, tmp_path / "site"))
    edit(site.folder, file, old, new)
    found = reports(test_site.RULES, site)
    assert set(found) == set(rule.split()), found
    assert says in found[rule.split()[0]]


DIFFER = [
    ("about/index.html", "<p>", "<p>Else ", "texts differ"),
    ("about/index.html", 'id="corrections"', 'id="correction"', "anchors differ"),
    ("new/index.html", "", "<html><article>x</article></html>", "only one engine makes it"),
]


@pytest.mark.parametrize("file, old, new, says", DIFFER, ids=[b[3] for b in DIFFER])
def test_engines_agree_break(tmp_path, built, zensical, file, old, new, says):
    """One difference between the engines' sites is found."""
    other = Built(shutil.copytree(zensical.folder, tmp_path / "site"))
    edit(other.folder, file, old, new)
    found = test_site.differences(built, other)
    assert len(found) == 1 and says in found[0], found


def test_permanence_break(tmp_path, built):
    """A removed page and a removed anchor are named with their mend, and so is a new address."""
    frozen = addresses(built)
    site = Built(shutil.copytree(built.folder, tmp_path / "site"))
    shutil.rmtree(site.folder / "evolution")
    edit(site.folder, "about/index.html", 'id="corrections"', 'id="mending"')
    found = gone(site, frozen)
    assert any("/about/#corrections is gone. Give" in line for line in found)
    assert any("/evolution/ is gone. Add a stub that leads on: docs/evolution/index.html" in line for line in found)
    assert unfrozen(site, frozen) == ["tests/urls.txt: append the line /about/#mending"]


# -- Browser -----------------------------------------------------------------------------------------------------------

BROWSER = [
    ("assets/site.js", '"use strict";', '"use strict"; console.error("broken");', "console: broken"),
    ("assets/site.js", '"use strict";', '"use strict"; nothing();', "script error"),
    ("about/index.html", "</body>", "<script>1</script></body>", "Content Security Policy"),
    ("about/index.html", "</body>", '<img alt="" src="http://localhost:9/x.png"></body>', "asks for http://localhost:9"),
    ("about/index.html", "<p>", '<p style="width:3000px">', "scrolls sideways"),
    ("about/index.html", "<p>", '<p style="color:#999;background:#fff">', "axe color-contrast"),
    ("about/index.html", "<p>", '<p><a href="/x"><img src="../assets/favicon.svg"></a>', "axe image-alt"),
    ("about/index.html", 'role="dialog" aria-label="Search"', 'role="dialog"', "axe aria-dialog-name"),
    ("about/index.html", 'data-md-color-media="(prefers-color-scheme: dark)"', 'data-md-color-media="none"', "shows the scheme"),
]


@pytest.fixture
def broken(server, built):
    """A copy of the built site below the server's folder: (folder, its address)."""
    folder = server[0] / "broken"
    shutil.copytree(built.folder, folder)
    yield folder, server[1].replace(SUBPATH, "/broken/")
    shutil.rmtree(folder)


@pytest.mark.parametrize("file, old, new, says", BROWSER, ids=[b[3] for b in BROWSER])
def test_browser_break(chromium, broken, file, old, new, says):
    """One defect in a page is seen by the browser's check."""
    edit(broken[0], file, old, new)
    found = sweep(chromium, [(broken[1], "about/", 320, "dark")], look)
    assert any(says in line for line in found), found


STYLE, SCRIPT = "assets/style.css", "assets/site.js"
#: (check, its arguments after the site's address, file, old text, new text, what the message must hold)
SEEN = [
    (look, ("about/", 320, "dark"), STYLE, "--quiet: #b3b0a7", "--quiet: #4a4a4a", "axe color-contrast"),
    (look, ("about/", 320, "dark", "", True), "about/index.html", "</body>", f"<!-- {random.Random(1).randbytes(120_000).hex()} --></body>", "bytes compressed, 100,000 are allowed"),
    (look, ("about/", 320, "dark", "", True), SCRIPT, "this.waits ?", "false ?", "asks for the index of the search"),
    (look, ("about/", 320, "dark", "", True), "about/index.html", "</body>", "".join(f'<img alt="" src="../assets/favicon.svg?{n}">' for n in range(9)) + "</body>", "requests, 10 are allowed"),
    (keyboard_to_copied_link, (), STYLE, ":focus-visible {", ":focus-visible { outline: none !important;", "has no outline"),
    (keyboard_to_copied_link, (), "definitions/core-kpo/index.html", "<dt>Permanent link</dt>", "<dt>Link</dt>", "'Copy: Permanent link' is not reached"),
    (keyboard_to_term, (), "index.html", 'class="md-search__input"', 'class="md-search__input" tabindex="-1"', "'Search' is not reached"),
    (keyboard_to_verdict, (), "index.html", ">four questions<", ">questions<", "'four questions' is not reached"),
    (keyboard_through_menu, (), SCRIPT, "menu.hidden = false;", "", "'Menu' is not reached"),
    (keyboard_through_menu, (), STYLE, ".md-nav--primary .md-nav__item--section > .md-nav { height", ".md-nav--primary .md-nav__item--section > .none { height", "'Questions people ask' is not reached"),
    (forced_colours, ("market/", "dark"), STYLE, "(forced-colors: active)", "(forced-colors: none)", "lost: the text $167bn"),
    (motion, ("about/",), STYLE, ":focus-visible {", "p { transition: color 1s !important; } :focus-visible {", "p. still moves"),
    (magnified, ("about/", 320, 256, 1), "about/index.html", "<p>", '<p style="white-space:nowrap">', "scrolls sideways"),
    (magnified, ("about/", 1280, 900, 2), "about/index.html", "<p>", '<p style="height:1em;overflow:hidden">', "text is cut off"),
    (paper, ("about/",), STYLE, ".md-skip, ", "", ".md-skip is printed"),
    (paper, ("about/",), STYLE, "content: \" (\" attr(href) \")\"", "content: none", "is not shown"),
    (paper, ("about/",), STYLE, "@media print {", "@media print { .md-content p { display: none; }", "text is lost"),
    (classified, ([(("no", "yes", "yes", "no"), "Verdict: not outsourcing.")],), SCRIPT, 'row.want[i] === "any" || ', "", "the table says"),
]


@pytest.mark.parametrize("check, arguments, file, old, new, says", SEEN, ids=[f"{b[0].__name__}-{n}" for n, b in enumerate(SEEN)])
def test_seen_break(chromium, broken, check, arguments, file, old, new, says):
    """One defect in a style, a script or a page is seen by the named check of the pages in Chromium."""
    edit(broken[0], file, old, new)
    arguments = [broken[0] if argument is True else argument for argument in arguments]
    found = sweep(chromium, [(broken[1], *arguments)], check)
    assert any(says in line for line in found), found


def test_scripts_off_break(chromium, broken, built):
    """Text that only a script shows is missed when scripts are off."""
    edit(broken[0], "about/index.html", "<p>", '<p style="display:none">')
    found = sweep(chromium, [(broken[1], "about/", article(built.pages["about/"]))], silent_text)
    assert len(found) == 1 and "about/ without scripts" in found[0]


# -- The project around the site ---------------------------------------------------------------------------------------

UNTRUE = [
    ("README.md", "`make check`", "`make chek`", "make chek: the Makefile has no such command"),
    ("README.md", "`make html`", "`html`", "make html is not in the table"),
    ("README.md", "`tests/schema.json`", "`tests/scheme.json`", "tests/scheme.json: there is no such file"),
    ("CONTRIBUTING.md", "`words_are_spelt`", "`words_are_spelled`", "words_are_spelled: there is no such check"),
    ("Makefile", ".PHONY: serve build", ".PHONY: serve", "make build: the Makefile has no such command"),
]


@pytest.mark.parametrize("file, old, new, says", UNTRUE, ids=[b[-1] for b in UNTRUE])
def test_document_break(tmp_path, file, old, new, says):
    """A document that names what is not there is found."""
    for path in ROOT.iterdir():
        (tmp_path / path.name).symlink_to(path)
    text = (ROOT / file).read_text("utf-8")
    (tmp_path / file).unlink()
    edit(tmp_path, file, "", text.replace(old, new))
    found = test_project.untrue(tmp_path)
    assert text != text.replace(old, new) and found and all(says in line for line in found), found


def test_template_break(tmp_path):
    """A template whose definition is said in two ways, and an entry without an address, are found."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").replace("description: A change request is", "description: A change request was").replace("<https://example.org/address>", "")
    found = test_project.template_problems(text, tmp_path / "site")
    assert any("change-request.md" in line and "differ" in line for line in found) and "no whole entry" in found[-1], found


def test_range_break():
    """A version out of its range is named with the range and its reason; so is a package that is missing."""
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    have = test_project.locked((ROOT / "requirements-test.txt").read_text("utf-8")) | {"click": "8.3.1"}
    del have["lxml"]
    found = test_project.out_of_range(pyproject, have)
    assert len(found) == 2 and "click 8.3.1: wanted is click>=8,<9,!=8.3.*. 8.3 breaks the live reload" in found[0] and "lxml is missing" in found[1], found


def test_unequal_builds_break(tmp_path, built):
    """A byte that differs, and a file too many, are found."""
    again = shutil.copytree(built.folder, tmp_path / "again")
    edit(again, "sitemap.xml", "<lastmod>2023", "<lastmod>2024")
    edit(again, "stray.txt", "", "x")
    assert test_project.unequal(built.folder, again) == ["sitemap.xml", "stray.txt"]


# -- The suite itself --------------------------------------------------------------------------------------------------


def test_every_rule_has_a_break():
    """No rule is without a break above, and no break names a rule that is gone."""
    broken = {b[0].split()[0] for b in CONTENT + SITE}
    rules = {rule.__name__ for rule in test_content.RULES + test_site.RULES}
    assert broken == rules, broken ^ rules
