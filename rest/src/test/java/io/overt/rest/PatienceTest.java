package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.api.Completion;
import io.overt.rest.http.Limits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatienceTest {
  private static Limits limits(int requests) {
    return new Limits(
        1 << 20,
        8 << 10,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMillis(800),
        200,
        requests,
        2);
  }

  private static HttpResponse<String> startAndWait(Running running) {
    return running.xml("POST", "/vms/1/start", "<action><async>false</async></action>");
  }

  @Test
  void waitingForAJobOutlastsTheIdleTime() {
    try (Running running = new Running(ApiServerConfig.DEFAULT.withLimits(limits(50)))) {
      running.slowness = 3_000;
      HttpResponse<String> response = startAndWait(running);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("<status>complete</status>");
    }
  }

  @Test
  void jobThatDoesNotEndInTimeIsAnsweredAsRunning() {
    try (Running running = new Running()) {
      running.endings.put("job-2", new Completion.Ending(Completion.State.RUNNING, null));
      running.endings.put("job-9", new Completion.Ending(Completion.State.RUNNING, null));
      assertThat(startAndWait(running).statusCode()).isEqualTo(202);
      HttpResponse<String> removed = running.api("DELETE", "/vms/1", null);
      assertThat(removed.statusCode()).isEqualTo(200);
      assertThat(removed.body()).contains("<status>in_progress</status>");
    }
  }

  @Test
  void requestsBeyondTheLimitAreTurnedAway() throws Exception {
    try (Running running = new Running(ApiServerConfig.DEFAULT.withLimits(limits(3)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.slowness = 1_500;
      List<Callable<Integer>> calls =
          IntStream.range(0, 8)
              .mapToObj(index -> (Callable<Integer>) () -> startAndWait(running).statusCode())
              .toList();
      List<Integer> statuses =
          threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
      assertThat(statuses).contains(200, 503);
      running.slowness = 0;
      assertThat(startAndWait(running).statusCode()).isEqualTo(200);
    }
  }
}
