package io.overt.agent.vms;

import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.TransferProgress;
import io.overt.agent.vms.ConvergenceSchedule.Action;
import io.overt.agent.vms.ConvergenceSchedule.Stalling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one move: tells how far it is, and takes the schedule's measures when it stalls. */
final class TransferWatch {

  private static final Logger log = LoggerFactory.getLogger(TransferWatch.class);

  private final Vm vm;
  private final Hypervisor hypervisor;
  private final ConvergenceSchedule schedule;
  private final Deque<Stalling> steps;
  private final Duration tick;
  private final MigrationProgress.Listener listener;
  private final StatusClock clock = StatusClock.monotonic();
  private final Semaphore news = new Semaphore(0);
  private int percent;
  private boolean postCopy;
  private boolean aborting;
  private boolean stopped;
  private long firstIteration = -1;
  private @Nullable Duration downtime;

  TransferWatch(
      Vm vm,
      Hypervisor hypervisor,
      ConvergenceSchedule schedule,
      Duration tick,
      MigrationProgress.Listener listener) {
    this.vm = vm;
    this.hypervisor = hypervisor;
    this.schedule = schedule;
    this.steps = new ArrayDeque<>(schedule.stalling());
    this.tick = tick;
    this.listener = listener;
  }

  synchronized int percent() {
    return percent;
  }

  synchronized Optional<Duration> downtime() {
    return Optional.ofNullable(downtime);
  }

  void start(long downtimeMillis) {
    if (downtimeMillis > 0) {
      attempt(new Action.SetDowntime(downtimeMillis));
    }
    schedule.initial().forEach(this::attempt);
    Thread.ofVirtual().name("watch-" + vm.id()).start(this::watch);
  }

  synchronized void stop() {
    stopped = true;
    news.release();
  }

  /** It has ended well. */
  void done() {
    stop();
    publish(100);
  }

  synchronized void downtime(Duration known) {
    downtime = known;
  }

  /** Breaks the move off, now or as soon as there is one. */
  synchronized void abort() {
    aborting = true;
    news.release();
  }

  private void watch() {
    while (running()) {
      try {
        if (aborting()) {
          hypervisor.abortTransfer(vm.id());
        } else {
          hypervisor.transfer(vm.id()).ifPresent(this::look);
        }
      } catch (HypervisorException e) {
        log.debug("The migration of {} cannot be watched: {}", vm.id(), e.getMessage());
      }
      pause();
    }
  }

  private void look(TransferProgress progress) {
    publish(progress.percent());
    if (firstIteration < 0) {
      firstIteration = progress.iteration();
    }
    long stalling = progress.iteration() - firstIteration;
    Stalling next = steps.peek();
    // A guest that runs over there can be neither hurried nor called back.
    if (next != null && !postCopy() && next.limit() < stalling) {
      steps.remove();
      log.info("{} stalls after {} more passes: {}", vm.id(), stalling, next.action());
      attempt(next.action());
    }
  }

  private void attempt(Action action) {
    try {
      switch (action) {
        case Action.SetDowntime set ->
            hypervisor.setMaximumDowntime(vm.id(), Duration.ofMillis(set.milliseconds()));
        case Action.Abort abort -> hypervisor.abortTransfer(vm.id());
        case Action.PostCopy switching -> {
          hypervisor.startPostCopy(vm.id());
          synchronized (this) {
            postCopy = true;
          }
          log.info("{} goes on over there; the rest of its memory follows", vm.id());
        }
      }
    } catch (HypervisorException e) {
      log.warn("{} for {} failed: {}", action, vm.id(), e.getMessage());
    }
  }

  private void publish(int now) {
    MigrationProgress word;
    synchronized (this) {
      if (now <= percent) {
        return;
      }
      percent = now;
      word =
          new MigrationProgress(
              vm.id(), percent, postCopy, Optional.ofNullable(downtime), clock.now());
    }
    vm.setMigrationProgress(now);
    listener.progressed(word);
  }

  private synchronized boolean running() {
    return !stopped;
  }

  private synchronized boolean aborting() {
    return aborting;
  }

  private synchronized boolean postCopy() {
    return postCopy;
  }

  /** Between two attempts to break off there is no reason to wait for long. */
  private void pause() {
    long most = aborting() ? Math.min(100, tick.toMillis()) : tick.toMillis();
    try {
      if (news.tryAcquire(most, TimeUnit.MILLISECONDS)) {
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
