"""Breaks of tools/rules/records.py."""

import datetime

from tests.breaks import Break, Edit, defect
from tools.site import Site

PAGES = Site().pages
CORE, MANAGED, ITO, ONSHORE = (
    PAGES[page].snippet("def")
    for page in ("definitions/core-kpo.md", "glossary/managed-service.md", "glossary/ito.md", "glossary/onshoring.md")
)
GENWORTH, NHS = (PAGES[f"examples/{case}.md"].meta["teaches"] for case in ("genworth", "nhs-sbs"))
MADE = "made_parts_are_fresh"
BPO_FILE = "docs/definitions/bpo.md"
ITO_FILE, COMPARE, ABOUT, ONSHORING = (
    "docs/glossary/ito.md",
    "docs/compare.md",
    "docs/about.md",
    "docs/glossary/onshoring.md",
)
SOON = datetime.date.today() + datetime.timedelta(2)
MANY = "any kind, old or new, big or small, in use or not in use, at home or out, by day or by night, of "


def defined(rules: str, file: str, old: str, new: str, says: str) -> Break:
    """A break of a definition, in the record and on the page; what is made from it is told by its own rules."""
    return Break(f"{rules} {MADE}", [Edit(file, old, new), Edit(file, f"\n{old}\n", f"\n{new}\n")], says)


VALID = [
    defect(
        "records_are_valid",
        ITO_FILE,
        "topic: ",
        "colour: red\ntopic: ",
        "ito.md:{line}: front matter: the key 'colour' is not known",
    ),
    defect(
        "records_are_valid", COMPARE, "reviewed: ", "reveiwed: ", "the key 'reveiwed' is not known. Write: reviewed"
    ),
    defect("records_are_valid", COMPARE, "reviewed: ", "draft: true\nreviewed: ", "'draft' is not known"),
    defect("records_are_valid", COMPARE, "reviewed: 2026-11-26\n", "", "is missing. Add the line: reviewed: 20"),
    defect(
        "records_are_valid",
        "docs/examples/xo1.md",
        "function: pharma",
        "function: laws",
        "xo1.md:{line}: function: 'laws' is not in the closed list. Write 'law'; or add it to 'function' in",
    ),
    defect(
        "records_are_valid",
        "docs/examples/xo1.md",
        "function: pharma",
        "function: navy",
        "Write one of: pharma, market research",
    ),
    defect("records_are_valid", COMPARE, "description: ", "description: Using & ", 'Take out the characters " < > &'),
    defect("records_are_valid", COMPARE, "reviewed: ", "reviewed: on ", "is no day"),
    defect(
        "records_are_valid",
        "docs/examples/xo1.md",
        "period: 2013 to March 2015",
        "period: '2013 to March 2015 '",
        "the spaces at its ends",
    ),
    defect(
        "records_are_valid",
        "docs/examples/xo1.md",
        "  core: {",
        "  core: 5  # {",
        "core: is of the wrong type (5). Write keys with values",
    ),
    defect(
        "records_are_valid",
        ITO_FILE,
        "related: [managed-service]",
        "related:",
        "related: is of the wrong type (None). Write a list",
    ),
    defect(
        "records_are_valid",
        ITO_FILE,
        "related: [managed-service]",
        "related: [managed-service, managed-service]",
        "names something twice (managed-service)",
    ),
    defect(
        "records_are_valid",
        ITO_FILE,
        "related: [managed-service]",
        "related: [Managed service]",
        "in lower case, words joined",
    ),
    defect(
        "records_are_valid",
        ITO_FILE,
        "\nsources: ",
        "\nsources: []\nsources: ",
        "ito.md:13: the key 'sources' stands above already",
    ),
    defect(
        "reviews_are_in_the_past",
        COMPARE,
        "reviewed: 2026-11-26",
        f"reviewed: {SOON}",
        f"docs/compare.md:4: reviewed {SOON} lies in the future",
    ),
    defect(
        "reviews_are_in_the_past", COMPARE, "reviewed: 2026", "reviewed: 2025", "lies before the site's first change"
    ),
]
DEFINITIONS = [
    defect(
        f"definitions_are_one_sentence {MADE}",
        ITO_FILE,
        "description: ",
        "description: Well, ",
        "differ. Make both read",
    ),
    defined(
        "definitions_are_one_sentence titles_are_unique definitions_are_their_own repeated_sentences_are_carried "
        "paragraphs_are_not_copied",
        ITO_FILE,
        ITO,
        MANAGED,
        "Begin: IT outsourcing is …",
    ),
    defect(
        "limbs_are_in_the_definition",
        BPO_FILE,
        "limb-whole: a whole",
        "limb-whole: the whole",
        "'the whole' is no part of the definition",
    ),
    defect("limbs_are_in_the_definition", BPO_FILE, "  limb-whole: a whole\n", "", "no phrase for {#limb-whole}"),
    Break(
        "limbs_are_in_the_definition published_addresses_answer made_parts_are_fresh",
        [Edit(BPO_FILE, " {#limb-whole}", " {#whole}")],
        "no heading takes 'a whole' apart",
    ),
    defect(
        "definitions_are_one_sentence",
        ITO_FILE,
        "\n<!-- --8<-- [end:def]",
        " It is old.\n<!-- --8<-- [end:def]",
        "is not one sentence",
    ),
    defined(
        "definitions_are_one_sentence prose_is_plain",
        ITO_FILE,
        ITO,
        ITO.replace(" is ", f" is {MANY}"),
        "words. Cut it to 35",
    ),
    defined(
        "definitions_are_one_sentence", ITO_FILE, ITO, ITO.replace("software", "*software*"), "holds a link or markup"
    ),
    defined(
        "definitions_are_their_own",
        ONSHORING,
        ONSHORE,
        "Onshoring is the onshoring of work to a supplier in the same country.",
        "goes in a circle. Say what it is in words other than 'onshoring'",
    ),
    defined(
        "definitions_are_their_own", ITO_FILE, ITO, ITO.replace(" is ", " is IT outsourcing, "), "goes in a circle"
    ),
    defined(
        "definitions_are_their_own",
        ITO_FILE,
        ITO,
        f"IT outsourcing {MANAGED.split(' ', 3)[3]}".replace("runs", "operates").replace("directs", "leads"),
        "managed-service.md:18: docs/glossary/ito.md says the same of its term",
    ),
    defect(
        "repeated_sentences_are_carried paragraphs_are_not_copied",
        "docs/index.md",
        '--8<-- "definitions/core-kpo.md:def"',
        CORE,
        'write instead: --8<-- "definitions/core-kpo.md:def"',
    ),
    defect(
        "repeated_sentences_are_carried paragraphs_are_not_copied sources_and_citations_match",
        COMPARE,
        "\n## ",
        f"\n> So it is said. **{CORE}** ([NOA n.d.](sources/word.md#noa-kpo))\n\n## ",
        "is typed again",
    ),
]
NAMES = [
    defect(
        "titles_are_unique",
        COMPARE,
        "\n# ",
        "\n# The ",
        "the one H1 must be the title. Write: # KPO vs BPO",
    ),
    defect(f"titles_are_unique {MADE}", COMPARE, "\n## ", "\n# More {#more}\n\n## ", "the one H1 must be the title"),
    defect(
        f"titles_are_unique {MADE}",
        COMPARE,
        "title: 'KPO vs BPO: the difference, with transformational BPO'",
        "title: Glossary",
        "has the same title",
    ),
    Break(
        f"titles_name_the_term {MADE}",
        [
            Edit(ITO_FILE, "title: ITO (IT outsourcing)", "title: ITO (IT sourcing)"),
            Edit(ITO_FILE, "# ITO (IT outsourcing)", "# ITO (IT sourcing)"),
        ],
        "ito.md:{line}: the title says 'IT sourcing'",
    ),
    defect(
        f"abbreviations_fit titles_name_the_term {MADE}",
        "docs/glossary/experience-level-agreement.md",
        "abbreviation: XLA",
        "abbreviation: SLA",
        "'SLA' is not that of 'experience level agreement'. Likely: abbreviation: XLA",
    ),
    defect(
        f"abbreviations_fit {MADE}",
        "docs/glossary/joint-venture.md",
        "abbreviation: JV",
        "abbreviation: JP",
        "Likely: abbreviation: JV",
    ),
    defect(
        f"names_lead_to_one_page aliases_are_printed {MADE}",
        ITO_FILE,
        "aliases: [",
        "aliases: [offshoring, ",
        "ito.md:{line}: 'offshoring' already leads to docs/glossary/",
    ),
    defect(
        f"names_lead_to_one_page relations_hold_both_ways {MADE}",
        "docs/glossary/cro.md",
        "related: [contract-research-organisation]",
        "related: []",
        "contract-research-organisation.md:7: CRO has other meanings. docs/glossary/cro.md must lead here",
    ),
    Break(
        f"aliases_fit {MADE} search_words_lead_on",
        [
            Edit(ONSHORING, "[domestic outsourcing]", "[offshore outsourcing]"),
            Edit(ONSHORING, "called: domestic", "called: offshore"),
        ],
        "onshoring.md:{line}: 'offshore outsourcing' names something else: 'offshor'",
    ),
    Break(
        f"aliases_fit {MADE}",
        [
            Edit(ITO_FILE, "aliases: [information", "aliases: [IT-enabled services abroad, information"),
            Edit(ITO_FILE, "called: information", "called: IT-enabled services abroad, information"),
        ],
        "names something else: 'IT-enabled services'",
    ),
    defect(
        "aliases_are_printed",
        ITO_FILE,
        "\nAlso called: ",
        "\nAlso known as: ",
        "Below the definition, write once: Also called: information technology outsourcing.",
    ),
    defect(
        "aliases_are_printed",
        ITO_FILE,
        "\nAlso called: information technology outsourcing.\n",
        "",
        "docs/glossary/ito.md:19: the aliases",
    ),
    defect(
        "aliases_are_printed",
        "docs/glossary/bench.md",
        "\n## ",
        "\nAlso called: bank.\n\n## ",
        "Take the line out, or fill in aliases",
    ),
]
RELATIONS = [
    defect(
        f"relations_hold_both_ways {MADE}",
        ITO_FILE,
        "broader: [outsourcing]",
        "broader: [outsorcing]",
        "ito.md:{line}: broader: outsorcing: there is no such term. Write outsourcing",
    ),
    defect(
        f"relations_hold_both_ways {MADE}",
        ITO_FILE,
        "related: [managed-service]",
        "related: []",
        "In docs/glossary/ito.md, line 10, write: related: [managed-service]",
    ),
    defect(f"relations_hold_both_ways {MADE}", ITO_FILE, "related: [", "related: [ito, ", "no relation to itself"),
    defect(
        f"relations_hold_both_ways {MADE}",
        "docs/glossary/outsourcing.md",
        "broader: []",
        "broader: [ito]",
        "broader than each other",
    ),
    Break(
        f"relations_hold_both_ways {MADE}",
        [
            Edit(ITO_FILE, "related: [", "related: [ites, "),
            Edit("docs/glossary/ites.md", "related: [", "related: [ito, "),
        ],
        "stands in confused_with too",
    ),
    Break(
        f"relations_hold_both_ways {MADE}",
        [
            Edit(ITO_FILE, "related: [", "related: [outsourcing, "),
            Edit("docs/glossary/outsourcing.md", "related: [", "related: [ito, "),
        ],
        "Take it out of related",
    ),
]
CHANGES = [
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        "all [worked cases](examples/index.md) again",
        "all worked cases again",
        "about.md:{line}: a change links to no page",
    ),
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        "- 24 November 2026: we read all",
        "- 2026-11-24: we read all",
        "not a day, with its month in full",
    ),
    defect(
        f"changes_are_dated {MADE}", ABOUT, "- 24 November 2026: we read all", "- 24 Nov 2026: we read all", "not a day"
    ),
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        "- 24 November 2026: we read all",
        f"- {SOON.day} {SOON:%B %Y}: we read all",
        "is still to come",
    ),
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        "- 24 November 2026: we read all",
        "- 23 November 2026: older.\n- 24 November 2026: we read all",
        "a newer change stands below it",
    ),
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        ": first publication.",
        ": a word in [this list](https://en.wikipedia.org/wiki/Outsourcing).",
        "a change links to what is no page",
    ),
    defect(
        f"changes_are_dated {MADE}",
        ABOUT,
        "- 23 November 2026: first publication.",
        "- 23 November 2026: one.\n- 23 November 2026: one.",
        "the same change stands above",
    ),
    defect(
        f"changes_are_dated links_resolve published_addresses_answer {MADE}",
        ABOUT,
        "{#changes}",
        "{#changed}",
        "no change is listed",
    ),
]
SHARED = [
    defect(
        "titles_are_unique cards_are_fresh",
        "docs/examples/nhs-sbs.md",
        f"teaches: {NHS}",
        f"teaches: {GENWORTH}",
        "has the same teaches",
    ),
    defect(
        f"names_lead_to_one_page aliases_are_printed {MADE}",
        "docs/glossary/global-in-house-centre.md",
        "aliases: []",
        "aliases: [in house centres]",
        "'in house centres' already leads to docs/glossary/captive-centre.md",
    ),
    defect(
        f"articles_are_one_record_s {MADE}",
        "docs/glossary/insourcing.md",
        "wiki/Insourcing",
        "wiki/Outsourcing",
        "docs/glossary/insourcing.md is the same as",
    ),
    defect(
        f"abbreviations_share_a_topic {MADE}",
        "docs/glossary/gic.md",
        "topic: forms of sourcing",
        "topic: change and technology",
        "Write: topic: forms of sourcing",
    ),
    defect(
        "reviews_are_repeated",
        "docs/definitions/core-kpo.md",
        "reviewed 26 November 2026",
        "reviewed 24 November 2026",
        "reviewed 24 November 2026; the record says 2026-11-26",
    ),
]
BREAKS = [*SHARED, *VALID, *DEFINITIONS, *NAMES, *RELATIONS, *CHANGES]
