"""The words of `words/{ko,en}.yaml`, found in running text: stems for Korean, inflected words for English.

Both languages are always searched together, since Korean descriptions use English words. How a word of the files matches:

- A word with Hangul is a stem. It is found anywhere, so particles, endings and compounds may follow or precede it; a space
  in it is optional in the text (`가상 계좌` finds `가상계좌`).
- Any other word is one or more English words between word boundaries; the first and the last may be inflected
  (`hand over` finds `handed over`, `door code` finds `door codes`), and hyphens count as spaces.
- A word written with a capital letter is a name and matches in that spelling only (`Meet`, `PG`).

The section `ignore` holds, for each other section, phrases that contain a word of it and mean something else (`청소년` is no
`청소`); they are consumed and not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, product
from types import MappingProxyType

import yaml

from opslead.model.vocabulary import Vocabulary

LANGUAGES = ("ko", "en")
_IGNORED = ""
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_JOINT = re.compile(r"[\s\-_‐‑’']{1,3}")
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, order=True)
class Hit:
    """`word` as it stands in the text, at `text[start:end]`, and the `key` it stands for."""

    start: int
    end: int
    key: str
    word: str


@cache
def words(section: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a section by key, both languages together. Raises KeyError for an unknown section."""
    merged: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for key, listed in _file(language)[section].items():
            merged[key] = merged.get(key, ()) + listed
    return MappingProxyType(merged)


@lru_cache(maxsize=8192)  # several readers ask for the same sentence
def find(text: str, section: str) -> tuple[Hit, ...]:
    """Every word of the section in the text, in order. Of words that overlap, the one that begins first, then the longest,
    stands; a word listed under several keys gives one hit for each."""
    return _hits(text, _matcher(section))


def find_words(text: str, vocabulary: Vocabulary) -> tuple[Hit, ...]:
    """Every word of a pack in the text, by the rules of `find`."""
    return _hits(text, _own_matcher(vocabulary)) if vocabulary.words else ()


def possible(text: str, vocabulary: Vocabulary) -> Vocabulary:
    """Only those words whose parts all stand somewhere in the text: a hundred packs cost little when two of them speak of it."""
    lower = text.lower()

    def may_stand(word: str) -> bool:
        return all(
            (part[:-1] if part[-1] in "ey" and len(part) > 2 else part) in lower
            for part in word.lower().replace("-", " ").split()
        )

    kept = ((key, tuple(word for word in some if may_stand(word))) for key, some in vocabulary.words)
    return Vocabulary(tuple((key, some) for key, some in kept if some), vocabulary.ignored)


def _hits(text: str, matcher: _Matcher) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    end = 0
    for start, stop, keys in sorted(matcher.spans(text), key=lambda span: (span[0], -span[1])):
        if start < end:
            continue
        end = stop
        hits += [Hit(start, stop, key, text[start:stop]) for key in keys if key != _IGNORED]
    return tuple(hits)


@lru_cache(maxsize=2048)
def every(text: str, section: str) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Where the words of each key stand in the text, also those that words of other keys overlap or hold."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end, some in _matcher(section, apart=True).spans(text, every=True):
        for key in some:
            found.setdefault(key, []).append((start, end))
    return MappingProxyType({key: tuple(sorted(set(spans))) for key, spans in found.items()})


def keys(text: str, section: str) -> tuple[str, ...]:
    """The keys of the section found in the text, each once, in the order of their first words."""
    return tuple(dict.fromkeys(hit.key for hit in find(text, section)))


@cache
def inner(word: str, section: str) -> tuple[str, ...]:
    """The keys of all words of the section that stand inside a found word, which `find` passes over: `중복 결제` holds `결제`."""
    matcher = _matcher(section)
    bare = re.sub(r"\s+", "", word)
    cuts = [bare[i:j] for i in range(len(bare)) for j in range(i + 2, len(bare) + 1)] if _HANGUL.search(word) else []
    found = [key for cut in cuts for key in matcher.stems.get(cut, ())]
    tokens = tuple(token.lower() for token in _TOKEN.findall(word))
    for first in range(len(tokens)):
        for phrase, named in matcher.phrases.get(tokens[first], ()):
            if tokens[first : first + len(phrase)] == phrase:
                found += named
    return tuple(dict.fromkeys(key for key in found if key != _IGNORED))


@cache
def _file(language: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = files("opslead.intake").joinpath("words", f"{language}.yaml").read_text(encoding="utf-8")
    loaded: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, dict):
        raise TypeError(f"words/{language}.yaml: not a mapping of sections")
    return {str(name): _section(language, str(name), section) for name, section in loaded.items()}


def _section(language: str, name: str, section: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(section, dict):
        raise TypeError(f"words/{language}.yaml: section {name} is not a mapping of keys to lists")
    for key, listed in section.items():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip() for word in listed):
            raise TypeError(f"words/{language}.yaml: {name}.{key} is not a list of words")
    return {str(key): tuple(listed) for key, listed in section.items()}


_Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


@dataclass(frozen=True)
class _Matcher:
    """`stems` by their bare spelling, `spelled` all spellings by their first two characters, the longest first;
    `phrases` are inflected token sequences by their first token, the longest first."""

    stems: Mapping[str, tuple[str, ...]]
    spelled: Mapping[str, tuple[str, ...]]
    phrases: _Phrases

    def spans(self, text: str, *, every: bool = False) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Words with their keys: at each place the longest, with `every` all of them."""
        if self.spelled and _HANGUL.search(text):
            yield from self._korean(text, every)
        if self.phrases:
            yield from self._english(text, every)

    def _korean(self, text: str, every: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        folded = re.sub(r"\s", " ", text)
        for start in range(len(folded)):
            two, one = self.spelled.get(folded[start : start + 2], ()), self.spelled.get(folded[start], ())
            for stem in two + one if one else two:
                end = start + len(stem)
                if folded.startswith(stem, start) and _stands_apart(folded, start, end):
                    yield start, end, self.stems[stem.replace(" ", "")]
                    if not every:
                        break

    def _english(self, text: str, every: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        found = list(_TOKEN.finditer(text))
        exact = [match.group() for match in found]
        lower = [token.lower() for token in exact]
        joined = [
            bool(_JOINT.fullmatch(text, a.end(), b.start()))
            or (text[a.end() : b.start()] == "/" and b.group().isdigit())
            for a, b in pairwise(found)
        ]
        for index in range(len(found)):
            hits = [h for form in {exact[index], lower[index]} for h in self._at(form, index, exact, lower, joined)]
            for size, named in hits if every else [max(hits)] if hits else ():
                yield found[index].start(), found[index + size - 1].end(), named

    def _at(
        self, first: str, index: int, exact: list[str], lower: list[str], joined: list[bool]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The phrases that stand here, the longest first."""
        for tokens, named in self.phrases.get(first, ()):
            size = len(tokens)
            if index + size > len(exact) or not all(joined[index : index + size - 1]):
                continue
            if all(t in (exact[index + n], lower[index + n]) for n, t in enumerate(tokens)):
                yield size, named


def _stands_apart(text: str, start: int, end: int) -> bool:
    """A Latin letter or digit at the edge of a stem does not go on outside it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (_is_latin(text[start]) and _is_latin(before)) and not (_is_latin(text[end - 1]) and _is_latin(after))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


@cache
def _matcher(section: str, *, apart: bool = False) -> _Matcher:
    """The words of the section. `apart`: each key for itself, its inflections too where they are words of another key."""
    listed = [(key, word) for key, some in words(section).items() for word in some]
    return _built([*listed, *((_IGNORED, word) for word in words("ignore").get(section, ()))], apart=apart)


@lru_cache(maxsize=256)
def _own_matcher(vocabulary: Vocabulary) -> _Matcher:
    listed = [(key, word) for key, some in vocabulary.words for word in some]
    return _built([*listed, *((_IGNORED, word) for word in vocabulary.ignored)])


def _built(listed: Iterable[tuple[str, str]], *, apart: bool = False) -> _Matcher:
    listed = list(listed)
    stems: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, None] = {}
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    given = {("" if not apart else key, _tokens(word)) for key, word in listed if not _HANGUL.search(word)}
    for key, word in listed:
        if _HANGUL.search(word):
            bare = word.replace(" ", "")
            spellings.update(dict.fromkeys(_spellings(word)))
            stems[bare] = _with(stems.get(bare, ()), key)
            continue
        base = _tokens(word)
        for form in _forms(base):
            if (
                form == base or ("" if not apart else key, form) not in given
            ):  # a word of its own is not the inflection of another
                phrases[form] = _with(phrases.get(form, ()), key)
    return _Matcher(MappingProxyType(stems), _longest_first(spellings), _by_first(phrases))


def _spellings(stem: str) -> Iterator[str]:
    """A stem with each of its spaces written or left out."""
    parts = stem.split()
    for gaps in product(("", " "), repeat=len(parts) - 1):
        yield parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))


def _longest_first(spellings: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for spelling in spellings:
        found.setdefault(spelling[:2], []).append(spelling)
    return MappingProxyType({first: tuple(sorted(some, key=lambda s: (-len(s), s))) for first, some in found.items()})


def _by_first(phrases: Mapping[tuple[str, ...], tuple[str, ...]]) -> _Phrases:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for form, named in phrases.items():
        found.setdefault(form[0], []).append((form, named))
    return MappingProxyType(
        {first: tuple(sorted(some, key=lambda p: (-len(p[0]), p[0]))) for first, some in found.items()}
    )


def _with(known: tuple[str, ...], key: str) -> tuple[str, ...]:
    return known if key in known else (*known, key)


def _tokens(word: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(word))


_IRREGULAR = {
    "begin": ("began", "begun", "beginning"), "bring": ("brought",), "buy": ("bought",), "choose": ("chose", "chosen"),
    "come": ("came", "coming"), "draw": ("drew", "drawn"), "find": ("found",), "get": ("got", "getting"),
    "give": ("gave", "given", "giving"), "go": ("went", "gone", "goes"), "hold": ("held",), "keep": ("kept",),
    "leave": ("left", "leaving"), "lose": ("lost", "losing"), "make": ("made", "making"), "pay": ("paid",),
    "put": ("putting",), "read": (), "sell": ("sold",), "send": ("sent",), "set": ("setting",), "show": ("shown",),
    "steal": ("stole", "stolen"), "take": ("took", "taken", "taking"), "tell": ("told",), "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written", "writing"),
}  # fmt: skip
_VOWELS = "aeiou"


@cache
def inflections(token: str) -> tuple[str, ...]:
    """An English word with its regular forms (s, ed, ing) and those irregular ones that descriptions use."""
    if token[:1].isupper() or len(token) < 3 or not token.isalpha():
        return (token, token + "s") if token.isalpha() else (token,)
    stem = token[:-1] if token.endswith("e") else token
    ends_y = token.endswith("y") and token[-2] not in _VOWELS
    plural = token[:-1] + "ies" if ends_y else token + ("es" if token.endswith(("s", "x", "z", "ch", "sh")) else "s")
    past = [token[:-1] + "ied" if ends_y else stem + "ed"]
    present = [(token[:-2] + "ying") if token.endswith("ie") else (token if token.endswith("ee") else stem) + "ing"]
    if token[-1] not in _VOWELS + "wxy" and token[-2] in _VOWELS and (len(token) < 4 or token[-3] not in _VOWELS):
        past.append(token + token[-1] + "ed")
        present.append(token + token[-1] + "ing")
    if token in _IRREGULAR:
        past = list(_IRREGULAR[token])
    return tuple(dict.fromkeys([token, plural, *past, *present]))


def _forms(base: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The phrase with its first or its last word inflected."""
    first = [(form, *base[1:]) for form in inflections(base[0])]
    last = [(*base[:-1], form) for form in inflections(base[-1])] if len(base) > 1 else []
    return tuple(dict.fromkeys([base, *first, *last]))
