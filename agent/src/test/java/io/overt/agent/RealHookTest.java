package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.AgentMain.RunningAgent;
import io.overt.agent.hooks.HookPoint;
import io.overt.libvirt.testing.PrivateLibvirt;
import io.overt.libvirt.testing.TestGuest;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts change what real libvirt and QEMU run, through the agent as it is shipped. */
@Timeout(300)
class RealHookTest {

  /** Lets a guest use any MAC address, if its administrator says so. */
  private static final String FREE_MAC =
      """
      #!/usr/bin/python3
      import os
      import hooking

      if hooking.tobool(os.environ.get('ifacemacspoof')):
          document = hooking.read_domxml()
          for interface in document.getElementsByTagName('interface'):
              for filter in interface.getElementsByTagName('filterref'):
                  if filter.getAttribute('filter') == 'vdsm-no-mac-spoofing':
                      interface.removeChild(filter)
                      hooking.log('removed a filter')
          hooking.write_domxml(document)
      """;

  private final PrivateLibvirt libvirt = PrivateLibvirt.shared();
  @TempDir private Path directory;
  private ScriptDirectory scripts;

  @BeforeEach
  void install() {
    scripts = new ScriptDirectory(directory.resolve("scripts"));
  }

  private RunningAgent agent() {
    return AgentMain.start(
        AgentSettings.read(
            List.of(
                "--port=0",
                "--bind-address=127.0.0.1",
                "--tls=false",
                "--virt-type=qemu",
                "--hooks=" + scripts.path(),
                "--libvirt-uri=" + libvirt.uri(),
                "--state-directory=" + directory.resolve("state"),
                "--storage-root=" + directory.resolve("data-center"))));
  }

  private static RpcClient connect(RunningAgent agent) {
    RpcClient client = RpcClient.builder("127.0.0.1", agent.port()).connect();
    Engine.await(
        "recovery",
        () -> {
          try {
            return Boolean.TRUE.equals(client.call("Host.ping2", Map.of()));
          } catch (RpcException e) {
            return false;
          }
        });
    return client;
  }

  private static Map<String, Object> vm(TestGuest guest) {
    return Map.of("vmID", guest.uuid().toString());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> statistics(RpcClient client, TestGuest guest) {
    List<Object> answer = (List<Object>) client.call("VM.getStats", vm(guest));
    return (Map<String, Object>) answer.getFirst();
  }

  private static String start(RpcClient client, TestGuest guest, String xml) {
    client.call(
        "VM.create",
        Map.of(
            "vmID",
            guest.uuid().toString(),
            "vmParams",
            Map.of("vmId", guest.uuid().toString(), "xml", xml)));
    Engine.await(
        "the launch's end",
        Duration.ofSeconds(60),
        () -> !"WaitForLaunch".equals(statistics(client, guest).get("status")));
    return String.valueOf(statistics(client, guest).get("status"));
  }

  private static String with(String properties, String xml) {
    return xml.replace(
        "<devices>",
        """
        <metadata><ovirt-vm:vm xmlns:ovirt-vm="http://ovirt.org/vm/1.0"><ovirt-vm:custom>
        %s</ovirt-vm:custom></ovirt-vm:vm></metadata><devices>"""
            .formatted(properties));
  }

  @Test
  void aPropertyFreesARunningDomainOfItsFilter() {
    scripts.install(HookPoint.BEFORE_VM_START, "50_macspoof", FREE_MAC);
    TestGuest bound = new TestGuest("hook-bound", libvirt.directory());
    TestGuest free = new TestGuest("hook-free", libvirt.directory());
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      assertThat(start(client, bound, bound.xml())).isIn("Powering up", "Up");
      assertThat(agent.hypervisor().xml(bound.uuid())).contains("vdsm-no-mac-spoofing");
      client.call("VM.destroy", vm(bound));

      String asked = with("<ovirt-vm:ifacemacspoof>true</ovirt-vm:ifacemacspoof>", free.xml());
      assertThat(start(client, free, asked)).isIn("Powering up", "Up");
      assertThat(agent.hypervisor().xml(free.uuid()))
          .contains("<interface")
          .doesNotContain("filterref");
      client.call("VM.destroy", vm(free));
    }
  }

  @Test
  void aScriptThatRefusesLeavesNoDomainAndSaysWhy() {
    scripts.install(
        HookPoint.BEFORE_VM_START,
        "10_refuse",
        """
        #!/usr/bin/python3
        from vdsm.hook import hooking
        hooking.exit_hook('no room on this host')
        """);
    scripts.record(HookPoint.AFTER_VM_START);
    scripts.record(HookPoint.AFTER_VM_DESTROY);
    TestGuest guest = new TestGuest("hook-refused", libvirt.directory());
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      assertThat(start(client, guest, guest.xml())).isEqualTo("Down");
      assertThat(String.valueOf(statistics(client, guest).get("exitMessage")))
          .contains("10_refuse")
          .contains("no room on this host");
      assertThat(agent.hypervisor().find(guest.uuid())).isEmpty();
      client.call("VM.destroy", vm(guest));
      assertThat(scripts.points()).containsExactly("after_vm_destroy");
    }
  }

  @Test
  void scriptsHearOfEveryPauseAndMayStartAGuestPaused() {
    scripts.install(
        HookPoint.BEFORE_VM_START,
        "50_paused",
        """
        #!/usr/bin/python3
        import os
        import hooking
        assert hooking.load_vm_launch_flags_from_file(os.environ['vmId']) == 0
        hooking.dump_vm_launch_flags_to_file(os.environ['vmId'], 1)
        """);
    for (HookPoint point :
        List.of(
            HookPoint.BEFORE_VDSM_START,
            HookPoint.AFTER_VM_START,
            HookPoint.BEFORE_VM_CONT,
            HookPoint.AFTER_VM_CONT,
            HookPoint.BEFORE_VM_PAUSE,
            HookPoint.AFTER_VM_PAUSE,
            HookPoint.BEFORE_VM_DESTROY,
            HookPoint.AFTER_VM_DESTROY,
            HookPoint.AFTER_VDSM_STOP)) {
      scripts.record(point);
    }
    TestGuest guest = new TestGuest("hook-paused", libvirt.directory());
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      assertThat(start(client, guest, guest.xml())).isEqualTo("Paused");
      client.call("VM.cont", vm(guest));
      await(HookPoint.AFTER_VM_CONT);
      client.call("VM.pause", vm(guest));
      await(HookPoint.AFTER_VM_PAUSE);
      assertThat(scripts.records(HookPoint.AFTER_VM_PAUSE).getFirst().document())
          .startsWith("<domain")
          .contains(guest.uuid().toString());
      client.call("VM.destroy", vm(guest));
    }
    assertThat(scripts.points())
        .containsExactly(
            "before_vdsm_start",
            "after_vm_start",
            "before_vm_cont",
            "after_vm_cont",
            "before_vm_pause",
            "after_vm_pause",
            "before_vm_destroy",
            "after_vm_destroy",
            "after_vdsm_stop");
  }

  private void await(HookPoint point) {
    Engine.await(point.text(), () -> !scripts.records(point).isEmpty());
  }
}
