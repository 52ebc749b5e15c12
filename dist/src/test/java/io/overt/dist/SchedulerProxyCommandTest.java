package io.overt.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SchedulerProxyCommandTest {
  @TempDir private Path directory;

  private static void run(String... arguments) throws Exception {
    SchedulerProxyCommand command = new SchedulerProxyCommand();
    new CommandLine(command).parseArgs(arguments);
    command.call();
  }

  @Test
  void whatCannotBeServedIsRefused() throws Exception {
    assertThatThrownBy(() -> run("--plugins", directory.resolve("none").toString()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none, which is no directory");
    assertThatThrownBy(() -> run("--plugins", directory.toString(), "--timeout", "0"))
        .hasMessage("--timeout is 0 but must be from 1 to 3600");
    assertThatThrownBy(() -> run("--plugins", directory.toString(), "--port", "70000"))
        .hasMessage("--port is 70000 but must be from 0 to 65535");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      assertThatThrownBy(
              () ->
                  run(
                      "--plugins",
                      directory.toString(),
                      "--port",
                      Integer.toString(taken.getLocalPort())))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("cannot listen on localhost:" + taken.getLocalPort())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void helpSaysWhereUnitsAreLookedFor() {
    assertThat(new CommandLine(new SchedulerProxyCommand()).getUsageMessage())
        .contains("/usr/share/ovirt-scheduler-proxy/plugins", "18781");
  }
}
