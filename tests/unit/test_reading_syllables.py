"""Syllables: words of the clinic, words that dictionaries divide, and other languages by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.reading.syllables import syllables
from builder.reading.syllables.english import CLINICAL, guessed, spoken

WORDS = {
    # Words that automatic hyphenation gets wrong, then medicines, then the clinic; divided by hand,
    # as English dictionaries do.
    "en": """o-pi-oid o-pi-oids i-bu-pro-fen pa-ra-ce-ta-mol me-di-cine me-di-cines nau-se-a
        fa-mi-ly co-deine ga-ba-pen-tin a-mi-trip-ty-line fen-ta-nyl o-xy-co-done pre-ga-ba-lin
        di-clo-fe-nac na-pro-xen o-me-pra-zole met-for-min war-fa-rin sta-tin mor-phine tra-ma-dol
        ce-ti-ri-zine
        bu-pre-nor-phine na-lo-xone me-to-clo-pra-mide li-do-caine ke-ta-mine a-mo-xi-cil-lin
        a-ce-ta-mi-no-phen dex-a-me-tha-sone sal-bu-ta-mol in-su-lin he-pa-rin lax-a-tives
        di-ar-rhoe-a a-nae-mi-a oe-de-ma hae-mor-rhage leu-kae-mi-a i-schae-mi-a pae-di-a-tric
        oe-so-pha-gus hy-po-gly-cae-mi-a a-nae-sthe-tic e-pi-du-ral in-tra-the-cal neu-ro-ly-tic
        neu-ro-a-bla-tion bi-o-feed-back coun-sel-ling ca-the-ter tum-my ra-di-o-the-ra-py
        che-mo-the-ra-py phy-si-o-the-ra-pist an-al-ge-si-a di-al-y-sis con-sti-pa-tion tu-mours
        oe-stro-gen i-le-o-sto-my an-ti-e-me-tic neu-ro-pa-thic i-mmu-no-su-ppre-ssant
        ran-do-mised or-ga-nised well-be-ing""",
    # Real Academia Española: diphthongs belong together, an accent on í and ú parts them.
    "es": """do-lor me-di-ca-men-to dí-a o-í-do le-er ciu-dad cui-da-do pa-ra-guay muy yo y guí-a
        que-so a-ler-gia far-ma-cia fi-sio-te-ra-pia o-pioi-de a-nal-gé-si-co náu-se-as pin-güi-no
        bien se-guí-a a-é-re-o tra-ta-mien-to qui-mio-te-ra-pia en-fer-me-dad""",
    # Duden
    "de": """Me-di-zin Pa-ti-ent Fa-mi-li-en Schmerz Schmer-zen Be-hand-lung Kran-ken-haus Knie
        sie-ben Mu-se-um Häu-ser Arzt Ärz-tin quä-len The-a-ter O-pe-ra-ti-on The-ra-pie Stu-di-en
        Ne-ben-wir-kung mü-de Ei""",
    # as spoken, with a mute final e
    "fr": """dou-leur mé-di-ca-ment pa-tient san-té ré-a-li-ser thé-âtre ma-ïs a-é-rer pi-tié table
        fa-mille ma-la-die an-née trai-te-ment oui oeuf phar-ma-cie o-pé-ra-tion mé-de-cine
        in-fir-mière que le des rue pi-lules cli-niques aide i-dée eu-ro-pé-en""",
    # Van Dale
    "nl": """me-di-cijn pijn pa-ti-ënt be-han-de-ling zie-ken-huis di-a-be-tes o-pe-ra-tie
        me-di-ca-tie fa-mi-lie leeuw mooi huis co-ö-pe-ra-tie""",
}


@pytest.mark.parametrize(
    ("language", "divided"),
    [(language, word) for language, words in WORDS.items() for word in words.split()],
)
def test_a_word_has_as_many_syllables_as_dictionaries_say(language: str, divided: str) -> None:
    """Each word is written with a hyphen between its syllables."""
    word = divided.replace("-", "")
    assert syllables(word, language) == divided.count("-") + 1


def test_the_dictionary_is_asked_before_the_rule() -> None:
    """`every` has two syllables in the dictionary, three by the rule."""
    assert (spoken("every"), guessed("every")) != (0, spoken("every"))
    assert syllables("every", "en") == spoken("every")


@pytest.mark.parametrize("word", ["Pain", "PAIN", "pain’s", "pain's"])
def test_capitals_and_apostrophes_change_nothing(word: str) -> None:
    assert syllables(word, "en") == 1


def test_numbers_count_one_and_hyphens_part() -> None:
    """What the preparation says of both."""
    assert [syllables(word, "en") for word in ("10", "2.5", "B12", "long-term")] == [1, 1, 1, 2]


def test_the_rule_agrees_with_the_dictionary_nine_times_in_ten() -> None:
    """On every fiftieth word of the CMU dictionary, names included."""
    from builder.reading.syllables.english import _dictionary

    words = [line.split(b" ")[0].decode() for line in _dictionary()[::50]]
    plain = [word for word in words if word.isalpha() and word not in CLINICAL]
    same = sum(guessed(word) == spoken(word) for word in plain)
    assert len(plain) > 2000 and same / len(plain) > 0.88


@given(st.text(max_size=30), st.sampled_from(["en", "es", "de", "fr", "nl", "it", "ar", "zh"]))
def test_any_word_has_at_least_one(word: str, language: str) -> None:
    assert 1 <= syllables(word, language) <= max(1, 3 * len(word))
