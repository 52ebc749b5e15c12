package io.overt.engine.vms.devices;

import io.overt.access.session.Caller;
import io.overt.engine.resource.HostVerbs;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Ticket;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One-time passwords for the consoles of running machines. */
public final class Tickets {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** VNC passwords have no more. */
  private static final int VNC_LENGTH = 8;

  private static final int LENGTH = 12;

  /** Two hours, as the model says. */
  private static final long EXPIRY_SECONDS = 7_200;

  private static final Set<VmStatus> SHOWING =
      Set.of(
          VmStatus.UP,
          VmStatus.POWERING_UP,
          VmStatus.REBOOT_IN_PROGRESS,
          VmStatus.POWERING_DOWN,
          VmStatus.PAUSED);

  private final Platform platform;
  private final HostVerbs hosts;
  private final SecureRandom random = new SecureRandom();

  public Tickets(Platform platform, HostVerbs hosts) {
    this.platform = platform;
    this.hosts = hosts;
  }

  /**
   * Sets the console's password.
   *
   * @param wanted value and lifetime in seconds; each is chosen when absent
   * @throws ApiFault 409 when the machine shows no console now
   */
  public Ticket set(Call call, Entity<Vm> vm, GraphicsType protocol, @Nullable Ticket wanted) {
    VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
    if (!SHOWING.contains(status)) {
      throw ApiFault.conflict(
          "Cannot issue a console ticket for VM "
              + vm.value().name()
              + ": it is "
              + status.wire()
              + ".");
    }
    String value =
        wanted == null || wanted.value() == null || wanted.value().isEmpty()
            ? generated(protocol == GraphicsType.VNC ? VNC_LENGTH : LENGTH)
            : wanted.value();
    long expiry =
        wanted == null
            ? EXPIRY_SECONDS
            : Objects.requireNonNullElse(wanted.expiry(), EXPIRY_SECONDS);
    Caller caller = platform.caller(call);
    hosts.call(
        vm.value(),
        "VM.updateDevice",
        Map.of(
            "vmID",
            vm.id(),
            "params",
            Map.of(
                "deviceType",
                "graphics",
                "graphicsType",
                protocol.wire(),
                "password",
                value,
                "ttl",
                expiry,
                "existingConnAction",
                "disconnect",
                "params",
                Map.of("userName", caller.principalName(), "userId", caller.userId()))),
        caller.correlationId());
    platform.write(
        transaction -> {
          platform.report(transaction, "VM_SET_TICKET", call, vm.value());
          return vm.id();
        });
    return new Ticket().value(value).expiry(expiry);
  }

  private String generated(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
