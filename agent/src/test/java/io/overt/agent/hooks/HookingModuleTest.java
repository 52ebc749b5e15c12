package io.overt.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.ScriptDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What scripts may import, used by Python scripts in real chains. */
@Timeout(60)
class HookingModuleTest {

  private final UUID vm = UUID.randomUUID();
  private final List<HookRun> runs = new ArrayList<>();
  @TempDir private Path directory;
  private ScriptDirectory scripts;
  private Hooks hooks;

  @BeforeEach
  void start() {
    scripts = new ScriptDirectory(directory.resolve("hooks"));
    hooks = new Hooks(scripts.settings(), runs::add);
  }

  private Optional<Hooks.Result> python(HookPoint point, String text, String document) {
    scripts.install(point, "50_python", "#!/usr/bin/python3\n" + text);
    return hooks.runToEnd(point, HookContext.vm(vm, Map.of("colour", "blue")), () -> document);
  }

  private void succeeds(String text) {
    Hooks.Result result = python(HookPoint.BEFORE_VM_START, text, "<domain/>").orElseThrow();
    assertThat(result.failures()).as("%s", result.failures()).isEmpty();
  }

  @Test
  void everyModuleIsShipped() throws IOException {
    Path sources = Path.of("src/main/resources/io/overt/agent/hooks/python");
    try (var files = Files.walk(sources)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".py"))
                  .map(file -> sources.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(PythonModules.FILES);
    }
  }

  @Test
  void xmlIsReadAndWritten() {
    Hooks.Result result =
        python(
                HookPoint.BEFORE_VM_START,
                """
                import os
                import hooking
                document = hooking.read_domxml()
                name = document.getElementsByTagName('name')[0]
                name.setAttribute('colour', os.environ['colour'])
                hooking.write_domxml(document)
                """,
                "<domain><name>gäst</name></domain>")
            .orElseThrow();
    assertThat(result.failures()).isEmpty();
    assertThat(result.document())
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                + "<domain><name colour=\"blue\">gäst</name></domain>");
  }

  @Test
  void jsonIsReadAndWritten() {
    scripts.install(
        HookPoint.AFTER_GET_STATS,
        "50_python",
        """
        #!/usr/bin/python3
        from vdsm.hook import hooking
        data = hooking.read_json()
        data['more'] = [data['name'], None, 1.5]
        hooking.write_json(data)
        """);
    assertThat(
            hooks.json(
                HookPoint.AFTER_GET_STATS, HookContext.host(), Map.<String, Object>of("name", "ü")))
        .hasToString("{name=ü, more=[ü, null, 1.5]}");
  }

  @Test
  void scriptsOf34RunUnderTodaysPython() {
    scripts.install(
        HookPoint.BEFORE_VM_START,
        "50_old",
        """
        #!/usr/bin/python
        import os
        import sys
        import hooking
        import traceback
        if 'colour' in os.environ:
            try:
                domxml = hooking.read_domxml()
                vcpu = domxml.getElementsByTagName('vcpu')[0]
                if not vcpu.hasAttribute('cpuset'):
                    vcpu.setAttribute('cpuset', file('/dev/null').read() + '0-1')
                    hooking.write_domxml(domxml)
            except:
                sys.stderr.write('%s\\n' % traceback.format_exc())
                sys.exit(2)
        """);
    assertThat(
            hooks.run(
                HookPoint.BEFORE_VM_START,
                HookContext.vm(vm, Map.of("colour", "x")),
                () -> "<domain><vcpu>2</vcpu></domain>"))
        .hasValueSatisfying(xml -> assertThat(xml).contains("cpuset=\"0-1\""));
  }

  @Test
  void anExitSaysWhyAndWithWhichCode() {
    Hooks.Result two =
        python(HookPoint.BEFORE_VM_START, "import hooking\nhooking.exit_hook('no')\n", "<d/>")
            .orElseThrow();
    assertThat(two.failures().getFirst().exitCode()).isEqualTo(2);
    assertThat(two.failures().getFirst().errors()).isEqualTo("no");
    Hooks.Result one =
        python(
                HookPoint.BEFORE_VM_START,
                "import hooking\nhooking.log('a line')\nhooking.exit_hook('no', return_code=1)\n",
                "<d/>")
            .orElseThrow();
    assertThat(one.failures().getFirst().exitCode()).isEqualTo(1);
    assertThat(one.failures().getFirst().errors()).isEqualTo("a line\nno");
  }

  @Test
  void yesAndNo() {
    succeeds(
        """
        from hooking import tobool
        yes = [True, 'true', 'TRUE', '1', '2', '-1']
        no = [None, False, 'false', 'yes', '', '0', 'on', [], object()]
        assert [value for value in yes if not tobool(value)] == []
        assert [value for value in no if tobool(value)] == []
        """);
  }

  @Test
  void programsRun() {
    succeeds(
        """
        import hooking
        assert hooking.execCmd(['printf', 'a\\\\nb\\\\n']) == (0, [b'a', b'b'], [])
        assert hooking.execCmd(['cat'], data=b'xyz', raw=True) == (0, b'xyz', b'')
        rc, out, err = hooking.execCmd(['sh', '-c', 'pwd; echo $X >&2; exit 3'], cwd='/',
                                       env={'X': 'y'}, nice=5, setsid=True)
        assert (rc, out, err) == (3, [b'/'], [b'y'])
        assert hooking.execCmd(['id'], sudo=False)[0] == 0
        """);
  }

  @Test
  void everythingThatScriptsImportIsThere() {
    succeeds(
        """
        import urllib
        import hooking
        urllib.parse.urlparse
        from vdsm.hook import hooking as other
        names = ('read_domxml write_domxml read_json write_json log exit_hook execCmd tobool '
                 'load_vm_launch_flags_from_file dump_vm_launch_flags_to_file '
                 'os sys io json minidom hooks').split()
        for name in names:
            assert getattr(hooking, name) is getattr(other, name), name
        from vdsm.common.units import KiB, MiB, GiB, TiB, PiB
        assert PiB == 2 ** 50
        from vdsm.config import config
        assert config.getboolean('vars', 'ssl') in (True, False)
        config.get('vars', 'fake_kvm_memory')
        from vdsm.common import cpuarch
        assert cpuarch.is_x86(cpuarch.X86_64) and not cpuarch.is_ppc(cpuarch.X86_64)
        assert cpuarch.is_ppc(cpuarch.PPC64LE) and cpuarch.is_arm(cpuarch.AARCH64)
        assert cpuarch.is_s390(cpuarch.S390X)
        cpuarch.real(), cpuarch.effective(), cpuarch.UnsupportedArchitecture('x')
        from vdsm import cpuinfo, osinfo
        assert len(cpuinfo.flags()) > 0
        enabled, module = osinfo.nested_virtualization()
        from vdsm.common import constants
        assert constants.P_VDSM_HOOKS == '/usr/libexec/vdsm/hooks/'
        assert constants.P_VDSM_RUN.rstrip('/') == '/run/vdsm'
        assert constants.SYSCONF_PATH
        from vdsm.common import cmdutils
        assert cmdutils.CommandPath('sh', '/absent/sh').cmd.endswith('/sh')
        str(cmdutils.Error(['x'], 1, b'', b''))
        from vdsm.network.link.bond import Bond
        assert not Bond('absent0').slaves
        """);
  }
}
