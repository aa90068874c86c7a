"""DISCERN: is information on treatment choices reliable, and is it enough to choose by?

Charnock, Shepperd, Needham and Gann, J Epidemiol Community Health 1999;53:105–111. Its items are
graded from 1 to 5 by people; here only what a machine can see is told.
"""

from __future__ import annotations

from builder.reading.instruments import (
    Evidence,
    Finding,
    Instrument,
    Item,
    for_person,
    has_part,
    passed,
)
from builder.reading.instruments import judges as by


def _dated(evidence: Evidence) -> Finding:
    return passed("The stamp on each page says when it was published and until when it holds.")


DISCERN = Instrument(
    "DISCERN",
    "Quality criteria for information on treatment choices, Charnock and others 1999",
    (
        Item(1, "The aims are clear.", by.purpose_told),
        Item(2, "It achieves its aims.", for_person("Does it do what it promises?")),
        Item(3, "It is relevant.", for_person("Does it answer what readers ask?")),
        Item(4, "Its sources are clear.", by.sources_shown),
        Item(5, "It is clear when it was made.", _dated),
        Item(6, "It is balanced and unbiased.", for_person("Does one choice get more praise?")),
        Item(7, "It says where to find more support.", by.helpers_named),
        Item(8, "It refers to what is uncertain.", for_person("What is not known?")),
        Item(9, "It says how each treatment works.", for_person("Look at each treatment.")),
        Item(10, "It tells the benefits.", has_part("benefits")),
        Item(11, "It tells the risks.", has_part("risks")),
        Item(12, "It tells what happens without treatment.", has_part("no-treatment")),
        Item(13, "It tells what changes in daily life.", for_person("Look at each choice.")),
        Item(14, "It is clear that there may be more than one choice.", has_part("alternatives")),
        Item(15, "It supports deciding together.", has_part("questions")),
        Item(16, "Overall rating.", for_person("A person gives it, from 1 to 5.")),
    ),
)
