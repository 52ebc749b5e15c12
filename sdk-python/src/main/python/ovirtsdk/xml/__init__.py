"""Documents of version 3."""
