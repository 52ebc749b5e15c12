package io.overt.engine.affinity;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedAffinityLabelService;
import io.overt.model.services.AssignedAffinityLabelsService;
import io.overt.model.types.AffinityLabel;
import java.util.ArrayList;
import java.util.List;

/** {@code /vms/{id}/affinitylabels} and {@code /hosts/{id}/affinitylabels}. */
public final class AssignedAffinityLabels<T extends Struct>
    implements AssignedAffinityLabelsService {
  private final Platform platform;
  private final Resource<T> owners;
  private final Resource<AffinityLabel> labels;
  private final String list;
  private final String ownerId;

  /**
   * @param kind of VMs or of hosts
   * @param ownerId whose labels these are
   */
  public AssignedAffinityLabels(Platform platform, Kind<T> kind, String ownerId) {
    this.platform = platform;
    this.owners = new Resource<>(platform, kind);
    this.labels = new Resource<>(platform, Kinds.AFFINITY_LABEL);
    this.list = kind.name() + "s";
    this.ownerId = ownerId;
  }

  private boolean assigned(Entity<AffinityLabel> label) {
    return Membership.references(label.value(), list).stream()
        .anyMatch(member -> ownerId.equals(member.id()));
  }

  @Override
  public List<AffinityLabel> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    owners.require(request.call(), snapshot, ownerId);
    List<Entity<AffinityLabel>> rows =
        snapshot.all(Kinds.AFFINITY_LABEL).stream().filter(this::assigned).toList();
    return labels.list(request.call(), snapshot, rows);
  }

  @Override
  public Outcome<AffinityLabel> add(AddRequest request) {
    Call call = request.call();
    AffinityLabel body = platform.body(request.label());
    Entity<AffinityLabel> added =
        platform.write(
            transaction -> {
              Entity<T> owner = owners.require(call, transaction, ownerId);
              Entity<AffinityLabel> label = wanted(transaction, body);
              if (assigned(label)) {
                return label;
              }
              List<Struct> members =
                  new ArrayList<>(Membership.<Struct>references(label.value(), list));
              Struct reference = owner.value().type().create();
              reference.set("id", ownerId);
              members.add(reference);
              return store(transaction, call, label, members);
            });
    return Outcome.done(labels.present(call, added));
  }

  /** The label that the body means; by its id, engine 4.5 misses one as if it were the URL's. */
  private static Entity<AffinityLabel> wanted(Transaction transaction, AffinityLabel body) {
    return body.id() == null
        ? References.resolve(transaction, Kinds.AFFINITY_LABEL, body)
        : transaction
            .find(Kinds.AFFINITY_LABEL, References.uuid(body.id()))
            .orElseThrow(ApiFault::notFound);
  }

  private Entity<AffinityLabel> store(
      Transaction transaction, Call call, Entity<AffinityLabel> label, List<Struct> members) {
    AffinityLabel changed = label.value().copy();
    changed.set(list, members);
    Entity<AffinityLabel> entity = transaction.update(label, changed);
    platform.report(transaction, "USER_UPDATED_AFFINITY_LABEL", call, entity.value());
    return entity;
  }

  @Override
  public AssignedAffinityLabelService label(String id) {
    return new AssignedAffinityLabelService() {
      @Override
      public AffinityLabel get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        owners.require(request.call(), snapshot, ownerId);
        Entity<AffinityLabel> label = labels.require(request.call(), snapshot, id);
        if (!assigned(label)) {
          throw ApiFault.notFound();
        }
        return labels.present(request.call(), label);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              owners.require(call, transaction, ownerId);
              Entity<AffinityLabel> label = labels.require(call, transaction, id);
              if (!assigned(label)) {
                throw ApiFault.notFound();
              }
              List<Struct> left =
                  Membership.<Struct>references(label.value(), list).stream()
                      .filter(member -> !ownerId.equals(member.id()))
                      .toList();
              return store(transaction, call, label, left);
            });
        return Outcome.removed();
      }
    };
  }
}
