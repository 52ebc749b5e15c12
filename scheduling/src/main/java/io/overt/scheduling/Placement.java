package io.overt.scheduling;

import java.util.List;

/** The result of a placement, with the reason for every host that was left out. */
public sealed interface Placement {
  /** Hosts that a filter removed. */
  List<Rejection> rejections();

  /** A host was found. */
  record Chosen(String hostId, List<Rejection> rejections) implements Placement {}

  /** No host fits. */
  record Refused(List<Rejection> rejections) implements Placement {

    /** One line a host: {@code host h1: Memory: needs 4096 MiB, 512 MiB left}. */
    public String explanation() {
      if (rejections.isEmpty()) {
        return "the cluster has no host";
      }
      StringBuilder text = new StringBuilder();
      for (Rejection rejection : rejections) {
        if (!text.isEmpty()) {
          text.append("; ");
        }
        text.append("host ")
            .append(rejection.hostName())
            .append(": ")
            .append(rejection.filter())
            .append(": ")
            .append(rejection.reason());
      }
      return text.toString();
    }
  }

  /** Why a filter removed a host. */
  record Rejection(String hostId, String hostName, String filter, String reason) {}
}
