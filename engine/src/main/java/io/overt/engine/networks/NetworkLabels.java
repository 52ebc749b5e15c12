package io.overt.engine.networks;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.NetworkLabelService;
import io.overt.model.services.NetworkLabelsService;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkLabel;
import java.util.List;

/** {@code /networks/{id}/networklabels}: a network bears one label at most; its id is its text. */
final class NetworkLabels implements NetworkLabelsService {
  private static final int LIMIT = 50;
  private final Platform platform;
  private final Resource<Network> networks;
  private final String networkId;

  NetworkLabels(Platform platform, String networkId) {
    this.platform = platform;
    this.networks = new Resource<>(platform, Kinds.NETWORK);
    this.networkId = networkId;
  }

  @Override
  public List<NetworkLabel> list(ListRequest request) {
    if (networks.absent(request.call(), platform.snapshot(), networkId)) {
      return List.of();
    }
    Entity<Network> network = networks.require(request.call(), platform.snapshot(), networkId);
    return platform.snapshot().owned(Kinds.NETWORK_LABEL, network.key()).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<NetworkLabel> add(AddRequest request) {
    Call call = request.call();
    String id = platform.body(request.label()).id();
    String label =
        Names.plain(Names.required(id, "NetworkLabel", "add"), "network_label.id", LIMIT);
    Entity<NetworkLabel> added =
        platform.write(
            transaction -> {
              Entity<Network> network = networks.require(call, transaction, networkId);
              List<Entity<NetworkLabel>> present =
                  transaction.current().owned(Kinds.NETWORK_LABEL, network.key());
              if (!present.isEmpty()) {
                throw ApiFault.bad(
                    "Network '"
                        + network.value().name()
                        + "' already has the label '"
                        + present.getFirst().id()
                        + "'.");
              }
              Entity<NetworkLabel> entity =
                  transaction.insert(
                      Kinds.NETWORK_LABEL,
                      new NetworkLabel().id(label).network(new Network().id(networkId)),
                      network.key());
              report(transaction, "LABEL_NETWORK", call, network, label);
              return entity;
            });
    return Outcome.done(added.value());
  }

  private void report(
      Transaction transaction, String type, Call call, Entity<Network> network, String label) {
    platform
        .events()
        .append(transaction, type, platform.about(call, network.value()).with("Label", label));
  }

  @Override
  public NetworkLabelService label(String id) {
    return new NetworkLabelService() {
      @Override
      public NetworkLabel get(GetRequest request) {
        Entity<Network> network = networks.require(request.call(), platform.snapshot(), networkId);
        return platform
            .snapshot()
            .find(Kinds.NETWORK_LABEL, network.key(), id)
            .orElseThrow(ApiFault::notFound)
            .value();
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Network> network = networks.require(call, transaction, networkId);
              transaction.delete(
                  transaction
                      .current()
                      .find(Kinds.NETWORK_LABEL, network.key(), id)
                      .orElseThrow(ApiFault::notFound));
              report(transaction, "UNLABEL_NETWORK", call, network, id);
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
