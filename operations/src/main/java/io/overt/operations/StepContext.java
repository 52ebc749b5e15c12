package io.overt.operations;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What a step works with: the job's data, which survives a crash once the step has ended. */
public final class StepContext {
  private final String jobId;
  private final @Nullable String correlationId;
  private final Map<String, String> data;
  private final IntConsumer progress;

  StepContext(
      String jobId,
      @Nullable String correlationId,
      Map<String, String> data,
      IntConsumer progress) {
    this.jobId = jobId;
    this.correlationId = correlationId;
    this.data = new TreeMap<>(data);
    this.progress = progress;
  }

  /** Shows how far the step is. */
  public void progress(int percent) {
    progress.accept(percent);
  }

  public String jobId() {
    return jobId;
  }

  public @Nullable String correlationId() {
    return correlationId;
  }

  /** A value given at the start or left by an earlier step; null when there is none. */
  public @Nullable String find(String key) {
    return data.get(key);
  }

  /** As {@link #find}, for values that must be there. */
  public String get(String key) {
    String value = data.get(key);
    if (value == null) {
      throw new IllegalStateException("job " + jobId + " has no value " + key);
    }
    return value;
  }

  /** Leaves a value for later steps. */
  public void put(String key, String value) {
    data.put(key, value);
  }

  public void remove(String key) {
    data.remove(key);
  }

  Map<String, String> data() {
    return data;
  }
}
