"""Bonds of network interfaces."""


class Bond:
    def __init__(self, name):
        self._name = name

    @property
    def master(self):
        return self._name

    @property
    def slaves(self):
        """The names of its interfaces."""
        path = "/sys/class/net/%s/bonding/slaves" % self._name
        try:
            with open(path, encoding="ascii") as slaves:
                return set(slaves.read().split())
        except FileNotFoundError:
            return set()
