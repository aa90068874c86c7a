"""PEMAT-P: can a reader understand printed material, and act on it? Items 13 and 14 are for films.

Shoemaker, Wolf and Brach, AHRQ Publication 14-0002-EF, 2013.
"""

from __future__ import annotations

from builder.reading.instruments import Instrument, Item, for_person, has_part, passed
from builder.reading.instruments import judges as by

_NO_PICTURES = passed("There are no pictures.")

PEMAT = Instrument(
    "PEMAT-P",
    "Patient Education Materials Assessment Tool for printable materials, AHRQ 2013",
    (
        Item(1, "The purpose is evident.", by.purpose_told),
        Item(2, "Nothing distracts from the purpose.", for_person("Is anything beside the point?")),
        Item(3, "The language is common and everyday.", by.everyday_language),
        Item(4, "Medical terms are explained.", by.terms_explained),
        Item(5, "The voice is active.", by.active_voice),
        Item(6, "Numbers are clear.", by.numbers_clear),
        Item(7, "No calculation is expected.", by.no_calculation),
        Item(8, "Information comes in short sections.", by.short_sections),
        Item(9, "Headings are informative.", by.telling_headings),
        Item(10, "The order is logical.", for_person("Does one thing lead to the next?")),
        Item(11, "There is a summary.", has_part("key-points", always=True)),
        Item(12, "Visual cues draw attention to key points.", by.visual_cues),
        Item(15, "Visual aids stand wherever they help.", for_person("Where would one help?")),
        Item(
            *(16, "Visual aids reinforce the content."),
            by.with_picture("Do the pictures show what the words say?", _NO_PICTURES),
        ),
        Item(17, "Visual aids have titles or captions.", by.pictures_captioned),
        Item(
            *(18, "Pictures are clear and uncluttered."),
            by.with_picture("Look at each picture at the size of print.", _NO_PICTURES),
        ),
        Item(19, "Tables are simple, with short heads.", by.tables_simple),
        Item(20, "At least one action is named.", has_part("actions", always=True)),
        Item(21, "Actions are addressed to the reader.", by.speaks_to_reader),
        Item(22, "Actions are broken down into steps.", by.steps_listed),
        Item(23, "There is a tool to act with.", by.questions_listed),
        Item(24, "Calculations are explained.", by.no_calculation),
        Item(
            *(25, "Charts, tables and drawings are explained."),
            by.with_picture("Does the text say how to read each?", _NO_PICTURES),
        ),
        Item(26, "Visual aids help to act.", for_person("Where would one make it easier to act?")),
    ),
)
