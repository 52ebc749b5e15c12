package io.overt.engine.hosts;

import io.overt.engine.hosts.HostNetworkSetup.Change;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Updates;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.NetworkAttachmentService;
import io.overt.model.services.NetworkAttachmentsService;
import io.overt.model.types.HostNic;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkAttachment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /hosts/{id}/networkattachments}, and those of one card: each change is a set-up of one
 * network.
 */
final class HostNetworkAttachments implements NetworkAttachmentsService {
  private final Platform platform;
  private final ReportedByHost reported;
  private final HostNetworkSetup setup;
  private final @Nullable String nic;

  /**
   * @param nic the only card that is looked at; null for all
   */
  HostNetworkAttachments(
      Platform platform, ReportedByHost reported, HostNetworkSetup setup, @Nullable String nic) {
    this.platform = platform;
    this.reported = reported;
    this.setup = setup;
    this.nic = nic;
  }

  @Override
  public List<NetworkAttachment> list(ListRequest request) {
    return all(request.call());
  }

  private List<NetworkAttachment> all(Call call) {
    return reported.networkAttachments(call).stream()
        .filter(
            known -> nic == null || (known.hostNic() != null && nic.equals(known.hostNic().id())))
        .toList();
  }

  @Override
  public Outcome<NetworkAttachment> add(AddRequest request) {
    NetworkAttachment wanted = platform.body(request.attachment());
    if (nic != null) {
      wanted = wanted.copy().hostNic(new HostNic().id(nic));
    }
    Network network = wanted.network();
    if (network == null || (network.id() == null && network.name() == null)) {
      throw ApiFault.incomplete("NetworkAttachment", "network.id|name", "add");
    }
    List<NetworkAttachment> before = all(request.call());
    setup.perform(request.call(), Change.of(List.of(wanted), List.of()));
    return Outcome.done(
        all(request.call()).stream()
            .filter(known -> before.stream().noneMatch(old -> same(old, known)))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiFault.conflict(
                        "The network is attached to the host already, or the host does not report"
                            + " it.")));
  }

  private static boolean same(NetworkAttachment one, NetworkAttachment other) {
    return Objects.equals(one.id(), other.id());
  }

  private NetworkAttachment require(Call call, String id) {
    return all(call).stream()
        .filter(known -> id.equals(known.id()))
        .findFirst()
        .orElseThrow(ApiFault::notFound);
  }

  @Override
  public NetworkAttachmentService attachment(String id) {
    return new NetworkAttachmentService() {
      @Override
      public NetworkAttachment get(GetRequest request) {
        return require(request.call(), id);
      }

      @Override
      public Outcome<NetworkAttachment> update(UpdateRequest request) {
        NetworkAttachment current = require(request.call(), id);
        NetworkAttachment merged =
            Updates.merge(
                current, platform.body(request.attachment()), Set.of("network", "host", "in_sync"));
        setup.perform(request.call(), Change.of(List.of(merged), List.of()));
        return Outcome.done(require(request.call(), id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        NetworkAttachment current = require(request.call(), id);
        setup.perform(request.call(), Change.of(List.of(), List.of(current)));
        return Outcome.removed();
      }
    };
  }
}
