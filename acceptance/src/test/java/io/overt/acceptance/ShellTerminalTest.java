package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.simulated.Faults.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody types at the shell, in a real terminal. */
@Timeout(120)
@ExtendWith(SharedEngine.class)
class ShellTerminalTest {
  private static final String PROMPT = "\\[Overt shell \\(connected\\)\\]#";

  private final EngineFixture engine;

  ShellTerminalTest(EngineFixture engine) {
    engine.farm();
    this.engine = engine;
  }

  @Test
  void aMachineIsMadeStartedWatchedAndRemovedByHand() {
    try (ShellProgram shell = new ShellProgram(engine)) {
      List<String> command = new ArrayList<>(shell.command());
      command.add("shell");
      try (Tmux tmux = new Tmux(command, shell.environment())) {
        tmux.await(PROMPT + "$");
        make(tmux);
        start(tmux);
        watch(tmux, shell);
        goOn(tmux);
        tmux.type("remove vm typed-two --wait").press("Enter").await("100%\\n" + PROMPT + "$");
        tmux.type("exit").press("Enter");
        tmux.await("ended: 0$");
      }
      assertThat(shell.home().resolve(".local/state/overt-shell/history"))
          .content()
          .contains("remove vm typed-two");
    }
  }

  private static void make(Tmux tmux) {
    tmux.type("add vm --name typed-one --cluster-name Default --template-name Blank \\")
        .press("Enter")
        .await("\\n>$");
    tmux.type("--os-kernel /boot/vmlinuz --memory 256MiB -o name").press("Enter");
    tmux.await("\\ntyped-one\\n" + PROMPT + "$");
    tmux.type("list vms -s name=typed-*").press("Enter");
    tmux.await("NAME +STATUS +HOST.NAME.*\\ntyped-one +down");
  }

  /** The name is completed; a host that takes its time lets the bar be seen on its way. */
  private void start(Tmux tmux) {
    engine
        .farm()
        .hosts()
        .hosts()
        .forEach(
            host -> host.hypervisor().faults().hang(Operation.CREATE, Duration.ofMillis(400), 1));
    tmux.type("action vm typed-").press("Tab");
    tmux.await("action vm typed-one$");
    tmux.type("sta").press("Tab").await("typed-one start");
    tmux.type("--wait").press("Enter");
    tmux.await("[▸✔] Launching VM typed-one  \\[█*░*\\] [0-9]+%");
    tmux.await("✔ Launching VM typed-one  \\[█+\\] 100%");
    engine.farm().hosts().hosts().forEach(host -> host.hypervisor().faults().clear());
  }

  private static void watch(Tmux tmux, ShellProgram shell) {
    tmux.type("list vms -s name=typed-* --watch").press("Enter").await("\\ntyped-one +up");
    assertThat(shell.run("update", "vm", "typed-one", "--name", "typed-two", "-q").code()).isZero();
    tmux.await("\\ntyped-two +up");
    tmux.press("C-c").await("Interrupted\\s+" + PROMPT + "$");
    tmux.type("status").press("Enter").await("\\n3\\n" + PROMPT + "$");
  }

  /** Ctrl-c ends a wait and not the shell; ctrl-r finds what was typed; contexts are entered. */
  private static void goOn(Tmux tmux) {
    tmux.type("stop vm typed-two --wait").press("Enter");
    tmux.await("✔ Stopping VM typed-two");
    tmux.press("C-r").type("add vm").await("add vm --name typed-one");
    tmux.press("C-c").type("cd /vms/typed-two").press("Enter");
    tmux.await("\\(connected\\) /vms/typed-two\\]#$");
    tmux.type("ls").press("Enter").await("\\ndiskattachments\\n");
    tmux.type("cd /").press("Enter").await(PROMPT + "$");
  }
}
