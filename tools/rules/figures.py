"""Figures: sums add up, tallies are counted, money has its currency and its year, years and dates are possible."""

import ast
import datetime
import operator
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from tools.rules.registry import Problem, rule
from tools.site import LINK, Page, Site, Table

CURRENCY = r"(?:(?:US|A|C|NZ|S|HK)?\$|[£€¥₹]|\b(?:USD|EUR|GBP|INR|Rs)\.? ?)"
UNITS = {
    "%": 0.01, "per cent": 0.01, "percent": 0.01, "k": 1e3, "thousand": 1e3, "lakh": 1e5, "m": 1e6, "mn": 1e6,
    "million": 1e6, "crore": 1e7, "bn": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
#: A number as a page writes it: £1,234.5m, 12%, 50 million. Words stand behind a space, short units behind the number.
FIGURE = re.compile(
    rf"(?<![\w.,])(?P<sign>{CURRENCY})? ?(?<![.,])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>(?:%|bn\b|mn?\b|k\b|tn\b)|[ -](?:per cent|percent|thousand|lakh|million|crore|billion|trillion|bn)\b)?"
    r"(?: (?P<coin>dollars|pounds|euros|rupees)\b)?"
)
COINS = {
    "dollars": "$",
    "pounds": "£",
    "euros": "€",
    "rupees": "₹",
    "USD": "$",
    "US$": "$",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
    "Rs": "₹",
}
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 -- words, not data
MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' if name[3:] else name for name in MONTHS)}|Sept)"


class Figure(NamedTuple):
    """A number of a text: its kind (a currency's sign, '%' or ''), its value in units of one, its text."""

    kind: str
    value: float
    text: str


def _value(match: re.Match[str]) -> float:
    return float(match["digits"].replace(",", "")) * UNITS.get((match["unit"] or "").strip(" -"), 1)


def figures(text: str) -> list[Figure]:
    """Every number of a text, in order; years and the days of dates are numbers too."""
    found = []
    for match in FIGURE.finditer(text):
        sign = (match["sign"] or "").strip(". ") or match["coin"] or ""
        share = (match["unit"] or "").strip(" -") in ("%", "per cent", "percent")
        found.append(Figure("%" if share else COINS.get(sign, sign), _value(match), match[0].strip()))
    return found


@cache
def texts(page: Page) -> list[tuple[int, str]]:
    """(line, what readers see of it) of each line with a digit: no targets of links, tags, attributes or code."""
    body = re.sub(r"<[^<>]*>", lambda m: " " + "\n" * m[0].count("\n"), page.body)
    body = re.sub(r"\{[^{}\n]*\}|`[^`\n]*`", " ", LINK.sub(r"\g<text>", body))
    return [(number, line) for number, line in enumerate(body.split("\n"), page.first_line) if re.search(r"\d", line)]


@cache
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a line; a row of a table is one."""
    if text.lstrip().startswith("|"):
        return (text,)
    return tuple(re.split(r"(?<=[.?!])(?<!\bv\.)(?<!\bc\.)(?<!\bNo\.)(?<! [A-Z]\.) +(?=[A-Z0-9*\[(\"“])", text))


# -- Sums --------------------------------------------------------------------------------------------------------------

SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
SUM = re.compile(r" *(?:- )?Sum: (?P<left>[^=]+) = (?P<right>[^=]+?)\.(?:\s|$)")


def _calculate(node: ast.AST) -> float:
    """The value of a formula of numbers and the five signs; ValueError where it holds anything else."""
    match node:
        case ast.Expression(body=body):
            return _calculate(body)
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            power = _calculate(right)
            if isinstance(sign, ast.Pow) and abs(power) > 100:
                raise ValueError("a power above 100")
            return SIGNS[type(sign)](_calculate(left), power)
    raise ValueError("neither a number nor a sign")


def _formula(left: str) -> float:
    """The value of what stands left of the equals sign; ValueError, with the reason, where it is no formula."""
    text = FIGURE.sub(lambda m: repr(_value(m)), left)
    if re.search(r"[^\d.e()−×÷+^\s-]", text) or re.search(r"(?<!e)-|\*|/|_", text):
        raise ValueError("it holds more than numbers and the signs + − × ÷ ^ ( )")
    for sign, code in (("−", "-"), ("×", "*"), ("÷", "/"), ("^", "**")):
        text = text.replace(sign, code)
    try:
        return _calculate(ast.parse(text.strip(), mode="eval"))
    except (SyntaxError, ZeroDivisionError, OverflowError) as error:
        raise ValueError("it cannot be worked out") from error


@cache
def _sums(page: Page) -> list[tuple[int, str]]:
    return [(number, line) for number, line in page.lines if "Sum: " in line]


@cache
def _given(page: Page) -> tuple[frozenset[float], frozenset[int]]:
    """(the values, the years) that a page with sums states outside them, with small constants and the sums' results."""
    rest = "\n".join(line for _, line in page.lines if "Sum: " not in line)
    results = " ".join(line.partition("=")[2] for _, line in _sums(page))
    values = {figure.value for figure in figures(f"{rest} {results}")} | {1, 2, 10, 12, 100, 1000}
    growth = {1 + value for value in values if value < 1}
    return frozenset(values | growth), frozenset(map(int, re.findall(r"\b(?:19|20)\d\d\b", rest)))


def _unstated(page: Page, left: str) -> Iterator[str]:
    """The numbers of a sum that stand nowhere else on its page.

    A growth factor is stated where its rate is: 1.156 where 15.6% stands; the exponent of a power where two years stand
    that far apart.
    """
    values, years = _given(page)
    for number in FIGURE.finditer(left):
        value = _value(number)
        span = left[: number.start()].endswith("^") and any(year + value in years for year in years)
        if not span and not any(abs(value - x) < 1e-9 * max(1, abs(x)) for x in values):
            yield number[0].strip()


def _wrong_sum(page: Page, text: str) -> Iterator[tuple[str, str]]:
    """(what is wrong, the mend) of a line with a sum."""
    match = SUM.match(text)
    result = FIGURE.search(match["right"]) if match else None
    if not match or not result:
        yield (
            "the sum is not of its form.",
            "Write:  Sum: £792m − £635m = £157m.  One equals sign, a full stop at the end.",
        )
        return
    try:
        value = _formula(match["left"])
    except ValueError as error:
        mend = "Write numbers and + − × ÷ ^ ( ) only; the minus is −, no hyphen."
        yield f"{match['left']!r} cannot be recomputed: {error}.", mend
        return
    unit = UNITS.get((result["unit"] or "").strip(" -"), 1)
    half = 0.5001 * unit * 10 ** -len(result["digits"].partition(".")[2])
    if abs(value - _value(result)) > half:
        yield f"the sum gives {value / unit:.6g}, not {match['right']}.", "Mend the result or an input."
    kinds = {figure.kind for figure in figures(match["left"])} - {"", "%"}
    if (kind := figures(match["right"])[0].kind) not in ("", "%", *kinds):
        yield f"the result is in {kind}, and no input is.", "Mend its currency."
    for number in _unstated(page, match["left"]):
        yield (
            f"{number} stands nowhere else on the page.",
            "State it there with its source, as a figure and not in words.",
        )


@cache
def _wrong_sums(page: Page) -> list[tuple[int, str, str]]:
    return [(line, what, mend) for line, text in _sums(page) for what, mend in _wrong_sum(page, text)]


@rule
def sums_are_right(site: Site) -> Iterator[Problem]:
    """A line "Sum: a − b = c." is recomputed; each number left of the equals sign stands elsewhere on the page too."""
    seen = 0
    for page in site.pages.values():
        seen += len(_sums(page))
        for line, what, mend in _wrong_sums(page):
            yield Problem(page.file, line, what, mend)
    assert seen, "no page holds a sum"


# -- Money -------------------------------------------------------------------------------------------------------------

BIG = re.compile(
    rf"(?<![\w.,])(?P<sign>{CURRENCY})? ?(?<![.,])(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>[ -]?(?:bn|mn?|tn|million|billion|trillion|crore|lakh)\b)(?P<after>[\s-]+[^\W\d]+)?"
)
#: What comes behind an amount that counts nothing: words that join sentences, and names of money.
NOT_COUNTED = set(
    "a about after against all among an and as at because before between but by compared during each for from had "  # noqa: SIM905 -- words, not data
    "has in is it less more of on once or over per since so than that the their then there this to under until up "
    "was were when where which while with would a year annual annually market markets industry revenue revenues "
    "sales turnover contract contracts deal deals fee fees cost costs budget saving savings spending profit loss "
    "business sector programme programmes price investment bill bid offer order orders opportunity forecast "
    "estimate total worth value".split()
)
#: Who and what is counted in millions; such a word may stand before its number: "put the staff at 1.9m".
COUNTED = re.compile(
    r"\b(staff|people|jobs|workers|employees|customers|users|chats|letters|transactions|calls|cards)\b"
)
#: One amount with two signs; an amount in another spelling than $1.2bn; what may stand before an amount in a cell.
TWICE = re.compile(
    rf"{CURRENCY} ?{CURRENCY}(?=\d)|{CURRENCY}\d[\d.,]*(?:bn|mn?|tn|k)? ?"
    r"(?:[$£€¥₹](?!\d)|(?:dollars|pounds|euros|rupees|USD|EUR|GBP|INR)\b)"
)
SPACED = re.compile(
    r"[$£€¥₹] \d[\d.,]*\w*|[$£€¥₹]\d[\d.,]*(?:[ -]?(?:million|billion|trillion|mn)|[ -](?:bn|m|tn|k)|[MBK]n?|BN|MN|b)\b"
)
BEFORE = r"\**(?:(?:about|over|some|up to) )?"
#: Numbers whose source gives no currency, and which say so beside them.
SAID = re.compile(r"\(currency not stated\)")


def _money(page: Page) -> list[tuple[int, str]]:
    """The lines of a page on which amounts can stand; of lists of sources all but titles in quotation marks."""
    front = [
        (page.key_line(key), str(page.meta[key])) for key in ("title", "description", "teaches") if key in page.meta
    ]
    if page.lists_sources:
        return [*front, *((number, re.sub(r"\"[^\"]*\"|\*[^*]*\*", " ", text)) for number, text in texts(page))]
    return [*front, *texts(page)]


def _bare(text: str) -> Iterator[str]:
    """The big numbers of a text that neither carry a currency nor count anything."""
    for match in BIG.finditer(text):
        if match["sign"]:
            continue
        before = text[: match.start()].rstrip()
        shared = re.search(rf"{CURRENCY} ?\d[\d,.]*(?:bn|mn?|tn)?(?: (?:to|and|or))?[-–]?$", before)
        word = (match["after"] or "").strip(" -").lower()
        named = word in COINS or (match["unit"].strip(" -") in ("m", "mn", "million") and COUNTED.search(text))
        coin = named or SAID.match(text[match.end("unit") :].lstrip())
        if not shared and not coin and (not word or word in NOT_COUNTED):
            yield match[0].strip()


@cache
def _currencies(page: Page) -> list[tuple[int, str, str]]:
    """(line, what is wrong, the mend) of each amount of a page that is not in the site's form."""
    found = []
    for line, text in _money(page):
        # The numbers of a sum stand elsewhere on the page, with what they count.
        bare = [amount for sentence in sentences(text) if "Sum: " not in text for amount in _bare(sentence)]
        mend = "Write its sign before it, or what it counts behind it."
        found += [(line, f"{amount!r} has no currency.", mend) for amount in bare]
        mend = "Leave one sign, before the number."
        found += [(line, f"{match[0]!r} is in two currencies.", mend) for match in TWICE.finditer(text)]
        mend = "Write: $1.2m, £3bn."
        found += [
            (line, f"{match[0]!r} is not spaced and spelt like the rest.", mend) for match in SPACED.finditer(text)
        ]
    return found


def _bare_cells(table: Table) -> Iterator[tuple[int, str]]:
    """(line, cell) of each cell that begins with a bare number in a column of amounts of money."""
    whole = [row for row in table.rows[1:] if len(row) == len(table.rows[0])]
    for column in zip(*whole, strict=True):
        money = [cell for cell in column if re.match(rf"{BEFORE}{CURRENCY}\d", cell)]
        for number, cell in enumerate(column):
            bare = re.match(rf"{BEFORE}\d[\d.,]*(?:bn|mn?|tn|k)?\**(?:$| (?:in|to|a|at|for|by)\b)", cell)
            if len(money) >= 2 and bare:
                yield table.line + 2 + number, cell


@cache
def _two_kinds(page: Page) -> list[tuple[int, str, str]]:
    """(line, amount, the other) of each amount that a page gives in two currencies; round ones may meet by chance."""
    found: list[tuple[int, str, str]] = []
    first: dict[float, Figure] = {}
    for line, text in texts(page):
        for figure in figures(text):
            if figure.kind not in ("", "%") and len(re.sub(r"\D|0+\b", "", f"{figure.value:.0f}")) > 1:
                other = first.setdefault(figure.value, figure)
                if other.kind != figure.kind:
                    found.append((line, figure.text, other.text))
    return found


@rule
def amounts_have_a_currency(site: Site) -> Iterator[Problem]:
    """A number in millions or billions carries a currency, in one form ($1.2bn), or counts something by name."""
    for page in site.pages.values():
        for line, what, mend in _currencies(page):
            yield Problem(page.file, line, what, mend)
        for line, amount, other in _two_kinds(page) if not page.lists_sources else ():
            yield Problem(
                page.file, line, f"{amount} is {other} elsewhere on the page.", "Mend the currency that is wrong."
            )
        for table in page.tables:
            for line, cell in _bare_cells(table):
                what = f"{cell!r} has no currency, in a column of amounts that have one."
                yield Problem(page.file, line, what, "Put the currency's sign before it.")


#: What needs no year: a paragraph with an invented scene, a table whose caption says that it is invented.
INVENTED = re.compile(r"(?m)^.*\bSuppose\b.*$|(?:^\|.*\n)+/// table-caption\n.*\binvented\b")


@cache
def _undated(page: Page) -> tuple[list[int], bool]:
    """(lines of the first amount of money in each section without a year, whether the page names an amount at all)."""
    found, line, seen = [], page.first_line, False
    for block in re.split(r"(?m)^(?=## )", page.body):
        told = INVENTED.sub(lambda match: "\n" * match[0].count("\n"), block)
        amount = re.search(rf"{CURRENCY} ?\d", told)
        seen |= bool(amount)
        if amount and not re.search(r"\b(?:1[89]|20)\d\d\b", block):
            found.append(line + told[: amount.start()].count("\n"))
        line += block.count("\n")
    return found, seen


@rule
def money_has_its_year(site: Site) -> Iterator[Problem]:
    """An amount of money stands in a section that names a year, or is said to be invented: "Suppose ..."."""
    seen = False
    for page in site.pages.values():
        lines, amounts = _undated(page)
        seen |= amounts
        for line in lines:
            yield Problem(
                page.file, line, "an amount of money, and no year in its section.", "Say of which year it is."
            )
    assert seen, "no page names an amount of money"


# -- Years, dates and shares -------------------------------------------------------------------------------------------

#: The first year that the site can speak of, and how far a forecast can reach.
FIRST, AHEAD = 1850, 30
#: Four digits that are a year: in no longer number, amount, path or range of pages, and not the number of a standard.
YEAR = re.compile(
    r"(?<![\w,.:/$£€₹#])(?<![A-Za-z]-)(?:(?<=\b19\d\d-)|(?<=\b20\d\d-)|(?<!\d-))"
    r"(?<!ISO )(?<!IEC )(?<!RFC )(?<!No\. )(?<!rule )(?<!form )(?<!section )(?<!article )(?<!p\. )"
    r"[1-9]\d{3}(?![\w/(%×]|[,.]\d|-\d{3})"
)
#: Words of a sentence, or of the header of a row, that speaks of what is to come; words before such a year.
TO_COME = re.compile(
    r"\b(?:[Ff]orecast|[Ee]xpect|[Ee]stimat|[Pp]roject(?:ed|ion)|[Pp]lan|will\b|may\b|[Tt]arget|[Gg]oal|[Gg]row|[Ee]nds?\b)"
    r"|\b(?:[Bb]y|to|[Uu]ntil|[Tt]ill|[Tt]hrough|[Bb]efore|[Ff]rom) (?:\w+ ){0,3}20\d\d\b"
)
GROWN = re.compile(
    r"\b(gr[eo]w|growth|rose|risen?|increase|more|up|gain|over|premium|return|doubl|trebl|tripl|twice|times)", re.I
)


def _impossible_date(text: str) -> Iterator[str]:
    """The dates of a text that no calendar has."""
    dates = [
        (m[0], m[3] or "2024", m[2], m[1]) for m in re.finditer(rf"\b(\d{{1,2}}) ({MONTH})\b(?:,? (\d{{4}}))?", text)
    ]
    dates += [
        (m[0], m[3] or "2024", m[1], m[2])
        for m in re.finditer(rf"\b({MONTH}) (\d{{1,2}})\b(?!\d)(?:, (\d{{4}}))?", text)
    ]
    dates += [(m[0], m[1], m[2], m[3]) for m in re.finditer(r"\b(\d{4})-(\d\d)-(\d\d)\b", text)]
    for shown, year, month, day in dates:
        number = int(month) if month.isdigit() else [name[:3] for name in MONTHS].index(month[:3]) + 1
        try:
            datetime.date(int(year), number, int(day))
        except ValueError:
            yield shown


@cache
def _wrong_times(page: Page, today: datetime.date) -> list[tuple[int, str, str]]:
    """(line, what is wrong, the mend) of each year or date of a page that cannot be."""
    found = []
    heads = {n: table.rows[0] for table in page.tables for n in range(table.line, table.line + len(table.rows) + 1)}
    front = [
        (page.key_line(key), str(value)) for key, value in page.meta.items() if isinstance(value, str | datetime.date)
    ]
    for line, text in [*front, *((line, re.sub(r":\d+-\d+", " ", text)) for line, text in texts(page))]:
        found += [(line, f"there is no day {date}.", "Mend the date.") for date in _impossible_date(text)]
        for sentence in sentences(text):
            for year in map(int, YEAR.findall(sentence)):
                context = f"{sentence} {' '.join(heads.get(line, []))}"
                to_come = today.year < year <= today.year + AHEAD and TO_COME.search(context)
                if FIRST <= year <= today.year or to_come or "pixels" in sentence:
                    continue
                mend = f"Mend the year; in a forecast say by, to or until {year}; a count is written {year:,}."
                found.append((line, f"{year} is no year of which the site can speak.", mend))
    return found


@rule
def years_are_possible(site: Site) -> Iterator[Problem]:
    """Years lie between 1850 and this year, in a forecast up to 30 years on; every day is one of the calendar."""
    today = datetime.date.today()
    for page in site.pages.values():
        for line, what, mend in _wrong_times(page, today):
            yield Problem(page.file, line, what, mend)


#: A date as it is not written here: September 18, 2013; September 18th; 18th September; 18.9.2013; 18/09/2013.
FOREIGN_DATE = re.compile(
    rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?{MONTH}\b|(?<![\d.])\d{{1,2}}([./])\d{{1,2}}\1(?:19|20)\d\d\b"
)


@cache
def _foreign_dates(page: Page) -> list[tuple[int, str]]:
    return [(line, m[0]) for line, text in texts(page) for m in FOREIGN_DATE.finditer(text)]


@rule
def dates_are_written_alike(site: Site) -> Iterator[Problem]:
    """A date on a page is written 18 September 2013; the lists of sources repeat titles as they are."""
    for page in site.pages.values():
        if not page.lists_sources:
            for line, date in _foreign_dates(page):
                yield Problem(
                    page.file, line, f"{date!r} is not written as other dates are.", "Write: 18 September 2013"
                )


@cache
def _wrong_shares(page: Page) -> list[tuple[int, str]]:
    """(line, percentage) of each percentage above 100 on a page that is neither growth nor a sum's result."""
    results = {figure for _, line in _sums(page) for figure in figures(line.partition("=")[2])}
    return [
        (line, figure.text)
        for line, text in texts(page)
        if "Sum: " not in text and "%" in text
        for sentence in sentences(text)
        for figure in figures(sentence)
        if figure.kind == "%" and figure.value > 1 and figure not in results and not GROWN.search(sentence)
    ]


@rule
def shares_are_possible(site: Site) -> Iterator[Problem]:
    """A percentage above 100 is growth, or the result of a sum."""
    for page in site.pages.values():
        for line, share in _wrong_shares(page):
            mend = "Mend it; of growth say grew, rose or more; a ratio needs its sum: Sum: $30bn ÷ $26bn = 115%."
            yield Problem(page.file, line, f"{share} is more than the whole.", mend)
