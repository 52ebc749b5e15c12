package io.overt.engine.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.AffinityGroupVmsService;
import io.overt.model.services.AffinityGroupsService;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test has a cluster of its own, with two machines and two hosts. */
class AffinityConflictsTest {
  private static TestEngine engine;

  private final String cluster = UUID.randomUUID().toString();
  private final String vm1 = UUID.randomUUID().toString();
  private final String vm2 = UUID.randomUUID().toString();
  private final String host1 = UUID.randomUUID().toString();
  private final String host2 = UUID.randomUUID().toString();
  private final AffinityGroups groups = new AffinityGroups(engine.platform(), cluster);

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  AffinityConflictsTest() {
    engine
        .inventory()
        .change(
            transaction -> {
              Cluster own = new Cluster().id(cluster);
              transaction.insert(Kinds.CLUSTER, own.copy().name("cluster-" + cluster));
              for (String vm : List.of(vm1, vm2)) {
                transaction.insert(Kinds.VM, new Vm().id(vm).name("vm-" + vm).cluster(own));
              }
              for (String host : List.of(host1, host2)) {
                transaction.insert(
                    Kinds.HOST, new Host().id(host).name("host-" + host).cluster(own));
              }
            });
  }

  private static AffinityRule rule(boolean positive, boolean enforcing) {
    return new AffinityRule().enabled(true).positive(positive).enforcing(enforcing);
  }

  private static List<Vm> vms(String... ids) {
    return Arrays.stream(ids).map(id -> new Vm().id(id)).toList();
  }

  private static List<Host> hosts(String... ids) {
    return Arrays.stream(ids).map(id -> new Host().id(id)).toList();
  }

  private String add(
      String name,
      @Nullable AffinityRule vmsRule,
      @Nullable AffinityRule hostsRule,
      List<Vm> vms,
      List<Host> hosts) {
    AffinityGroup group = new AffinityGroup().name(name).vms(vms).hosts(hosts);
    group.vmsRule(vmsRule == null ? new AffinityRule().enabled(false) : vmsRule);
    group.hostsRule(hostsRule == null ? new AffinityRule().enabled(false) : hostsRule);
    return Objects.requireNonNull(
            groups
                .add(new AffinityGroupsService.AddRequest(engine.call().with("group", group)))
                .entity())
        .requireId();
  }

  private static void contradicts(Runnable call, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.CONFLICT))
        .hasMessageContainingAll(words);
  }

  private static List<String> events(String word) {
    return engine.inventory().snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .filter(event -> Objects.requireNonNullElse(event.description(), "").contains(word))
        .map(Event::description)
        .toList();
  }

  @Test
  void enforcedRulesThatKeepMachinesTogetherAndApartAreRefused() {
    String together = add("t" + vm1, rule(true, true), null, vms(vm1, vm2), List.of());
    contradicts(
        () -> add("a" + vm1, rule(false, true), null, vms(vm1, vm2), List.of()),
        "'t" + vm1 + "'",
        "'a" + vm1 + "'");
    String apart = add("b" + vm1, rule(false, true), null, vms(vm1), List.of());
    contradicts(
        () ->
            groups
                .group(apart)
                .vms()
                .add(
                    new AffinityGroupVmsService.AddRequest(
                        engine.call().with("vm", new Vm().id(vm2)))),
        "are to be together by");
    assertThat(together).isNotEmpty();
  }

  @Test
  void aHostThatIsWantedAndUnwantedIsRefusedIfBothAreEnforced() {
    add("on" + vm1, null, rule(true, true), vms(vm1), hosts(host1));
    contradicts(
        () -> add("off" + vm1, null, rule(false, true), vms(vm1), hosts(host1)),
        "are to be on a host by 'on" + vm1 + "'");
  }

  @Test
  void softRulesThatContradictAreToldByAnEvent() {
    add("on" + vm2, null, rule(true, true), vms(vm2), hosts(host1));
    add("soft" + vm2, null, rule(true, false), vms(vm2), hosts(host2));
    assertThat(events("soft" + vm2)).anyMatch(text -> text.contains("on" + vm2));
  }

  @Test
  void machinesThatBelongTogetherNeedACommonHost() {
    add("x" + vm1, null, rule(true, true), vms(vm1), hosts(host1));
    add("y" + vm2, null, rule(true, true), vms(vm2), hosts(host2));
    contradicts(
        () -> add("z" + vm1, rule(true, true), null, vms(vm1, vm2), List.of()),
        "no host may have them all");
  }

  @Test
  void machinesThatAreKeptApartNeedAsManyHosts() {
    add("p" + vm1, rule(false, true), null, vms(vm1, vm2), List.of());
    contradicts(
        () -> add("q" + vm1, null, rule(true, true), vms(vm1, vm2), hosts(host1)),
        "fewer hosts in 'q" + vm1 + "'");
    add("r" + vm1, null, rule(true, true), vms(vm1, vm2), hosts(host1, host2));
  }
}
