"""The CDC Clear Communication Index: is the main message clear, and what to do about it?

Centers for Disease Control and Prevention, user guide 2013, last updated 2019: 20 items.
"""

from __future__ import annotations

from builder.reading.instruments import (
    Instrument,
    Item,
    failed,
    first_failing,
    for_person,
    has_part,
)
from builder.reading.instruments import judges as by

CDC = Instrument(
    "CDC Clear Communication Index",
    "Centers for Disease Control and Prevention, 20 items",
    (
        Item(1, "There is one main message.", for_person("Which sentence is it?")),
        Item(2, "It comes at the beginning.", by.key_points_first),
        Item(3, "It stands out.", by.key_points_boxed),
        Item(
            *(4, "A visual supports it."),
            by.with_picture(
                "Does a picture show the main message?", failed("There are no pictures.")
            ),
        ),
        Item(5, "There is a call to action.", has_part("actions", always=True)),
        Item(6, "Main message and call to action are active.", by.actions_active),
        Item(
            *(7, "The words are those of the audience."),
            first_failing(by.terms_explained, for_person("Would readers use these words?")),
        ),
        Item(8, "There are lists.", by.has_lists),
        Item(
            *(9, "There are chunks with headings."),
            first_failing(by.short_sections, by.telling_headings),
        ),
        Item(10, "What matters most comes first.", by.key_points_first),
        Item(
            *(11, "It tells what experts know and do not know."),
            for_person("Does it say what is not known?"),
        ),
        Item(12, "It recommends what to do.", has_part("actions", always=True)),
        Item(13, "It says why that matters.", for_person("Look at each action.")),
        Item(14, "It says how to do it.", for_person("Could a reader do each action?")),
        Item(15, "Numbers are those that the audience uses.", by.numbers_clear),
        Item(16, "Numbers are explained.", by.numbers_explained),
        Item(17, "No calculation is expected.", by.no_calculation),
        Item(18, "The nature of the risk is explained.", has_part("risks")),
        Item(19, "Risks and benefits are both told.", by.both_sides),
        Item(20, "Chances in numbers are told in words too.", by.chances_told),
    ),
)
