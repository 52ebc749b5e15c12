package io.overt.engine.instancetypes;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.InstanceTypeGraphicsConsoleService;
import io.overt.model.services.InstanceTypeGraphicsConsolesService;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.InstanceType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** {@code /instancetypes/{id}/graphicsconsoles}: one for each protocol at most. */
final class InstanceTypeConsoles implements InstanceTypeGraphicsConsolesService {
  private final Platform platform;
  private final Resource<InstanceType> types;
  private final String typeId;

  InstanceTypeConsoles(Platform platform, Resource<InstanceType> types, String typeId) {
    this.platform = platform;
    this.types = types;
    this.typeId = typeId;
  }

  /** A console, whose id is the protocol's name in hexadecimal. */
  static Entity<GraphicsConsole> insert(
      Transaction transaction, Entity<InstanceType> type, GraphicsType protocol) {
    return transaction.insert(
        Kinds.GRAPHICS_CONSOLE,
        new GraphicsConsole()
            .id(HexFormat.of().formatHex(protocol.wire().getBytes(StandardCharsets.UTF_8)))
            .protocol(protocol)
            .instanceType(new InstanceType().id(type.id())),
        type.key());
  }

  @Override
  public List<GraphicsConsole> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    Entity<InstanceType> type = types.require(request.call(), snapshot, typeId);
    return snapshot.owned(Kinds.GRAPHICS_CONSOLE, type.key()).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<GraphicsConsole> add(AddRequest request) {
    Call call = request.call();
    GraphicsType protocol = platform.body(request.console()).protocol();
    if (protocol == null) {
      throw ApiFault.incomplete("GraphicsConsole", "protocol", "add");
    }
    Entity<GraphicsConsole> added =
        platform.write(
            transaction -> {
              Entity<InstanceType> type = types.require(call, transaction, typeId);
              boolean present =
                  transaction.current().owned(Kinds.GRAPHICS_CONSOLE, type.key()).stream()
                      .anyMatch(console -> console.value().protocol() == protocol);
              if (present) {
                throw ApiFault.conflict(
                    "Instance type '"
                        + type.value().name()
                        + "' already has a "
                        + protocol.wire()
                        + " console.");
              }
              return insert(transaction, type, protocol);
            });
    return Outcome.done(added.value());
  }

  @Override
  public InstanceTypeGraphicsConsoleService console(String id) {
    return new InstanceTypeGraphicsConsoleService() {
      @Override
      public GraphicsConsole get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        return find(snapshot, types.require(request.call(), snapshot, typeId), id).value();
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<InstanceType> type = types.require(call, transaction, typeId);
              transaction.delete(find(transaction.current(), type, id));
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static Entity<GraphicsConsole> find(
      Snapshot snapshot, Entity<InstanceType> type, String id) {
    return snapshot.find(Kinds.GRAPHICS_CONSOLE, type.key(), id).orElseThrow(ApiFault::notFound);
  }
}
