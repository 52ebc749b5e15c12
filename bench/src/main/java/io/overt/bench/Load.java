package io.overt.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;

/** Sends requests for a while, each connection its next one as soon as it has the answer. */
final class Load {
  private final BenchEngine engine;

  Load(BenchEngine engine) {
    this.engine = engine;
  }

  /**
   * What a while of requests took.
   *
   * @param latencies milliseconds
   * @param bytes of one answer's body
   */
  record Result(Samples latencies, double seconds, ProcessTree.Cpu cpu, long bytes) {
    double aSecond() {
      return latencies.count() / seconds;
    }

    /** CPU milliseconds of one request. */
    double cost() {
      return cpu.total() * 1_000 / latencies.count();
    }

    double engineCost() {
      return cpu.engine() * 1_000 / latencies.count();
    }

    double databaseCost() {
      return cpu.database() * 1_000 / latencies.count();
    }
  }

  Result run(List<String> paths, int connections, Duration length) {
    List<byte[]> requests =
        paths.stream().map(path -> HttpConnection.get(path, engine.session())).toList();
    ProcessTree.Cpu before = engine.processes().cpu();
    long started = System.nanoTime();
    long end = started + length.toNanos();
    List<Future<Sent>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int number = 0; number < connections; number++) {
        int first = number;
        running.add(threads.submit(() -> one(requests, first, end)));
      }
      List<Sent> all = new ArrayList<>();
      for (Future<Sent> one : running) {
        all.add(one.get());
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      ProcessTree.Cpu cpu = engine.processes().cpu().minus(before);
      Samples latencies = Samples.of(all.stream().flatMapToDouble(Sent::stream).toArray());
      return new Result(latencies, seconds, cpu, all.getFirst().bytes);
    } catch (ExecutionException e) {
      throw new BenchFailure("a request failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private Sent one(List<byte[]> requests, int first, long end) throws IOException {
    Sent samples = new Sent();
    try (HttpConnection connection = engine.connect()) {
      for (int turn = first; samples.count == 0 || System.nanoTime() - end < 0; turn++) {
        long sent = System.nanoTime();
        HttpConnection.Answer answer = connection.send(requests.get(turn % requests.size()));
        if (answer.status() != 200) {
          throw new IOException("the engine answered " + answer.status());
        }
        samples.add((System.nanoTime() - sent) / 1e6, answer.length());
      }
    }
    return samples;
  }

  private static final class Sent {
    private double[] values = new double[1 << 12];
    private int count;
    private long bytes;

    void add(double value, long length) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value;
      bytes = length;
    }

    DoubleStream stream() {
      return Arrays.stream(values, 0, count);
    }
  }
}
