package io.overt.rest.v3;

import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Outcome;
import io.overt.model.Schema;
import io.overt.model.Service;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.rest.api.Inner;
import io.overt.rest.http.Html;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /capabilities}: what each level of clusters offers, and the values of enumerations. */
record Capabilities(ServiceType type, Inner inner) implements Service {
  /** Lists of version 3 by the enumerated type of the model that holds their values. */
  private static final Map<String, String> ENUMERATIONS =
      Map.ofEntries(
          Map.entry("storage_type", "storage_type"),
          Map.entry("storage_domain_type", "storage_domain_type"),
          Map.entry("vm_type", "vm_type"),
          Map.entry("boot_device", "boot_device"),
          Map.entry("display_type", "display_type"),
          Map.entry("nic_interface", "nic_interface"),
          Map.entry("disk_format", "disk_format"),
          Map.entry("disk_interface", "disk_interface"),
          Map.entry("storage_format", "storage_format"),
          Map.entry("boot_protocol", "boot_protocol"),
          Map.entry("watchdog_model", "watchdog_model"),
          Map.entry("watchdog_action", "watchdog_action"),
          Map.entry("nfs_version", "nfs_version"));

  @Override
  public Object invoke(String operation, Call call) {
    if (!operation.equals("list")) {
      throw new NotImplemented(type.name() + "." + operation);
    }
    StringBuilder text =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    text.append("<capabilities>\n");
    if (!(inner.get("/clusterlevels") instanceof List<?> levels)) {
      throw ApiFault.notFound();
    }
    for (Object level : levels) {
      if (level instanceof Struct struct) {
        version(text, struct);
      }
    }
    text.append("</capabilities>\n");
    return Outcome.content(
        new Outcome.Content(
            "application/xml;charset=UTF-8", text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void version(StringBuilder text, Struct level) {
    String[] number = level.requireId().split("\\.");
    text.append("    <version major=\"").append(number[0]).append("\" minor=\"");
    text.append(number[1]).append("\">\n        <cpus>\n");
    for (Struct cpu : list(level, "cpu_types")) {
      text.append("            <cpu id=\"").append(escaped(cpu.get("name"))).append("\">");
      element(text, "architecture", cpu.get("architecture"));
      element(text, "level", cpu.get("level"));
      text.append("</cpu>\n");
    }
    text.append("        </cpus>\n        <permits>\n");
    for (Struct permit : list(level, "permits")) {
      text.append("            <permit id=\"").append(escaped(permit.id())).append("\">");
      element(text, "name", permit.get("name"));
      element(text, "administrative", permit.get("administrative"));
      text.append("</permit>\n");
    }
    text.append("        </permits>\n");
    ENUMERATIONS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> values(text, entry.getKey(), entry.getValue()));
    text.append("    </version>\n");
  }

  private static void values(StringBuilder text, String item, String enumeration) {
    text.append("        <").append(item).append("s>");
    for (String value : Schema.current().enumType(enumeration).values()) {
      element(text, item, value);
    }
    text.append("</").append(item).append("s>\n");
  }

  private static List<Struct> list(Struct level, String member) {
    return level.get(member) instanceof List<?> items
        ? items.stream().map(Struct.class::cast).toList()
        : List.of();
  }

  private static void element(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append('<').append(name).append('>').append(escaped(value));
      text.append("</").append(name).append('>');
    }
  }

  private static String escaped(@Nullable Object value) {
    return value == null
        ? ""
        : Html.escape(
            value instanceof io.overt.model.ApiEnum constant ? constant.wire() : value.toString());
  }

  @Override
  public @Nullable Service locate(String segment) {
    return null;
  }
}
