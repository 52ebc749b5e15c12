"""The version of oVirt's own SDK whose interface this is."""

VERSION = "4.6.2"
