package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tests of the web administration page that Node runs in Chromium: files of {@code browser}. */
final class BrowserSuite {
  private static final Path WEBADMIN = Path.of("..", "webadmin").toAbsolutePath().normalize();

  /** Of the user that a suite may need beside the administrator. */
  static final String PASSWORD = "Viewer-1234";

  private static final int MINUTES = 4;

  private BrowserSuite() {}

  /** Runs one file against the shared engine and fails with what it says. */
  static void run(String name, EngineFixture engine) {
    Path state = engine.config().stateDirectory();
    run(
        name,
        engine.config(),
        Map.of(
            "OVERT_USER_PASSWORD",
            PASSWORD,
            "OVERT_UNITS",
            EngineFixture.units(state).toString(),
            "OVERT_UI_PLUGINS",
            state.resolve("ui-plugins").toString(),
            "OVERT_UI_PLUGINS_CONFIGURATION",
            state.resolve("ui-plugins-config").toString()));
  }

  /** Runs one file against any engine, with more words in its environment. */
  static void run(String name, EngineConfig engine, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OVERT_URL", new EngineAccess(engine).url());
    environment.put("OVERT_PASSWORD_FILE", engine.generatedPasswordFile().toString());
    run(name, environment);
  }

  private static void run(String name, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("overt-browser", ".txt");
      ProcessBuilder node =
          new ProcessBuilder("node", "--test", "browser/" + name + ".test.mjs")
              .directory(WEBADMIN.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      node.environment().putAll(environment);
      Process tests = node.start();
      try {
        boolean ended = tests.waitFor(MINUTES, TimeUnit.MINUTES);
        assertThat(ended && tests.exitValue() == 0)
            .as("browser/%s:%n%s", name, Files.readString(output))
            .isTrue();
      } finally {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
