package io.overt.rest.v3;

import io.overt.model.OperationType;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.StructType;
import io.overt.rest.document.Element;
import io.overt.rest.route.Route;
import io.overt.rest.route.RouteTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code ?rsdl}: every request of version 3, as the oldest generators of SDKs and the shell read
 * it.
 */
final class Rsdl {
  /** Types whose name is not simply their element's in camel case (engine 3.6's schema). */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("api", "API"),
          Map.entry("cdrom", "CdRom"),
          Map.entry("host_nic", "HostNIC"),
          Map.entry("nic", "NIC"),
          Map.entry("qos", "QoS"),
          Map.entry("vm", "VM"),
          Map.entry("watchdog", "WatchDog"));

  private static final Map<String, String> COLLECTIONS =
      Map.of(
          "NIC",
          "Nics",
          "HostNIC",
          "HostNics",
          "SchedulingPolicy",
          "SchedulingPolicies",
          "KatelloErratum",
          "KatelloErrata");

  /** Parameters that stand in the query; all others are of the path's last segment. */
  private static final Set<String> QUERY = Set.of("search", "follow");

  private Rsdl() {}

  static Element of(RouteTable routes) {
    Element links = new Element("links");
    routes.routes().forEach(route -> links.add(link(route)));
    return new Element("rsdl")
        .with("href", "?rsdl")
        .with("rel", "rsdl")
        .add("description", "All requests of version 3 of the API.")
        .add(
            new Element("schema")
                .with("href", "?schema")
                .with("rel", "schema")
                .add("name", "ovirt-engine-api-schema.xsd")
                .add("description", "The types of its documents."))
        .add(links);
  }

  private static Element link(Route route) {
    OperationType operation = route.operation();
    Element request = new Element("request").add("http_method", route.method());
    request.add(headers(operation));
    Element parameters = parameters(operation);
    if (parameters != null) {
      request.add(new Element("url").add(parameters));
    }
    StructType body = operation.body();
    if (body != null) {
      request.add(new Element("body").add("type", name(body)));
    }
    Element link =
        new Element("link")
            .with("href", address(route.template()))
            .with("rel", relation(operation))
            .add(request);
    ParameterType result = operation.result();
    String reference = result == null ? null : result.reference();
    if (operation.isAction()) {
      link.add(new Element("response").add("type", "Action"));
    } else if (result != null && reference != null) {
      String type = name(Schema.current().struct(reference));
      String answered =
          operation.name().equals("list") ? COLLECTIONS.getOrDefault(type, type + "s") : type;
      link.add(new Element("response").add("type", answered));
    }
    return link;
  }

  private static Element headers(OperationType operation) {
    Element headers = new Element("headers");
    if (!operation.verb().equals("GET")) {
      headers.add(
          new Element("header")
              .with("required", false)
              .add("name", "Correlation-Id")
              .add("value", "any string"));
    }
    if (operation.body() != null) {
      headers.add(
          new Element("header")
              .with("required", true)
              .add("name", "Content-Type")
              .add("value", "application/xml|json"));
    }
    return headers;
  }

  private static @Nullable Element parameters(OperationType operation) {
    List<ParameterType> own =
        operation.parameters().stream()
            .filter(each -> each.in() && !each.out() && each.reference() == null)
            .filter(each -> !operation.isAction() || each.name().equals("async"))
            .toList();
    if (own.isEmpty()) {
      return null;
    }
    Element set = new Element("parameters_set");
    for (ParameterType parameter : own) {
      String type =
          switch (parameter.kind()) {
            case BOOLEAN -> "xs:boolean";
            case INTEGER -> "xs:int";
            default -> "xs:string";
          };
      set.add(
          new Element("parameter")
              .with("required", false)
              .with("type", type)
              .with("context", QUERY.contains(parameter.name()) ? "query" : "matrix")
              .add("name", parameter.name()));
    }
    return set;
  }

  /** {@code vms/{vm:id}/start}. */
  private static String address(String template) {
    return template.replaceFirst("^/", "").replaceAll("\\{(\\w+)}", "{$1:id}");
  }

  private static String relation(OperationType operation) {
    String segment = operation.segment();
    return switch (operation.name()) {
      case "list" -> "get";
      case "remove" -> "delete";
      default -> segment == null ? operation.name() : segment;
    };
  }

  private static String name(StructType type) {
    String known = NAMES.get(type.name());
    return known != null
        ? known
        : Arrays.stream(type.name().split("_"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }
}
