#!/usr/bin/env python3
"""Macro benchmarks: the release binary from outside, wall time and peak memory.

A tree, one big file, the same through standard input, one file that is a single line, a stream passed on redacted, a run
directory audited and only searched, a file of each kind of content, a one-line file, start-up.
"""

import argparse
import json
import tempfile
from pathlib import Path

import measure

# A scan of other people's sources may find something, or meet something it cannot read.
SCAN = (0, 1, 3)

# Whatever is there is judged; nothing has to be.
MANIFEST = 'name = "benchmark"\nartifact = [{ path = "**", presence = "may", empty = true }]\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/leakgate")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=1400, metavar="MB", help="size of the big file (default 1400)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    binary = measure.require_binary(options.binary)

    with tempfile.TemporaryDirectory(prefix="leakgate-bench-") as work:
        meter = measure.Meter(work)
        tree, big, line, small = (Path(work) / name for name in ("tree", "big.txt", "line.txt", "small.txt"))
        count, total = measure.build_tree(tree)
        size = measure.build_file(tree, big, options.size * measure.MEGABYTE)
        line_size = measure.build_file(tree, line, options.size * measure.MEGABYTE // 5, is_one_line=True)
        small.write_text("nothing to see\n")
        flow, run, manifest = (Path(work) / name for name in ("flow.txt", "run", "manifest.toml"))
        flow_size = measure.build_file(tree, flow, options.size * measure.MEGABYTE // 7)
        run_count = measure.build_run(tree, run, flow_size)
        manifest.write_text(MANIFEST)
        audit = [binary, "audit", "--manifest", manifest, "--out", Path(work) / "audit", run]

        def scan(*arguments, feed=None):
            return {"command": [binary, "scan", "--quiet", *map(str, arguments)], "statuses": SCAN, "feed": feed}

        cases = {
            f"tree, {count} files": (total, scan(tree)),
            f"tree, {count} files, one worker": (total, scan(tree, "--jobs", "1")),
            "one file": (size, scan(big)),
            "stream": (size, scan("-", feed=big)),
            "one line": (line_size, scan(line)),
            "pipe": (flow_size, {"command": [binary, "pipe"], "statuses": SCAN, "feed": flow}),
            f"audit, {run_count} files": (flow_size, {"command": audit, "statuses": SCAN}),
            "the same, only searched": (flow_size, scan("--policy", "artifact", run)),
            **{
                f"{kind}, one worker": (path.stat().st_size, scan(path, "--jobs", "1"))
                for kind, path in measure.build_kinds(tree, Path(work) / "kinds", options.size * measure.MEGABYTE // 14).items()
            },
            "one-line file": (0, scan(small)),
            "--version": (0, {"command": [binary, "--version"]}),
        }
        results = []
        for name, (length, arguments) in cases.items():
            rounds = options.rounds if length else options.rounds * 8
            series = meter.interleave({name: arguments}, rounds)[name]
            entry = {"name": name, "bytes": length, **series.summary()}
            if length:
                entry["gigabytesPerSecond"] = round(length / series.seconds / 1e9, 3)
            results.append(entry)

    if options.json:
        print(json.dumps({"machine": measure.machine(), "results": results}, indent=2))
        return 0
    print(f"{measure.machine()}; medians of {options.rounds} rounds and more, files in the page cache\n")
    print(f"{'case':36} {'time':>11} {'GB/s':>7} {'peak MiB':>9}")
    for entry in results:
        speed = f"{entry['gigabytesPerSecond']:.2f}" if "gigabytesPerSecond" in entry else ""
        print(f"{entry['name']:36} {entry['seconds'] * 1000:8.1f} ms {speed:>7} {entry['peakMiB']:9.1f}")
    return 0


if __name__ == "__main__":
    measure.main_guard(main)
