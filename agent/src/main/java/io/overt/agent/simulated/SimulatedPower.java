package io.overt.agent.simulated;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.power.PowerDevice;
import io.overt.agent.power.PowerSwitches;
import java.util.List;

/**
 * One device that all simulated hosts are plugged into, each at the outlet of its number. It wants
 * the password {@link #PASSWORD}.
 */
public final class SimulatedPower implements PowerSwitches {
  /** The device's kind, as fence agents name it. */
  public static final String KIND = "simulated";

  public static final String PASSWORD = "plug in";

  private volatile List<SimulatedHost> hosts = List.of();

  SimulatedPower() {}

  void plugIn(List<SimulatedHost> all) {
    hosts = List.copyOf(all);
  }

  @Override
  public Power power(PowerDevice device) {
    return host(device).running() ? Power.ON : Power.OFF;
  }

  @Override
  public void change(PowerDevice device, Change change) {
    SimulatedHost host = host(device);
    if (change != Change.ON) {
      host.losePower();
    }
    if (change != Change.OFF) {
      host.startAgent();
    }
  }

  private SimulatedHost host(PowerDevice device) {
    List<SimulatedHost> all = hosts;
    for (int outlet = 0; outlet < all.size(); outlet++) {
      if (device.kind().equals(KIND)
          && device.password().equals(PASSWORD)
          && device.outlet().equals(Integer.toString(outlet))) {
        return all.get(outlet);
      }
    }
    throw new VdsmError(
        ErrorCode.FENCE_AGENT,
        "%s refuses: it is of kind %s, has outlets 0 to %d, and a password"
            .formatted(device, KIND, all.size() - 1));
  }
}
