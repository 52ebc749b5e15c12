package io.overt.scheduling;

import io.overt.scheduling.unit.Objection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The result of a placement. */
public sealed interface Placement {

  /**
   * A host was found.
   *
   * @param candidates how many hosts had passed every filter
   */
  record Chosen(String hostId, String hostName, int candidates) implements Placement {}

  /** No host fits: every host, and the filter that removed it. */
  record Refused(List<Rejection> rejections) implements Placement {

    /** How many hosts each filter removed, in the order of the filters, with one of its reasons. */
    public String explanation() {
      if (rejections.isEmpty()) {
        return "the cluster has no host that is up";
      }
      Map<String, StringJoiner> units = new LinkedHashMap<>();
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (Rejection rejection : rejections) {
        counts.merge(rejection.filter(), 1, Integer::sum);
        StringJoiner hosts =
            units.computeIfAbsent(rejection.filter(), name -> new StringJoiner("; "));
        if (counts.getOrDefault(rejection.filter(), 0) <= SHOWN) {
          hosts.add("host " + rejection.hostName() + " " + rejection.objection().text());
        }
      }
      StringJoiner lines = new StringJoiner("\n");
      units.forEach(
          (filter, hosts) -> {
            int count = counts.getOrDefault(filter, 0);
            lines.add(
                "%s removed %d host%s: %s%s"
                    .formatted(
                        filter, count, count == 1 ? "" : "s", hosts, count > SHOWN ? "; …" : ""));
          });
      return lines.toString();
    }

    /** Hosts that a line names at most. */
    private static final int SHOWN = 3;
  }

  /**
   * Why a host was removed.
   *
   * @param external whether the filter is not one of ours
   */
  record Rejection(
      String hostId, String hostName, String filter, boolean external, Objection objection) {}
}
