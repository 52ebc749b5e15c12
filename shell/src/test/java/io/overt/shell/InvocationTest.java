package io.overt.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.shell.output.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
  private static Invocation of(String... words) {
    return Invocation.of(List.of(words));
  }

  @Test
  void optionsOfTheProgramStandBeforeTheCommand() {
    Invocation invocation =
        of(
            "-l",
            "https://e/ovirt-engine/api",
            "-u",
            "me",
            "-I",
            "-o",
            "json",
            "list",
            "vms",
            "-o",
            "csv");
    assertThat(invocation.words()).containsExactly("list", "vms", "-o", "csv");
    assertThat(invocation.format().kind()).isEqualTo(Format.Kind.JSON);
    assertThat(of("add", "vm", "--url", "x", "-f", "y").words())
        .containsExactly("add", "vm", "--url", "x", "-f", "y");
    assertThat(of("list", "vms", "--state", "/s").words()).containsExactly("list", "vms");
  }

  @Test
  void scriptsAreGivenAsOvirtShellTookThem() {
    assertThat(of("shell", "-f", "a", "-E", "ping; info", "-c", "-e", "-F", "-A", "ca").files())
        .containsExactly("a");
    assertThat(of("shell", "-E", "ping").texts()).containsExactly("ping");
    assertThat(of("shell").words()).isEmpty();
  }

  @Test
  void aPasswordOnTheCommandLineIsRefused() {
    assertThatThrownBy(() -> of("--password", "secret", "list", "vms"))
        .isInstanceOf(ShellFailure.class)
        .hasMessageContaining("--password-file")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> of("--nonsense")).hasMessageContaining("--nonsense");
  }
}
