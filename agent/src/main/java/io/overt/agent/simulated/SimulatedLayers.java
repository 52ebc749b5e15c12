package io.overt.agent.simulated;

import io.overt.agent.hypervisor.BlockWork.BlockJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images below the disks of one simulated guest, as far as they came about while it ran. */
final class SimulatedLayers {

  private record Merge(String base, String top, boolean active, long beganNanos, long takesNanos) {
    boolean over() {
      return System.nanoTime() - beganNanos >= takesNanos;
    }
  }

  /** Of the uppermost layer into another file. */
  private record Copy(String file, long beganNanos, long takesNanos) {
    boolean over() {
      return System.nanoTime() - beganNanos >= takesNanos;
    }
  }

  private final Map<String, Copy> copies = new HashMap<>();
  private final Map<String, List<String>> layers = new HashMap<>();
  private final Map<String, Merge> merges = new HashMap<>();

  synchronized List<String> of(String target, String source) {
    finish(target);
    return List.copyOf(known(target, source));
  }

  private List<String> known(String target, String source) {
    return layers.computeIfAbsent(target, name -> new ArrayList<>(List.of(source)));
  }

  synchronized void add(String target, String source, String file) {
    known(target, source).addFirst(file);
  }

  /** Of images that were there before the guest started, the lower ones are not known. */
  synchronized void begin(String target, String source, String base, String top, long takesNanos) {
    List<String> known = known(target, source);
    if (!known.contains(base)) {
      known.add(base);
    }
    boolean active = known.getFirst().equals(top);
    merges.put(target, new Merge(base, top, active, System.nanoTime(), takesNanos));
  }

  synchronized void beginCopy(String target, String file, long takesNanos) {
    copies.put(target, new Copy(file, System.nanoTime(), takesNanos));
  }

  synchronized Optional<String> copyTarget(String target) {
    return Optional.ofNullable(copies.get(target)).map(Copy::file);
  }

  synchronized void cancel(String target) {
    copies.remove(target);
    merges.remove(target);
  }

  synchronized Optional<BlockJob> job(String target) {
    finish(target);
    Copy copy = copies.get(target);
    if (copy != null) {
      return Optional.of(new BlockJob(copy.over() ? 1 : 0, 1, copy.over()));
    }
    return Optional.ofNullable(merges.get(target))
        .map(merge -> new BlockJob(merge.over() ? 1 : 0, 1, merge.active() && merge.over()));
  }

  /** A merge of a layer that nobody writes to ends by itself. */
  private void finish(String target) {
    Merge merge = merges.get(target);
    if (merge != null && !merge.active() && merge.over()) {
      complete(target, merge);
    }
  }

  private void complete(String target, Merge merge) {
    List<String> known = layers.getOrDefault(target, new ArrayList<>());
    int from = known.indexOf(merge.top());
    int to = known.indexOf(merge.base());
    if (from >= 0 && to > from) {
      known.subList(from, to).clear();
    }
    merges.remove(target);
  }

  /** Answers what the guest writes to now. */
  synchronized Optional<String> pivot(String target) {
    Copy copy = copies.get(target);
    if (copy != null && copy.over()) {
      copies.remove(target);
      layers.put(target, new ArrayList<>(List.of(copy.file())));
      return Optional.of(copy.file());
    }
    Merge merge = merges.get(target);
    if (merge == null || !merge.active() || !merge.over()) {
      return Optional.empty();
    }
    complete(target, merge);
    return Optional.of(merge.base());
  }
}
