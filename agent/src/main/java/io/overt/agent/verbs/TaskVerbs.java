package io.overt.agent.verbs;

import io.overt.agent.storage.Tasks;
import io.overt.agent.storage.Tasks.TaskStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Task verbs, and the Host verbs that list tasks. */
final class TaskVerbs implements Verbs.VerbGroup {

  private final Tasks tasks;

  TaskVerbs(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Task.getStatus", call -> status(tasks.status(call.uuid("taskID"))));
    registry.add("Task.getInfo", call -> info(tasks.status(call.uuid("taskID"))));
    registry.add("Task.clear", this::clear);
    registry.add("Task.stop", this::stop);
    registry.add("Host.getAllTasksStatuses", call -> statuses());
    registry.add("Host.getAllTasksInfo", call -> infos());
  }

  private Object clear(Parameters parameters) {
    tasks.clear(parameters.uuid("taskID"));
    return true;
  }

  private Object stop(Parameters parameters) {
    tasks.stop(parameters.uuid("taskID"));
    return true;
  }

  private Map<String, Object> statuses() {
    Map<String, Object> all = new LinkedHashMap<>();
    tasks.all().forEach(task -> all.put(task.id().toString(), status(task)));
    return all;
  }

  private Map<String, Object> infos() {
    Map<String, Object> all = new LinkedHashMap<>();
    tasks.all().forEach(task -> all.put(task.id().toString(), info(task)));
    return all;
  }

  private static Map<String, Object> status(TaskStatus task) {
    return Answer.object()
        .put("taskID", task.id().toString())
        .put("taskState", task.state())
        .put("taskResult", task.result())
        .put("code", task.code())
        .put("message", task.message())
        .build();
  }

  private static Map<String, Object> info(TaskStatus task) {
    return Answer.object().put("id", task.id().toString()).put("verb", task.verb()).build();
  }
}
