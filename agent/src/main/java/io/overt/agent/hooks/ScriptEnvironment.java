package io.overt.agent.hooks;

import io.overt.vdsmrpc.properties.PropertyNames;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The variables that scripts see; later ones win over earlier ones of the same name. */
final class ScriptEnvironment {

  private static final Logger log = LoggerFactory.getLogger(ScriptEnvironment.class);
  private static final String STANDARD_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Of the agent's environment, what says where and how, and nothing else. */
  private static final Set<String> HARMLESS =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "LC_ALL",
          "LC_CTYPE",
          "LC_MESSAGES",
          "TZ",
          "TERM",
          "TMPDIR",
          "PYTHONPATH",
          "XDG_RUNTIME_DIR");

  private final Map<String, String> inherited = new LinkedHashMap<>();

  ScriptEnvironment(HookSettings settings, Map<String, String> own) {
    inherited.put("PATH", STANDARD_PATH);
    own.forEach(
        (name, value) -> {
          if (HARMLESS.contains(name) || settings.passedOn().contains(name)) {
            inherited.put(name, value);
          }
        });
  }

  Map<String, String> of(HookPoint point, HookContext context, Path document, Path modules) {
    Map<String, String> variables = new LinkedHashMap<>(inherited);
    add(variables, point, context.particulars());
    add(variables, point, context.properties());
    context.vm().ifPresent(vm -> variables.put("vmId", vm.toString()));
    variables.put("PYTHONPATH", pythonPath(modules));
    variables.put(point.document().variable(), document.toString());
    return variables;
  }

  private static void add(
      Map<String, String> variables, HookPoint point, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          if (PropertyNames.refused(name) || value.indexOf('\0') >= 0) {
            log.warn("{} scripts do not see the property '{}'", point.text(), name);
          } else {
            variables.put(name, value);
          }
        });
  }

  /** An empty element would put the working directory on Python's path. */
  private String pythonPath(Path modules) {
    return Pattern.compile(":")
        .splitAsStream(inherited.getOrDefault("PYTHONPATH", "") + ":" + modules)
        .filter(element -> !element.isEmpty())
        .collect(Collectors.joining(":"));
  }
}
