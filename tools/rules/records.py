"""The records: front matter, definitions, names, relations; and the changes on about.md, which the feed repeats."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tools.make.sections import RELATIONS
from tools.records import SCHEMA, changes
from tools.rules.registry import Problem, rule
from tools.site import LOADER, SNIPPET, Page, Site

#: The schema of each kind of page.
KIND = {"page": "page", "term": "term", "definition": "term", "case": "case"}
#: Most words of a definition.
LONG = 35
#: Two predicates of which this share is the same are one predicate.
SAME = 0.85


def _today() -> datetime.date:
    return datetime.date.today()


def _list(page: Page, key: str) -> list[str]:
    """The list under a key of the front matter; empty where there is none, of which `records_are_valid` speaks."""
    value = page.meta.get(key)
    return [str(item) for item in value] if isinstance(value, list) else []


def _words(text: str) -> list[str]:
    return re.findall(r"[\w&]+", text.lower())


# -- Front matter ------------------------------------------------------------------------------------------------------


def value_line(text: str, path: tuple[str | int, ...]) -> int:
    """Number of the line of a YAML text on which the value at `path` begins; its next key above, or 0, if it lacks."""
    node: Any = yaml.compose(text, LOADER)
    line = -1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if not found:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
    return line + 1


def _line(page: Page, path: tuple[str | int, ...]) -> int:
    """Number of the line of a page on which a value of its front matter begins; 1 where it is not there."""
    return value_line(page.front, path) + 1


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{kind}"}, format_checker=FormatChecker())


def _shown(name: str, value: Any) -> str:
    """A key that is missing, as a line to paste: with a value that shows its form."""
    types = {"array": "[]", "object": "{…}"}
    forms = {"reviewed": _today().isoformat(), "abbreviation": "''", "outcome": "unknown", "answer": "'no'"}
    target = SCHEMA["$defs"].get(value.get("$ref", "").split("/")[-1], value)
    return f"{name}: {forms.get(name) or types.get(target.get('type', ''), '…')}"


def _keys(error: Any, kind: str) -> Iterator[tuple[str | None, str, str]]:
    """(unknown key or None, what, mend) for each key too many or missing; a key that is misspelt is named once."""
    known = error.schema["properties"]
    unknown = sorted(set(error.instance) - set(known))
    missing = [key for key in error.schema["required"] if key not in error.instance]
    if error.validator == "additionalProperties":
        for key in unknown:
            near = get_close_matches(str(key), missing or list(known), 1, 0.75)
            mend = f"Write: {near[0]}" if near else f"Take it out, or add it to {kind} in tools/schema.json."
            yield str(key), f"the key {key!r} is not known.", mend
    else:
        key = re.match(r"'(.+?)' is a required", error.message)[1]  # type: ignore[index]
        if not get_close_matches(key, map(str, unknown), 1, 0.75):
            yield None, f"the key {key!r} is missing.", f"Add the line: {_shown(key, known[key])}"


#: What is wrong with a value, and the mend, by the keyword of JSON Schema; {want} is what the schema holds.
VALUES = {
    "type": ("is of the wrong type ({have!r}).", "Write {form}."),
    "minLength": ("has {length} characters, fewer than {want}.", "Make it longer."),
    "maxLength": ("has {length} characters, more than {want}.", "Make it shorter."),
    "minItems": ("is empty.", "Write at least {want} item."),
    "uniqueItems": ("names something twice ({twice}).", "Take one out."),
    "format": ("{have!r} is no day.", "Write it as 2026-11-25."),
    "exclusiveMinimum": ("{have!r} is not above {want}.", "Write a number above {want}."),
    "pattern": ("does not match its form ({have!r}).", "{form}"),
}
#: What a pattern or a type of the schema means, in words.
FORMS = {
    r"^\S(.*\S)?$": "Take out the spaces at its ends and the line breaks.",
    "^[a-z0-9]+(-[a-z0-9]+)*$": "Write it in lower case, words joined by single hyphens.",
    '^[^"<>&]*$': 'Take out the characters " < > &: they would have to be escaped wherever the text is repeated.',
    "^https://": "Begin it with https://",
    "string": "text; quote it where YAML reads it otherwise",
    "array": "a list: [one, two], or [] where there is none",
    "object": "keys with values",
    "number": "a number",
}


def _value(error: Any) -> tuple[str, str]:
    """What is wrong with a value, and the mend."""
    name, have = str(error.absolute_path[-1]), error.instance
    if error.validator == "enum" and isinstance(have, bool):
        return "YAML reads a bare yes or no as true or false.", f"Quote it: '{'yes' if have else 'no'}'"
    if error.validator == "enum":
        near = get_close_matches(str(have).strip(), map(str, error.validator_value), 1, 0.5)
        mend = f"Write {near[0]!r}" if near else f"Write one of: {', '.join(error.validator_value)}"
        where = next((str(step) for step in reversed(error.absolute_path) if isinstance(step, str)), name)
        return f"{have!r} is not in the closed list.", f"{mend}; or add it to {where!r} in tools/schema.json."
    what, mend = VALUES[str(error.validator)]
    items = [str(item) for item in have] if isinstance(have, list) else []
    facts = {
        "have": have if len(str(have)) < 80 else f"{str(have)[:80]}…",
        "want": error.validator_value,
        "length": len(have) if isinstance(have, str) else 0,
        "twice": ", ".join(item for item, n in Counter(items).items() if n > 1),
        "form": FORMS.get(str(error.validator_value), f"Its form is {error.validator_value}"),
    }
    return what.format(**facts), mend.format(**facts)


@cache
def _invalid(page: Page) -> list[tuple[int, str, str]]:
    """(line, what, mend) of each thing that the schema says against a page's front matter."""
    kind, found = KIND[page.kind], []
    record = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in page.meta.items()}
    for error in _validator(kind).iter_errors(record):
        path = tuple(error.absolute_path)
        if error.validator in ("additionalProperties", "required"):
            for key, what, mend in _keys(error, kind):
                line = _line(page, (*path, key) if key else path)
                found.append((line, f"{'.'.join(map(str, path)) or 'front matter'}: {what}", mend))
        else:
            what, mend = _value(error)
            found.append((_line(page, path), f"{'.'.join(map(str, path))}: {what}", mend))
    return found


@cache
def _twice(page: Page) -> list[tuple[int, str]]:
    """(line, key) of each key of the front matter that stands there again; YAML keeps the last one and says nothing."""

    def walk(node: yaml.Node) -> Iterator[tuple[int, str]]:
        seen: set[str] = set()
        for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
            if key.value in seen:
                yield key.start_mark.line + 2, key.value
            seen.add(key.value)
            yield from walk(value)

    tree = yaml.compose(page.front, LOADER)
    return list(walk(tree)) if tree else []


@rule
def records_are_valid(site: Site) -> Iterator[Problem]:
    """Front matter has exactly the keys of its kind, once each, with values of the right type and vocabulary."""
    for page in site.pages.values():
        for line, what, mend in _invalid(page):
            yield Problem(page.file, line, what, mend)
        for line, key in _twice(page):
            yield Problem(page.file, line, f"the key {key!r} stands above already.", "Keep one of the two lines.")


@rule
def reviews_are_in_the_past(site: Site) -> Iterator[Problem]:
    """No page claims to have been reviewed in the future, or before the site was first published."""
    today = _today()
    first = min((change.day for change in changes(site) if change.day), default=datetime.date.min)
    for page in site.pages.values():
        day, line = page.meta.get("reviewed"), page.key_line("reviewed")
        if type(day) is datetime.date and day > today:
            mend = f"Write the day of the review, {today} at the latest."
            yield Problem(page.file, line, f"reviewed {day} lies in the future.", mend)
        if type(day) is datetime.date and day < first:
            mend = "Write the day on which the page was last read."
            yield Problem(page.file, line, f"reviewed {day} lies before the site's first change ({first}).", mend)


# -- Definitions -------------------------------------------------------------------------------------------------------


@cache
def _definition(page: Page) -> tuple[int, str]:
    """The line of a record's definition and its text."""
    return page.at("[start:def]") + 1, page.snippet("def")


@cache
def _form(page: Page) -> list[tuple[str, str]]:
    """What is wrong with the form of a definition, and the mend."""
    _, text = _definition(page)
    term, words = str(page.meta.get("term")), len(text.split())
    found = []
    if text != page.meta.get("description"):
        mend = f"Make both read the same, for example: {text or page.meta.get('description')}"
        found.append(("the definition and the description differ.", mend))
    named = text.lower().partition(term.lower())
    if named[0] not in ("", "a ", "an ", "the ") or not re.match(r"( \([^)]+\))? (is|are) ", named[2]):
        found.append(("the definition does not begin with the term.", f"Begin: {term[:1].upper()}{term[1:]} is …"))
    if words > LONG:
        found.append((f"the definition has {words} words.", f"Cut it to {LONG}."))
    if not text.endswith(".") or re.search(r"[.!?] ", text):
        mend = "End it with a full stop, and move what follows the first one below it."
        found.append(("the definition is not one sentence.", mend))
    if re.search(r"[\[\]*_`]", text):
        found.append(("the definition holds a link or markup.", "Leave it plain: other pages repeat it."))
    return found


@rule
def definitions_are_one_sentence(site: Site) -> Iterator[Problem]:
    """A term's definition is one link-free sentence of at most 35 words that begins "X is", and is the description."""
    for page in site.of("term", "definition"):
        for what, mend in _form(page):
            yield Problem(page.file, _definition(page)[0], what, mend)


@rule
def limbs_are_in_the_definition(site: Site) -> Iterator[Problem]:
    """The phrases into which a page takes its definition apart stand in it, each with a heading of its own."""
    for page in site.of("definition"):
        limbs, headings = page.meta.get("limbs", {}), {one.id or "": one.line for one in page.headings}
        for anchor, phrase in limbs.items():
            if phrase not in page.meta["description"]:
                what = f"{phrase!r} is no part of the definition."
                yield Problem(page.file, page.at(f"{anchor}: "), what, "Copy it from the description.")
            elif anchor not in headings:
                what = f"no heading takes {phrase!r} apart."
                yield Problem(page.file, page.at(f"{anchor}: "), what, f"Write one:  ### Its words {{#{anchor}}}")
        for anchor, line in headings.items():
            if anchor.startswith("limb-") and anchor not in limbs:
                mend = f"Add to limbs, in the front matter:  {anchor}: its words"
                yield Problem(page.file, line, f"the definition has no phrase for {{#{anchor}}}.", mend)


@cache
def _predicate(page: Page) -> str:
    """What a definition says of its term: the words behind "is" or "are"."""
    return re.split(r" (?:is|are) ", _definition(page)[1], maxsplit=1)[-1].rstrip(".").lower()


@cache
def _predicate_words(page: Page) -> frozenset[str]:
    return frozenset(_words(_predicate(page)))


def _stem(word: str) -> str:
    """A word without the ending that makes an action, an actor or a plural of it."""
    return re.sub(r"(?:ations?|ments?|ings?|ions?|ities|ity|ees?|ers?|ors?|ed|es|e|s)$", "", word.lower())


@cache
def _circle(page: Page) -> str:
    """The words by which a definition says its own term again, '' where it does not."""
    names = [page.meta.get("term"), page.meta.get("abbreviation"), *_list(page, "aliases")]
    predicate = _predicate(page)
    for name in (str(name) for name in names if name and str(name).lower() in predicate.lower()):
        if match := re.search(rf"(?<![\w-]){re.escape(name)}(?:s|es)?(?![\w-])", predicate, re.I):
            return match[0]
    # A term of one word is said again by any word of its stem: offshoring, "the offshored …".
    term = str(page.meta.get("term"))
    same = (word for word in _words(_predicate(page)) if len(_stem(term)) > 3 and _stem(word) == _stem(term))
    return next(same, "") if re.fullmatch(r"[\w-]+", term) else ""


@cache
def _alike(one: Page, two: Page) -> bool:
    """Whether two definitions say the same of their terms."""
    words, others = _predicate_words(one), _predicate_words(two)
    if not words or len(words & others) < 0.6 * len(words | others):
        return False
    return words == others or SequenceMatcher(None, _predicate(one), _predicate(two), autojunk=False).ratio() > SAME


@rule
def definitions_are_their_own(site: Site) -> Iterator[Problem]:
    """A definition does not explain a term by the term, and says of it what no other definition says."""
    pages = site.of("term", "definition")
    for n, page in enumerate(pages):
        line, _ = _definition(page)
        # A page of an abbreviation tells what it stands for.
        if page.meta.get("term") != page.meta.get("abbreviation") and (again := _circle(page)):
            mend = f"Say what it is in words other than {again!r}."
            yield Problem(page.file, line, "the definition goes in a circle.", mend)
        for other in (other for other in pages[:n] if _alike(page, other)):
            mend = f"Say what sets {page.meta.get('term')} apart, or make it an alias there."
            yield Problem(page.file, line, f"{other.file} says the same of its term.", mend)


@cache
def _sentences(page: Page) -> dict[str, int]:
    """Each sentence of a page without its markup, with its line."""
    found: dict[str, int] = {}
    for number, line in page.lines:
        if len(line) > 40 and not SNIPPET.match(line):
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", r"\1", line)
            for sentence in re.split(r"(?<=[.!?]) +|\|", re.sub(r"^[\s>#:|*-]+(?:\d+\. +)?", "", text)):
                found.setdefault(sentence.strip().lower(), number)
    return found


@rule
def repeated_sentences_are_carried(site: Site) -> Iterator[Problem]:
    """A definition is typed on its own page only; other pages carry it as a snippet."""
    homes = {_definition(page)[1].lower(): page for page in site.of("term", "definition")}
    for page in site.pages.values():
        own = _sentences(page)
        for text in homes.keys() & own.keys():
            if homes[text] is not page:
                mend = f'On a line of its own, write instead: --8<-- "{homes[text].path}:def"'
                yield Problem(page.file, own[text], f"the definition of {homes[text].file} is typed again.", mend)


# -- Names -------------------------------------------------------------------------------------------------------------


@rule
def titles_are_unique(site: Site) -> Iterator[Problem]:
    """Titles, descriptions and what cases teach are unique; the only H1 of a page is its title."""
    for key in ("title", "description", "teaches"):
        first: dict[str, Page] = {}
        for page in (page for page in site.pages.values() if key in page.meta):
            other = first.setdefault(str(page.meta.get(key)).lower(), page)
            if other is not page:
                mend = "Say what sets this page apart."
                yield Problem(page.file, page.key_line(key), f"{other.file} has the same {key}.", mend)
    for page in site.pages.values():
        tops = [heading for heading in page.headings if heading.level == 1]
        if [heading.text for heading in tops] != [page.meta.get("title")]:
            wrong = [heading.line for heading in tops if heading.text != page.meta.get("title")]
            line = (wrong or [heading.line for heading in tops[1:]] or [page.first_line])[0]
            yield Problem(page.file, line, "the one H1 must be the title.", f"Write: # {page.meta.get('title')}")


def _names(page: Page) -> list[str]:
    """The names of a record: its term and its aliases."""
    return [str(page.meta.get("term")), *_list(page, "aliases")]


@rule
def titles_name_the_term(site: Site) -> Iterator[Problem]:
    """A record's title is its term, with another of its names in brackets, or with more words around it."""
    for page in site.of("term", "definition"):
        title, names = str(page.meta.get("title")), [*_names(page), page.meta.get("abbreviation")]
        parts = re.fullmatch(r"(.+?) \((.+)\)", title)
        known = {str(name).lower() for name in names} | {"the abbreviation"}
        term = rf"(?<!\w){re.escape(str(page.meta.get('term')))}(?!\w)"
        strange = [part for part in (parts.groups() if parts else [title]) if part.lower() not in known]
        if strange and (parts or not re.search(term, title, re.I)):
            mend = f"Write the term ({page.meta.get('term')}) in the title, or add it to aliases or abbreviation."
            what = f"the title says {strange[0]!r}, which is no name of the record."
            yield Problem(page.file, page.key_line("title"), what, mend)


#: Abbreviations that do not follow the first letters of a name: X stands for "experience".
OTHER_LETTERS = {"XLA"}
#: Words that an abbreviation may leave out.
SMALL = {"a", "an", "and", "as", "for", "in", "of", "or", "the", "to"}


@cache
def fits(short: str, name: str) -> bool:
    """Whether an abbreviation is made of the first letters of a name's words, or of capitals inside them."""
    pattern = ""
    for before, word in re.findall(r"((?<=\w)-)?([^\W_]+)", name):
        if word == short:
            return True
        if before:
            # "in-house" gives I or IH.
            pattern += f"{word[0]}?"
        elif word.lower() in SMALL:
            pattern += f"(?:{word[0]}{'|&' if word.lower() == 'and' else ''})?"
        elif word.isupper() or re.match(r"[a-z]*[A-Z]{2}", word):
            pattern += f"(?:{word[0]}|{word})"
        else:
            # "eSourcing" gives eS.
            pattern += f"{word[0]}(?:{word[1]})?" if word[1:2].isupper() else word[0]
    return re.fullmatch(pattern, short, re.I) is not None


def _letters(name: str) -> str:
    """The abbreviation that a name most likely has."""
    words = [word for word in re.findall(r"[^\W_]+", name) if word.lower() not in SMALL]
    return "".join(word if word.isupper() else word[0].upper() for word in words)


@cache
def _misfit(page: Page) -> str:
    """The abbreviation that a record should rather have, '' where it has a right one or none."""
    short, title = str(page.meta.get("abbreviation") or ""), str(page.meta.get("title"))
    inside = [*re.findall(r"^(\S+) \(", title), *re.findall(r"\((\S+)\)$", title)]
    shown = [word for word in inside if len(re.findall(r"[A-Z]", word)) > 1]
    fitting = [word for word in shown if any(fits(word, name) for name in _names(page)) or word in OTHER_LETTERS]
    if short and short not in OTHER_LETTERS and not any(fits(short, name) for name in _names(page)):
        return (fitting or [_letters(_names(page)[0])])[0]
    return fitting[0] if fitting and short not in shown else ""


@rule
def abbreviations_fit(site: Site) -> Iterator[Problem]:
    """An abbreviation is made of the letters of a name of its record, and is the one that the title shows."""
    for page in site.of("term", "definition"):
        if wanted := _misfit(page) if page.meta.get("term") else "":
            short, line = page.meta.get("abbreviation"), page.key_line("abbreviation")
            mend = f"Likely: abbreviation: {wanted}"
            yield Problem(page.file, line, f"the abbreviation {short!r} is not that of {page.meta['term']!r}.", mend)


@rule
def names_lead_to_one_page(site: Site) -> Iterator[Problem]:
    """A name belongs to one record; an abbreviation of several has a page of its own that leads to each of them."""
    pages: list[Page] = site.of("term", "definition")
    owners: dict[str, Page] = {}
    # A term owns its name before any alias does.
    named = [(page, "term", _names(page)[0]) for page in pages]
    named += [(page, "aliases", name) for page in pages for name in _names(page)[1:]]
    for page, key, name in named:
        # One name whether it is written apart, joined or with hyphens, in one or several.
        owner = owners.setdefault(re.sub(r"[^\w&]+", "", name.lower()).removesuffix("s"), page)
        if owner is not page:
            mend = f"One name, one page: take it out of {key} here, or there."
            yield Problem(page.file, page.key_line(key), f"{name!r} already leads to {owner.file}.", mend)
    # An abbreviation that is a slip has a rule of its own.
    sound = [page for page in pages if page.meta.get("abbreviation") and page.meta.get("term") and not _misfit(page)]
    shared = Counter(page.meta["abbreviation"] for page in sound)
    for page in sound:
        short = page.meta["abbreviation"]
        leads = site.records.get(short.lower())
        if shared[short] > 1 and leads is not page and (not leads or page.slug not in _list(leads, "related")):
            mend = f"docs/glossary/{short.lower()}.md must lead here: name {page.slug} in its related."
            yield Problem(page.file, page.key_line("abbreviation"), f"{short} has other meanings.", mend)


@rule
def articles_are_one_record_s(site: Site) -> Iterator[Problem]:
    """No two records claim to be the same as one article elsewhere."""
    owners: dict[str, Page] = {}
    for page in site.of("term", "definition"):
        for url in _list(page, "same_as"):
            owner = owners.setdefault(url, page)
            if owner is not page:
                what = f"{owner.file} is the same as {url} already."
                yield Problem(page.file, page.key_line("same_as"), what, "Name the article on this term, or none.")


@rule
def abbreviations_share_a_topic(site: Site) -> Iterator[Problem]:
    """The page of an abbreviation stands under the topic of a term to which it leads."""
    for page in site.of("term"):
        leads = [
            site.records[slug] for key in ("related", "broader") for slug in _list(page, key) if slug in site.records
        ]
        topics = [one.meta["topic"] for one in leads]
        if page.meta["title"].endswith("(the abbreviation)") and topics and page.meta["topic"] not in topics:
            what = f"no term to which it leads stands under {page.meta['topic']!r}."
            yield Problem(page.file, page.key_line("topic"), what, f"Write: topic: {topics[0]}")


REVIEWED = re.compile(r"\breviewed (?:on )?(\d{1,2} [A-Z][a-z]+ \d{4})")


@rule
def reviews_are_repeated(site: Site) -> Iterator[Problem]:
    """Where a page tells the day of its review in its text, it is the day in its record."""
    for page in site.pages.values():
        day = page.meta["reviewed"]
        want = f"{day.day} {day:%B %Y}" if isinstance(day, datetime.date) else ""
        for line, text in page.lines if want and "reviewed" in page.body else ():
            for found in REVIEWED.finditer(text):
                if found[1] != want:
                    yield Problem(
                        page.file, line, f"reviewed {found[1]}; the record says {day}.", f"Write: reviewed {want}"
                    )


#: Stems of which one excludes the others: a name that holds one is no name of what holds another.
OPPOSED = (
    ({"offshor"}, {"nearshor"}, {"onshor", "domestic"}, {"reshor", "backshor"}),
    ({"outsourc"}, {"insourc", "backsourc"}, {"captiv"}),
    ({"tacit"}, {"explicit", "codifi"}),
    ({"transactional"}, {"transformational"}),
)


@cache
def _opposed(page: Page, alias: str) -> str:
    """The stem in an alias that belongs to the opposite of its record, '' where there is none."""
    own = f"{page.meta.get('term')} {page.meta.get('title')} {page.meta.get('description')}".lower()
    for group in OPPOSED:
        held = [side for side in group if any(re.search(rf"\b{stem}", own) for stem in side)]
        for side in group:
            for stem in side:
                if held and side not in held and re.search(rf"\b{stem}", alias.lower()):
                    return stem
    return ""


@rule
def aliases_fit(site: Site) -> Iterator[Problem]:
    """No alias holds the term of a record that the page is not to be confused with, or a word for its opposite."""
    for page in site.of("term", "definition"):
        others = [site.records[slug] for slug in _list(page, "confused_with") if slug in site.records]
        # The term of the other may stand in the page's own: "managed service", "managed service provider".
        terms = [term for one in others for term in _names(one)[:1] if term.lower() not in _names(page)[0].lower()]
        for alias in _names(page)[1:]:
            near = [term for term in terms if term.lower() in alias.lower()]
            strange = [term for term in near if re.search(rf"\b{re.escape(term)}\b", alias, re.I)]
            if found := (strange or [_opposed(page, alias)])[0]:
                mend = f"Take the alias out, or move it to the record that {found!r} belongs to."
                yield Problem(page.file, page.key_line("aliases"), f"{alias!r} names something else: {found!r}.", mend)


@cache
def _also(page: Page) -> list[tuple[int, str]]:
    """The lines of a page that print aliases."""
    return [(line, text) for line, text in page.lines if re.match(r"also (?:called|known as)\b", text, re.I)]


@rule
def aliases_are_printed(site: Site) -> Iterator[Problem]:
    """The aliases of a record stand below its definition, where readers and the search find them."""
    for page in site.of("term", "definition"):
        aliases, lines = _list(page, "aliases"), _also(page)
        also = f"Also called: {', '.join(map(str, aliases))}."
        if [text for _, text in lines] != ([also] if aliases else []):
            # Where the line lacks, its place is below the end mark of the definition.
            line = next((line for line, text in lines if text != also or not aliases), page.at("[end:def]"))
            mend = f"Below the definition, write once: {also}" if aliases else "Take the line out, or fill in aliases."
            yield Problem(page.file, line, "the aliases of the record and of the page differ.", mend)


# -- Relations ---------------------------------------------------------------------------------------------------------


def _above(site: Site, page: Page) -> set[str]:
    """The slugs of all records that are broader than a record, at any distance."""
    found: set[str] = set()
    new = list(_list(page, "broader"))
    while new:
        slug = new.pop()
        if slug not in found:
            found.add(slug)
            new += _list(site.records[slug], "broader") if slug in site.records else []
    return found


@rule
def relations_hold_both_ways(site: Site) -> Iterator[Problem]:
    """broader, related and confused_with name other records; the last two hold both ways, broader never in a circle."""
    for page in site.of("term", "definition"):
        for key in RELATIONS.values():
            for n, slug in enumerate(_list(page, key)):
                if said := _relation(site, page, key, slug):
                    yield Problem(page.file, _line(page, (key, n)), f"{key}: {slug}: {said[0]}", said[1])


def _relation(site: Site, page: Page, key: str, slug: str) -> tuple[str, str] | None:
    """What is wrong with a relation of a record, and the mend."""
    other, rest = site.records.get(slug), _list(page, "confused_with") if key != "confused_with" else []
    if other is None:
        near = get_close_matches(slug, site.records, 1)
        return "there is no such term.", f"Write {near[0]}." if near else "Write the term, or take the name out."
    if other is page:
        return "a term has no relation to itself.", "Take it out."
    if key == "broader":
        loop = page.slug in _above(site, other)
        return ("the terms are broader than each other.", f"Take it out here or in {other.file}") if loop else None
    if page.slug not in _list(other, key):
        back = ", ".join(sorted([*_list(other, key), page.slug]))
        return "one-sided.", f"In {other.file}, line {other.key_line(key)}, write: {key}: [{back}]"
    if slug in rest:
        return "stands in confused_with too.", "Keep one of the two."
    if key == "related" and (slug in _list(page, "broader") or page.slug in _list(other, "broader")):
        return "one of the two is broader than the other.", "Take it out of related: broader says it."
    return None


# -- Changes -----------------------------------------------------------------------------------------------------------


@rule
def changes_are_dated(site: Site) -> Iterator[Problem]:
    """Each line under Changes on about.md has a past day, newest first, and words, once; its links lead to pages."""
    found, today, file = changes(site), _today(), site.pages["about.md"].file
    if not found:
        mend = "Write:  ## Changes {#changes}  and below it:  - 23 November 2026: first publication."
        yield Problem(file, site.pages["about.md"].at("hanges"), "no change is listed.", mend)
    for at, (line, day, text) in enumerate(found):
        if not day:
            mend = "Write: - 23 November 2026: what changed, on which page."
            yield Problem(file, line, "not a day, with its month in full and its year, and what changed.", mend)
        elif day > today:
            yield Problem(file, line, f"{day} is still to come.", "Write the day of the change.")
        elif any(later.day and today >= later.day > day for later in found[at + 1 :]):
            yield Problem(file, line, "a newer change stands below it.", "Put the newest on top.")
        mend = "Link the page that changed: the feed leads to it."
        if re.search(r"\]\((?!(?:[\w-]+/)*[\w-]+\.md[#)])", text):
            yield Problem(file, line, "a change links to what is no page.", mend)
        # The oldest is the first publication, of all pages.
        if "](" not in text and at + 1 < len(found):
            yield Problem(file, line, "a change links to no page.", mend)
        if (day, text) in [(one.day, one.text) for one in found[:at]]:
            yield Problem(file, line, "the same change stands above.", "Keep one of the two.")
