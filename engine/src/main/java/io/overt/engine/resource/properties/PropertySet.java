package io.overt.engine.resource.properties;

import io.overt.model.ApiFault;
import io.overt.model.types.CustomProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that may be given and what their values must match: of machines, devices or networks. */
public final class PropertySet {
  /** Those of engine 4.5. */
  private static final String MACHINES =
      "sap_agent=^(true|false)$;sndbuf=^[0-9]+$;"
          + "vhost=^(([a-zA-Z0-9_-]*):(true|false))(,(([a-zA-Z0-9_-]*):(true|false)))*$;"
          + "viodiskcache=^(none|writeback|writethrough)$;hugepages=^[0-9]+$;"
          + "scsi_hostdev=^(scsi_generic|scsi_block|scsi_hd|virtio_blk_pci)$;"
          + "nvram_template=^.*$;"
          + "extra_cpu_flags=^([+-]?[a-zA-Z0-9_-]+)(,[+-]?[a-zA-Z0-9_-]+)*$";

  private static final String NETWORKS = "bridge_opts=^[^\\s=]+=[^\\s=]+(\\s+[^\\s=]+=[^\\s=]+)*$";

  private static final Pattern FORBIDDEN = Pattern.compile("[;\\x00-\\x08\\x0B-\\x1F\\x7F]");

  private final String predefined;
  private final String userDefined;
  private final Map<String, Pattern> declared;

  private PropertySet(String predefined, String userDefined) {
    this.predefined = predefined;
    this.userDefined = userDefined;
    this.declared = PropertyDeclarations.parse(predefined);
    declared.putAll(PropertyDeclarations.parse(userDefined));
  }

  /**
   * Those of machines and templates.
   *
   * @param userDefined {@code name=regex;name=regex}; wins over a predefined name
   * @throws IllegalArgumentException which says what is expected instead
   */
  public static PropertySet machines(String userDefined) {
    return new PropertySet(MACHINES, userDefined);
  }

  /** Those of networks on hosts; as {@link #machines}. */
  public static PropertySet networks(String userDefined) {
    return new PropertySet(NETWORKS, userDefined);
  }

  /** Those of one type of device; as {@link #machines}, but none is predefined. */
  static PropertySet devices(String declarations) {
    return new PropertySet("", declarations);
  }

  /** As {@code PredefinedVMProperties} shows them. */
  public String predefined() {
    return predefined;
  }

  /** As {@code UserDefinedVMProperties} shows them. */
  public String userDefined() {
    return userDefined;
  }

  /**
   * Checks what a client gives, and says all that is wrong with it.
   *
   * @param field for messages: {@code vm.custom_properties}
   * @throws ApiFault 409
   */
  public void check(@Nullable List<CustomProperty> given, String field) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (CustomProperty property : given == null ? List.<CustomProperty>of() : given) {
      String name = property.name() == null ? "" : property.name();
      String value = property.value() == null ? "" : property.value();
      Pattern pattern = declared.get(name);
      if (pattern == null) {
        problems.add("'%s' is not declared; declared are %s".formatted(name, declared.keySet()));
      } else if (!seen.add(name)) {
        problems.add("'%s' is there twice".formatted(name));
      } else if (FORBIDDEN.matcher(value).find()) {
        problems.add(
            "'%s' is '%s' but must be without ; and control characters".formatted(name, value));
      } else if (!pattern.matcher(value).matches()) {
        problems.add("'%s' is '%s' but must match %s".formatted(name, value, pattern));
      }
    }
    if (!problems.isEmpty()) {
      throw ApiFault.conflict(field + ": " + String.join("; ", problems));
    }
  }

  /** Those that are declared still, by name: what hosts are told. */
  public Map<String, String> declared(@Nullable List<CustomProperty> given) {
    Map<String, String> told = new LinkedHashMap<>();
    for (CustomProperty property : given == null ? List.<CustomProperty>of() : given) {
      String name = property.name();
      if (name != null && declared.containsKey(name)) {
        told.put(name, property.value() == null ? "" : property.value());
      }
    }
    return told;
  }
}
