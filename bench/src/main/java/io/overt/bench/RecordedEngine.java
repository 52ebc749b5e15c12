package io.overt.bench;

import java.util.Locale;

/**
 * What an oVirt engine 4.5.8 costs, as recorded once.
 *
 * <p>Measured on a shared machine with two cores (load 3 to 12) with the engine's packages as
 * published: WildFly with its default heap and a PostgreSQL beside it; JSON answers, warm, with a
 * session cookie. CPU time is that of the Java process and of PostgreSQL together, divided by the
 * requests; the range is that of several runs. It is what can be compared between machines of a
 * kind: the elapsed time depends on what else ran.
 *
 * @param least CPU milliseconds of a request in the cheapest run; ratios use this one
 * @param most in the most expensive run
 */
record RecordedEngine(double least, double most) {
  /** {@code GET /vms/{id}}, from 1 to 10,000 machines alike. */
  static final RecordedEngine ONE_VM = new RecordedEngine(7, 9);

  /** {@code GET /vms?max=100} of 1,000 to 10,000 machines. */
  static final RecordedEngine HUNDRED_VMS = new RecordedEngine(63, 77);

  /** {@code GET /vms?search=name=...} with one hit, of 1,000 to 10,000 machines. */
  static final RecordedEngine SEARCH = new RecordedEngine(10, 18);

  /**
   * {@code GET /api}: 72 requests a second kept both cores busy; its CPU time was not noted, so
   * this bound stands for it.
   */
  static final RecordedEngine ROOT = new RecordedEngine(2_000.0 / 72, 2_000.0 / 72);

  /** Seconds from its start to the first answer, one machine in its database. */
  static final double START_SECONDS = 20;

  /** CPU seconds of that start. */
  static final double START_CPU_SECONDS = 36;

  /** Resident MiB of the Java process after the start. */
  static final double START_MEBIBYTES = 1_200;

  /** Resident MiB after all of 10,000 machines were listed: Java 3.3 GB and PostgreSQL 0.88 GB. */
  static final double LISTED_MEBIBYTES = 4_180;

  String range() {
    return least == most
        ? String.format(Locale.ROOT, "%.0f", least)
        : String.format(Locale.ROOT, "%.0f-%.0f", least, most);
  }
}
