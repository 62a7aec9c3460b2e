"""Lets `python -m gengdu.cli` stand for `gengdu`."""

from gengdu.cli import main

if __name__ == "__main__":
    main()
