package io.overt.engine.webadmin;

import io.overt.access.session.Caller;
import io.overt.engine.system.ApiRoot;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that everything else runs in, with what it must know of this installation as data. */
final class HostPage implements Endpoint {
  private static final Pattern DATA =
      Pattern.compile("(<script[^>]*\\sid=\"host-page\"[^>]*>)[^<]*(</script>)");
  private static final Pattern LANGUAGE = Pattern.compile("(<html[^>]*\\slang=\")[^\"]*(\")");

  /** All of virtualization, none of Gluster alone: what oVirt calls it. */
  private static final String ALL_MODES = "AllModes";

  private final ClassPathFiles files;
  private final SessionDoor session;
  private final UiPluginRegistry plugins;

  HostPage(ClassPathFiles files, SessionDoor session, UiPluginRegistry plugins) {
    this.files = files;
    this.session = session;
    this.plugins = plugins;
  }

  /** Whether the program was built with the page. */
  boolean built() {
    return files.find("index.html").isPresent();
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    PageHeaders.page(exchange);
    Optional<ClassPathFiles.Content> template = files.find("index.html");
    if (template.isEmpty()) {
      exchange.answer(
          404, Html.TYPE, Html.error("This engine was built without its web administration page."));
      return;
    }
    exchange.setHeader("Cache-Control", "no-cache");
    exchange.addHeader("Vary", "Cookie, Accept-Language");
    String locale = PageLocale.of(exchange);
    String html = template.get().text();
    html = fill(LANGUAGE, html, locale);
    html = fill(DATA, html, Json.text(data(exchange, locale)).replace("<", "\\u003c"));
    byte[] content = html.getBytes(StandardCharsets.UTF_8);
    if (!Tags.answered(exchange, Tags.of(content))) {
      exchange.answer(200, Html.TYPE, content);
    }
  }

  private static String fill(Pattern pattern, String html, String content) {
    return pattern
        .matcher(html)
        .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + content + found.group(2)));
  }

  private Map<String, @Nullable Object> data(Exchange exchange, String locale) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    plugins.reload();
    data.put("pluginDefinitions", plugins.all().stream().map(UiPlugin::definition).toList());
    data.put("userInfo", session.holder(exchange).map(HostPage::user).orElse(null));
    data.put("applicationMode", ALL_MODES);
    data.put("engineRpmVersion", ApiRoot.FULL_VERSION);
    data.put("baseContextPath", "/ovirt-engine/");
    data.put("displayUncaughtUIExceptions", false);
    data.put("locale", locale);
    return data;
  }

  /** With the names that oVirt's page has for it, but never the token. */
  private static Map<String, Object> user(SessionDoor.Holder holder) {
    Caller caller = holder.caller();
    Map<String, Object> user = new LinkedHashMap<>(SessionDoor.user(caller));
    String principal = caller.principalName();
    user.put("userName", principal);
    user.put("domain", principal.substring(principal.lastIndexOf('@') + 1));
    user.put("isAdmin", caller.administrator());
    return user;
  }
}
