# SPDX-License-Identifier: Apache-2.0
"""A copy of the tree in which one source after the other is changed, built and tested. The checkout is only read."""
import filecmp
import os
import resource
import shutil
import subprocess
from pathlib import Path

COPIED = ("CMakeLists.txt", "CMakePresets.json", "cmake", "docs", "examples", "include", "models", "pipeline", "src", "tests", "LICENSE",
          "README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
NO_BROWSER = "--gtest_filter=-*InABrowser*"  # takes longer than all else, and more memory than a mistake may
MEMORY_BYTES, FILE_BYTES = 12 << 30, 1 << 30


def bounded(processor_seconds):
    """What a mistake may use at most of this machine."""
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def is_at_work(process_id):
    """Whether a thread of it has something to do, even if others have the processor."""
    try:
        stats = [path.read_text() for path in Path(f"/proc/{process_id}/task").glob("*/stat")]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return any(stat.rpartition(")")[2].split()[0] == "R" for stat in stats)


def finished(process, seconds):
    """Its output, once it has ended. After so many seconds it is given up unless it is at work: the system bounds that."""
    while True:
        try:
            return process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            if not is_at_work(process.pid):
                raise


def run(words, seconds, **how):
    """(exit code, output); None in place of the code: it stands still. Everything that it started has ended then."""
    process = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace", start_new_session=True, **how)
    try:
        output = finished(process, seconds)
        return process.returncode, output
    except BaseException as reason:  # whoever stops this script stops that program too
        os.killpg(process.pid, 9)  # a session of its own: nobody else is in it
        output = process.communicate()[0]
        if isinstance(reason, subprocess.TimeoutExpired):
            return None, output
        raise


def refresh(source, target):
    """Makes `target` what `source` is; what is equal keeps its time, so that it is not built again."""
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in source.iterdir()} - {"__pycache__"}
        for path in target.iterdir():
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in sorted(names):
            refresh(source / name, target / name)
    elif not target.exists() or not filecmp.cmp(source, target, shallow=False):
        shutil.copy(source, target)


class Workplace:
    def __init__(self, checkout, folder, jobs, only_own):
        self.checkout, self.tree, self.jobs, self.only_own = checkout, folder / "tree", jobs, only_own
        self.build, self.scratch = self.tree / "build/release", folder / "scratch"
        self.seconds_of = {}

    def prepare(self):
        """Copies what has changed since the last time, and configures."""
        self.tree.mkdir(parents=True, exist_ok=True)
        for name in COPIED:
            if (self.checkout / name).exists():
                refresh(self.checkout / name, self.tree / name)
        # What the compiler warns of it has noticed: such mistakes need no test.
        code, output = run(["cmake", "--preset", "release", "-DREELFACE_WARNINGS_AS_ERRORS=ON"], 600, cwd=self.tree)
        if code != 0:
            raise SystemExit(f"the copy cannot be configured:\n{output[-3000:]}")
        self.programs = sorted(line.split(":")[0] for line in self.ninja("-t", "targets", "all")[1].splitlines()
                               if line.startswith("tests/") and line.split(":")[0].endswith("_tests"))
        self.inputs = {program: set(self.ninja("-t", "inputs", program)[1].splitlines()) for program in self.programs}

    def ninja(self, *words, seconds=1800, is_changed=False):
        """`is_changed`: with a mistake in a source; nobody compiles that again, so it is not kept."""
        environment = {**os.environ, **({"CCACHE_READONLY": "1"} if is_changed else {})}
        return run(["ninja", "-C", self.build, f"-j{self.jobs}", *words], seconds, env=environment)

    def programs_for(self, file):
        """Those that link this source: that of its own folder first, then from small to large."""
        linked = [program for program in self.programs if any(name.endswith("/" + Path(file).name + ".o") and
                  self.is_object_of(name, file) for name in self.inputs[program])]
        folder = Path(file).parts[1]
        if self.only_own:
            linked = [program for program in linked if Path(program).name in (f"{folder}_tests", f"{folder}_golden_tests")]
        return sorted(linked, key=lambda program: (Path(program).name != f"{folder}_tests", len(self.inputs[program])))

    @staticmethod
    def is_object_of(name, file):
        """src/film/CMakeFiles/reelface_film.dir/x.cpp.o is of src/film/x.cpp."""
        parts = name.split("/")
        if "CMakeFiles" not in parts:
            return False
        at = parts.index("CMakeFiles")
        return "/".join(parts[:at] + parts[at + 2:]) == file + ".o"

    def measured(self, program):
        """How long a program's tests keep a processor busy when nothing is wrong. They must pass then."""
        if program not in self.seconds_of:
            code, output = self.ninja(program)
            if code != 0:
                raise SystemExit(f"{program} cannot be built:\n{output[-3000:]}")
            started = resource.getrusage(resource.RUSAGE_CHILDREN)
            code, output = self.test(program, 600)
            ended = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime
            self.seconds_of[program] = spent if code == 0 else None
            if code != 0:
                print(f"{program} fails without any mistake and is left out:\n{output[-1500:]}", flush=True)
        return self.seconds_of[program]

    def test(self, program, seconds):
        """Its tests, up to the first that fails. Seconds are the processor's: other work must not look like a mistake."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        environment = {**os.environ, "TMPDIR": str(self.scratch), "HOME": str(self.scratch), "REELFACE_SHARED": str(self.checkout / "../shared")}
        return run([self.build / program, "--gtest_brief=1", "--gtest_fail_fast", NO_BROWSER], seconds, cwd=self.scratch, env=environment,
                   preexec_fn=lambda: bounded(int(seconds)))
