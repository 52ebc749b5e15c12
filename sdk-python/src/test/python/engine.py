"""Where the engine of these tests is.

It has a cluster ``Default`` with hosts that are up. OVERT_URL, OVERT_CA and OVERT_PASSWORD_FILE say where it is.
"""

import os
import time

URL = os.environ["OVERT_URL"]
CA = os.environ["OVERT_CA"]
USER = "admin@internal"


def password():
    with open(os.environ["OVERT_PASSWORD_FILE"], encoding="utf-8") as file:
        return file.read().strip()


def until(holds, seconds=60):
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not so within {seconds} s")
        time.sleep(0.05)
