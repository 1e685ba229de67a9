#!/usr/bin/env python3
"""Writes Sources/Rules/Patterns/CommonWords.swift: the words ordinary text is full of, and how often each stands in it.

usage: train-common-words.py FOLDER... > Sources/Rules/Patterns/CommonWords.swift

Counts words (letters in a row, in lower case) over every regular file under the folders, at most 64 KiB of each, so that
no file outweighs the others, and only of those that look like text. Any large tree of source code and documents will do.
"""
import collections
import math
import os
import re
import sys

WORD = re.compile(rb"[a-z]{3,24}")
# Rarer words save nothing: an anchor that stands once in a quarter of a megabyte costs no time.
LEAST_SHARE = 4e-6


def samples(folders):
    for folder in folders:
        for root, directories, names in os.walk(folder):
            directories.sort()
            for name in sorted(names):
                path = os.path.join(root, name)
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        text = file.read(65536)
                    if b"\0" not in text:
                        yield text.lower()


def main():
    counts = collections.Counter()
    total = 0
    for text in samples(sys.argv[1:]):
        total += len(text)
        counts.update(WORD.findall(text))
    common = sorted((word, n / total) for word, n in counts.items() if n / total >= LEAST_SHARE)
    print("// Written by scripts/train-common-words.py; words of ordinary text.\n")
    print("/// How often the commonest words stand in ordinary text.")
    print("enum CommonWords {")
    print("  /// Words in lower case, each with a letter behind it: `A` for once in two bytes, each letter further half as often.")
    print('  static let text: StaticString = """')
    line = ""
    for word, share in common:
        item = word.decode() + chr(64 + max(1, min(26, round(-math.log2(share)))))
        if len(line) + len(item) > 116:
            print("    " + line + "\\")
            line = ""
        line += item
    print("    " + line)
    print('    """')
    print("}")


main()
