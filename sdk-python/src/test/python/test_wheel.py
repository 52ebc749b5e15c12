"""The wheel as its users get it."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
WHEELS = HERE.parents[2] / "target"
PACKAGES = ("overt", "ovirtsdk4", "ovirtsdk.api", "ovirtsdk.xml.params")
MILLISECONDS = 150


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        cwd=HERE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


class WheelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.site = directory.name
        (wheel,) = WHEELS.glob("*.whl")
        # No index, no compiler: everything there is comes out of this one file.
        cls.installed = run(
            sys.executable, "-m", "pip", "install", "--no-index", "--no-compile", "--target", cls.site, str(wheel),
            CC="/bin/false", PIP_ROOT_USER_ACTION="ignore", PIP_DISABLE_PIP_VERSION_CHECK="1",
        )

    def test_installs_without_a_compiler(self) -> None:
        self.assertEqual(self.installed.returncode, 0, self.installed.stderr)
        self.assertEqual([file for file in pathlib.Path(self.site).rglob("*.so")], [])

    def test_is_imported_in_no_time(self) -> None:
        # The first of them compiles; of the others the quickest tells what it costs on an idle machine.
        timed = "import time; b = time.perf_counter(); import {}; print(time.perf_counter() - b)"
        for package in PACKAGES:
            with self.subTest(package):
                runs = [run(sys.executable, "-c", timed.format(package), PYTHONPATH=self.site) for _ in range(4)]
                self.assertLess(min(float(each.stdout) for each in runs) * 1000, MILLISECONDS)

    def test_type_checkers_accept_a_sample_and_find_its_mistakes(self) -> None:
        mypy = ("/usr/bin/mypy", "--strict", "--no-incremental", "--no-error-summary", "--cache-dir", os.devnull)
        checked = run(*mypy, "typed_sample.py", "typed_mistakes.py", MYPYPATH=self.site, PYTHONPATH="")
        mistakes = (HERE / "typed_mistakes.py").read_text().count("def wrong_")
        found = [line for line in checked.stdout.splitlines() if ": error: " in line]
        self.assertEqual([line for line in found if not line.startswith("typed_mistakes.py")], [], checked.stderr)
        self.assertEqual(len(found), mistakes, checked.stdout)


if __name__ == "__main__":
    unittest.main()
