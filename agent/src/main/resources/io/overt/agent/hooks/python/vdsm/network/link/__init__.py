# Where VDSM itself is installed, its modules are found beside these.
__path__ = __import__("pkgutil").extend_path(__path__, __name__)
