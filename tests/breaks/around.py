"""Breaks of tools/rules/around.py."""

from tests.breaks import Break, Edit, defect

CONFIG, ROBOTS, HEADERS, SOURCES = "mkdocs.yml", "docs/robots.txt", "docs/_headers", "docs/sources/word.md"
WHOLE, SWITCHES, NAV = "configuration_is_whole", "theme_switches_are_known", "nav_labels_fit"
ROBOTS_RULE, HEADERS_RULE, HOSTS = "robots_let_all_in", "headers_are_well_formed", "hosts_are_known"
#: hosts/ is made from the file.
HEADERS_MADE = f"{HEADERS_RULE} made_parts_are_fresh"

CONFIGURATION = [
    defect(WHOLE, CONFIG, "site_url: ", "# site_url: ", "mkdocs.yml:1: site_url is missing"),
    defect(
        WHOLE,
        CONFIG,
        ":8000/']",
        ":8000']",
        "mkdocs.yml:{line}: site_url is missing, or no whole address that ends in a slash",
    ),
    defect(WHOLE, CONFIG, "    anchors: warn", "    anchors: ignore", "validation.links.anchors is 'ignore'"),
    defect(WHOLE, CONFIG, "    omitted_files: warn\n", "", "validation.nav.omitted_files is None"),
    defect(WHOLE, CONFIG, "  font: false", "  font: {text: Inter}", "Write: font: false"),
    defect(WHOLE, CONFIG, "\nextra_css:", "\nhooks: [tools/hook.py]\nextra_css:", "hooks has no place here"),
    defect(WHOLE, CONFIG, "\nplugins:\n", "\nplugins:\n  - tags\n", "the plugins are tags, search"),
    defect(WHOLE, CONFIG, "  - attr_list\n", "", "the Markdown extension attr_list is missing"),
    defect(WHOLE, CONFIG, "  - attr_list\n", "  - attr_list\n  - footnotes\n", "footnotes is not known here"),
    defect(
        SWITCHES,
        CONFIG,
        "toc.follow",
        "content.tabs.link, toc.follow",
        "the switch content.tabs.link needs an inline script",
    ),
    defect(SWITCHES, CONFIG, "toc.follow", "toc.folow", "Write: toc.follow"),
    defect(
        "files_of_the_configuration_are_there",
        CONFIG,
        "assets/style.css\n# The",
        "assets/styles.css\n# The",
        "Write: assets/style.css",
    ),
    defect(
        "files_of_the_configuration_are_there", CONFIG, "favicon: assets/", "favicon: ", "there is no docs/favicon.svg"
    ),
]
LABELS = [
    Break(
        NAV,
        [
            Edit(CONFIG, "- 'Riya: ", "- 'X: "),
            Edit(CONFIG, "- 'Klarna: ", "- 'Riya: "),
            Edit(CONFIG, "- 'X: ", "- 'Klarna: "),
        ],
        "the label 'Riya' is not that of docs/examples/klarna.md. Write one in the words of its title: Klarna: a tool",
    ),
    Break(
        NAV,
        [
            Edit(CONFIG, "- Core KPO: ", "- X: "),
            Edit(CONFIG, "- Transformational BPO: ", "- Core KPO: "),
            Edit(CONFIG, "- X: ", "- Transformational BPO: "),
        ],
        "the label 'Core KPO' is not that of docs/definitions/transformational-bpo.md",
    ),
    defect(NAV, CONFIG, "- 'BT: ", "- 'XO1: ", "the label 'XO1' stands twice"),
]
HOST_FILES = [
    defect(ROBOTS_RULE, ROBOTS, "Disallow:", "Disallow: /", "docs/robots.txt:{line}: / is shut to programs"),
    defect(ROBOTS_RULE, ROBOTS, "Disallow:", "Disallow: /*.html$", "is shut to programs"),
    defect(ROBOTS_RULE, ROBOTS, "Disallow:", "Dissallow: /", "'Dissallow: /' is no line of robots.txt"),
    defect(ROBOTS_RULE, ROBOTS, "User-agent: *", "User-agent: Googlebot", "no line for all programs"),
    defect(
        f"{ROBOTS_RULE} made_parts_are_fresh",
        HEADERS,
        "  X-Frame-Options",
        "  X-Robots-Tag: noindex\n  X-Frame-Options",
        "docs/_headers:{line}: a header keeps pages out",
    ),
    defect(
        HEADERS_MADE,
        HEADERS,
        "  X-Frame-Options",
        "X-Frame-Options",
        "docs/_headers:{line}: the header X-Frame-Options has lost its indent",
    ),
    defect(HEADERS_MADE, HEADERS, "  X-Frame-Options", "  X-Frame-Option", "Write:   X-Frame-Options: DENY"),
    defect(HEADERS_MADE, HEADERS, "  Referrer-Policy: ", "  Referrer-Policy ", "neither a path nor a header"),
    defect(HEADERS_MADE, HEADERS, "/assets/javascripts/bundle.*", "/assets/*", "/assets/* is kept for a year"),
    defect(HEADERS_MADE, HEADERS, "  Referrer-Policy: no-referrer", "  Referrer-Policy:", "or no value"),
    defect(
        HEADERS_MADE,
        HEADERS,
        "/assets/stylesheets/*\n",
        "/assets/stylesheets/*\n  Referrer-Policy: origin\n",
        "Referrer-Policy stands below /* and below /assets/stylesheets/*",
    ),
    defect(HEADERS_RULE, HEADERS, "/*\n", "", "a header before any path"),
    defect(
        HEADERS_RULE,
        HEADERS,
        "  X-Frame-Options: DENY",
        "  X-Frame-Options: DENY\n  X-Frame-Options: DENY",
        "stands twice below /*",
    ),
    defect(HEADERS_MADE, HEADERS, "  X-Frame-Options: DENY\n", "", "Below /*, write:   X-Frame-Options: DENY"),
    defect(HEADERS_MADE, HEADERS, "'sha256-", "'sha256-a", "the hashes of scripts are not those of"),
    defect("files_are_light", "docs/assets/photo.png", "", b"x" * 5_000_000, "5,000,000 bytes; 60,000 are allowed"),
]
#: The templates' list of sources holds their hosts, too.
LISTED = f"{HOSTS} made_parts_are_fresh"
ADDRESSES = [
    defect(LISTED, SOURCES, "www.arabnews.com", "www.arabnews.con", "ends in .con, which is no ending"),
    defect(LISTED, "docs/sources/change.md", "peoplemanagement.co.uk", "peoplemanagement.cp.uk", "ends in .cp.uk"),
    defect(HOSTS, CONFIG, "https://creative", "htps://creative", "does not begin with https:// or http://"),
    defect(LISTED, SOURCES, "www.arabnews.com", "ww.arabnews.com", "has a www that is misspelt"),
    defect(LISTED, SOURCES, "www.arabnews.com", "www.arabnews,com", "is no name of a host"),
    defect(
        LISTED,
        SOURCES,
        "www.business-standard.com",
        "www.buisness-standard.com",
        "the host buisness-standard.com is nearly business-standard.com",
    ),
    defect(
        "hosts_bear_their_names hosts_are_known made_parts_are_fresh",
        "docs/sources/deals.md",
        "www.pharmatimes.com",
        "www.phramatimes.com",
        "is nearly 'pharmatimes', which the entry says",
    ),
]
BREAKS = [
    defect("configuration_is_whole", "mkdocs.yml", "  /glossary/*.md", "  /**/*.md", "lets other pages than terms out"),
    defect(
        "scripts_keep_quiet",
        "docs/assets/site.js",
        "\nconst ",
        "\nconsole.log(1);\nconst ",
        "site.js:{line}: console.log is left from a search for a fault",
    ),
    defect(
        "properties_of_the_style_are_set cards_are_fresh",
        "docs/assets/style.css",
        "var(--quiet)",
        "var(--quite)",
        "style.css:{line}: nothing sets --quite. Write: var(--quiet)",
    ),
    *CONFIGURATION,
    *LABELS,
    *HOST_FILES,
    *ADDRESSES,
]
