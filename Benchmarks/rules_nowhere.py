#!/usr/bin/env python3
"""Writes patterns, one a line, that no line of the benchmark's corpus matches.

  rules_nowhere.py 400 > nowhere.txt

They look like those of rule packs: words, alternatives, classes, optional parts. Same number, same
patterns. Standard library only.
"""
import random
import sys


def word(numbers):
    syllables = ("zor", "quim", "vex", "plo", "drak", "yul", "wem", "fjo", "gra", "kli", "mur", "tov")
    return "".join(numbers.choice(syllables) for _ in range(numbers.randint(2, 3)))


def main():
    numbers = random.Random(400)
    shapes = (
        r"\b{0} {1}(?:ed|ing)? (?:to|from) '[^']+': {2}\b", r"^{0}: (?:{1}|{2}) of \d+ is not {3}",
        r"{0}Exception(?:: .*)?{1}$", r"(?i)cannot {0} (?:a|the) {1}", r"\[{0}\] .*\b{1}=(\w+)",
        r"{0}_{1}(?:\.{2})? failed with status [45]\d\d", r"(?<={0} )\w+ was {1}(?= by {2})",
        r"level={0} .*msg=\"{1} [a-z]+ {2}\"")
    for number in range(int(sys.argv[1])):
        print(shapes[number % len(shapes)].format(*(word(numbers) for _ in range(4))))


main()
