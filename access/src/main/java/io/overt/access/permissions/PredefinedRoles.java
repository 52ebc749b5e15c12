package io.overt.access.permissions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The 37 roles of oVirt engine 4.5, which cannot be changed; read from {@code roles.csv}. */
final class PredefinedRoles {

  /**
   * One of them.
   *
   * @param opensChildren as stored by oVirt: for eleven roles it is not what their permits say
   */
  record Predefined(
      String id,
      String name,
      boolean administrative,
      boolean opensChildren,
      String description,
      Set<Permit> permits) {}

  private PredefinedRoles() {}

  static List<Predefined> all() {
    try (InputStream input = PredefinedRoles.class.getResourceAsStream("roles.csv")) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(input, "roles.csv is missing from the class path"),
                  StandardCharsets.UTF_8));
      List<Predefined> roles = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          roles.add(parse(line.split(";")));
        }
      }
      return roles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Predefined parse(String[] fields) {
    return new Predefined(
        fields[0],
        fields[1],
        Boolean.parseBoolean(fields[2]),
        Boolean.parseBoolean(fields[3]),
        fields[4],
        Roles.parse(fields[5]));
  }
}
