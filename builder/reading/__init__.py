"""How hard a leaflet is to read, and what instruments of the field ask of it.

Pure functions on a module's text: passages and sentences with their lines, syllables, formulas by
language, passive voice, jargon, and the items of PEMAT-P, DISCERN and the CDC index that a machine
can judge. `audit` brings them together. Nothing here is a score of quality: a formula counts words
and syllables, and cannot tell whether a text is understood.
"""
