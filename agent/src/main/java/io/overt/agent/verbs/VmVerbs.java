package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.vms.Samples;
import io.overt.agent.vms.VmSnapshot;
import io.overt.agent.vms.Vms;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The VM verbs: life cycle, statistics. */
final class VmVerbs implements Verbs.VerbGroup {

  /** VDSM's default of a shutdown's patience. */
  private static final long SHUTDOWN_SECONDS = 30;

  private final Vms vms;
  private final Samples samples;
  private final VmReports reports;
  private final Hooks hooks;

  VmVerbs(Vms vms, Samples samples, VmReports reports, Hooks hooks) {
    this.vms = vms;
    this.samples = samples;
    this.reports = reports;
    this.hooks = hooks;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.create", this::create);
    registry.add("VM.destroy", this::destroy);
    registry.add("VM.shutdown", this::shutdown);
    registry.add("VM.reset", this::reset);
    registry.add("VM.pause", this::pause);
    registry.add("VM.cont", this::resume);
    registry.add("VM.setDestroyOnReboot", this::setDestroyOnReboot);
    registry.add("VM.getStats", this::statistics);
    registry.add("VM.getInfo", this::info);
  }

  private Object create(Parameters parameters) {
    Parameters vm = parameters.object("vmParams");
    VmSnapshot accepted =
        vms.create(parameters.uuid("vmID"), vm.text("xml"), SavedStateVerbs.of(vm));
    return reports.accepted(accepted);
  }

  private Object destroy(Parameters parameters) {
    vms.destroy(parameters.uuid("vmID"));
    return true;
  }

  private Object shutdown(Parameters parameters) {
    vms.shutdown(
        parameters.uuid("vmID"),
        Duration.ofSeconds(Math.max(0, parameters.number("delay", 0))),
        Duration.ofSeconds(Math.max(0, parameters.number("timeout", SHUTDOWN_SECONDS))),
        parameters.flag("force", false),
        parameters.flag("reboot", false));
    return true;
  }

  private Object reset(Parameters parameters) {
    vms.reset(parameters.uuid("vmID"));
    return true;
  }

  private Object pause(Parameters parameters) {
    vms.pause(parameters.uuid("vmID"));
    return Map.of("vmList", Map.of());
  }

  private Object resume(Parameters parameters) {
    vms.resume(parameters.uuid("vmID"));
    return Map.of("vmList", Map.of());
  }

  private Object setDestroyOnReboot(Parameters parameters) {
    vms.setDestroyOnReboot(parameters.uuid("vmID"));
    return true;
  }

  private Object statistics(Parameters parameters) {
    VmSnapshot vm = vms.get(parameters.uuid("vmID"));
    try {
      hooks.json(HookPoint.BEFORE_GET_VM_STATS, HookContext.host(), Map.of());
    } catch (HookException e) {
      throw new VdsmError(ErrorCode.HOOK_FAILED, String.valueOf(e.getMessage()), e);
    }
    List<Object> answer = List.of(reports.statistics(vm, samples.take()));
    List<Object> edited = hooks.json(HookPoint.AFTER_GET_VM_STATS, HookContext.host(), answer);
    return !edited.isEmpty() && edited.getFirst() instanceof Map<?, ?> first
        ? List.of(first)
        : answer;
  }

  private Object info(Parameters parameters) {
    return definition(vms.get(parameters.uuid("vmID")));
  }

  private Map<String, Object> definition(VmSnapshot vm) {
    return reports.definition(vm, samples.take());
  }
}
