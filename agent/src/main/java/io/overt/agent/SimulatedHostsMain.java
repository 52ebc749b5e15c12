package io.overt.agent;

import io.overt.agent.AgentSettings.InvalidSettingException;
import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedHosts.Plan;
import io.overt.vdsmrpc.Tls;
import io.overt.vdsmrpc.TlsMaterial;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs simulated hosts until it is told to stop. Options: {@code --count} (default 1), {@code
 * --base-port} (54321), {@code --bind-address} (127.0.0.1), and {@code --tls-certificate}, {@code
 * --tls-key}, {@code --tls-authority}, all three or none (plain text).
 */
public final class SimulatedHostsMain {

  private SimulatedHostsMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Plan plan;
    try {
      plan = plan(arguments);
    } catch (InvalidSettingException e) {
      System.err.println("simulated hosts: " + e.getMessage());
      System.exit(2);
      return;
    }
    SimulatedHosts hosts = SimulatedHosts.start(plan);
    Runtime.getRuntime().addShutdownHook(new Thread(hosts::close, "stop-simulated-hosts"));
    System.out.printf(
        "%d simulated hosts on %s, ports %d to %d%n",
        plan.count(),
        plan.address(),
        hosts.hosts().getFirst().port(),
        hosts.hosts().getLast().port());
    new CountDownLatch(1).await();
  }

  private static Plan plan(String[] arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("count", "1");
    values.put("base-port", "54321");
    values.put("bind-address", "127.0.0.1");
    values.put("tls-certificate", "");
    values.put("tls-key", "");
    values.put("tls-authority", "");
    for (int i = 0; i < arguments.length; i += 2) {
      String key = arguments[i].startsWith("--") ? arguments[i].substring(2) : arguments[i];
      if (!values.containsKey(key)) {
        throw new InvalidSettingException(
            "Unknown option '%s'; did you mean '--%s'?"
                .formatted(arguments[i], Spelling.closest(key, values.keySet())));
      }
      if (i + 1 == arguments.length) {
        throw new InvalidSettingException("Option " + arguments[i] + " lacks its value");
      }
      values.put(key, arguments[i + 1]);
    }
    Plan plan =
        Plan.of(number(values, "count", 1, 1000), number(values, "base-port", 0, 65535))
            .withAddress(values.getOrDefault("bind-address", ""));
    String certificate = values.getOrDefault("tls-certificate", "");
    String key = values.getOrDefault("tls-key", "");
    String authority = values.getOrDefault("tls-authority", "");
    if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
      return plan;
    }
    if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
      throw new InvalidSettingException(
          "--tls-certificate, --tls-key and --tls-authority are needed together");
    }
    return plan.withTls(
        Tls.context(new TlsMaterial(Path.of(certificate), Path.of(key), Path.of(authority))));
  }

  private static int number(Map<String, String> values, String key, int least, int most) {
    String text = values.getOrDefault(key, "");
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          "Option --%s is '%s' but must be a number".formatted(key, text));
    }
    throw new InvalidSettingException(
        "Option --%s is %s but must be between %d and %d".formatted(key, text, least, most));
  }
}
