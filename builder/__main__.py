"""`python -m builder` is `leafdeck`."""

from builder.cli import main

if __name__ == "__main__":
    main(prog_name="leafdeck")
