"""Programs and their failures."""

import os


class CommandPath:
    """A program that is in one of several places; the search path comes last."""

    def __init__(self, name, *paths, **kwargs):
        self.name = name
        self.paths = paths
        self._search = kwargs.get("search_path", True)
        self._found = None

    @property
    def cmd(self):
        if self._found is None:
            self._found = self._find()
        return self._found

    def _find(self):
        candidates = list(self.paths)
        if self._search:
            for directory in os.environ.get("PATH", "").split(os.pathsep):
                candidates.append(os.path.join(directory, self.name))
        for candidate in candidates:
            if os.path.exists(candidate):
                return candidate
        raise FileNotFoundError("%s is in none of %s" % (self.name, candidates))

    def __str__(self):
        return str(self.cmd)

    def __repr__(self):
        return "CommandPath(%r, %r)" % (self.name, self.paths)


class Error(Exception):
    """A program failed."""

    def __init__(self, cmd, rc, out, err):
        super().__init__(cmd, rc, out, err)
        self.cmd = cmd
        self.rc = rc
        self.out = out
        self.err = err

    def __str__(self):
        return "%s failed with exit code %s: out=%r err=%r" % (
            self.cmd,
            self.rc,
            self.out,
            self.err,
        )
