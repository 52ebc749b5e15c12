"""What the kernel says of the processor."""


def flags():
    """The features of the first processor."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as processors:
        for line in processors:
            name, _, value = line.partition(":")
            if name.strip() in ("flags", "Features", "features"):
                return value.split()
    return []
