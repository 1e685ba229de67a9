"""What the benchmarks share: running programs under measurement, and the input they run on."""

import base64
import hashlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
MEGABYTE = 1_000_000
SUFFIXES = {
    ".c", ".cfg", ".cpp", ".css", ".csv", ".h", ".html", ".js", ".json", ".md", ".modulemap", ".pxd", ".py", ".pyi",
    ".pyx", ".rst", ".swiftinterface", ".toml", ".txt", ".xml", ".yaml", ".yml",
}


class BenchmarkError(Exception):
    """Something without which there is no figure; the message is for the user."""


class Run:
    """One run of a program: seconds, peak memory in MiB, exit status."""

    def __init__(self, seconds, peak, status):
        self.seconds = seconds
        self.peak = peak
        self.status = status


class Series:
    """Runs of one program on one input."""

    def __init__(self, name):
        self.name = name
        self.runs = []

    @property
    def seconds(self):
        return statistics.median(run.seconds for run in self.runs)

    @property
    def peak(self):
        return max(run.peak for run in self.runs)

    def summary(self):
        return {
            "seconds": round(self.seconds, 6),
            "fastest": round(min(run.seconds for run in self.runs), 6),
            "slowest": round(max(run.seconds for run in self.runs), 6),
            "peakMiB": round(self.peak, 1),
            "runs": len(self.runs),
            "status": self.runs[-1].status,
        }


class Meter:
    """Runs programs through measure.c, compiled into a folder of the caller's."""

    def __init__(self, folder):
        self.program = Path(folder) / "measure"
        self.output = Path(folder) / "output"
        compiler = next((name for name in ("clang", "cc", "gcc") if shutil.which(name)), None)
        if compiler is None:
            raise BenchmarkError("no C compiler (clang, cc or gcc) for measure.c")
        subprocess.run([compiler, "-O1", "-o", self.program, HERE / "measure.c"], check=True)

    def run(self, command, statuses=(0,), feed=None, environment=None, folder=None):
        """Runs a command; `feed` is a file that is sent to it through a pipe."""
        source = subprocess.Popen(["cat", feed], stdout=subprocess.PIPE) if feed else None
        try:
            told = subprocess.run(
                [self.program, self.output, *command],
                stdin=source.stdout if source else subprocess.DEVNULL,
                stdout=subprocess.PIPE, env=environment, cwd=folder, check=True, text=True,
            ).stdout.split()
        finally:
            if source:
                source.stdout.close()
                source.wait()
        wait = int(told[2])
        status = os.WEXITSTATUS(wait) if os.WIFEXITED(wait) else -os.WTERMSIG(wait)
        if status not in statuses:
            raise BenchmarkError(f"{' '.join(map(str, command))}: status {status}, expected {statuses}")
        unit = 1 if platform.system() == "Darwin" else 1024
        return Run(int(told[0]) / 1e9, int(told[1]) * unit / (1 << 20), status)

    def interleave(self, programs, rounds):
        """Runs each program once to warm up, then all of them in turn, `rounds` times; a series for each.

        `programs` maps a name to keyword arguments of `run`. In turn, so that whatever else the machine does meets all
        of them alike.
        """
        series = {name: Series(name) for name in programs}
        for arguments in programs.values():
            self.run(**arguments)
        for _ in range(rounds):
            for name, arguments in programs.items():
                series[name].runs.append(self.run(**arguments))
        return series


def source_roots():
    """Folders with sources that every machine with Python and a Swift toolchain has."""
    roots = [Path(sysconfig.get_paths()[name]) for name in ("stdlib", "purelib", "include")]
    swift = shutil.which("swift")
    if swift is not None:
        # A version manager puts a launcher into PATH; the compiler knows where it lives.
        told = subprocess.run([swift, "-print-target-info"], capture_output=True, text=True).stdout
        marker = '"runtimeResourcePath": "'
        if marker in told:
            resources = Path(told.split(marker, 1)[1].split('"', 1)[0])
            roots += [resources.parent.parent / name for name in ("lib", "include", "share")]
    return [root for root in roots if root.is_dir()]


def source_files(roots):
    """Text files below the roots with their sizes, in an order that depends on their relative paths alone."""
    found = {}
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                path = Path(folder) / name
                if path.suffix not in SUFFIXES or path.is_symlink() or path.resolve() in found:
                    continue
                size = path.stat().st_size
                if 0 < size < 4 * MEGABYTE:
                    relative = str(path.relative_to(root))
                    found[path.resolve()] = (hashlib.sha256(relative.encode()).hexdigest(), size, relative)
    return sorted((order, size, relative, path) for path, (order, size, relative) in found.items())


def choose(sizes, wanted_bytes, wanted_files):
    """Picks sizes so that both sums come out: yields (round, index); a round is one pass over all of them.

    Where the mean so far is too small the next bigger one is taken, else the next smaller one.
    """
    mean = wanted_bytes / wanted_files
    big = [index for index, size in enumerate(sizes) if size > mean]
    small = [index for index, size in enumerate(sizes) if size <= mean]
    if not sizes:
        return
    total = count = big_next = small_next = 0
    while total < wanted_bytes or count < wanted_files:
        take_big = big and (not small or total <= mean * count)
        pool, place = (big, big_next) if take_big else (small, small_next)
        index = pool[place % len(pool)]
        yield place // len(pool), index
        if take_big:
            big_next += 1
        else:
            small_next += 1
        total += sizes[index]
        count += 1


def build_tree(target, wanted_bytes=142 * MEGABYTE, wanted_files=11_300):
    """Copies sources into a new folder; returns the number of files and bytes."""
    files = source_files(source_roots())
    if not files:
        raise BenchmarkError("no sources of Python or of the Swift toolchain found to build the tree from")
    count = total = 0
    for repeat, index in choose([size for _, size, _, _ in files], wanted_bytes, wanted_files):
        _, _, relative, path = files[index]
        # The same relative path may come from two roots; copies of one file differ, so that none can be skipped.
        copy = Path(target) / f"part{repeat}" / f"{index % 40:02}" / relative
        while copy.exists():
            copy = copy.with_name("_" + copy.name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        if repeat:
            content += f"\n# copy {repeat}\n".encode()
        copy.write_bytes(content)
        count += 1
        total += len(content)
    return count, total


def build_file(tree, target, wanted_bytes, is_one_line=False):
    """Joins the files of a tree, over and over, to one file of exactly that size."""
    paths = sorted(path for path in Path(tree).rglob("*") if path.is_file())
    left = wanted_bytes
    with open(target, "wb") as out:
        while left > 0:
            for path in paths:
                content = path.read_bytes()[:left]
                if is_one_line:
                    content = content.translate(bytes.maketrans(b"\r\n", b"  "))
                out.write(content)
                left -= len(content)
                if left == 0:
                    break
    return wanted_bytes


def build_kinds(tree, folder, wanted_bytes):
    """Makes a file of each kind of content; returns their paths by kind.

    Sources of one language each from the tree, and what the programs that LeakGate reads after leave behind: a log of
    JSON lines, base64, bytes that are no text.
    """
    folder = Path(folder)
    folder.mkdir()
    kinds = {}
    for suffix in (".py", ".swiftinterface", ".h", ".html", ".json", ".md"):
        parts = [path.read_bytes() for path in sorted(Path(tree).rglob("*" + suffix))]
        if sum(map(len, parts)) < 10_000:
            continue
        kinds[suffix[1:]] = folder / ("source" + suffix)
        fill(kinds[suffix[1:]], parts, wanted_bytes)
    random = Random(11)
    words = "request tool call session started read write token count finished model answer path line error".split()
    lines = [
        (
            f'{{"time": {1_700_000_000 + number}, "level": "info", "message": "{" ".join(random.choices(words, k=12))}", '
            f'"usage": {{"prompt_tokens": {random.randrange(9000)}, "total_tokens": {random.randrange(9000)}}}, '
            f'"id": "{random.randbytes(16).hex()}"}}\n'
        ).encode()
        for number in range(20_000)
    ]
    kinds["JSON lines"] = folder / "trace.jsonl"
    fill(kinds["JSON lines"], lines, wanted_bytes)
    kinds["base64"] = folder / "base64.txt"
    fill(kinds["base64"], [base64.encodebytes(random.randbytes(1_000_000))], wanted_bytes)
    kinds["random bytes"] = folder / "random.bin"
    fill(kinds["random bytes"], [random.randbytes(8_000_000)], wanted_bytes)
    return kinds


def build_run(tree, folder, wanted_bytes, wanted_files=400):
    """Fills a folder as a run does: files of one size in ten folders, each a part of the sources; returns their number."""
    parts = [path.read_bytes() for path in sorted(Path(tree).rglob("*")) if path.is_file()]
    random = Random(13)
    for number in range(wanted_files):
        path = Path(folder) / f"logs{number % 10}" / f"{number}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        random.shuffle(parts)
        fill(path, parts, wanted_bytes // wanted_files)
    return wanted_files


def fill(path, parts, wanted_bytes):
    """Writes parts, over and over, up to that size."""
    with open(path, "wb") as out:
        left = wanted_bytes
        while left > 0:
            for part in parts:
                out.write(part[:left])
                left -= len(part[:left])
                if left == 0:
                    break


def build_repository(target, files=3_500, commits=18_000, seed=7):
    """Makes a git repository whose commits change three files each; returns the numbers of blobs and their bytes.

    Contents come from the sources at hand, of 4 to 90 kB; files at the front of the list change most often.
    """
    chosen = [path for _, size, _, path in source_files(source_roots()) if 3_800 < size < 90_000][:files]
    if not chosen:
        raise BenchmarkError("no sources of Python or of the Swift toolchain found to build the repository from")
    random = Random(seed)
    contents = [path.read_bytes() for path in chosen]
    names = [f"d{index % 23}/s{index % 171}/f{index}{path.suffix}" for index, path in enumerate(chosen)]
    weights = [(len(chosen) - index) ** 2 for index in range(len(chosen))]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", target], check=True)
    writer = subprocess.Popen(["git", "-C", target, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    blobs = total = 0
    for number in range(commits):
        changed = range(len(chosen)) if number == 0 else sorted(set(random.choices(range(len(chosen)), weights, k=3)))
        time = 1_500_000_000 + number * 3_600
        parts = [
            f"commit refs/heads/main\ncommitter A <a{number % 40}@example.com> {time} +0000\n".encode(),
            b"data 40\n" + f"change {number}: what it does, and why".encode().ljust(40)[:40] + b"\n",
        ]
        for index in changed:
            if number:
                lines = contents[index].split(b"\n")
                place = random.randrange(len(lines))
                lines[place] = lines[place][:60] + f" changed in {number}".encode()
                contents[index] = b"\n".join(lines)
            parts.append(f"M 100644 inline {names[index]}\ndata {len(contents[index])}\n".encode())
            parts += [contents[index], b"\n"]
            blobs += 1
            total += len(contents[index])
        writer.stdin.writelines(parts)
    writer.stdin.close()
    if writer.wait() != 0:
        raise BenchmarkError("git fast-import failed")
    subprocess.run(["git", "-C", target, "reset", "--quiet", "--hard"], check=True)
    return blobs, total


def require_binary(path):
    binary = Path(path).resolve()
    if not os.access(binary, os.X_OK):
        raise BenchmarkError(f"no binary at {path}: make build")
    return str(binary)


def machine():
    """The machine in a line: system, architecture, processors."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def main_guard(main):
    """Runs `main`, tells an error of the user's in one line."""
    try:
        sys.exit(main())
    except BenchmarkError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        sys.exit(1)
    except subprocess.CalledProcessError as error:
        print(f"benchmark: {' '.join(map(str, error.cmd))} failed with status {error.returncode}", file=sys.stderr)
        sys.exit(1)


def text_of(wanted_bytes):
    """So many bytes of the sources at hand, joined: input for the micro benchmarks."""
    files = source_files(source_roots())
    content = bytearray()
    while files and len(content) < wanted_bytes:
        for _, _, _, path in files:
            content += path.read_bytes()
            if len(content) >= wanted_bytes:
                break
    return bytes(content[:wanted_bytes])


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(text_of(int(sys.argv[2]) * MEGABYTE))
