"""`python -m builder` is `leafdeck`."""

from builder.start import main

if __name__ == "__main__":
    main()
