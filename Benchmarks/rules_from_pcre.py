#!/usr/bin/env python3
"""Turns a list of patterns, one a line, into a Tidemark rule file.

  rules_from_pcre.py rules50.txt > rules50.yaml
  rules_from_pcre.py --prefix only --pack pcre-only rules_pcre_only.txt > only.yaml

Rule 7 of the list gets the id `rule07`. Standard library only.
"""
import argparse
import sys


def quoted(text):
    """A YAML single-quoted scalar: nothing is special in it but the quote itself."""
    return "'" + text.replace("'", "''") + "'"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list")
    parser.add_argument("--prefix", default="rule", help="what the ids begin with")
    parser.add_argument("--pack", default="bench", help="the name of the pack")
    arguments = parser.parse_args()
    with open(arguments.list, encoding="utf-8") as file:
        patterns = [line.rstrip("\n") for line in file if line.strip()]
    print(f"pack: {arguments.pack}")
    print(f"about: {quoted(f'The patterns of {arguments.list}, for a benchmark')}")
    print("rules:")
    for number, pattern in enumerate(patterns, 1):
        if any(ord(character) < 32 for character in pattern):
            sys.exit(f"{arguments.list}:{number}: a control character has no place in this list")
        print(f"  - id: {arguments.prefix}{number:02d}")
        print(f"    about: Pattern {number} of the list")
        print(f"    match: {quoted(pattern)}")


main()
