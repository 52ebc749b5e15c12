package io.overt.events.notifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The MIB module that tells receivers of traps what is in them. */
public final class Mib {
  private Mib() {}

  /** The text of the module {@code OVERT-MIB}. */
  public static String text() {
    try (InputStream input = Mib.class.getResourceAsStream("snmp/OVERT-MIB.txt")) {
      if (input == null) {
        throw new IllegalStateException("OVERT-MIB.txt is missing from the class path");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
