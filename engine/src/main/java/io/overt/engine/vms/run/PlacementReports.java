package io.overt.engine.vms.run;

import io.overt.engine.placement.Placed;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Vm;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import java.util.List;

/**
 * {@code GET /overt/api/vms/{vm}/placement}: why the machine was last placed where it was, or
 * nowhere; with {@code ?preview}, or as {@code POST}, where it would go now. Nothing is reserved.
 */
public final class PlacementReports {
  private final Platform platform;
  private final Placements placements;
  private final Placing placing;
  private final Resource<Vm> machines;

  public PlacementReports(Platform platform, Placements placements) {
    this.platform = platform;
    this.placements = placements;
    this.placing = new Placing(placements, platform.clock());
    this.machines = new Resource<>(platform, Kinds.VM);
  }

  public List<Extension> extensions() {
    return List.of(
        new Extension(
            "GET",
            "vms/{vm}/placement",
            "POST vms/{vm}/start",
            request -> wantsPreview(request) ? preview(request) : last(request)),
        new Extension("POST", "vms/{vm}/placement", "POST vms/{vm}/start", this::preview));
  }

  private static boolean wantsPreview(Extension.Request request) {
    String preview = request.parameter("preview");
    return preview != null && !preview.equals("false");
  }

  private Entity<Vm> machine(Extension.Request request, Snapshot snapshot) {
    return machines.require(request.call(), snapshot, request.name("vm"));
  }

  private JsonObject preview(Extension.Request request) {
    Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = machine(request, snapshot);
    Explanation explanation =
        placing.explain(snapshot, Placing.Question.of(VmParts.of(snapshot, vm)));
    return shown(vm, explanation).put("preview", true);
  }

  private JsonObject last(Extension.Request request) {
    Entity<Vm> vm = machine(request, platform.snapshot());
    Placed placed =
        placements
            .last(vm.id())
            .orElseThrow(
                () ->
                    ApiFault.missing(
                        "a placement of VM "
                            + vm.value().name()
                            + " since this engine started; add ?preview to see where it would go"));
    Explanation explanation = placed.explanation();
    JsonObject shown = explanation == null ? shown(vm, placed.placement()) : shown(vm, explanation);
    return shown.put("preview", false).put("time", placed.time().toString());
  }

  /** Of a placement that was not explained when it was made. */
  private static JsonObject shown(Entity<Vm> vm, Placement placement) {
    JsonObject json = new JsonObject().put("vm", vm.id());
    return switch (placement) {
      case Placement.Chosen chosen ->
          json.put("chosen", chosen.hostId())
              .put("chosen_name", chosen.hostName())
              .put("candidates", chosen.candidates());
      case Placement.Refused refused ->
          json.put("summary", refused.explanation())
              .put(
                  "hosts",
                  refused.rejections().stream()
                      .map(
                          rejection ->
                              new JsonObject()
                                  .put("host", rejection.hostId())
                                  .put("name", rejection.hostName())
                                  .put("passed", false)
                                  .put(
                                      "filters",
                                      List.of(
                                          filter(
                                              new Explanation.FilterVerdict(
                                                  rejection.filter(),
                                                  rejection.external(),
                                                  rejection.objection())))))
                      .toList());
    };
  }

  private static JsonObject shown(Entity<Vm> vm, Explanation explanation) {
    JsonObject json =
        new JsonObject()
            .put("vm", vm.id())
            .put("policy", explanation.policy())
            .put("selector", explanation.selector());
    if (explanation.chosen() != null) {
      json.put("chosen", explanation.chosen())
          .put("chosen_name", explanation.hosts().getFirst().hostName());
    }
    return json.put(
            "candidates", explanation.hosts().stream().filter(host -> host.place() > 0).count())
        .put("hosts", explanation.hosts().stream().map(PlacementReports::host).toList());
  }

  private static JsonObject host(Explanation.HostVerdict host) {
    JsonObject json =
        new JsonObject()
            .put("host", host.hostId())
            .put("name", host.hostName())
            .put("passed", host.place() > 0);
    if (host.place() > 0) {
      json.put("place", host.place()).put("total", host.total());
    }
    return json.put("filters", host.filters().stream().map(PlacementReports::filter).toList())
        .put("weights", host.weights().stream().map(PlacementReports::weight).toList());
  }

  private static JsonObject filter(Explanation.FilterVerdict verdict) {
    return new JsonObject()
        .put("unit", verdict.unit())
        .put("external", verdict.external())
        .put("code", verdict.objection().code())
        .put("reason", verdict.objection().text());
  }

  private static JsonObject weight(Explanation.WeightVerdict verdict) {
    return new JsonObject()
        .put("unit", verdict.unit())
        .put("factor", verdict.factor())
        .put("score", verdict.score())
        .put("rank", verdict.rank());
  }
}
