package io.overt.agent.verbs;

import io.overt.agent.network.HostNetworks;
import java.time.Duration;
import java.util.Map;

/** The verbs that change the host's networks. */
final class NetworkVerbs implements Verbs.VerbGroup {
  /** VDSM's own default, in seconds. */
  private static final long PATIENCE = 4;

  private final HostNetworks networks;

  NetworkVerbs(HostNetworks networks) {
    this.networks = networks;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Host.setupNetworks", this::setup);
    registry.add("Host.setSafeNetworkConfig", call -> makeSafe());
    registry.add("Host.confirmConnectivity", call -> confirm());
    registry.add("Host.ping", call -> confirm());
  }

  private Object setup(Parameters parameters) {
    Parameters options = parameters.object("options");
    boolean check = options.flag("connectivityCheck", true);
    networks.setup(
        parameters.object("networks").values(),
        parameters.object("bondings").values(),
        options.values(),
        new HostNetworks.Options(
            check
                ? Duration.ofSeconds(options.number("connectivityTimeout", PATIENCE))
                : Duration.ZERO,
            options.flag("commitOnSuccess", false)));
    return Map.of("code", 0, "message", "Done");
  }

  private Object makeSafe() {
    networks.makeSafe();
    return true;
  }

  private Object confirm() {
    networks.confirm();
    return true;
  }
}
