package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** The shared libraries, loaded at their first use and for the life of the process. */
final class Libraries {
  private Libraries() {}

  static SymbolLookup libvirt() {
    return Main.LOOKUP;
  }

  static SymbolLookup qemu() {
    return Qemu.LOOKUP;
  }

  private static final class Main {
    static final SymbolLookup LOOKUP = load("libvirt.so.0");
  }

  private static final class Qemu {
    static final SymbolLookup LOOKUP = load("libvirt-qemu.so.0");
  }

  private static SymbolLookup load(String name) {
    try {
      return SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException missing) {
      LibvirtException problem =
          new LibvirtException(
              ErrorCode.NO_SUPPORT,
              0,
              name + " cannot be loaded: install libvirt's client library (Debian: libvirt0)");
      problem.initCause(missing);
      throw problem;
    }
  }
}
