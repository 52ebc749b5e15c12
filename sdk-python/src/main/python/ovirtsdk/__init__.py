"""The interface of oVirt's Python SDK for version 3 of the API, for Python 3, so that programs written for that go on.

The argument ``async``, which is a word of the language now, is spelt ``async_`` or given as ``**{'async': True}``.
"""
