package io.overt.engine.webadmin.changes;

import io.overt.engine.resource.Platform;
import io.overt.fleet.Reports;
import io.overt.inventory.Change;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.Permission;
import io.overt.rest.api.Extension;
import io.overt.rest.events.MessageSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /overt/api/changes}: a stream of {@code change} events, the ids of objects by their
 * collection: {@code {"collections":{"vms":["…"]},"more":false}}. Objects change when the inventory
 * says so and when their host reports of them. {@code more} says that the next message belongs to
 * the same moment. After a {@code reset} anything may have changed.
 */
public final class Changes implements ChangeListener {
  private final Platform platform;
  private final Supplier<Reports> reports;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private boolean listening;

  public Changes(Platform platform, Supplier<Reports> reports) {
    this.platform = platform;
    this.reports = reports;
  }

  public Extension extension() {
    return Extension.stream("changes", "GET /", this::watch);
  }

  /** A client that comes back has missed something. */
  private MessageSource watch(Extension.Request request) {
    listen();
    boolean returning = request.call().parameter("Last-Event-ID") != null;
    Watch watch = new Watch(platform, platform.caller(request.call()), returning, watches::remove);
    watches.add(watch);
    return watch;
  }

  /** From the first client on. */
  private synchronized void listen() {
    if (!listening) {
      listening = true;
      platform.inventory().onChange(this);
      reports.get().onHost(id -> reported(Kinds.HOST.key(id)));
      reports.get().onMachine(id -> reported(Kinds.VM.key(id)));
    }
  }

  private void reported(Key key) {
    watches.forEach(watch -> watch.add(List.of(key)));
  }

  @Override
  public void changed(ChangeSet changes) {
    if (watches.isEmpty()) {
      return;
    }
    Set<Key> shown = new LinkedHashSet<>();
    Set<String> principals = new HashSet<>();
    boolean roles = false;
    for (Change change : changes.changes()) {
      Shown.collect(change, changes.snapshot(), shown);
      principal(change.before(), principals);
      principal(change.after(), principals);
      roles |= change.key().kind().equals(Kinds.ROLE.name());
    }
    for (Watch watch : watches) {
      watch.add(shown, changes.snapshot());
      if (roles) {
        watch.reset();
      } else {
        watch.regranted(principals);
      }
    }
  }

  /** Of whom what they see has changed. */
  private static void principal(@Nullable Entity<?> entity, Set<String> principals) {
    if (entity != null && entity.value() instanceof Permission permission) {
      add(permission.user(), principals);
      add(permission.group(), principals);
    }
  }

  private static void add(@Nullable Struct principal, Set<String> principals) {
    String id = principal == null ? null : principal.id();
    if (id != null) {
      principals.add(id);
    }
  }

  @Override
  public void resync(Snapshot snapshot) {
    for (Watch watch : watches) {
      watch.add(List.of(), snapshot);
      watch.reset();
    }
  }
}
