package io.overt.engine.webadmin;

import io.overt.engine.webadmin.dashboard.DashboardData;
import io.overt.engine.webadmin.playbooks.Playbooks;
import io.overt.rest.Mount;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import io.overt.rest.login.Authenticator;
import io.overt.rest.pages.Pages;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything below {@code /ovirt-engine/webadmin}, with the addresses that it had in oVirt 3.1 and
 * 3.2, which old plugins still name, and the service that runs playbooks for plugins.
 */
public final class WebAdmin implements AutoCloseable {
  /** Where the page lies; relative addresses of plugins resolve against it. */
  static final String HOME = "/ovirt-engine/webadmin/";

  private static final String OF_PAGE = "io/overt/webadmin/page";
  private static final List<String> PAGE_NAMES = List.of("WebAdmin.html", "index.html");

  /** The script that plugins of another origin reach the page by. */
  static final String CLIENT = "plugin-client.js";

  private final ClassPathFiles files;
  private final ClassPathFiles bundledFiles;
  private final HostPage page;
  private final BundledPlugins bundled;
  private final PluginFiles plugins;
  private final Map<String, Endpoint> doors;
  private final Endpoint playbookDoor;

  /**
   * @param authenticator who knows users and their tokens
   * @param dashboard what its dashboard shows
   * @param playbooks what its plugins may have run
   */
  public WebAdmin(
      WebAdminSettings settings,
      Authenticator authenticator,
      DashboardData dashboard,
      Playbooks playbooks) {
    this.bundled = BundledPlugins.open(WebAdmin.class.getClassLoader());
    List<Path> directories = new ArrayList<>(settings.plugins());
    bundled.directory().ifPresent(directories::add);
    UiPluginRegistry registry = new UiPluginRegistry(directories, settings.pluginConfigs());
    this.plugins = new PluginFiles(registry);
    this.files = new ClassPathFiles(WebAdmin.class.getClassLoader(), OF_PAGE);
    this.bundledFiles =
        new ClassPathFiles(WebAdmin.class.getClassLoader(), BundledPlugins.DIRECTORY);
    SessionDoor session = new SessionDoor(authenticator);
    this.page = new HostPage(files, session, registry);
    this.doors =
        Map.of(
            "session", session,
            "dashboard_data", new DashboardDoor(session, dashboard),
            "log", new PluginLog(session));
    this.playbookDoor = new PlaybookDoor(session, playbooks);
  }

  /** Where it answers. */
  public List<Mount> mounts() {
    return List.of(
        Mount.below("/ovirt-engine/webadmin", this::current),
        Mount.below("/webadmin", this::old),
        Mount.at(PlaybookDoor.PATH, playbookDoor),
        Mount.at("/", this::landing),
        Mount.at("/ovirt-engine", this::landing));
  }

  private void current(Exchange exchange) throws IOException {
    PageHeaders.common(exchange);
    List<String> path = exchange.path().segments().subList(2, exchange.path().segments().size());
    if (path.isEmpty() && !exchange.path().raw().endsWith("/")) {
      home(exchange);
    } else if (path.isEmpty() || PAGE_NAMES.contains(String.join("/", path))) {
      reading(exchange, page);
    } else if (path.getFirst().equals("webadmin")) {
      twice(exchange, path.subList(1, path.size()));
    } else if (path.getFirst().equals("plugin")) {
      reading(exchange, read -> plugins.serve(read, path.subList(1, path.size())));
    } else if (path.equals(List.of(CLIENT))) {
      reading(exchange, read -> bundledFiles.serve(read, "client.js"));
    } else {
      Endpoint door = doors.get(path.getFirst());
      if (door != null) {
        door.serve(exchange);
      } else {
        reading(exchange, read -> files.serve(read, String.join("/", path)));
      }
    }
  }

  private void old(Exchange exchange) throws IOException {
    PageHeaders.common(exchange);
    List<String> path = exchange.path().segments();
    if (path.size() == 1) {
      home(exchange);
    } else if (path.get(1).equals("webadmin")) {
      twice(exchange, path.subList(2, path.size()));
    } else {
      Pages.notFound().serve(exchange);
    }
  }

  /** What is asked for with the name of the context twice, as in oVirt 3.1. */
  private void twice(Exchange exchange, List<String> path) throws IOException {
    if (path.isEmpty() || PAGE_NAMES.contains(String.join("/", path))) {
      home(exchange);
    } else if (path.getFirst().equals("plugin")) {
      reading(exchange, read -> plugins.serve(read, path.subList(1, path.size())));
    } else {
      Pages.notFound().serve(exchange);
    }
  }

  /** People are led to the page, programs get the few lines that they always got. */
  private void landing(Exchange exchange) throws IOException {
    String accept = exchange.header("Accept");
    exchange.addHeader("Vary", "Accept");
    if (page.built() && accept != null && accept.contains("text/html")) {
      home(exchange);
    } else {
      Pages.landing().serve(exchange);
    }
  }

  private static void reading(Exchange exchange, Endpoint endpoint) throws IOException {
    if (exchange.method().equals("GET") || exchange.method().equals("HEAD")) {
      endpoint.serve(exchange);
    } else {
      exchange.setHeader("Allow", "GET, HEAD");
      exchange.answer(405, Html.TYPE, Html.error("Method Not Allowed"));
    }
  }

  private static void home(Exchange exchange) throws IOException {
    String query =
        exchange.query().values().entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    exchange.setHeader("Location", query.isEmpty() ? HOME : HOME + "?" + query);
    exchange.answer(302);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    bundled.close();
  }
}
