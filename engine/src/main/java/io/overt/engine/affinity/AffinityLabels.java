package io.overt.engine.affinity;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AffinityLabelHostService;
import io.overt.model.services.AffinityLabelHostsService;
import io.overt.model.services.AffinityLabelService;
import io.overt.model.services.AffinityLabelVmService;
import io.overt.model.services.AffinityLabelVmsService;
import io.overt.model.services.AffinityLabelsService;
import io.overt.model.types.AffinityLabel;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Set;

/** {@code /affinitylabels}. */
public final class AffinityLabels implements AffinityLabelsService {
  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<AffinityLabel> resource;

  public AffinityLabels(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.AFFINITY_LABEL);
  }

  @Override
  public List<AffinityLabel> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<AffinityLabel> add(AddRequest request) {
    Call call = request.call();
    AffinityLabel body = platform.body(request.label());
    Entity<AffinityLabel> added =
        platform.write(
            transaction -> {
              AffinityLabel value =
                  checked(body.copy(), "add")
                      .id(platform.newId())
                      .readOnly(false)
                      .hasImplicitAffinityGroup(
                          Boolean.TRUE.equals(body.hasImplicitAffinityGroup()))
                      .vms(null)
                      .hosts(null);
              Entity<AffinityLabel> empty = transaction.insert(Kinds.AFFINITY_LABEL, value);
              Entity<AffinityLabel> entity = fill(transaction, empty, body);
              platform.report(transaction, "USER_ADDED_AFFINITY_LABEL", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static AffinityLabel checked(AffinityLabel label, String operation) {
    Names.dotted(
        Names.required(label.name(), "AffinityLabel", operation), "label.name", NAME_LIMIT);
    return label;
  }

  private Entity<AffinityLabel> fill(
      Transaction transaction, Entity<AffinityLabel> label, AffinityLabel body) {
    AffinityLabel value = label.value().copy();
    if (body.vms() != null) {
      value.vms(vms(label.id()).resolveAll(transaction, label, body.vms()));
    }
    if (body.hosts() != null) {
      value.hosts(hosts(label.id()).resolveAll(transaction, label, body.hosts()));
    }
    return value.equals(label.value()) ? label : transaction.update(label, value);
  }

  private Entity<AffinityLabel> require(Call call, Transaction transaction, String id) {
    return resource.require(call, transaction, id);
  }

  private Membership<AffinityLabel, Vm> vms(String id) {
    return new Membership<>(
        platform,
        Kinds.VM,
        "vms",
        (call, transaction) -> require(call, transaction, id),
        new Reported<Vm>());
  }

  private Membership<AffinityLabel, Host> hosts(String id) {
    return new Membership<>(
        platform,
        Kinds.HOST,
        "hosts",
        (call, transaction) -> require(call, transaction, id),
        new Reported<Host>());
  }

  private final class Reported<M extends Struct> implements Membership.Rules<AffinityLabel, M> {
    /** Labels take VMs and hosts of all clusters. */
    @Override
    public void check(Transaction transaction, Entity<AffinityLabel> label, Entity<M> member) {}

    @Override
    public boolean takesAgain() {
      return true;
    }

    @Override
    public void report(Transaction transaction, Call call, Entity<AffinityLabel> label) {
      platform.report(transaction, "USER_UPDATED_AFFINITY_LABEL", call, label.value());
    }
  }

  private static void requireEmpty(AffinityLabel label) {
    int vms = Membership.references(label, "vms").size();
    int hosts = Membership.references(label, "hosts").size();
    if (vms + hosts > 0) {
      throw ApiFault.conflict(
          "Affinity label '%s' cannot be removed: %d VMs and %d hosts bear it."
              .formatted(label.name(), vms, hosts));
    }
  }

  @Override
  public AffinityLabelService label(String id) {
    return new One(id);
  }

  private final class One implements AffinityLabelService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    @Override
    public AffinityLabel get(GetRequest request) {
      return resource.get(request.call(), id);
    }

    @Override
    public Outcome<AffinityLabel> update(UpdateRequest request) {
      Call call = request.call();
      AffinityLabel body = platform.body(request.label());
      Entity<AffinityLabel> updated =
          platform.write(
              transaction -> {
                Entity<AffinityLabel> current = require(call, transaction, id);
                AffinityLabel merged =
                    checked(Updates.merge(current.value(), body, Set.of("read_only")), "update");
                Entity<AffinityLabel> entity =
                    fill(transaction, transaction.update(current, merged), body);
                platform.report(transaction, "USER_UPDATED_AFFINITY_LABEL", call, entity.value());
                return entity;
              });
      return Outcome.done(resource.present(call, updated));
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      platform.write(
          transaction -> {
            Entity<AffinityLabel> current = require(call, transaction, id);
            requireEmpty(current.value());
            transaction.delete(current);
            platform.report(transaction, "USER_REMOVED_AFFINITY_LABEL", call, current.value());
            return id;
          });
      return Outcome.removed();
    }

    @Override
    public AffinityLabelVmsService vms() {
      Membership<AffinityLabel, Vm> members = AffinityLabels.this.vms(id);
      return new AffinityLabelVmsService() {
        @Override
        public List<Vm> list(AffinityLabelVmsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(
              request.call(), snapshot, resource.require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<Vm> add(AffinityLabelVmsService.AddRequest request) {
          return Outcome.done(members.add(request.call(), request.vm()));
        }

        @Override
        public AffinityLabelVmService vm(String vmId) {
          return new AffinityLabelVmService() {
            @Override
            public Vm get(AffinityLabelVmService.GetRequest request) {
              Snapshot snapshot = platform.snapshot();
              return members
                  .find(snapshot, resource.require(request.call(), snapshot, id), vmId)
                  .orElseThrow(ApiFault::notFound);
            }

            @Override
            public Outcome<Struct> remove(AffinityLabelVmService.RemoveRequest request) {
              members.remove(request.call(), vmId);
              return Outcome.removed();
            }
          };
        }
      };
    }

    @Override
    public AffinityLabelHostsService hosts() {
      Membership<AffinityLabel, Host> members = AffinityLabels.this.hosts(id);
      return new AffinityLabelHostsService() {
        @Override
        public List<Host> list(AffinityLabelHostsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(
              request.call(), snapshot, resource.require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<Host> add(AffinityLabelHostsService.AddRequest request) {
          return Outcome.done(members.add(request.call(), request.host()));
        }

        @Override
        public AffinityLabelHostService host(String hostId) {
          return new AffinityLabelHostService() {
            @Override
            public Host get(AffinityLabelHostService.GetRequest request) {
              Snapshot snapshot = platform.snapshot();
              return members
                  .find(snapshot, resource.require(request.call(), snapshot, id), hostId)
                  .orElseThrow(ApiFault::notFound);
            }

            @Override
            public Outcome<Struct> remove(AffinityLabelHostService.RemoveRequest request) {
              members.remove(request.call(), hostId);
              return Outcome.removed();
            }
          };
        }
      };
    }
  }
}
