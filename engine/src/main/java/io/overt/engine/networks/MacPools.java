package io.overt.engine.networks;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.MacPoolService;
import io.overt.model.services.MacPoolsService;
import io.overt.model.types.MacPool;
import io.overt.model.types.Range;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** {@code /macpools}: where new network interfaces get their addresses from. */
public final class MacPools implements MacPoolsService {
  /** The default pool's id in every oVirt engine. */
  public static final String DEFAULT = "58ca604b-017d-0374-0220-00000000014e";

  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 4000;
  private final Platform platform;
  private final Resource<MacPool> resource;
  private final Function<Key, AssignedPermissionsService> permissions;

  public MacPools(Platform platform, Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.MAC_POOL);
    this.permissions = permissions;
  }

  /** The default pool. */
  public static void install(Transaction transaction) {
    transaction.insert(
        Kinds.MAC_POOL,
        new MacPool()
            .id(DEFAULT)
            .name("Default")
            .description("Default MAC pool")
            .allowDuplicates(false)
            .defaultPool(true)
            .ranges(List.of(new Range().from("56:6f:01:02:00:00").to("56:6f:01:02:ff:ff"))));
  }

  /** {@code search} is not for MAC pools. */
  @Override
  public List<MacPool> list(ListRequest request) {
    return resource.list(
        request.call(), platform.snapshot(), platform.snapshot().all(Kinds.MAC_POOL));
  }

  @Override
  public Outcome<MacPool> add(AddRequest request) {
    Call call = request.call();
    MacPool body = platform.body(request.pool());
    if (Boolean.TRUE.equals(body.defaultPool())) {
      throw ApiFault.bad("mac_pool.default_pool cannot be true for a new pool");
    }
    MacPool value =
        body.copy()
            .id(platform.newId())
            .defaultPool(false)
            .allowDuplicates(Boolean.TRUE.equals(body.allowDuplicates()));
    Entity<MacPool> added =
        platform.write(
            transaction -> {
              check(transaction, value, "add");
              Entity<MacPool> entity = transaction.insert(Kinds.MAC_POOL, value);
              CreationGrants.created(
                  transaction,
                  platform.caller(call),
                  entity.key(),
                  CreationGrants.Audience.CREATOR);
              platform.report(transaction, "MAC_POOL_ADD_SUCCESS", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static void check(Transaction transaction, MacPool pool, String operation) {
    Names.length(Names.required(pool.name(), "MacPool", operation), "mac_pool.name", NAME_LIMIT);
    Names.text(pool.description(), "mac_pool.description", TEXT_LIMIT);
    List<Range> ranges = Objects.requireNonNullElse(pool.ranges(), List.of());
    if (ranges.isEmpty()) {
      throw ApiFault.incomplete("MacPool", "ranges", operation);
    }
    MacRanges own = MacRanges.parse(ranges);
    List<String> overlapping =
        transaction.current().all(Kinds.MAC_POOL).stream()
            .filter(other -> !other.id().equals(pool.id()))
            .filter(other -> own.overlaps(MacRanges.of(other.value())))
            .map(other -> "'" + other.value().name() + "'")
            .toList();
    transaction.requireUnchanged(Kinds.MAC_POOL);
    if (!overlapping.isEmpty()) {
      throw ApiFault.conflict(
          "mac_pool.ranges overlap with those of the pools " + String.join(", ", overlapping));
    }
    own.check();
  }

  @Override
  public MacPoolService macPool(String id) {
    return new MacPoolService() {
      @Override
      public MacPool get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<MacPool> update(UpdateRequest request) {
        Call call = request.call();
        MacPool body = platform.body(request.pool());
        Entity<MacPool> updated =
            platform.write(
                transaction -> {
                  Entity<MacPool> current = resource.require(call, transaction, id);
                  if (body.defaultPool() != null
                      && !body.defaultPool().equals(current.value().defaultPool())) {
                    throw ApiFault.bad("mac_pool.default_pool cannot be changed");
                  }
                  MacPool merged = Updates.merge(current.value(), body, Set.of());
                  check(transaction, merged, "update");
                  Entity<MacPool> entity = transaction.update(current, merged);
                  platform.report(transaction, "MAC_POOL_EDIT_SUCCESS", call, entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<MacPool> current = resource.require(call, transaction, id);
              if (Boolean.TRUE.equals(current.value().defaultPool())) {
                throw ApiFault.bad("The default MAC pool cannot be removed");
              }
              List<String> clusters =
                  transaction.current().referrers(Kinds.CLUSTER, "mac_pool", id).stream()
                      .map(cluster -> "'" + cluster.value().name() + "'")
                      .toList();
              if (!clusters.isEmpty()) {
                throw ApiFault.conflict(
                    "MAC pool '"
                        + current.value().name()
                        + "' is used by the clusters "
                        + String.join(", ", clusters)
                        + "; give them another pool first.");
              }
              transaction.delete(current);
              platform.report(transaction, "MAC_POOL_REMOVE_SUCCESS", call, current.value());
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.MAC_POOL.key(id));
      }
    };
  }
}
