package io.overt.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The normalised schema of oVirt model 4.6.1, read once from the class path. */
public final class Schema {
  private final Map<String, EnumType> enums = new LinkedHashMap<>();
  private final Map<String, StructType> structs = new LinkedHashMap<>();
  private final Map<String, StructType> structsByTag = new LinkedHashMap<>();
  private final Map<String, ServiceType> services = new LinkedHashMap<>();

  private static final class Holder {
    static final Schema CURRENT = SchemaReader.read();
  }

  Schema() {}

  /** The one schema of this process. */
  public static Schema current() {
    return Holder.CURRENT;
  }

  public EnumType enumType(String name) {
    return require(enums, name, "enum");
  }

  public StructType struct(String name) {
    return require(structs, name, "struct");
  }

  /** The struct with that element name, or null. */
  public @Nullable StructType structByTag(String tag) {
    return structsByTag.get(tag);
  }

  public ServiceType service(String name) {
    return require(services, name, "service");
  }

  /** The service at {@code /ovirt-engine/api}. */
  public ServiceType root() {
    return service("system");
  }

  public Collection<EnumType> enums() {
    return Collections.unmodifiableCollection(enums.values());
  }

  public Collection<StructType> structs() {
    return Collections.unmodifiableCollection(structs.values());
  }

  public Collection<ServiceType> services() {
    return Collections.unmodifiableCollection(services.values());
  }

  private static <T> T require(Map<String, T> map, String name, String what) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the schema has no " + what + " " + name);
    }
    return value;
  }

  void add(EnumType type) {
    enums.put(type.name(), type);
  }

  void add(StructType type) {
    structs.put(type.name(), type);
    structsByTag.putIfAbsent(type.tag(), type);
  }

  void add(ServiceType type) {
    services.put(type.name(), type);
  }

  /** Lines of the schema resource, without comments. */
  static List<String> lines() {
    try (InputStream input = Schema.class.getResourceAsStream("api.schema")) {
      if (input == null) {
        throw new IllegalStateException("api.schema is missing from the class path");
      }
      List<String> lines = new ArrayList<>(3_000);
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
