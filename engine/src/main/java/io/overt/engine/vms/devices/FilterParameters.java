package io.overt.engine.vms.devices;

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
import io.overt.model.services.NicNetworkFilterParameterService;
import io.overt.model.services.NicNetworkFilterParametersService;
import io.overt.model.types.NetworkFilterParameter;
import io.overt.model.types.Nic;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Set;

/** {@code /vms/{id}/nics/{id}/networkfilterparameters}. */
final class FilterParameters implements NicNetworkFilterParametersService {
  private final Platform platform;
  private final Devices<Vm, Nic> nics;
  private final String nicId;
  private final Key nicKey;

  FilterParameters(Devices<Vm, Nic> nics, String nicId) {
    this.platform = nics.platform();
    this.nics = nics;
    this.nicId = nicId;
    this.nicKey = Kinds.NIC.key(nicId);
  }

  @Override
  public List<NetworkFilterParameter> list(ListRequest request) {
    nics.get(request.call(), nicId);
    return platform.snapshot().owned(Kinds.NETWORK_FILTER_PARAMETER, nicKey).stream()
        .limit(Resource.limit(request.call()))
        .map(this::shown)
        .toList();
  }

  @Override
  public Outcome<NetworkFilterParameter> add(AddRequest request) {
    NetworkFilterParameter body = platform.body(request.parameter());
    Names.required(body.name(), "NetworkFilterParameter", "add");
    if (body.value() == null) {
      throw ApiFault.incomplete("NetworkFilterParameter", "value", "add");
    }
    Entity<NetworkFilterParameter> added =
        platform.write(
            transaction -> {
              nics.require(request.call(), transaction, nicId);
              NetworkFilterParameter parameter =
                  new NetworkFilterParameter()
                      .id(platform.newId())
                      .name(body.name())
                      .value(body.value());
              return transaction.insert(Kinds.NETWORK_FILTER_PARAMETER, parameter, nicKey);
            });
    return Outcome.done(shown(added));
  }

  @Override
  public NicNetworkFilterParameterService parameter(String id) {
    return new NicNetworkFilterParameterService() {
      @Override
      public NetworkFilterParameter get(GetRequest request) {
        nics.get(request.call(), nicId);
        return platform
            .snapshot()
            .find(Kinds.NETWORK_FILTER_PARAMETER, nicKey, id)
            .map(FilterParameters.this::shown)
            .orElseThrow(ApiFault::notFound);
      }

      @Override
      public Outcome<NetworkFilterParameter> update(UpdateRequest request) {
        NetworkFilterParameter body = platform.body(request.parameter());
        Entity<NetworkFilterParameter> updated =
            platform.write(
                transaction -> {
                  Entity<NetworkFilterParameter> current = require(request.call(), transaction, id);
                  return transaction.update(
                      current, Updates.merge(current.value(), body, Set.of("nic")));
                });
        return Outcome.done(shown(updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              transaction.delete(require(request.call(), transaction, id));
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private Entity<NetworkFilterParameter> require(Call call, Transaction transaction, String id) {
    nics.require(call, transaction, nicId);
    return transaction
        .current()
        .find(Kinds.NETWORK_FILTER_PARAMETER, nicKey, id)
        .orElseThrow(ApiFault::notFound);
  }

  /** The reference names the machine too, as the interface's address needs it. */
  private NetworkFilterParameter shown(Entity<NetworkFilterParameter> entity) {
    NetworkFilterParameter shown = (NetworkFilterParameter) entity.value().shallowCopy();
    return shown.nic(new Nic().id(nicId).vm(new Vm().id(nics.ownerKey().id())));
  }
}
