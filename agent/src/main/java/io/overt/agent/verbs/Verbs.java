package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hypervisor.HypervisorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of verbs. {@link #call} answers with maps, lists, texts, numbers and booleans that a
 * JSON writer can take as they are; a verb without a result answers {@code true}. Until the agent
 * has recovered its virtual machines every call fails with code 99 (VDSM's rule).
 */
public final class Verbs {

  private static final Logger log = LoggerFactory.getLogger(Verbs.class);

  private final Map<String, Verb> table = new LinkedHashMap<>();
  private final BooleanSupplier ready;

  /**
   * @param ready whether recovery is done
   */
  public Verbs(BooleanSupplier ready, VerbGroup... groups) {
    this.ready = ready;
    for (VerbGroup group : groups) {
      group.register(
          (name, verb) -> {
            if (table.put(name, verb) != null) {
              throw new IllegalStateException("Verb " + name + " is registered twice");
            }
          });
    }
  }

  /** The names of all verbs. */
  public Set<String> names() {
    return Set.copyOf(table.keySet());
  }

  /**
   * Runs a verb on the caller's thread.
   *
   * @throws VdsmError with the code for the wire; nothing else is thrown
   */
  public Object call(String name, Map<String, ?> parameters) {
    if (!ready.getAsBoolean()) {
      throw new VdsmError(ErrorCode.RECOVERING, "Recovering from a restart or initializing");
    }
    Verb verb = table.get(name);
    if (verb == null) {
      throw new VdsmError(
          ErrorCode.METHOD_NOT_FOUND, "Method '" + name + "' is not provided by this agent");
    }
    try {
      return verb.call(new Parameters(parameters));
    } catch (VdsmError e) {
      throw e;
    } catch (HookException e) {
      throw new VdsmError(ErrorCode.HOOK_ERROR, String.valueOf(e.getMessage()), e);
    } catch (HypervisorException e) {
      throw translated(e);
    } catch (RuntimeException e) {
      log.error("{} failed unexpectedly", name, e);
      throw new VdsmError(ErrorCode.INTERNAL, name + " failed: " + e, e);
    }
  }

  private static VdsmError translated(HypervisorException e) {
    ErrorCode code =
        switch (e.kind()) {
          case DOMAIN_MISSING -> ErrorCode.NO_SUCH_VM;
          case ALREADY_EXISTS -> ErrorCode.VM_EXISTS;
          case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
          case TIMEOUT, UNREACHABLE -> ErrorCode.RESOURCE_UNAVAILABLE;
          case GUEST_SILENT -> ErrorCode.GUEST_AGENT_NOT_RESPONDING;
          case FAILED -> ErrorCode.UNEXPECTED;
        };
    return new VdsmError(code, String.valueOf(e.getMessage()), e);
  }

  /** One verb. */
  interface Verb {
    Object call(Parameters parameters);
  }

  /** Where a group puts its verbs. */
  interface Registry {
    void add(String name, Verb verb);
  }

  /** Verbs that belong together. */
  public sealed interface VerbGroup
      permits ApplianceVerbs,
          HookVerbs,
          HostVerbs,
          NetworkVerbs,
          VmVerbs,
          DeviceVerbs,
          GuestVerbs,
          MigrationVerbs,
          SavedStateVerbs,
          LiveDiskVerbs,
          PowerVerbs,
          JobVerbs,
          StoragePoolVerbs,
          StorageDomainVerbs,
          VolumeVerbs,
          ImageVerbs,
          TaskVerbs {
    /** Adds the group's verbs to the table. */
    void register(Registry registry);
  }
}
