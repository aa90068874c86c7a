"""Ordered tables of checks: on a module's source, on the project, on a theme, on a finished file.

A check finds and never mends. It is a function from records to problems; a new one is a function
and a row in the table of its file.
"""
