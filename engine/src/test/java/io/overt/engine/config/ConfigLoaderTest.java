package io.overt.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.resource.properties.CustomProperties;
import io.overt.model.types.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path state;

  private LoadedConfig load(Map<String, String> options, Map<String, String> environment) {
    Machine machine = new Machine(Path.of("/nowhere"), "box", List.of("localhost", "10.1.2.3"));
    Map<String, String> all = new HashMap<>(options);
    all.putIfAbsent("state-directory", state.toString());
    return ConfigLoader.load(all, environment, machine);
  }

  private void file(String text) throws IOException {
    Files.writeString(state.resolve(ConfigLoader.FILE), text);
  }

  private static EffectiveValue value(LoadedConfig loaded, Setting setting) {
    return loaded.values().get(setting.ordinal());
  }

  @Test
  void nothingSetGivesTheDefaults() {
    EngineConfig config = load(Map.of(), Map.of("PATH", "/bin")).config();
    assertThat(config.httpsPort()).isEqualTo(8443);
    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.database()).isEmpty();
    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.bodyLimit()).isEqualTo(16 << 20);
    assertThat(config.corsOrigins()).isEmpty();
    assertThat(config.nodeId()).isEqualTo("box-8443");
    assertThat(config.hostNames()).containsExactly("localhost", "10.1.2.3");
    assertThat(config.url()).isEqualTo("https://localhost:8443/ovirt-engine");
  }

  @Test
  void theVariableOfOvirtNamesTheNotifiersFileUnlessTheSettingDoes() {
    Map<String, String> environment = Map.of("ENGINE_NOTIFIER_VARS", "/etc/some/notifier.conf");
    assertThat(load(Map.of(), environment).config().notifierFiles().main())
        .hasToString("/etc/some/notifier.conf");
    assertThat(
            load(Map.of("notifier-conf", "/etc/mine"), environment).config().notifierFiles().main())
        .hasToString("/etc/mine");
    assertThat(load(Map.of(), Map.of()).config().notifierFiles().main())
        .isEqualTo(state.resolve("notifier.conf").toAbsolutePath());
  }

  @Test
  void laterSourcesWinAndAreNamed() throws IOException {
    file("https-port = 1001\nhttp-port = 1002\nsession-timeout = 90s\n");
    LoadedConfig loaded =
        load(
            Map.of("https-port", "3001"),
            Map.of("OVERT_HTTPS_PORT", "2001", "OVERT_HTTP_PORT", "2002"));
    assertThat(value(loaded, Setting.HTTPS_PORT))
        .isEqualTo(new EffectiveValue(Setting.HTTPS_PORT, "", "3001", "command line"));
    assertThat(value(loaded, Setting.HTTP_PORT).origin()).isEqualTo("environment OVERT_HTTP_PORT");
    assertThat(value(loaded, Setting.SESSION_TIMEOUT).origin())
        .isEqualTo(state.resolve("overt.properties").toString());
    assertThat(value(loaded, Setting.LOG_LEVEL).origin()).isEqualTo("default");
    assertThat(loaded.config().httpPort()).isEqualTo(2002);
  }

  @Test
  void unknownKeysAreRefusedWithASuggestion() throws IOException {
    assertThatThrownBy(() -> load(Map.of("htps-port", "1"), Map.of()))
        .hasMessage("Unknown setting 'htps-port' in the command line; did you mean 'https-port'?");
    assertThatThrownBy(() -> load(Map.of(), Map.of("OVERT_LOGLEVEL", "info")))
        .hasMessage(
            "Unknown setting 'OVERT_LOGLEVEL' in the environment; did you mean 'OVERT_LOG_LEVEL'?");
    file("sesion-timeout=1m\n");
    assertThatThrownBy(() -> load(Map.of(), Map.of()))
        .hasMessageContaining("'sesion-timeout'")
        .hasMessageContaining("did you mean 'session-timeout'?");
  }

  @Test
  void unusableValuesAreRefusedWithTheirOriginAndWhatWasExpected() {
    assertThatThrownBy(() -> load(Map.of("https-port", "70000"), Map.of()))
        .hasMessage(
            "https-port is '70000' (command line) but must be a port number from 0 to 65535");
    assertThatThrownBy(() -> load(Map.of(), Map.of("OVERT_SESSION_TIMEOUT", "soon")))
        .hasMessageContaining("(environment OVERT_SESSION_TIMEOUT) but must be a duration");
    assertThatThrownBy(() -> load(Map.of("admin-password-file", "/no/such/file"), Map.of()))
        .hasMessageContaining("'/no/such/file' (command line) but must be a file that can be read");
    assertThatThrownBy(() -> load(Map.of("cors-origins", "null,https://portal/"), Map.of()))
        .hasMessageContaining("'null,https://portal/' (command line) but must be origins such as");
    assertThatThrownBy(
            () -> load(Map.of("database-url", "jdbc:postgresql://h/d?password=x"), Map.of()))
        .hasMessageContaining("hold no password")
        .hasMessageNotContaining("password=x");
  }

  @Test
  void aCompatibilityVersionMayHaveItsOwnProperties() throws IOException {
    file("user-defined-vm-properties=note\nuser-defined-vm-properties.4.7=note;old=^a$\n");
    LoadedConfig loaded =
        load(
            Map.of("custom-device-properties.4.8", "{type=disk;prop={keep}}"),
            Map.of("OVERT_USER_DEFINED_VM_PROPERTIES_4_6", "older"));
    CustomProperties properties = loaded.config().customProperties();
    assertThat(properties.machines().at(version(6)).userDefined()).isEqualTo("older");
    assertThat(properties.machines().at(version(7)).userDefined()).isEqualTo("note;old=^a$");
    assertThat(properties.machines().at(version(8)).userDefined()).isEqualTo("note");
    assertThat(properties.devices().at(version(8)).text()).isEqualTo("{type=disk;prop={keep}}");
    assertThat(loaded.values())
        .anySatisfy(
            value -> {
              assertThat(value.key()).isEqualTo("user-defined-vm-properties.4.6");
              assertThat(value.origin())
                  .isEqualTo("environment OVERT_USER_DEFINED_VM_PROPERTIES_4_6");
            });
    assertThatThrownBy(() -> load(Map.of("user-defined-vm-properties.9.9", "x"), Map.of()))
        .hasMessageContaining("the version 9.9, which must be one of [4.2");
    assertThatThrownBy(() -> load(Map.of("user-defined-vm-properties.4.8", "PATH=x"), Map.of()))
        .hasMessageContaining("user-defined-vm-properties.4.8 is 'PATH=x' (command line)");
  }

  private static Version version(long minor) {
    return new Version().major(4L).minor(minor);
  }

  @Test
  void theFileCannotMoveItsOwnDirectory() throws IOException {
    file("state-directory=/elsewhere\n");
    assertThatThrownBy(() -> load(Map.of(), Map.of())).hasMessageContaining("use --state");
  }

  @Test
  void anExternalDatabaseKeepsItsPasswordInAFile() throws IOException {
    Path secret = Files.writeString(state.resolve("secret"), "x");
    EngineConfig config =
        load(
                Map.of(
                    "database-url", "jdbc:postgresql://db/overt",
                    "database-user", "me",
                    "database-password-file", secret.toString()),
                Map.of())
            .config();
    assertThat(config.database()).isPresent();
    assertThat(config.database().orElseThrow().passwordFile()).contains(secret);
    assertThat(config.database().orElseThrow().user()).isEqualTo("me");
  }

  @Test
  void whatClientsReadFromTheEnvironmentIsLeftToThem() {
    assertThat(load(Map.of(), Map.of("OVERT_URL", "https://elsewhere/ovirt-engine/api")).config())
        .isNotNull();
  }
}
