package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.Hypervisor.Screenshot;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.Guests;
import io.overt.agent.vms.Vms;
import java.util.UUID;
import java.util.function.Consumer;

/** The VM verbs about what happens inside a guest, and what it shows. */
final class GuestVerbs implements Verbs.VerbGroup {

  private final Vms vms;
  private final Guests guests;

  GuestVerbs(Vms vms) {
    this.vms = vms;
    this.guests = vms.guests();
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.freeze", call -> call(call, ErrorCode.FREEZE, guests::freeze));
    registry.add("VM.thaw", call -> call(call, ErrorCode.THAW, guests::thaw));
    registry.add("VM.screenshot", this::screenshot);
  }

  private static Object call(Parameters call, ErrorCode code, Consumer<UUID> work) {
    try {
      work.accept(call.uuid("vmID"));
      return true;
    } catch (HypervisorException e) {
      throw new VdsmError(
          e.kind() == HypervisorException.Kind.GUEST_SILENT
              ? ErrorCode.GUEST_AGENT_NOT_RESPONDING
              : code,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private Object screenshot(Parameters parameters) {
    Screenshot picture = vms.screenshot(parameters.uuid("vmID"));
    return Answer.object()
        .put("data", picture.base64())
        .put("encoding", "base64")
        .put("mime_type", picture.mimeType())
        .build();
  }
}
