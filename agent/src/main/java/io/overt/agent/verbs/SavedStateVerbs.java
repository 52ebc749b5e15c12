package io.overt.agent.verbs;

import io.overt.agent.vms.SavedMemory;
import io.overt.agent.vms.Vms;
import java.util.Optional;
import java.util.UUID;

/** Machines that are saved to memory volumes, and that start from there. */
final class SavedStateVerbs implements Verbs.VerbGroup {

  private final Vms vms;

  SavedStateVerbs(Vms vms) {
    this.vms = vms;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.hibernate", this::hibernate);
  }

  private Object hibernate(Parameters call) {
    UUID id = call.uuid("vmID");
    vms.hibernation().hibernate(id, handle("hibernationVolHandle", call, false));
    return true;
  }

  /** The memory that a machine is to start from, if its parameters name one. */
  static Optional<SavedMemory> of(Parameters vm) {
    if (named(vm, "hiberVolHandle")) {
      return Optional.of(handle("hiberVolHandle", vm, false));
    }
    return named(vm, "memoryDumpVolume")
        ? Optional.of(handle("memoryDumpVolume", vm, true))
        : Optional.empty();
  }

  /** The memory volumes of a snapshot, if it is to have memory. */
  static Optional<SavedMemory> optionalHandle(String name, Parameters call) {
    return named(call, name) ? Optional.of(handle(name, call, true)) : Optional.empty();
  }

  private static boolean named(Parameters vm, String name) {
    return vm.has(name) && !"".equals(vm.values().get(name));
  }

  /** VDSM's handle as text, or the memory volume and its companion as objects. */
  private static SavedMemory handle(String name, Parameters call, boolean fromSnapshot) {
    if (!(call.values().get(name) instanceof String)) {
      return new SavedMemory(
          VmImages.of(call.object(name)),
          VmImages.of(call.object("memoryConfVolume")),
          fromSnapshot);
    }
    String text = call.text(name);
    try {
      return SavedMemory.read(text, fromSnapshot);
    } catch (IllegalArgumentException e) {
      throw Parameters.wrong(name, text, "a memory volume's handle: " + e.getMessage());
    }
  }
}
