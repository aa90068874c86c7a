"""The command line as a user meets it, and the installed wheel."""
