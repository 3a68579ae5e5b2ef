"""Where quoted words stand in the user's texts, and which sentences there speak to a language model instead of describing the service."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from opslead.errors import Place
from opslead.intake.page.readers import Source

_DRESS = re.compile(r"\*\*|__|`")
"""Marks of bold and code: a quotation may leave them out."""


def squeezed(text: str) -> str:
    """The words with single spaces and without marks of bold and code: what two texts have to share to be the same words.

    What a prompt shows in place of a fence's signs counts as these.
    """
    text = text.replace("‹‹‹", "<<<").replace("›››", ">>>")
    return " ".join(_DRESS.sub("", unicodedata.normalize("NFC", text)).split())


@dataclass(frozen=True)
class Instruction:
    """Words of a text that speak to a language model, from one character to another, with the place where they begin."""

    text: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """One source, squeezed, so that quotations are found whatever the line breaks."""

    source: Source

    @cached_property
    def _words(self) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
        """The squeezed text, and for each of its lines where it begins there and its number in the source."""
        parts, starts, numbers, length = [], [], [], 0
        for number, line in enumerate(self.source.text.splitlines(), 1):
            if words := squeezed(line):
                starts.append(length)
                numbers.append(number)
                parts.append(words)
                length += len(words) + 1
        return " ".join(parts), tuple(starts), tuple(numbers)

    @property
    def text(self) -> str:
        """The whole source on one line."""
        return self._words[0]

    def place(self, position: int) -> Place:
        """The line of the source in which a character of the squeezed text stands."""
        _, starts, numbers = self._words
        return self.source.place(numbers[bisect_right(starts, position) - 1])

    def item(self, position: int) -> str:
        """The list item, table row or paragraph around a character of the squeezed text."""
        start, end = next((s, e) for s, e in self._items if s <= position <= e)
        return self.text[start:end]

    @cached_property
    def _items(self) -> tuple[tuple[int, int], ...]:
        """Items one after another: a line that begins with a mark, or stands after an empty line, begins one."""
        begins: list[int] = []
        text, starts, numbers = self._words
        raw = self.source.text.splitlines()
        for start, number in zip(starts, numbers, strict=True):
            before = raw[number - 2].strip() if number > 1 else ""
            if not begins or not before or before.startswith("#") or _BEGINS.match(raw[number - 1].strip()):
                begins.append(start)
        ends = [*(start - 1 for start in begins[1:]), len(text)]
        return tuple(zip(begins, ends, strict=False))  # a text of marks alone has an end and no beginning

    @cached_property
    def instructions(self) -> tuple[Instruction, ...]:
        """What speaks to a model: from such a sentence to the end of its item, and the whole item after a bare `SYSTEM:`."""
        found, carried = [], False
        for start, end in self._items:
            item = self.text[start:end]
            at = 0 if carried else _spoken(item)
            carried = bool(_ROLE_ALONE.match(item))
            if at is not None or carried:
                begin = start + (at or 0)
                found.append(Instruction(self.text[begin:end], self.place(begin), begin, end))
        return tuple(found)


_BEGINS = re.compile(r"(?:[-*+•·|#>]|\(?\d{1,3}[.)])\s?")
_SENTENCE = re.compile(r"(?<=[.?!。;])\s+(?=\S)|\s+[-–—]{1,2}\s+")
_ROLE = r"(?:system|assistant|developer|user|human|시스템|어시스턴트)"
_ROLE_ALONE = re.compile(
    rf"^[\W_]*(?:(?:system|assistant|developer)(?: (?:prompt|message|note))?|<\|?\w*{_ROLE}\w*\|?>?)[\W_]*$", re.I
)
_TO_MODEL = re.compile(
    # roles of a chat, written out
    rf"^[\W_]*(?:SYSTEM|ASSISTANT|DEVELOPER)\s?(?:PROMPT|MESSAGE|NOTE)?\s?:|<\|?(?:im_start|{_ROLE})\|?>|\[/?INST\]|<</?SYS>>"
    # earlier instructions called off
    r"|\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules? above|guidelines|everything above|all of the above)\b"
    r"|(?:이전|앞의?|위의?|지금까지의?|기존|모든)\s?(?:모든\s?)?(?:지시|명령|프롬프트|지침|규칙)\S{0,6}\s?(?:은|는|을|를|사항)?\S{0,4}\s?(?:모두\s?|전부\s?)?(?:무시|잊|따르지)"
    # the model spoken to by name
    r"|\b(?:you are|act as|pretend to be) (?:now )?(?:an? )?(?:\w+ )?(?:ai|language model|llm|assistant|chatbot|gpt|claude)\b"
    r"|\b(?:dear|hey|note to|attention|instructions? (?:to|for)) (?:the )?(?:ai|llm|language model|assistant|model|gpt|claude|reviewer model)\b"
    r"|\b(?:if|as) (?:you are |you're )?(?:an?|the) (?:ai|llm|language model)\b[^.!?]{0,20}(?:read|you|,)"
    r"|(?:AI|LLM|언어\s?모델|인공지능|어시스턴트|모델|GPT|클로드)(?:은|는|에게|님|야|아)?[,:]?\s[^.!?]{0,60}(?:하라|해라|하세요|하십시오|하시오|마라|마세요|답하라|답해|써라|쓰라|출력)"
    r"|(?:너|넌|당신)(?:는|은)?\s?(?:이제\s?(?:부터)?\s?)?[^.!?]{0,20}(?:AI|어시스턴트|언어\s?모델|챗봇)(?:이다|다|로서|처럼|야)"
    # what it is to answer
    r"|\b(?:answer|respond|reply|output|state|report|say|conclude)\b(?: only| just)?[^.!?]{0,30}\b(?:no|zero|without(?: any)?) (?:holes?|issues?|problems?|risks?|findings?|violations?|gaps?)\b"
    r"|\bdo not (?:report|list|mention|flag|raise)\b[^.!?]{0,30}\b(?:holes?|issues?|problems?|risks?|findings?|gaps?)\b"
    r"|(?:구멍|문제|위험|결함|취약점)(?:이|은|을|를)?\s?(?:하나도\s?)?없(?:다|음|는 것으로|다고)(?:고|라고|으로)?\s?(?:답|말|쓰|적|출력|보고)"
    r"|\b(?:reveal|print|repeat)\b[^.!?]{0,20}\b(?:system )?prompt\b|시스템\s?프롬프트",
    re.I,
)


def _spoken(item: str) -> int | None:
    """Where in the item the first sentence begins that speaks to a model; None: none does."""
    start = 0
    for match in [*_SENTENCE.finditer(item), None]:
        end = match.start() if match else len(item)
        if _TO_MODEL.search(item[start:end]):
            return start
        start = match.end() if match else end
    return None


@dataclass(frozen=True)
class Found:
    """A quotation found: the words, their place, and the item around them."""

    quote: str
    place: Place
    item: str


@dataclass(frozen=True)
class Pages:
    """All sources of one service."""

    pages: tuple[Page, ...]

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Pages:
        return cls(tuple(Page(source) for source in sources))

    @property
    def instructions(self) -> Iterator[Instruction]:
        for page in self.pages:
            yield from page.instructions

    def find(self, quote: str, after: Place | None = None) -> Found | None:
        """A place of the words outside what speaks to a model: the first from `after` on, else the first; None: they stand nowhere else."""
        places = [found for found, told in self._all(quote) if not told]
        later = [f for f in places if after and f.place.source == after.source and f.place.line >= after.line]
        return next(iter([*later, *places]), None)

    def told(self, quote: str) -> bool:
        """Whether the words stand in the texts, but only where these speak to a model."""
        places = [told for _, told in self._all(quote)]
        return bool(places) and all(places)

    def _all(self, quote: str) -> Iterator[tuple[Found, bool]]:
        words = squeezed(quote)
        if len(words) < 2:
            return
        for page in self.pages:
            position = page.text.find(words)
            while position >= 0:
                end = position + len(words)
                told = any(i.start < end and position < i.end for i in page.instructions)
                yield Found(words, page.place(position), page.item(position)), told
                position = page.text.find(words, end)
