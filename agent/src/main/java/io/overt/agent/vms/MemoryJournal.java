package io.overt.agent.vms;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A journal that lives as long as the simulated host that owns it. */
public final class MemoryJournal implements Journal {

  private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();

  @Override
  public void launched(UUID vm, String name) {
    entries.put(vm, new Entry(name, Optional.empty(), ""));
  }

  @Override
  public void transit(UUID vm, String way) {
    entries.computeIfPresent(vm, (id, old) -> new Entry(old.name(), old.exit(), way));
  }

  @Override
  public void ended(UUID vm, VmExit exit) {
    entries.compute(
        vm, (id, old) -> new Entry(old == null ? "" : old.name(), Optional.of(exit), ""));
  }

  @Override
  public void forget(UUID vm) {
    entries.remove(vm);
  }

  @Override
  public Map<UUID, Entry> entries() {
    return Map.copyOf(entries);
  }
}
