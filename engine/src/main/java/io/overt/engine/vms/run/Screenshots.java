package io.overt.engine.vms.run;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.types.Action;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a machine's screen shows; as in oVirt, the answer is the picture itself. */
public final class Screenshots {
  private static final Set<VmStatus> BLIND =
      EnumSet.of(
          VmStatus.DOWN, VmStatus.IMAGE_LOCKED, VmStatus.SUSPENDED, VmStatus.WAIT_FOR_LAUNCH);

  private final Platform platform;
  private final HotPlugs hosts;

  public Screenshots(Platform platform, HotPlugs hosts) {
    this.platform = platform;
    this.hosts = hosts;
  }

  /**
   * @throws ApiFault 409 when the machine does not run, has no screen, or its host refuses
   */
  public Outcome<Action> take(Call call, Entity<Vm> vm) {
    VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
    if (BLIND.contains(status)) {
      throw ApiFault.conflict(
          "Cannot take a screenshot of VM %s: it is %s, not up."
              .formatted(vm.value().name(), status.wire()));
    }
    if (platform.snapshot().owned(Kinds.GRAPHICS_CONSOLE, vm.key()).isEmpty()) {
      throw ApiFault.conflict(
          "Cannot take a screenshot of VM %s: it has no graphics console."
              .formatted(vm.value().name()));
    }
    try {
      Outcome.Content picture = picture(call, vm);
      report(call, vm, "SCREENSHOT_VM_SUCCESS");
      return Outcome.content(picture);
    } catch (ApiFault e) {
      report(call, vm, "USER_FAILED_TO_SCREENSHOT_VM");
      throw e;
    }
  }

  private Outcome.Content picture(Call call, Entity<Vm> vm) {
    Object answer = hosts.call(call, vm, "VM.screenshot", Map.of("vmID", vm.id()));
    if (answer instanceof Map<?, ?> shot && shot.get("data") instanceof String data) {
      try {
        return new Outcome.Content(
            String.valueOf(shot.get("mime_type")), Base64.getDecoder().decode(data));
      } catch (IllegalArgumentException e) {
        throw ApiFault.conflict("The host's screenshot is not encoded in base64.");
      }
    }
    throw ApiFault.conflict("The host's answer holds no screenshot.");
  }

  private void report(Call call, Entity<Vm> vm, String type) {
    platform.write(
        transaction -> {
          Host host =
              Optional.ofNullable(vm.value().host())
                  .flatMap(found -> transaction.find(Kinds.HOST, found.requireId()))
                  .map(Entity::value)
                  .orElse(null);
          platform.events().append(transaction, type, platform.about(call, vm.value()).and(host));
          return type;
        });
  }
}
