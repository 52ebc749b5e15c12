package io.overt.agent.verbs;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.power.PowerDevice;
import io.overt.agent.power.PowerSwitches;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Host.fenceNode}: the engine has this host look after another one's power. A change is only
 * begun here; the engine asks for the power until it is what it should be.
 */
final class PowerVerbs implements Verbs.VerbGroup {
  private static final Logger log = LoggerFactory.getLogger(PowerVerbs.class);
  private final PowerSwitches switches;

  PowerVerbs(PowerSwitches switches) {
    this.switches = switches;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Host.fenceNode", this::fence);
  }

  private Object fence(Parameters call) {
    PowerDevice device =
        new PowerDevice(
            call.text("agent"),
            call.text("addr"),
            call.text("port", ""),
            call.text("username"),
            call.text("password"),
            call.flag("secure", false),
            options(call.text("options", "")));
    String action = call.text("action");
    if (action.equals("status")) {
      String power = switches.power(device).name().toLowerCase(Locale.ROOT);
      return Answer.object().put("power", power).build();
    }
    PowerSwitches.Change change =
        Arrays.stream(PowerSwitches.Change.values())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(action))
            .findFirst()
            .orElseThrow(
                () -> Parameters.wrong("action", action, "one of on, off, reboot, status"));
    Thread.ofVirtual().name("fence").start(() -> change(device, change));
    return Answer.object().put("operationStatus", "initiated").build();
  }

  private void change(PowerDevice device, PowerSwitches.Change change) {
    try {
      switches.change(device, change);
    } catch (VdsmError e) {
      log.warn("Switching {}: {}", change, e.getMessage());
    }
  }

  private static List<String> options(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
