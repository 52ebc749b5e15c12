"""Files."""

import os
import shutil


def touch_file(file_path):
    """Makes an empty file, or marks a present one as changed now."""
    with open(file_path, "a", encoding="utf-8"):
        os.utime(file_path, None)


def rm_file(file_to_remove):
    """Removes a file; a missing one is no error."""
    try:
        os.unlink(file_to_remove)
    except FileNotFoundError:
        pass


def rm_tree(dir_to_remove):
    """Removes a directory with all in it; a missing one is no error."""
    try:
        shutil.rmtree(dir_to_remove)
    except FileNotFoundError:
        pass
