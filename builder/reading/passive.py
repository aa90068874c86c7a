"""Passive voice in English, by a rule: a form of “be”, at most two adverbs, a past participle.

It misses “get” and what stands far apart, and words that tell of a state (“you are worried”) are
left out; so a share is a hint, and a person decides.
"""

from __future__ import annotations

from itertools import islice

from builder.reading.sentences import Sentence

BE = frozenset((
    "am", "are", "be", "been", "being", "is", "was", "were", "isn't", "aren't", "wasn't", "weren't",
))  # fmt: skip
ADVERBS = frozenset((
    "all", "also", "always", "already", "both", "ever", "first", "just", "never", "not", "now",
    "often", "once", "only", "soon", "sometimes", "still", "then",
))  # fmt: skip
IRREGULAR = frozenset((
    "beaten", "begun", "bent", "bitten", "blown", "bound", "born", "bought", "broken", "brought",
    "built", "burnt", "caught", "chosen", "cut", "dealt", "done", "drawn", "driven", "drunk",
    "eaten", "fallen", "fed", "felt", "fitted", "forbidden", "forgotten", "found", "frozen",
    "given", "grown", "heard", "held", "hidden", "hit", "hurt", "kept", "known", "laid", "learnt",
    "led", "left", "lent", "lit", "lost", "made", "meant", "met", "paid", "put", "read", "reset",
    "said", "seen", "sent", "set", "sewn", "shaken", "shared", "shown", "shut", "sold", "spent",
    "split", "spread", "stolen", "stuck", "sworn", "swollen", "taken", "taught", "thought",
    "thrown", "told", "torn", "understood", "woken", "worn", "written",
))  # fmt: skip
STATES = frozenset((
    "advanced", "allowed", "ashamed", "bored", "called", "complicated", "concerned", "confused",
    "depressed", "disappointed", "embarrassed", "excited", "exhausted", "frightened", "infected",
    "interested", "left", "limited", "married", "pleased", "prepared", "relaxed", "relieved",
    "satisfied", "scared", "supposed", "surprised", "swollen", "tired", "upset", "used", "worried",
))  # fmt: skip
"""Participles that tell how somebody or something is, rather than what is done to them; and
“called”, which explains a word."""
NOT_VERBS = frozenset(("bed", "hundred", "indeed", "need", "red", "seed", "shed", "speed", "weed"))
BETWEEN = 2


def is_passive(sentence: Sentence) -> bool:
    """Whether an English sentence says what is done rather than who does it."""
    words = [word.lower().replace("’", "'") for word in sentence.words]
    return any(word in BE and _follows(words, at + 1) for at, word in enumerate(words))


def _follows(words: list[str], start: int) -> bool:
    """Whether a participle stands at a place, behind adverbs at most."""
    for word in islice(words, start, start + BETWEEN + 1):
        if _is_participle(word):
            return True
        if word not in ADVERBS and word not in BE and not word.endswith("ly"):
            return False
    return False


def _is_participle(word: str) -> bool:
    if word in STATES or word in NOT_VERBS:
        return False
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 3)
