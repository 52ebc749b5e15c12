package io.overt.operations;

import io.overt.inventory.Entity;
import io.overt.model.types.Job;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The private attributes of a stored job. */
record JobRecord(
    String operation,
    int next,
    boolean undoing,
    String node,
    long epoch,
    @Nullable String correlationId,
    @Nullable String fault,
    Map<String, String> data) {
  private static final String DATA = "data.";

  /** Null for jobs that clients made (external jobs) and that nobody runs. */
  static @Nullable JobRecord of(Entity<Job> job) {
    String operation = job.internal("operation");
    if (operation == null) {
      return null;
    }
    Map<String, String> data = new HashMap<>();
    job.internals()
        .forEach(
            (key, value) -> {
              if (key.startsWith(DATA)) {
                data.put(key.substring(DATA.length()), value);
              }
            });
    return new JobRecord(
        operation,
        Integer.parseInt(job.internals().getOrDefault("next", "0")),
        Boolean.parseBoolean(job.internal("undoing")),
        job.internals().getOrDefault("node", ""),
        Long.parseLong(job.internals().getOrDefault("epoch", "0")),
        job.internal("correlation_id"),
        job.internal("fault"),
        data);
  }

  Map<String, String> internals() {
    Map<String, String> internals = new HashMap<>();
    internals.put("operation", operation);
    internals.put("next", Integer.toString(next));
    internals.put("undoing", Boolean.toString(undoing));
    internals.put("node", node);
    internals.put("epoch", Long.toString(epoch));
    if (correlationId != null) {
      internals.put("correlation_id", correlationId);
    }
    if (fault != null) {
      internals.put("fault", fault);
    }
    data.forEach((key, value) -> internals.put(DATA + key, value));
    return internals;
  }

  JobRecord at(int step, boolean undo, Map<String, String> newData, @Nullable String newFault) {
    return new JobRecord(
        operation, step, undo, node, epoch, correlationId, newFault, Map.copyOf(newData));
  }

  JobRecord ownedBy(Node owner) {
    return new JobRecord(
        operation, next, undoing, owner.id(), owner.epoch(), correlationId, fault, data);
  }
}
