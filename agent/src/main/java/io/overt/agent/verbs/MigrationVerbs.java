package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.vms.ConvergenceSchedule;
import io.overt.agent.vms.ConvergenceSchedule.Action;
import io.overt.agent.vms.ConvergenceSchedule.Stalling;
import io.overt.agent.vms.IncomingGuest;
import io.overt.agent.vms.MigrationRequest;
import io.overt.agent.vms.MigrationStatus;
import io.overt.agent.vms.Migrations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The verbs that move running guests, of the source and of the destination. */
final class MigrationVerbs implements Verbs.VerbGroup {

  private final Migrations migrations;

  MigrationVerbs(Migrations migrations) {
    this.migrations = migrations;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.migrate", this::migrate);
    registry.add("VM.migrationCreate", this::create);
    registry.add("VM.getMigrationStatus", this::status);
    registry.add("VM.migrateCancel", this::cancel);
    registry.add("VM.migrateChangeParams", this::change);
  }

  private Object migrate(Parameters call) {
    Parameters wanted = call.object("params");
    String method = wanted.text("method", "online");
    if (!method.equals("online")) {
      throw Parameters.wrong("method", method, "online");
    }
    MigrationRequest request =
        new MigrationRequest(
            wanted.text("dst"),
            wanted.text("dstqemu", ""),
            wanted.flag("tunneled", false),
            wanted.flag("abortOnError", true),
            wanted.flag("autoConverge", false),
            wanted.flag("compressed", false),
            wanted.flag("encrypted", false),
            wanted.has("maxBandwidth")
                ? Optional.of(wanted.number("maxBandwidth"))
                : Optional.empty(),
            parallel(wanted),
            wanted.number("downtime", 0),
            wanted.text("consoleAddress", ""),
            limit(wanted, "incomingLimit"),
            limit(wanted, "outgoingLimit"),
            wanted.flag("enableGuestEvents", false),
            schedule(wanted));
    migrations.start(call.uuid("vmID"), request);
    return Answer.object()
        .put("status", Map.of("code", 0, "message", "Migration in progress"))
        .put("progress", 0)
        .build();
  }

  /** Two are the fewest that make sense; fewer mean that a plain connection will do. */
  private static int parallel(Parameters wanted) {
    long connections = wanted.number("parallel", 0);
    if (connections < 0 || connections > 255) {
      throw Parameters.wrong("parallel", connections, "a number of connections from 2 to 255");
    }
    return connections < 2 ? 0 : (int) connections;
  }

  private static Optional<Integer> limit(Parameters wanted, String name) {
    if (!wanted.has(name)) {
      return Optional.empty();
    }
    long limit = wanted.number(name);
    if (limit < 1 || limit > 1000) {
      throw Parameters.wrong(name, limit, "a number of migrations from 1 to 1000");
    }
    return Optional.of((int) limit);
  }

  /** {@code {init: [action…], stalling: [{limit, action}…]}}, an action being name and params. */
  private static ConvergenceSchedule schedule(Parameters wanted) {
    if (!wanted.has("convergenceSchedule")) {
      return ConvergenceSchedule.NONE;
    }
    Parameters schedule = wanted.object("convergenceSchedule");
    List<Action> initial =
        schedule.has("init")
            ? schedule.objects("init").stream().map(MigrationVerbs::action).toList()
            : List.of();
    List<Stalling> stalling =
        schedule.has("stalling")
            ? schedule.objects("stalling").stream()
                .map(step -> new Stalling(step.number("limit"), action(step.object("action"))))
                .toList()
            : List.of();
    return new ConvergenceSchedule(initial, stalling);
  }

  private static Action action(Parameters action) {
    String name = action.text("name");
    return switch (name) {
      case "setDowntime" -> new Action.SetDowntime(firstNumber(action));
      case "abort" -> new Action.Abort();
      case "postcopy" -> new Action.PostCopy();
      default -> throw Parameters.wrong("name", name, "setDowntime, abort or postcopy");
    };
  }

  private static long firstNumber(Parameters action) {
    List<?> values = action.list("params");
    if (values.isEmpty()) {
      throw Parameters.wrong("params", values, "a list with the downtime in milliseconds");
    }
    return new Parameters(Map.of("params", String.valueOf(values.getFirst()))).number("params");
  }

  private Object create(Parameters call) {
    UUID id = call.uuid("vmID");
    Parameters machine = call.object("params");
    String destination = machine.text("migrationDest", "libvirt");
    if (!destination.equals("libvirt")) {
      throw Parameters.wrong("migrationDest", destination, "libvirt");
    }
    String xml = machine.text("_srcDomXML", machine.text("xml", ""));
    if (xml.isEmpty()) {
      throw new VdsmError(
          ErrorCode.MISSING_PARAMETER, "VM.migrationCreate of " + id + " lacks _srcDomXML");
    }
    String adapted =
        migrations.prepare(
            id,
            new IncomingGuest(
                xml,
                machine.text("consoleAddress", ""),
                limit(call, "incomingLimit"),
                media(machine)));
    Map<String, Object> accepted = new LinkedHashMap<>();
    accepted.put("vmId", id.toString());
    accepted.put("xml", adapted);
    return Answer.object().put("migrationPort", 0).put("params", accepted).build();
  }

  /** Of an agent like this one; VDSM has no such word. */
  private static Map<String, String> media(Parameters machine) {
    Map<String, String> media = new LinkedHashMap<>();
    if (machine.has(IncomingGuest.MEDIA)) {
      for (Parameters medium : machine.objects(IncomingGuest.MEDIA)) {
        media.put(medium.text("target"), medium.text("content"));
      }
    }
    return media;
  }

  private Object status(Parameters call) {
    MigrationStatus status = migrations.status(call.uuid("vmID"));
    Answer answer =
        Answer.object()
            .put("status", Map.of("code", status.code(), "message", status.message()))
            .put("progress", status.progress());
    if (status.downtimeMillis() >= 0) {
      answer.put("downtime", status.downtimeMillis());
    }
    return answer.build();
  }

  private Object change(Parameters call) {
    Parameters wanted = call.object("params");
    if (wanted.has("maxBandwidth")) {
      long bandwidth = wanted.number("maxBandwidth");
      if (bandwidth < 1 || bandwidth > 1_000_000) {
        throw Parameters.wrong("maxBandwidth", bandwidth, "MiB a second from 1 to 1000000");
      }
      migrations.limit(call.uuid("vmID"), bandwidth);
    }
    return true;
  }

  private Object cancel(Parameters call) {
    migrations.cancel(call.uuid("vmID"));
    return true;
  }
}
