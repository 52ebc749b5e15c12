package io.overt.engine.affinity;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AffinityGroupHostLabelService;
import io.overt.model.services.AffinityGroupHostLabelsService;
import io.overt.model.services.AffinityGroupHostService;
import io.overt.model.services.AffinityGroupHostsService;
import io.overt.model.services.AffinityGroupService;
import io.overt.model.services.AffinityGroupVmLabelService;
import io.overt.model.services.AffinityGroupVmLabelsService;
import io.overt.model.services.AffinityGroupVmService;
import io.overt.model.services.AffinityGroupVmsService;
import io.overt.model.services.AffinityGroupsService;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityLabel;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code /clusters/{id}/affinitygroups}. */
public final class AffinityGroups implements AffinityGroupsService {
  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 4000;
  private static final Set<String> READ_ONLY = Set.of("cluster", "broken", "positive", "enforcing");
  private final Platform platform;
  private final Resource<AffinityGroup> resource;
  private final String clusterId;

  public AffinityGroups(Platform platform, String clusterId) {
    this.platform = platform;
    this.resource =
        new Resource<>(
            platform,
            Kinds.AFFINITY_GROUP,
            (entity, snapshot, call) -> AffinityRules.shown(snapshot, entity.value()));
    this.clusterId = clusterId;
  }

  private Key owner() {
    return Kinds.CLUSTER.key(clusterId);
  }

  /** The groups of a cluster that does not exist are none, as engine 4.5 answers. */
  @Override
  public List<AffinityGroup> list(ListRequest request) {
    References.pathId(clusterId);
    return resource.listOwned(request.call(), owner());
  }

  @Override
  public Outcome<AffinityGroup> add(AddRequest request) {
    Call call = request.call();
    AffinityGroup body = platform.body(request.group());
    Entity<AffinityGroup> added =
        platform.write(
            transaction -> {
              References.requirePresent(transaction, Kinds.CLUSTER, clusterId);
              AffinityGroup value =
                  body.copy()
                      .id(platform.newId())
                      .cluster(new Cluster().id(clusterId))
                      .vms(null)
                      .hosts(null)
                      .vmLabels(null)
                      .hostLabels(null);
              AffinityRules.settle(value, body);
              check(transaction, value, "add");
              Entity<AffinityGroup> empty =
                  transaction.insert(Kinds.AFFINITY_GROUP, value, owner());
              Entity<AffinityGroup> entity = fill(transaction, empty, body);
              AffinityConflicts.check(platform, transaction, call, clusterId, entity.id());
              platform.report(transaction, "USER_ADDED_AFFINITY_GROUP", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  /** Takes over the lists of members that the body has. */
  private Entity<AffinityGroup> fill(
      Transaction transaction, Entity<AffinityGroup> group, AffinityGroup body) {
    AffinityGroup value = group.value().copy();
    if (body.vms() != null) {
      value.vms(vms(group.id()).resolveAll(transaction, group, body.vms()));
    }
    if (body.hosts() != null) {
      value.hosts(hosts(group.id()).resolveAll(transaction, group, body.hosts()));
    }
    if (body.vmLabels() != null) {
      value.vmLabels(
          labels(group.id(), "vm_labels").resolveAll(transaction, group, body.vmLabels()));
    }
    if (body.hostLabels() != null) {
      value.hostLabels(
          labels(group.id(), "host_labels").resolveAll(transaction, group, body.hostLabels()));
    }
    return value.equals(group.value()) ? group : transaction.update(group, value);
  }

  private void check(Transaction transaction, AffinityGroup group, String operation) {
    String name =
        Names.dotted(
            Names.required(group.name(), "AffinityGroup", operation), "group.name", NAME_LIMIT);
    Names.text(group.description(), "group.description", TEXT_LIMIT);
    boolean taken =
        transaction.current().owned(Kinds.AFFINITY_GROUP, owner()).stream()
            .filter(other -> !other.id().equals(group.id()))
            .anyMatch(other -> Objects.equals(other.value().name(), name));
    if (taken) {
      throw ApiFault.bad("The cluster already has an affinity group named '" + name + "'");
    }
  }

  private Entity<AffinityGroup> require(Call call, Transaction transaction, String id) {
    return resource.requireOwned(call, transaction, owner(), id);
  }

  private Entity<AffinityGroup> require(Call call, Snapshot snapshot, String id) {
    Entity<AffinityGroup> group = resource.require(call, snapshot, id);
    if (!owner().equals(group.owner())) {
      throw ApiFault.notFound();
    }
    return group;
  }

  private Membership<AffinityGroup, Vm> vms(String id) {
    return new Membership<>(
        platform,
        Kinds.VM,
        "vms",
        (call, transaction) -> require(call, transaction, id),
        new OfCluster<Vm>());
  }

  private Membership<AffinityGroup, Host> hosts(String id) {
    return new Membership<>(
        platform,
        Kinds.HOST,
        "hosts",
        (call, transaction) -> require(call, transaction, id),
        new OfCluster<Host>());
  }

  private Membership<AffinityGroup, AffinityLabel> labels(String id, String list) {
    return new Membership<>(
        platform,
        Kinds.AFFINITY_LABEL,
        list,
        (call, transaction) -> require(call, transaction, id),
        new OfCluster<AffinityLabel>());
  }

  /** VMs and hosts must be of the group's cluster; labels belong to none. */
  private final class OfCluster<M extends Struct> implements Membership.Rules<AffinityGroup, M> {
    @Override
    public void check(Transaction transaction, Entity<AffinityGroup> group, Entity<M> member) {
      if (member.value().get("cluster") instanceof Cluster cluster
          && !clusterId.equals(cluster.id())) {
        throw ApiFault.bad(
            "'"
                + member.value().get("name")
                + "' belongs to another cluster than the affinity"
                + " group");
      }
    }

    @Override
    public void report(Transaction transaction, Call call, Entity<AffinityGroup> group) {
      AffinityConflicts.check(platform, transaction, call, clusterId, group.id());
      platform.report(transaction, "USER_UPDATED_AFFINITY_GROUP", call, group.value());
    }
  }

  @Override
  public AffinityGroupService group(String id) {
    return new One(id);
  }

  private final class One implements AffinityGroupService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    /** Engine 4.5 answers 400, not 404, for a group that does not exist; so does this. */
    @Override
    public AffinityGroup get(GetRequest request) {
      References.pathId(id);
      if (platform.snapshot().find(Kinds.AFFINITY_GROUP, id).isEmpty()) {
        throw ApiFault.bad("There is no affinity group " + id);
      }
      return resource.getOwned(request.call(), owner(), id);
    }

    @Override
    public Outcome<AffinityGroup> update(UpdateRequest request) {
      Call call = request.call();
      AffinityGroup body = platform.body(request.group());
      Entity<AffinityGroup> updated =
          platform.write(
              transaction -> {
                Entity<AffinityGroup> current = require(call, transaction, id);
                AffinityGroup merged = Updates.merge(current.value(), body, READ_ONLY);
                AffinityRules.settle(merged, body);
                check(transaction, merged, "update");
                Entity<AffinityGroup> entity =
                    fill(transaction, transaction.update(current, merged), body);
                AffinityConflicts.check(platform, transaction, call, clusterId, entity.id());
                platform.report(transaction, "USER_UPDATED_AFFINITY_GROUP", call, entity.value());
                return entity;
              });
      return Outcome.done(resource.present(call, updated));
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      platform.write(
          transaction -> {
            Entity<AffinityGroup> current = require(call, transaction, id);
            transaction.delete(current);
            platform.report(transaction, "USER_REMOVED_AFFINITY_GROUP", call, current.value());
            return id;
          });
      return Outcome.removed();
    }

    @Override
    public AffinityGroupVmsService vms() {
      Membership<AffinityGroup, Vm> members = AffinityGroups.this.vms(id);
      return new AffinityGroupVmsService() {
        @Override
        public List<Vm> list(AffinityGroupVmsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(request.call(), snapshot, require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<Vm> add(AffinityGroupVmsService.AddRequest request) {
          return Outcome.assigned(members.add(request.call(), request.vm()));
        }

        @Override
        public AffinityGroupVmService vm(String vmId) {
          return new AffinityGroupVmService() {
            @Override
            public Outcome<Struct> remove(AffinityGroupVmService.RemoveRequest request) {
              members.remove(request.call(), vmId);
              return Outcome.removed();
            }
          };
        }
      };
    }

    @Override
    public AffinityGroupHostsService hosts() {
      Membership<AffinityGroup, Host> members = AffinityGroups.this.hosts(id);
      return new AffinityGroupHostsService() {
        @Override
        public List<Host> list(AffinityGroupHostsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(request.call(), snapshot, require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<Host> add(AffinityGroupHostsService.AddRequest request) {
          return Outcome.assigned(members.add(request.call(), request.host()));
        }

        @Override
        public AffinityGroupHostService host(String hostId) {
          return new AffinityGroupHostService() {
            @Override
            public Outcome<Struct> remove(AffinityGroupHostService.RemoveRequest request) {
              members.remove(request.call(), hostId);
              return Outcome.removed();
            }
          };
        }
      };
    }

    @Override
    public AffinityGroupVmLabelsService vmLabels() {
      Membership<AffinityGroup, AffinityLabel> members = labels(id, "vm_labels");
      return new AffinityGroupVmLabelsService() {
        @Override
        public List<AffinityLabel> list(AffinityGroupVmLabelsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(request.call(), snapshot, require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<AffinityLabel> add(AffinityGroupVmLabelsService.AddRequest request) {
          return Outcome.assigned(members.add(request.call(), request.label()));
        }

        @Override
        public AffinityGroupVmLabelService label(String labelId) {
          return new AffinityGroupVmLabelService() {
            @Override
            public Outcome<Struct> remove(AffinityGroupVmLabelService.RemoveRequest request) {
              members.remove(request.call(), labelId);
              return Outcome.removed();
            }
          };
        }
      };
    }

    @Override
    public AffinityGroupHostLabelsService hostLabels() {
      Membership<AffinityGroup, AffinityLabel> members = labels(id, "host_labels");
      return new AffinityGroupHostLabelsService() {
        @Override
        public List<AffinityLabel> list(AffinityGroupHostLabelsService.ListRequest request) {
          Snapshot snapshot = platform.snapshot();
          return members.list(request.call(), snapshot, require(request.call(), snapshot, id));
        }

        @Override
        public Outcome<AffinityLabel> add(AffinityGroupHostLabelsService.AddRequest request) {
          return Outcome.assigned(members.add(request.call(), request.label()));
        }

        @Override
        public AffinityGroupHostLabelService label(String labelId) {
          return new AffinityGroupHostLabelService() {
            @Override
            public Outcome<Struct> remove(AffinityGroupHostLabelService.RemoveRequest request) {
              members.remove(request.call(), labelId);
              return Outcome.removed();
            }
          };
        }
      };
    }
  }
}
