package io.overt.rest.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * A small registry. Names of operations come from the model, so the number of series is bounded.
 *
 * <p>Text format: Prometheus exposition format 0.0.4.
 */
public final class Metrics {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60
  };

  private record Key(String operation, int status) {}

  private record Gauge(String help, DoubleSupplier value) {}

  private final Map<Key, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanoseconds = new LongAdder();
  private final AtomicInteger active = new AtomicInteger();
  private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

  public Metrics() {
    for (int index = 0; index < buckets.length; index++) {
      buckets[index] = new LongAdder();
    }
  }

  /** A request begins. */
  public void begin() {
    active.incrementAndGet();
  }

  /**
   * A request ended.
   *
   * @param operation {@code vms.list}, or {@code -} for what is no operation of the model
   */
  public void end(String operation, int status, Duration time) {
    active.decrementAndGet();
    requests.computeIfAbsent(new Key(operation, status), key -> new LongAdder()).increment();
    nanoseconds.add(time.toNanos());
    double seconds = time.toNanos() / 1e9;
    int index = 0;
    while (index < BOUNDS.length && seconds > BOUNDS[index]) {
      index++;
    }
    buckets[index].increment();
  }

  /** Adds a value that is asked for whenever the metrics are. */
  public void gauge(String name, String help, DoubleSupplier value) {
    gauges.put(name, new Gauge(help, value));
  }

  /** Everything as text. */
  public String text() {
    StringBuilder text = new StringBuilder(4_096);
    head(text, "overt_http_requests_total", "counter", "Requests by operation and status.");
    Map<String, Long> sorted = new TreeMap<>();
    requests.forEach(
        (key, count) ->
            sorted.put(
                "{operation=\"" + key.operation() + "\",status=\"" + key.status() + "\"}",
                count.sum()));
    sorted.forEach(
        (labels, count) ->
            text.append("overt_http_requests_total")
                .append(labels)
                .append(' ')
                .append(count)
                .append('\n'));
    histogram(text);
    head(text, "overt_http_requests_active", "gauge", "Requests being processed.");
    text.append("overt_http_requests_active ").append(active.get()).append('\n');
    machine(text);
    new TreeMap<>(gauges)
        .forEach((name, gauge) -> gauge(text, name, gauge.help(), gauge.value().getAsDouble()));
    return text.toString();
  }

  private void histogram(StringBuilder text) {
    String name = "overt_http_request_seconds";
    head(text, name, "histogram", "Time from the request's headers to the end of the answer.");
    long total = 0;
    for (int index = 0; index < buckets.length; index++) {
      total += buckets[index].sum();
      String bound = index < BOUNDS.length ? String.valueOf(BOUNDS[index]) : "+Inf";
      text.append(name).append("_bucket{le=\"").append(bound).append("\"} ").append(total);
      text.append('\n');
    }
    text.append(name).append("_sum ").append(nanoseconds.sum() / 1e9).append('\n');
    text.append(name).append("_count ").append(total).append('\n');
  }

  private static void machine(StringBuilder text) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(text, "jvm_memory_heap_used_bytes", "Heap in use.", (double) heap.getUsed());
    gauge(text, "jvm_memory_heap_max_bytes", "Largest heap.", (double) heap.getMax());
    gauge(
        text,
        "jvm_threads",
        "Platform threads.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    gauge(
        text,
        "process_uptime_seconds",
        "Time since the start.",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    double collections =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
            .sum();
    gauge(text, "jvm_gc_seconds", "Time spent collecting garbage.", collections / 1e3);
  }

  private static void gauge(StringBuilder text, String name, String help, double value) {
    head(text, name, "gauge", help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
