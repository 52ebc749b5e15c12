package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookRun;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.vms.HookPreview;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** Verbs about scripts, which VDSM does not have. */
final class HookVerbs implements Verbs.VerbGroup {

  private final HookPreview preview;
  private final Hypervisor hypervisor;

  HookVerbs(HookPreview preview, Hypervisor hypervisor) {
    this.preview = preview;
    this.hypervisor = hypervisor;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Overt.previewHooks", this::preview);
  }

  /** With {@code xml}, of a launch that would use it; else of the running machine. */
  private Object preview(Parameters parameters) {
    UUID vm = parameters.uuid("vmID");
    String name = parameters.text("point");
    HookPoint point =
        HookPoint.of(name)
            .orElseThrow(
                () ->
                    Parameters.wrong(
                        "point",
                        name,
                        "one of "
                            + Arrays.stream(HookPoint.values()).map(HookPoint::text).toList()));
    HookPreview.Result result;
    try {
      result =
          parameters
              .optionalText("xml")
              .map(xml -> preview.ofLaunch(point, vm, xml))
              .orElseGet(() -> preview.of(point, vm, hypervisor.xml(vm)));
    } catch (IllegalArgumentException e) {
      throw new VdsmError(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage()), e);
    }
    return Answer.object()
        .put("before", result.before())
        .put("after", result.after())
        .put("diff", result.diff())
        .put("failure", result.failure().orElse(""))
        .put("scripts", result.runs().stream().map(HookVerbs::script).toList())
        .build();
  }

  private static Map<String, Object> script(HookRun run) {
    return Map.of(
        "script", run.script().toString(),
        "exitCode", run.exitCode(),
        "overdue", run.overdue(),
        "milliseconds", run.took().toMillis(),
        "errors", run.errors());
  }
}
