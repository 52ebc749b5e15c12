package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiPluginRegistryTest {
  @TempDir private Path directory;
  private Path plugins;
  private Path configs;

  @BeforeEach
  void directories() throws IOException {
    plugins = Files.createDirectory(directory.resolve("ui-plugins"));
    configs = Files.createDirectory(directory.resolve("ui-plugins-config"));
  }

  private UiPluginRegistry registry() {
    return new UiPluginRegistry(List.of(plugins), List.of(configs));
  }

  private void descriptor(String file, String text) throws IOException {
    Files.writeString(plugins.resolve(file), text);
  }

  private void config(String file, String text) throws IOException {
    Files.writeString(configs.resolve(file), text);
  }

  private static List<String> names(UiPluginRegistry registry) {
    return registry.all().stream().map(UiPlugin::name).toList();
  }

  private static String plain(String name) {
    return "{\"name\":\"%s\",\"url\":\"plugin/%s/start.html\"}".formatted(name, name);
  }

  @Test
  void commentsAreAllowedAndConfigurationReplacesMemberByMember() throws IOException {
    descriptor(
        "band.json",
        """
        // who plays
        {
          "name": "myPlugin", /* of the tutorial */
          "url": "/webadmin/webadmin/plugin/MyPlugin/start.html",
          "config": { "band": "ZZ Top", "score": 10, "deep": { "a": 1, "b": 2 } },
          "resourcePath": "my-files"
        }
        """);
    config(
        "band-config.json",
        """
        { "config": { "band": "AC/DC", "deep": { "a": 3 } }, // mine
          "order": 5, "apiCompat": "3", "unknown": true }
        """);
    UiPlugin plugin = registry().all().getFirst();
    assertThat(Json.text(plugin.definition()))
        .isEqualTo(
            "{\"name\":\"myPlugin\",\"url\":\"/webadmin/webadmin/plugin/MyPlugin/start.html\","
                + "\"config\":{\"band\":\"AC/DC\",\"score\":10,\"deep\":{\"a\":3}},"
                + "\"lazyLoad\":true,\"enabled\":true,\"apiCompat\":\"3\"}");
  }

  @Test
  void orderIsThatOfTheConfigurationThenOfFileNames() throws IOException {
    descriptor("c.json", plain("last"));
    descriptor("b.json", plain("early"));
    descriptor("a.json", plain("middle"));
    descriptor("0.json", plain("first"));
    config("b-config.json", "{\"order\": 2}");
    config("0-config.json", "{\"order\": -1, \"enabled\": false}");
    UiPluginRegistry registry = registry();
    assertThat(names(registry)).containsExactly("first", "early", "middle", "last");
    assertThat(registry.find("first").orElseThrow().enabled()).isFalse();
  }

  @Test
  void firstOfTwoWithOneNameCounts() throws IOException {
    descriptor("a.json", plain("same"));
    descriptor("b.json", "{\"name\":\"same\",\"url\":\"other\"}");
    assertThat(registry().all())
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.url()).isEqualTo("plugin/same/start.html"));
  }

  @Test
  void onlyFilesNamedSoCount() throws IOException {
    descriptor("a.json", plain("a"));
    descriptor("b.json.rpmsave", plain("b"));
    Files.createDirectory(plugins.resolve("c.json"));
    Files.createSymbolicLink(plugins.resolve("d.json"), directory.resolve("gone.json"));
    Files.writeString(directory.resolve("elsewhere.json"), plain("linked"));
    Files.createSymbolicLink(plugins.resolve("e.json"), directory.resolve("elsewhere.json"));
    assertThat(names(registry())).containsExactly("a", "linked");
  }

  @Test
  void changesAreSeenAlsoWhenAFileIsOlderThanBefore() throws IOException {
    descriptor("a.json", plain("a"));
    UiPluginRegistry registry = registry();
    descriptor("a.json", plain("b"));
    Files.setLastModifiedTime(plugins.resolve("a.json"), FileTime.fromMillis(1_000));
    assertThat(registry.find("a")).isPresent();
    registry.reload();
    assertThat(names(registry)).containsExactly("b");
    config("a-config.json", "{\"config\": {\"x\": 1}}");
    registry.reload();
    assertThat(registry.all().getFirst().config()).containsEntry("x", 1L);
    Files.delete(configs.resolve("a-config.json"));
    registry.reload();
    assertThat(registry.all().getFirst().config()).isEmpty();
    Files.delete(plugins.resolve("a.json"));
    registry.reload();
    assertThat(registry.all()).isEmpty();
  }

  @Test
  void whatIsWrongLeavesThePluginAsItWas() throws IOException {
    descriptor("a.json", plain("a"));
    descriptor("b.json", plain("b"));
    UiPluginRegistry registry = registry();
    for (String wrong :
        List.of(
            "{",
            "[]",
            "{\"name\": \" \", \"url\": \"u\"}",
            "{\"name\": \"a\"}",
            "{\"name\": \"a\", \"url\": \"u\", \"config\": []}",
            "{\"name\": \"a\", \"url\": \"u\", \"lazyLoad\": \"no\"}",
            "{\"name\": \"a\", \"url\": \"u\", \"resourcePath\": 1}")) {
      descriptor("a.json", wrong);
      registry.reload();
      assertThat(names(registry)).as(wrong).containsExactly("a", "b");
      assertThat(registry().find("a")).as(wrong).isEmpty();
    }
    descriptor("a.json", plain("new"));
    registry.reload();
    assertThat(names(registry)).containsExactly("new", "b");
  }

  @Test
  void wrongConfigurationLeavesThePluginAsItWasButABrokenOneCountsAsEmpty() throws IOException {
    descriptor("a.json", plain("a"));
    config("a-config.json", "{\"config\": {\"x\": 1}}");
    UiPluginRegistry registry = registry();
    for (String wrong :
        List.of("{\"enabled\": \"no\"}", "{\"order\": 1.5}", "{\"config\": \"x\"}")) {
      config("a-config.json", wrong);
      registry.reload();
      assertThat(registry.all().getFirst().config()).as(wrong).containsEntry("x", 1L);
      assertThat(registry().all()).as(wrong).isEmpty();
    }
    config("a-config.json", "{\"config\": ");
    registry.reload();
    assertThat(registry.all().getFirst().config()).isEmpty();
  }

  @Test
  void firstDirectoryWinsAndMissingOnesMayComeLater() throws IOException {
    Path other = directory.resolve("other");
    UiPluginRegistry registry =
        new UiPluginRegistry(List.of(other, plugins), List.of(directory.resolve("none"), configs));
    descriptor("z.json", plain("a"));
    config("z-config.json", "{\"enabled\": false}");
    registry.reload();
    assertThat(registry.find("a").orElseThrow().enabled()).isFalse();
    Files.createDirectory(other);
    Files.writeString(other.resolve("zz.json"), plain("a"));
    registry.reload();
    assertThat(registry.all())
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.enabled()).isTrue());
  }
}
