package io.overt.engine.instancetypes;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.InstanceTypeGraphicsConsolesService;
import io.overt.model.services.InstanceTypeNicsService;
import io.overt.model.services.InstanceTypeService;
import io.overt.model.services.InstanceTypeWatchdogsService;
import io.overt.model.services.InstanceTypesService;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.InstanceType;
import io.overt.model.types.MemoryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /instancetypes}. */
public final class InstanceTypes implements InstanceTypesService {
  private static final int NAME_LIMIT = 64;
  private static final int TEXT_LIMIT = 4000;
  private static final long MIB = 1L << 20;
  private static final Instant PREDEFINED = Instant.parse("2014-05-04T21:00:00Z");
  private static final Set<String> READ_ONLY =
      Set.of("creation_time", "status", "version", "cluster", "vm", "storage_domain");

  private record Predefined(String id, String name, long mebibytes, long sockets) {}

  private static final List<Predefined> ALL =
      List.of(
          new Predefined("00000003-0003-0003-0003-0000000000be", "Tiny", 512, 1),
          new Predefined("00000005-0005-0005-0005-0000000002e6", "Small", 2048, 1),
          new Predefined("00000007-0007-0007-0007-00000000010a", "Medium", 4096, 2),
          new Predefined("00000009-0009-0009-0009-0000000000f1", "Large", 8192, 2),
          new Predefined("0000000b-000b-000b-000b-00000000021f", "XLarge", 16384, 4));

  private final Platform platform;
  private final Resource<InstanceType> resource;

  public InstanceTypes(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.INSTANCE_TYPE);
  }

  /** The five predefined ones. */
  public static void install(Transaction transaction) {
    for (Predefined one : ALL) {
      String spoken = one.name().equals("XLarge") ? "Extra Large" : one.name();
      Entity<InstanceType> type =
          transaction.insert(
              Kinds.INSTANCE_TYPE,
              InstanceTypeDefaults.fill(
                  new InstanceType()
                      .id(one.id())
                      .name(one.name())
                      .description(spoken + " instance type")
                      .creationTime(PREDEFINED)
                      .memory(one.mebibytes() * MIB)
                      .cpu(new Cpu().topology(new CpuTopology().sockets(one.sockets())))));
      InstanceTypeConsoles.insert(transaction, type, GraphicsType.SPICE);
    }
  }

  @Override
  public List<InstanceType> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<InstanceType> add(AddRequest request) {
    Call call = request.call();
    InstanceType body = platform.body(request.instanceType()).copy();
    READ_ONLY.forEach(member -> body.set(member, null));
    InstanceType value =
        InstanceTypeDefaults.fill(
            body.id(platform.newId()).creationTime(platform.clock().instant()));
    check(value, "add");
    Entity<InstanceType> added =
        platform.write(
            transaction -> {
              Entity<InstanceType> entity = transaction.insert(Kinds.INSTANCE_TYPE, value);
              InstanceTypeConsoles.insert(transaction, entity, console(value));
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static GraphicsType console(InstanceType type) {
    return type.display() != null && type.display().type_() == io.overt.model.types.DisplayType.VNC
        ? GraphicsType.VNC
        : GraphicsType.SPICE;
  }

  private static void check(InstanceType type, String operation) {
    Names.dotted(
        Names.required(type.name(), "InstanceType", operation), "instance_type.name", NAME_LIMIT);
    Names.text(type.description(), "instance_type.description", TEXT_LIMIT);
    long memory = Objects.requireNonNullElse(type.memory(), 0L);
    if (memory < MIB) {
      throw ApiFault.bad("instance_type.memory is " + memory + "; expected at least " + MIB);
    }
    MemoryPolicy policy = Objects.requireNonNull(type.memoryPolicy());
    atMost(policy.guaranteed(), memory, "instance_type.memory_policy.guaranteed", "memory");
    if (policy.max() != null && policy.max() < memory) {
      throw ApiFault.bad(
          "instance_type.memory_policy.max is " + policy.max() + ", below the memory " + memory);
    }
    CpuTopology topology = type.cpu() == null ? null : type.cpu().topology();
    if (topology != null) {
      positive(topology.cores(), "cores");
      positive(topology.sockets(), "sockets");
      positive(topology.threads(), "threads");
    }
  }

  private static void atMost(@Nullable Long value, long most, String field, String what) {
    if (value != null && value > most) {
      throw ApiFault.bad(field + " is " + value + ", above the " + what + " " + most);
    }
  }

  private static void positive(@Nullable Long value, String field) {
    if (value != null && value < 1) {
      throw ApiFault.bad(
          "instance_type.cpu.topology." + field + " is " + value + "; expected 1 or more");
    }
  }

  @Override
  public InstanceTypeService instanceType(String id) {
    return new InstanceTypeService() {
      @Override
      public InstanceType get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<InstanceType> update(UpdateRequest request) {
        Call call = request.call();
        InstanceType body = platform.body(request.instanceType());
        Entity<InstanceType> updated =
            platform.write(
                transaction -> {
                  Entity<InstanceType> current = resource.require(call, transaction, id);
                  InstanceType merged = Updates.merge(current.value(), body, READ_ONLY);
                  settleMemory(merged, body);
                  check(merged, "update");
                  if (body.display() != null && body.display().type_() != null) {
                    transaction
                        .current()
                        .owned(Kinds.GRAPHICS_CONSOLE, current.key())
                        .forEach(transaction::delete);
                    InstanceTypeConsoles.insert(transaction, current, console(merged));
                  }
                  return transaction.update(current, merged);
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              transaction.delete(resource.require(call, transaction, id));
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public InstanceTypeNicsService nics() {
        return new InstanceTypeNics(platform, resource, id);
      }

      @Override
      public InstanceTypeWatchdogsService watchdogs() {
        return new InstanceTypeWatchdogs(platform, resource, id);
      }

      @Override
      public InstanceTypeGraphicsConsolesService graphicsConsoles() {
        return new InstanceTypeConsoles(platform, resource, id);
      }
    };
  }

  /** More or less memory takes its bounds along unless these are given too. */
  private static void settleMemory(InstanceType merged, InstanceType body) {
    if (body.memory() == null) {
      return;
    }
    MemoryPolicy policy = Objects.requireNonNull(merged.memoryPolicy()).copy();
    MemoryPolicy given = body.memoryPolicy();
    if (given == null || given.guaranteed() == null) {
      policy.guaranteed(
          Math.min(Objects.requireNonNullElse(policy.guaranteed(), 0L), body.memory()));
    }
    if (given == null || given.max() == null) {
      policy.max(Math.max(Objects.requireNonNullElse(policy.max(), 0L), body.memory()));
    }
    merged.memoryPolicy(policy);
  }
}
