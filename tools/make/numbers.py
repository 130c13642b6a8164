"""Numbers in words, and back: British, from 0 to 199."""

import re

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def words(number: int) -> str:
    """A number from 0 to 199 in words, a larger one in digits."""
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten - 2] + (f"-{ONES[one]}" if one else "")
    if number < 200:
        return "one hundred" + (f" and {words(number - 100)}" if number > 100 else "")
    return str(number)


_SMALL = "|".join(sorted(ONES, key=len, reverse=True))
_BELOW = rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[1:10])}))?|(?:{_SMALL}))"
#: A number as prose writes it, in words or in up to three digits, whole.
NUMBER = rf"(?:one hundred(?: and {_BELOW})?|{_BELOW}|\d{{1,3}})(?![\w%]|[.,]\d)"
#: What may not stand before it: the rest of a longer number or name, a currency, an address.
BEFORE = r"(?<![\w$£€#./,+-])"
VALUES = {words(number): number for number in range(200)}


def value(text: str) -> int:
    """The number that a text matched by NUMBER stands for."""
    return int(text) if text.isdigit() else VALUES[re.sub(r"\s+", " ", text.lower())]


def like(number: int, text: str) -> str:
    """A number as it was written in `text`: in digits, in words, or in words with a capital."""
    if text.isdigit():
        return str(number)
    said = words(number)
    return said[0].upper() + said[1:] if text[0].isupper() else said
