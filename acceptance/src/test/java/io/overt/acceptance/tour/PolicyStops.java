package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Scheduling policies, affinity, quality of service, profiles, quotas. */
final class PolicyStops {
  private final Tour tour;
  private final Client client;

  PolicyStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("scheduling policies", this::policies),
        new Stop("quality of service", this::qualities),
        new Stop("CPU profiles", this::cpuProfiles),
        new Stop("disk profiles", this::diskProfiles),
        new Stop("quotas", this::quotas),
        new Stop("affinity groups", this::affinityGroups),
        new Stop("affinity labels", this::affinityLabels));
  }

  private void policies() {
    Thing policy = client.create("/schedulingpolicies", "{name: 'ours', description: 'own'}");
    policy.update("{description: 'changed'}");
    part(policy, "filter", "filters", "{position: '-1', scheduling_policy_unit: {id: '%s'}}");
    part(policy, "weight", "weights", "{factor: 3, scheduling_policy_unit: {id: '%s'}}");
    part(policy, "load_balancing", "balances", "{scheduling_policy_unit: {id: '%s'}}");
    policy.remove();
    Thing known = client.named("/schedulingpolicies", "evenly_distributed");
    client.delete(known.path()).refused(400, "predefined");
    tour.highlight(known);
  }

  private void part(Thing policy, String type, String collection, String body) {
    for (JsonNode unit : client.get("/schedulingpolicyunits").expect(200).entries()) {
      if (unit.path("type").asText().equals(type)) {
        String text = body.formatted(unit.path("id").asText());
        Thing part =
            Thing.of(
                client, client.post(policy.path() + "/" + collection, text).expect(200).body());
        assertThat(part.id()).isEqualTo(unit.path("id").asText());
        part.remove();
        return;
      }
    }
    throw new AssertionError("no unit of type " + type);
  }

  private void qualities() {
    Thing qos =
        tour.center().create("qoss", "{name: 'gold', type: 'storage', max_throughput: 100}");
    qos.update("{description: 'best', max_throughput: 200}");
    qos.remove();
    tour.center().create("qoss", "{name: 'third', type: 'cpu', cpu_limit: 33}");
  }

  private void cpuProfiles() {
    Thing cluster = tour.cluster();
    Thing profile =
        client.create("/cpuprofiles", "{name: 'half', cluster: %s}".formatted(cluster.reference()));
    profile.update("{description: 'of a core'}");
    profile.remove();
    Thing assigned = cluster.create("cpuprofiles", "{name: 'whole'}");
    client.thing("/cpuprofiles/" + assigned.id()).reads("{name: 'whole'}");
    assigned.remove();
  }

  private void diskProfiles() {
    Thing domain = client.named("/storagedomains", "first");
    Thing profile =
        client.create(
            "/diskprofiles", "{name: 'lazy', storage_domain: %s}".formatted(domain.reference()));
    profile.update("{description: 'seldom used'}");
    profile.remove();
  }

  private void quotas() {
    Thing quota = tour.center().create("quotas", "{name: 'team', cluster_hard_limit_pct: 20}");
    quota.update("{description: 'ten people'}");
    Thing cluster =
        quota.create(
            "quotaclusterlimits",
            "{cluster: %s, vcpu_limit: 8, memory_limit: 16}".formatted(tour.cluster().reference()));
    cluster.remove();
    Thing domain = client.named("/storagedomains", "first");
    Thing storage =
        quota.create(
            "quotastoragelimits", "{storage_domain: %s, limit: 100}".formatted(domain.reference()));
    storage.remove();
    quota.create("quotaclusterlimits", "{vcpu_limit: 8}");
    quota.create("quotastoragelimits", "{limit: 100}");
    tour.highlight(quota);
    tour.center().create("quotas", "{name: 'nobody'}").remove();
  }

  private void affinityGroups() {
    Thing cluster = tour.cluster();
    Thing machine = tour.machine("together");
    Thing group =
        cluster.create(
            "affinitygroups",
            """
            {name: 'close', description: 'x', vms_rule: {enabled: true, positive: true,
             enforcing: false}, hosts_rule: {enabled: true, positive: true, enforcing: false}}
            """);
    group.update("{description: 'y'}");
    Thing label = client.create("/affinitylabels", "{name: 'lab'}");
    member(group, "vms", machine);
    member(group, "hosts", tour.host(0));
    member(group, "vmlabels", label);
    member(group, "hostlabels", label);
    group.remove();
    cluster.create(
        "affinitygroups", "{name: 'kept', vms: {vm: [%s]}}".formatted(machine.reference()), "vms");
  }

  /** Puts something in a list of references and takes it out. */
  private void member(Thing holder, String list, Thing member) {
    client.post(holder.path() + "/" + list, member.reference()).expect(200, 201);
    assertThat(holder.count(list)).isEqualTo(1);
    client.delete(holder.path() + "/" + list + "/" + member.id()).expect(200);
    assertThat(holder.count(list)).isZero();
  }

  private void affinityLabels() {
    Thing label = client.create("/affinitylabels", "{name: 'ssd'}");
    label.update("{name: 'nvme'}");
    Thing machine = tour.machine("labelled");
    member(label, "vms", machine);
    member(label, "hosts", tour.host(0));
    Thing assigned = machine.create("affinitylabels", label.reference());
    assigned.remove();
    machine.create("affinitylabels", label.reference());
    client.post(label.path() + "/hosts", tour.host(0).reference()).expect(200, 201);
    tour.highlight(label);
    tour.highlight(machine);
    client.create("/affinitylabels", "{name: 'gone'}").remove();
  }
}
