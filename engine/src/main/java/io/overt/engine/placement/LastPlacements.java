package io.overt.engine.placement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest placement of each machine, as long as there is room; lost with the process. */
final class LastPlacements {
  private static final int MOST = 1_000;

  private final Map<String, Placed> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Placed> eldest) {
          return size() > MOST;
        }
      };

  synchronized void put(String vmId, Placed placed) {
    last.remove(vmId);
    last.put(vmId, placed);
  }

  synchronized Optional<Placed> find(String vmId) {
    return Optional.ofNullable(last.get(vmId));
  }
}
