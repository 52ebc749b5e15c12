package io.overt.dist.schedule;

import io.overt.scheduling.replay.RecordedCase;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.vdsmrpc.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads cases from lines of JSON: {@code {"case": 0, "vm": {…}, "hosts": [{…}], "policies":
 * {"none": {"params": {…}, "passed": [id], "weights": [{"unit", "factor", "scores": {id: n}}],
 * "selected": id}}}}; sizes are MiB.
 */
final class RecordedCases {
  private RecordedCases() {}

  /**
   * @throws IllegalArgumentException naming the member that is missing or of another type
   */
  static RecordedCase read(String line) {
    Fields root = new Fields("", object(Json.parse(line.getBytes(StandardCharsets.UTF_8)), "case"));
    Fields vm = root.fields("vm");
    List<HostFacts> hosts = new ArrayList<>();
    Map<String, Double> schedulable = new HashMap<>();
    for (Fields host : root.list("hosts")) {
      hosts.add(host(host));
      schedulable.put(host.text("id"), host.number("maxSchedulingMemory").doubleValue());
    }
    List<RecordedCase.Decided> decisions = new ArrayList<>();
    Fields policies = root.fields("policies");
    for (String policy : policies.names()) {
      decisions.add(decided(policy, policies.fields(policy)));
    }
    return new RecordedCase(
        String.valueOf(root.number("case")),
        ClusterRules.PLAIN,
        machine(vm),
        hosts,
        schedulable,
        decisions);
  }

  private static Machine machine(Fields vm) {
    return new Machine(
        "vm",
        "vm",
        new Machine.MemoryNeed(
            vm.integer("memMb"),
            vm.integer("minMemMb"),
            vm.integer("staticOverheadMb"),
            vm.integer("overheadMb")),
        Machine.CpuNeed.of(vm.integer("sockets"), vm.integer("coresPerSocket")),
        null,
        false,
        false,
        Migratability.MIGRATABLE,
        Set.of(),
        Machine.Needs.NONE,
        Machine.Special.NONE);
  }

  private static HostFacts host(Fields host) {
    return new HostFacts(
        host.text("id"),
        host.text("id"),
        true,
        new HostFacts.Topology(
            host.integer("cpuSockets"), host.integer("cpuCores"), host.integer("cpuThreads")),
        host.integer("usageCpuPercent"),
        new HostFacts.Memory(
            host.integer("physicalMemMb"),
            host.integer("memFreeMb"),
            host.integer("reservedMemMb"),
            host.integer("guestOverheadMb"),
            host.integer("swapFreeMb"),
            host.integer("swapTotalMb"),
            host.integer("overcommitPercent")),
        false,
        0,
        new HostFacts.Load(
            host.integer("memCommitedMb"),
            host.integer("vmCount"),
            host.integer("vmCount"),
            host.integer("vmsCoresCount"),
            host.integer("maxRunningVmsSharedCores"),
            0),
        Set.of(),
        HostFacts.Special.NONE);
  }

  private static RecordedCase.Decided decided(String policy, Fields fields) {
    Map<String, String> properties = new LinkedHashMap<>();
    Fields params = fields.fields("params");
    params.names().forEach(name -> properties.put(name, params.text(name)));
    Set<String> passed = new HashSet<>();
    for (Object id : fields.array("passed")) {
      passed.add(String.valueOf(id));
    }
    List<RecordedCase.Scores> weights = new ArrayList<>();
    for (Fields weight : fields.list("weights")) {
      Fields scores = weight.fields("scores");
      Map<String, Integer> byHost = new HashMap<>();
      scores.names().forEach(id -> byHost.put(id, scores.integer(id)));
      weights.add(new RecordedCase.Scores(weight.text("unit"), weight.integer("factor"), byHost));
    }
    return new RecordedCase.Decided(
        policy, properties, passed, weights, fields.optionalText("selected"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value, String where) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException(where + " is no object");
  }

  /** The members of an object, by name; a wrong one is named by its path. */
  private record Fields(String path, Map<String, Object> values) {
    Set<String> names() {
      return values.keySet();
    }

    private Object require(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException(path + name + " is missing");
      }
      return value;
    }

    Number number(String name) {
      if (require(name) instanceof Number number) {
        return number;
      }
      throw new IllegalArgumentException(
          "%s%s is '%s', expected a number".formatted(path, name, values.get(name)));
    }

    int integer(String name) {
      return Math.toIntExact(number(name).longValue());
    }

    String text(String name) {
      return String.valueOf(require(name));
    }

    @Nullable String optionalText(String name) {
      return Objects.toString(values.get(name), null);
    }

    Fields fields(String name) {
      return new Fields(path + name + ".", object(require(name), path + name));
    }

    List<?> array(String name) {
      if (require(name) instanceof List<?> list) {
        return list;
      }
      throw new IllegalArgumentException(path + name + " is no array");
    }

    List<Fields> list(String name) {
      List<Fields> all = new ArrayList<>();
      for (Object item : array(name)) {
        String where = "%s%s[%d]".formatted(path, name, all.size());
        all.add(new Fields(where + ".", object(item, where)));
      }
      return all;
    }
  }
}
