#!/usr/bin/env python3
"""Writes Sources/ByteText/GramFrequencyTable.swift: how often byte pairs stand in text.

usage: train-gram-frequencies.py FOLDER... > Sources/ByteText/GramFrequencyTable.swift

Counts over every regular file under the folders (at most 64 KiB of each, so that no file outweighs the others), bytes
folded as KeywordAutomaton folds them. Any large tree of source code and documents gives nearly the same table.
"""
import collections
import math
import os
import sys

FOLD = bytes(b & 0x5F for b in range(256))
CODES = sorted(set(FOLD))


def samples(folders):
    for folder in folders:
        for root, directories, names in os.walk(folder):
            directories.sort()
            for name in sorted(names):
                path = os.path.join(root, name)
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        yield file.read(65536).translate(FOLD)


def main():
    pairs = collections.Counter()
    for text in samples(sys.argv[1:]):
        pairs.update(zip(text, text[1:]))
    # A letter is the pair's frequency: "A" for the most frequent, each further letter for a factor of 1/sqrt(2).
    most = max(pairs.values())
    print("// Written by scripts/train-gram-frequencies.py; how often byte pairs stand in text.\n")
    print("/// Facts about ordinary text, after folding (`KeywordAutomaton.fold`).")
    print("enum GramFrequencyTable {")
    print("  /// 64 rows of 64 letters: row and column are `GramFrequency.code` of a pair's bytes; `A` is the most frequent pair,")
    print("  /// each letter further a factor of 1/sqrt(2) rarer, up to `z`.")
    print('  static let pairs: StaticString = """')
    for a in CODES:
        row = ""
        for b in CODES:
            count = pairs[(a, b)]
            step = 57 if count == 0 else min(57, round(2 * math.log2(most / count)))
            row += chr(65 + step) if step < 26 else chr(97 + min(step - 26, 25))
        print("    " + row)
    print('    """')
    print("}")


main()
