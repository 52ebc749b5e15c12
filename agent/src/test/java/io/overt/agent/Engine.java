package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.verbs.AgentVerbs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Calls verbs and hears events as an engine does, without a network in between. */
final class Engine implements AgentVerbs.Publisher {

  record Event(String method, Map<String, Object> data) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private AgentVerbs agent;

  void connect(AgentVerbs verbs) {
    this.agent = verbs;
  }

  @Override
  public void publish(String method, Map<String, Object> data) {
    events.add(new Event(method, data));
  }

  /** The answer, which is as the tables of verbs say. */
  Object call(String verb, Map<String, ?> parameters) {
    Object answer = unchecked(verb, parameters);
    assertThat(VerbTables.ALL.problems(verb, answer)).as("the answer of " + verb).isEmpty();
    return answer;
  }

  /** The answer, which a script may have made unlike any table. */
  Object unchecked(String verb, Map<String, ?> parameters) {
    return agent.verbs().call(verb, parameters);
  }

  /** The verbs that the agent serves. */
  Set<String> verbs() {
    return agent.verbs().names();
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> object(String verb, Map<String, ?> parameters) {
    return (Map<String, Object>) call(verb, parameters);
  }

  @SuppressWarnings("unchecked")
  List<Object> list(String verb, Map<String, ?> parameters) {
    return (List<Object>) call(verb, parameters);
  }

  int failure(String verb, Map<String, ?> parameters) {
    try {
      Object answer = call(verb, parameters);
      return Assertions.fail(verb + " answered " + answer + " but should have failed");
    } catch (VdsmError e) {
      return e.code();
    }
  }

  Map<String, Object> create(UUID id, String xml) {
    return object(
        "VM.create",
        Map.of("vmID", id.toString(), "vmParams", Map.of("vmId", id.toString(), "xml", xml)));
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> statistics(UUID id) {
    return (Map<String, Object>) list("VM.getStats", Map.of("vmID", id.toString())).getFirst();
  }

  String status(UUID id) {
    return String.valueOf(statistics(id).get("status"));
  }

  void awaitStatus(UUID id, String status) {
    await("status of " + id + " to become " + status, () -> status(id).equals(status));
  }

  /** The statuses that events told of this machine, in order. */
  List<String> told(UUID id) {
    return events.stream()
        .filter(event -> event.method().equals("|virt|VM_status|" + id))
        .map(event -> String.valueOf(about(event, id).get("status")))
        .toList();
  }

  Map<String, Object> lastEvent(UUID id) {
    return events.stream()
        .filter(event -> event.method().equals("|virt|VM_status|" + id))
        .map(event -> about(event, id))
        .toList()
        .getLast();
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> about(Event event, UUID id) {
    return (Map<String, Object>) event.data().get(id.toString());
  }

  /** Waits for a task to end well. */
  void finish(Object task) {
    Map<String, Object> status = await(task);
    assertThat(status).as("task %s", task).containsEntry("taskResult", "success");
    call("Task.clear", Map.of("taskID", task));
  }

  /** Waits for a task to end. */
  Map<String, Object> await(Object task) {
    await(
        "task " + task,
        () -> "finished".equals(object("Task.getStatus", Map.of("taskID", task)).get("taskState")));
    return object("Task.getStatus", Map.of("taskID", task));
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(10), condition);
  }

  static void await(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited in vain for " + what);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  static int code(ErrorCode code) {
    return code.number();
  }
}
