package io.overt.rest.pages;

import io.overt.model.Kind;
import io.overt.model.OperationType;
import io.overt.model.ParameterType;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import io.overt.rest.route.Route;
import io.overt.rest.route.RouteTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code /ovirt-engine/apidoc}: every operation with its paths and parameters, under the anchors
 * that faults point to.
 */
public final class ApiDoc implements Endpoint {
  private static final String PAGE = render();

  @Override
  public void serve(Exchange exchange) throws IOException {
    exchange.answer(200, Html.TYPE, PAGE);
  }

  static String page() {
    return PAGE;
  }

  private static String render() {
    Map<String, Map<String, List<Route>>> services =
        RouteTable.model().routes().stream()
            .collect(
                Collectors.groupingBy(
                    route -> route.operation().service(),
                    TreeMap::new,
                    Collectors.groupingBy(
                        route -> route.operation().name(), TreeMap::new, Collectors.toList())));
    StringBuilder text = new StringBuilder(200_000);
    text.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    text.append("<title>API operations</title></head><body><h1>API operations</h1>\n");
    services.forEach(
        (service, operations) -> {
          text.append("<h2 id=\"services/").append(service).append("\">");
          text.append(service).append("</h2>\n");
          operations.forEach((name, routes) -> operation(text, service, name, routes));
        });
    return text.append("</body></html>\n").toString();
  }

  private static void operation(
      StringBuilder text, String service, String name, List<Route> routes) {
    text.append("<h3 id=\"services/").append(service).append("/methods/").append(name);
    text.append("\">").append(name).append("</h3>\n<pre>");
    for (Route route : routes) {
      text.append(route.method()).append(' ').append(Html.escape(route.template())).append('\n');
    }
    text.append("</pre>\n<ul>");
    OperationType operation = routes.getFirst().operation();
    for (ParameterType parameter : operation.parameters()) {
      text.append("<li>").append(parameter.name()).append(": ").append(type(parameter));
      text.append(
          parameter.in() && parameter.out() ? ", in and out" : parameter.in() ? "" : ", out");
      text.append("</li>");
    }
    text.append("</ul>\n");
  }

  private static String type(ParameterType parameter) {
    String reference = parameter.reference();
    String name =
        (parameter.kind() == Kind.STRUCT || parameter.kind() == Kind.ENUM) && reference != null
            ? reference
            : parameter.kind().name().toLowerCase(Locale.ROOT);
    return parameter.list() ? "list of " + name : name;
  }
}
