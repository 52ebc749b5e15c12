"""How the engine arranged the host's networks, in the words of its requests."""

import json
import os

# The agent keeps its state two directories above these modules.
_MODULES = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_FILE = os.path.join(os.path.dirname(os.path.dirname(_MODULES)), "networks.json")


class _Config:
    _part = ""

    def __init__(self):
        try:
            with open(_FILE, encoding="utf-8") as file:
                part = json.load(file).get(self._part, {})
        except FileNotFoundError:
            part = {}
        self.networks = part.get("networks", {})
        self.bonds = part.get("bondings", {})


class RunningConfig(_Config):
    """What is arranged now."""

    _part = "running"


class PersistentConfig(_Config):
    """What the host starts with."""

    _part = "safe"
