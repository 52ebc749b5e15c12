package io.overt.engine.placement;

import io.overt.fleet.Report;
import io.overt.fleet.Reports;

/** What hosts have told so far. */
public interface KnownHosts {
  /** Nobody has told anything. */
  KnownHosts NONE =
      new KnownHosts() {
        @Override
        public Report capabilities(String hostId) {
          return Report.NONE;
        }

        @Override
        public Report statistics(String hostId) {
          return Report.NONE;
        }

        @Override
        public Report machine(String vmId) {
          return Report.NONE;
        }
      };

  Report capabilities(String hostId);

  Report statistics(String hostId);

  Report machine(String vmId);

  static KnownHosts of(Reports reports) {
    return new KnownHosts() {
      @Override
      public Report capabilities(String hostId) {
        return reports.capabilities(hostId);
      }

      @Override
      public Report statistics(String hostId) {
        return reports.host(hostId);
      }

      @Override
      public Report machine(String vmId) {
        return reports.machine(vmId);
      }
    };
  }
}
