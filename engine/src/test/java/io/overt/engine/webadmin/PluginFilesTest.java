package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PluginFilesTest {
  private static final String PLUGIN = RunningWebAdmin.HOME + "plugin/";
  private static RunningWebAdmin running;

  @BeforeAll
  static void install() throws IOException {
    running = RunningWebAdmin.shared();
    Path files = Files.createDirectories(running.directory.resolve("checkout/demo-files"));
    Files.createDirectories(files.resolve("js"));
    Files.writeString(files.resolve("start.html"), "<!DOCTYPE html><title>start</title>");
    Files.writeString(files.resolve("js/main.js"), "export {};");
    Files.writeString(running.directory.resolve("secret.txt"), "secret");
    Files.writeString(
        running.directory.resolve("checkout/demo.json"),
        "{\"name\": \"demo\", \"url\": \"plugin/demo/start.html\","
            + " \"resourcePath\": \"demo-files\", \"config\": {\"html\": \"</script><b>\"}}");
    Path plugins = running.plugins();
    // as installations do it
    link(plugins.resolve("demo.json"), running.directory.resolve("checkout/demo.json"));
    link(plugins.resolve("demo-files"), files);
    Files.writeString(
        plugins.resolve("bare.json"), "{\"name\": \"bare\", \"url\": \"http://example.com/\"}");
    Files.writeString(
        plugins.resolve("sly.json"),
        "{\"name\": \"sly\", \"url\": \"x\", \"resourcePath\": \"../\"}");
    running.get(RunningWebAdmin.HOME);
  }

  private static void link(Path from, Path to) throws IOException {
    Files.deleteIfExists(from);
    Files.createSymbolicLink(from, to);
  }

  @Test
  void filesAreServedUnderAllNamesThatTheyEverHad() {
    for (String context :
        new String[] {
          PLUGIN, "/webadmin/webadmin/plugin/", "/ovirt-engine/webadmin/webadmin/plugin/"
        }) {
      HttpResponse<String> page = running.get(context + "demo/start.html");
      assertThat(page.statusCode()).as(context).isEqualTo(200);
      assertThat(page.body()).contains("<title>start</title>");
      assertThat(RunningWebAdmin.header(page, "Content-Type")).isEqualTo("text/html");
      assertThat(RunningWebAdmin.header(page, "Cache-Control")).isEqualTo("no-cache");
      assertThat(RunningWebAdmin.header(page, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
      assertThat(page.headers().firstValue("Content-Security-Policy")).isEmpty();
    }
    assertThat(RunningWebAdmin.header(running.get(PLUGIN + "demo/js/main.js"), "Content-Type"))
        .isEqualTo("text/javascript");
  }

  @Test
  void pagesOfAPluginThatIsKeptApartHaveNoOrigin() throws IOException {
    Path files = Files.createDirectories(running.plugins().resolve("apart-files"));
    String start = "\n<!-- by somebody -->\n<!doctype HTML>";
    String rest = "<title>\u00fc</title><script>parent.pluginApi('apart')</script>";
    Files.writeString(files.resolve("start.html"), start + rest);
    Files.writeString(files.resolve("tab.html"), rest);
    Files.writeString(
        running.plugins().resolve("apart.json"),
        "{\"name\": \"apart\", \"url\": \"plugin/apart/start.html?a#b\","
            + " \"resourcePath\": \"apart-files\"}");
    running.get(RunningWebAdmin.HOME);
    HttpResponse<String> before = running.get(PLUGIN + "apart/start.html");
    assertThat(before.body()).isEqualTo(start + rest);
    assertThat(before.headers().firstValue("Content-Security-Policy")).isEmpty();

    Path configs = Files.createDirectories(running.directory.resolve("ui-plugins-config"));
    Path config = configs.resolve("apart-config.json");
    Files.writeString(config, "{\"isolation\": \"origin\"}");
    running.get(RunningWebAdmin.HOME);
    HttpResponse<String> page = running.get(PLUGIN + "apart/start.html");
    String client = "/ovirt-engine/webadmin/plugin-client.js";
    assertThat(page.body())
        .isEqualTo(start + "<script src=\"" + client + "\" data-parent></script>" + rest);
    HttpResponse<String> tab = running.get(PLUGIN + "apart/tab.html");
    assertThat(tab.body()).isEqualTo(rest);
    for (HttpResponse<String> file : List.of(page, tab)) {
      assertThat(RunningWebAdmin.header(file, "Content-Security-Policy"))
          .startsWith("sandbox allow-scripts ")
          .doesNotContain("same-origin");
    }
    assertThat(RunningWebAdmin.header(page, "ETag"))
        .isNotEqualTo(RunningWebAdmin.header(before, "ETag"));

    // what nobody means does not quietly put it back
    Files.writeString(config, "{\"isolation\": \"none\"}");
    running.get(RunningWebAdmin.HOME);
    assertThat(running.get(PLUGIN + "apart/start.html").body()).contains(client);
  }

  @Test
  void whatDidNotChangeIsNotSentTwice() {
    String tag = RunningWebAdmin.header(running.get(PLUGIN + "demo/start.html"), "ETag");
    assertThat(running.get(PLUGIN + "demo/start.html", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void whatIsNoFileOfAPluginIsNotFound() {
    for (String path :
        new String[] {
          "",
          "demo",
          "demo/",
          "demo/js",
          "demo/js/",
          "demo/nosuch.html",
          "nosuch/start.html",
          "bare/start.html",
          "sly/secret.txt",
          "demo/../../secret.txt",
          "demo/%2e%2e/%2e%2e/secret.txt",
          "demo/..%2f..%2fsecret.txt",
          "demo//start.html",
          "demo/js/%2e/main.js",
          "demo/" + "x".repeat(512)
        }) {
      int status = running.get(PLUGIN + path).statusCode();
      assertThat(status).as(path).isEqualTo(404);
    }
    assertThat(running.send("POST", PLUGIN + "demo/start.html", "x").statusCode()).isEqualTo(405);
  }

  @Test
  void hostPageTellsOfPluginsWithoutLettingThemWriteIntoIt() {
    String page = running.get(RunningWebAdmin.HOME).body();
    assertThat(page)
        .contains("{\"name\":\"demo\",\"url\":\"plugin/demo/start.html\"")
        .contains("\\u003c/script>\\u003cb>")
        .doesNotContain("</script><b>");
  }
}
