package io.overt.sdk.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What was made from the model at build. */
final class Resources {
  private Resources() {}

  static String read(String name) {
    try (InputStream input = Resources.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException("the SDK was built without its " + name);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the SDK's " + name, e);
    }
  }
}
