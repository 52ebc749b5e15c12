"""A dictionary that keeps its order, as all of them do now."""

from collections import OrderedDict

__all__ = ["OrderedDict"]
