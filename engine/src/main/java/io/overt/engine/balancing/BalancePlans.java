package io.overt.engine.balancing;

import io.overt.access.session.Caller;
import io.overt.engine.placement.ClusterView;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import io.overt.scheduling.balancing.Balance;
import io.overt.scheduling.balancing.Evacuation;
import io.overt.scheduling.balancing.Plan;
import io.overt.scheduling.unit.Settings;
import java.util.List;

/**
 * {@code GET /overt/api/clusters/{cluster}/balance}: how even a cluster is, and the moves that
 * would even it out; {@code POST} has them made by a job. {@code GET
 * /overt/api/hosts/{host}/evacuation}: where the machines of a host would go.
 */
public final class BalancePlans {
  private final Platform platform;
  private final Placements placements;
  private final BalanceCluster balance;
  private final Resource<Cluster> clusters;
  private final Resource<Host> hosts;

  public BalancePlans(Platform platform, Placements placements, BalanceCluster balance) {
    this.platform = platform;
    this.placements = placements;
    this.balance = balance;
    this.clusters = new Resource<>(platform, Kinds.CLUSTER);
    this.hosts = new Resource<>(platform, Kinds.HOST);
  }

  public List<Extension> extensions() {
    return List.of(
        new Extension("GET", "clusters/{cluster}/balance", "PUT clusters/{cluster}", this::preview),
        new Extension("POST", "clusters/{cluster}/balance", "PUT clusters/{cluster}", this::run),
        new Extension(
            "GET", "hosts/{host}/evacuation", "POST hosts/{host}/deactivate", this::evacuation));
  }

  private JsonObject preview(Extension.Request request) {
    Entity<Cluster> cluster = cluster(request);
    return new JsonObject()
        .put("cluster", cluster.id())
        .put("plan", shown(balance.plan(cluster.id())));
  }

  private Entity<Cluster> cluster(Extension.Request request) {
    return clusters.require(request.call(), platform.snapshot(), request.name("cluster"));
  }

  private JsonObject run(Extension.Request request) {
    Entity<Cluster> cluster = cluster(request);
    Plan plan = balance.plan(cluster.id());
    JsonObject answer = new JsonObject().put("cluster", cluster.id()).put("plan", shown(plan));
    if (plan.moves().isEmpty()) {
      return answer;
    }
    Caller caller = platform.caller(request.call());
    String job =
        platform.write(
            transaction ->
                balance.start(transaction, cluster, caller.userId(), caller.correlationId()));
    return answer.put("job", job);
  }

  private JsonObject evacuation(Extension.Request request) {
    Entity<Host> host = hosts.require(request.call(), platform.snapshot(), request.name("host"));
    if (host.value().cluster() == null) {
      throw ApiFault.conflict("host " + host.value().name() + " is in no cluster");
    }
    ClusterView view = placements.view(host.value().cluster().requireId());
    Plan plan =
        Evacuation.plan(
            view.state(), view.policy(), Settings.DEFAULT, host.id(), platform.clock().millis());
    return new JsonObject().put("host", host.id()).put("plan", shown(plan));
  }

  private static JsonObject shown(Plan plan) {
    return new JsonObject()
        .put("before", shown(plan.before()))
        .put("after", shown(plan.after()))
        .put("memory_mb", plan.memoryMb())
        .put("moves", plan.moves().stream().map(BalancePlans::shown).toList())
        .put(
            "unplaced",
            plan.unplaced().stream()
                .map(
                    each ->
                        new JsonObject()
                            .put("vm", each.machineId())
                            .put("name", each.machineName())
                            .put("reason", each.reason().explanation()))
                .toList());
  }

  private static JsonObject shown(Plan.Move move) {
    return new JsonObject()
        .put("vm", move.machineId())
        .put("name", move.machineName())
        .put("from", move.fromId())
        .put("from_name", move.fromName())
        .put("to", move.toId())
        .put("to_name", move.toName())
        .put("memory_mb", move.memoryMb())
        .put("gain", tenths(move.gain()));
  }

  private static JsonObject shown(Balance balance) {
    return new JsonObject()
        .put("hosts", balance.hosts())
        .put("imbalance", tenths(balance.imbalance()))
        .put("cpu_mean", tenths(balance.cpuMean()))
        .put("cpu_spread", tenths(balance.cpuSpread()))
        .put("cpu_most", tenths(balance.cpuMost()))
        .put("memory_mean", tenths(balance.memoryMean()))
        .put("memory_spread", tenths(balance.memorySpread()))
        .put("memory_most", tenths(balance.memoryMost()));
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
