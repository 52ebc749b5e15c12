package io.overt.engine.qos;

import io.overt.engine.resource.Names;
import io.overt.model.ApiFault;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which limits a quality of service has by its type, and how they must fit each other. */
final class QosRules {
  private static final int NAME_LIMIT = 50;
  private static final long HIGHEST = 1_000_000;
  private static final List<String> INBOUND =
      List.of("inbound_average", "inbound_peak", "inbound_burst");
  private static final List<String> OUTBOUND =
      List.of("outbound_average", "outbound_peak", "outbound_burst");
  private static final Map<QosType, List<String>> LIMITS =
      Map.of(
          QosType.STORAGE,
          List.of(
              "max_iops",
              "max_read_iops",
              "max_write_iops",
              "max_throughput",
              "max_read_throughput",
              "max_write_throughput"),
          QosType.CPU,
          List.of("cpu_limit"),
          QosType.NETWORK,
          List.of(
              "inbound_average",
              "inbound_peak",
              "inbound_burst",
              "outbound_average",
              "outbound_peak",
              "outbound_burst"),
          QosType.HOSTNETWORK,
          List.of(
              "outbound_average_linkshare",
              "outbound_average_upperlimit",
              "outbound_average_realtime"));

  private QosRules() {}

  /** Checks it and drops the limits of other types. */
  static void settle(Qos qos, String operation) {
    Names.length(Names.required(qos.name(), "QoS", operation), "qos.name", NAME_LIMIT);
    QosType type = qos.type_();
    if (type == null) {
      throw ApiFault.incomplete("QoS", "type", operation);
    }
    List<String> limits = LIMITS.getOrDefault(type, List.of());
    Set<String> others = new HashSet<>();
    LIMITS.values().forEach(others::addAll);
    limits.forEach(others::remove);
    others.forEach(name -> qos.set(name, null));
    long highest = type == QosType.CPU || type == QosType.HOSTNETWORK ? 0 : HIGHEST;
    for (String name : limits) {
      checkRange(qos, name, type, highest);
    }
    switch (type) {
      case STORAGE -> {
        checkTotals(qos, "iops");
        checkTotals(qos, "throughput");
        requireSome(qos, limits);
      }
      case CPU -> requireSome(qos, limits);
      case NETWORK -> {
        checkDirection(qos, INBOUND);
        checkDirection(qos, OUTBOUND);
      }
      case HOSTNETWORK -> {
        requireSome(qos, limits);
        Long real = limit(qos, "outbound_average_realtime");
        Long upper = limit(qos, "outbound_average_upperlimit");
        if (real != null && upper != null && real > upper) {
          throw ApiFault.bad(
              "qos.outbound_average_realtime "
                  + real
                  + " is above qos.outbound_average_upperlimit "
                  + upper);
        }
      }
    }
  }

  private static @Nullable Long limit(Qos qos, String name) {
    return (Long) qos.get(name);
  }

  private static void checkRange(Qos qos, String name, QosType type, long highest) {
    Long value = limit(qos, name);
    if (value == null) {
      return;
    }
    boolean percent = type == QosType.CPU || name.equals("outbound_average_linkshare");
    long least = percent ? 1 : 0;
    long most = percent ? 100 : highest == 0 ? HIGHEST : highest;
    if (value < least || value > most) {
      throw ApiFault.bad("qos." + name + " is " + value + "; expected " + least + " to " + most);
    }
  }

  private static void checkTotals(Qos qos, String what) {
    boolean total = positive(qos, "max_" + what);
    if (total && (positive(qos, "max_read_" + what) || positive(qos, "max_write_" + what))) {
      throw ApiFault.bad(
          "qos.max_" + what + " excludes qos.max_read_" + what + " and qos.max_write_" + what);
    }
  }

  private static boolean positive(Qos qos, String name) {
    Long value = limit(qos, name);
    return value != null && value > 0;
  }

  private static void requireSome(Qos qos, List<String> names) {
    if (names.stream().allMatch(name -> limit(qos, name) == null)) {
      throw ApiFault.bad("At least one of " + names + " is needed for this type of QoS");
    }
  }

  /** Average, peak and burst come together. */
  private static void checkDirection(Qos qos, List<String> names) {
    Long[] values = names.stream().map(name -> limit(qos, name)).toArray(Long[]::new);
    long given = Arrays.stream(values).filter(value -> value != null).count();
    if (given == 0) {
      return;
    }
    Long average = values[0];
    Long peak = values[1];
    if (given < values.length || average == null || peak == null) {
      throw ApiFault.bad("All of " + names + " are needed, or none");
    }
    if (peak < average) {
      throw ApiFault.bad(
          "qos." + names.get(1) + " " + peak + " is below qos." + names.get(0) + " " + average);
    }
  }
}
