"""Is it Vietnamese? The share of a text's words that are possible syllables of the language.

Every Vietnamese syllable is onset + rime + tone, so the possible ones can be written as a grammar
(Đoàn Thiện Thuật, Ngữ âm tiếng Việt). A page in a legacy font, or with a damaged text layer, holds
few of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_ONSET = "(?:ngh|ng|nh|th|tr|ph|kh|ch|gh|gi|qu|[bcdđghklmnprstvx])?"
_RIME = """
    a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă|ăc|ăm|ăn|ăng|ăp|ăt|â|âc|âm|ân|âng|âp|ât|âu|ây
    e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|im|in|inh|ip|it|iu|iêc|iêm|iên|iêng|iêp|iêt|iêu
    o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|ooc|op|ot
    ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|up|ut
    uê|uêch|uên|uênh|uơ|uy|uya|uych|uyên|uyêt|uynh|uyt|uyu|uyn|ư|ưa|ưc|ưi|ưm|ưn|ưng|ưt|ưu|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu
    y|yêm|yên|yêng|yêt|yêu|ynh|ych|yt|yn
"""
_SYLLABLE = re.compile(
    _ONSET + "(?:" + "|".join(sorted(re.split(r"[|\s]+", _RIME.strip()), key=len, reverse=True)) + ")$"
)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_TONELESS = re.compile(r"[aăâeêioôơuưy](?=(?:ch|[cpt])$)", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W\d_]++|[\u0300-\u036f©®µ¸¨«»¬¶·×÷¡§¹²³\u00ad]++)+")


ENOUGH = 1500
"""Characters of a page that tell how sound its text is; damage runs through the whole page."""


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Return whether `word` is a possible Vietnamese syllable, in any letter case.

    >>> is_syllable("nghiêng"), is_syllable("Phßng")
    (True, False)
    """
    lower = word.lower()
    if lower.isascii() and _SYLLABLE.match(lower):
        return True
    bare = "".join(char for char in unicodedata.normalize("NFD", lower) if char not in TONES)
    return _SYLLABLE.match(unicodedata.normalize("NFC", bare)) is not None


def mend_tone(word: str) -> str:
    """Return a syllable whose tone was lost with it put back, where only one can have been there.

    A syllable that ends in c, ch, p or t has the acute or the dot below. A reader of pictures loses
    the acute over a circumflex, never the dot. Plain ASCII words are left alone: they may be foreign.

    >>> mend_tone("tiêp"), mend_tone("CÂP"), mend_tone("việc"), mend_tone("top")
    ('tiếp', 'CẤP', 'việc', 'top')
    """
    match = _TONELESS.search(word)
    if match is None or word.isascii() or not is_syllable(word):
        return word
    if any(char in TONES for char in unicodedata.normalize("NFD", word)):
        return word
    at = match.start()
    return word[:at] + unicodedata.normalize("NFC", word[at] + "\u0301") + word[at + 1 :]


def grade_text(text: str) -> float | None:
    """Return the share (0 to 1) of words that are Vietnamese syllables or capital abbreviations.

    None where there are too few words to tell (fewer than 5).

    >>> grade_text("Giá trị sản xuất của huyện đạt kế hoạch")
    1.0
    """
    words = _WORD.findall(text, 0, ENOUGH)
    if len(words) < 5:
        return None
    others = list(filterfalse(is_syllable, words))
    bad = sum(not (word.isupper() and word.isalpha() and len(word) <= 8) for word in others)
    return round((len(words) - bad) / len(words), 3)
