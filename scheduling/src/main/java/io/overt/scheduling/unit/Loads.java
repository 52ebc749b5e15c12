package io.overt.scheduling.unit;

/** How busy a host's processors are (oVirt {@code HostCpuLoadHelper}). */
public final class Loads {
  private Loads() {}

  /** Percent of the shared processors that are busy now, rounded up. */
  public static int shared(Decision decision, int host) {
    int cpus = decision.state().sharedCpus(host);
    return cpus <= 0 ? 0 : (int) Math.ceil(total(decision, host) / cpus);
  }

  /** Percent of one processor that is busy on the shared ones, the work of the SPM included. */
  public static double total(Decision decision, int host) {
    return decision.state().sharedLoad(host) + spm(decision, host);
  }

  /** {@link #total} with the machines that are on their way. */
  public static double expected(Decision decision, int host) {
    return total(decision, host)
        + decision.state().pendingSharedVcpus(host) * decision.settings().vcpuConsumption();
  }

  private static int spm(Decision decision, int host) {
    return decision.state().spm(host)
        ? decision.settings().spmConsumption() * decision.settings().vcpuConsumption()
        : 0;
  }
}
