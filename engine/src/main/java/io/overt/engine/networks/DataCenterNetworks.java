package io.overt.engine.networks;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.DataCenterNetworkService;
import io.overt.model.services.DataCenterNetworksService;
import io.overt.model.types.Network;
import java.util.List;

/** {@code /datacenters/{id}/networks}. */
public final class DataCenterNetworks implements DataCenterNetworksService {
  private final Networks networks;
  private final String dataCenterId;

  public DataCenterNetworks(Networks networks, String dataCenterId) {
    this.networks = networks;
    this.dataCenterId = dataCenterId;
  }

  private Key dataCenter() {
    return Kinds.DATA_CENTER.key(dataCenterId);
  }

  private boolean here(Entity<Network> network) {
    return dataCenter().equals(network.owner());
  }

  @Override
  public List<Network> list(ListRequest request) {
    return networks.listIn(request.call(), dataCenter());
  }

  @Override
  public Outcome<Network> add(AddRequest request) {
    Network body = request.network();
    if (body == null) {
      throw ApiFault.incomplete("Network", "name", "add");
    }
    return networks.add(request.call(), body, dataCenterId);
  }

  @Override
  public DataCenterNetworkService network(String id) {
    return new DataCenterNetworkService() {
      @Override
      public Network get(GetRequest request) {
        return networks.get(request.call(), id, DataCenterNetworks.this::here);
      }

      @Override
      public Outcome<Network> update(UpdateRequest request) {
        Network body = request.network();
        return networks.update(
            request.call(), id, body == null ? new Network() : body, DataCenterNetworks.this::here);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return networks.remove(request.call(), id, DataCenterNetworks.this::here);
      }
    };
  }
}
