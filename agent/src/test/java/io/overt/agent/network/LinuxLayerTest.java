package io.overt.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real devices, in a network namespace that this test makes. */
@Timeout(60)
class LinuxLayerTest {

  @Test
  void devicesComeAndGoAsTheConfigurationSays() throws Exception {
    String said = probe();
    String one = between(said, "== one", "== two");
    assertThat(one)
        .containsPattern("eth0\\S*: .* mtu 1400 .* master blue ")
        .containsPattern("blue: .* mtu 1400 .* bridge .*stp_state 1")
        .containsPattern("blue .* inet 10\\.9\\.0\\.2/24 ");
    String two = between(said, "== two", "== none");
    assertThat(two)
        .doesNotContain("blue")
        .doesNotContain("master")
        .containsPattern("eth1 .* inet 10\\.8\\.0\\.2/16 ");
    assertThat(said.substring(said.indexOf("== none"))).contains("eth1").doesNotContain("inet 10.");
  }

  private static String between(String text, String start, String end) {
    return text.substring(text.indexOf(start), text.indexOf(end));
  }

  private static String probe() throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--mount",
                "sh",
                "-c",
                """
                mount -t sysfs none /sys && ip link add eth0 type veth peer name eth1 \
                  && exec "$0" -XX:TieredStopAtLevel=1 -cp "$1" %s 2>&1"""
                    .formatted(LinuxLayerProbe.class.getName()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
