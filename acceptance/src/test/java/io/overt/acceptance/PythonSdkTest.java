package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of the Python SDK, run by Python against an engine with simulated hosts. */
@Timeout(300)
@ExtendWith(SharedEngine.class)
class PythonSdkTest {
  private static final Path SDK = Path.of("..", "sdk-python").toAbsolutePath().normalize();

  @ParameterizedTest
  @ValueSource(strings = {"test_overt", "test_ovirtsdk4", "test_ovirtsdk", "test_wheel"})
  void itsTestsPass(String module, EngineFixture engine) throws IOException, InterruptedException {
    engine.farm();
    EngineConfig config = engine.config();
    ProcessBuilder python =
        new ProcessBuilder("python3", "-m", "unittest", "-q", module)
            .directory(SDK.resolve("src/test/python").toFile())
            .redirectErrorStream(true);
    python.environment().put("PYTHONPATH", SDK.resolve("target/site").toString());
    python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    python.environment().put("OVERT_URL", engine.access().url() + "/api");
    python.environment().put("OVERT_HTTP_URL", "http://localhost:" + config.httpPort());
    python.environment().put("OVERT_CA", config.authorityDirectory().resolve("ca.pem").toString());
    python.environment().put("OVERT_PASSWORD_FILE", config.generatedPasswordFile().toString());
    Process process = python.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
