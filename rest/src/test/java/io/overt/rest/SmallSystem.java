package io.overt.rest;

import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.ClusterService;
import io.overt.model.services.ClustersService;
import io.overt.model.services.EventsService;
import io.overt.model.services.SystemService;
import io.overt.model.services.TagService;
import io.overt.model.services.TagsService;
import io.overt.model.services.VmNicService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Action;
import io.overt.model.types.Api;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.Network;
import io.overt.model.types.Nic;
import io.overt.model.types.ProductInfo;
import io.overt.model.types.Quota;
import io.overt.model.types.Tag;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.rest.api.RequestInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A few real features over maps, enough to see every rule of the door at work. */
final class SmallSystem implements SystemService {
  final Map<String, Vm> vms = new ConcurrentSkipListMap<>();
  final Map<String, Tag> tags = new ConcurrentSkipListMap<>();
  final AtomicInteger clusterReads = new AtomicInteger();
  volatile String lastCall = "";

  SmallSystem() {
    addVm("1", "first");
    tags.put("0", makeTag("0", "root"));
  }

  void addVm(String id, String name) {
    Vm vm = new Vm();
    vm.id(id);
    vm.name(name);
    vm.description("");
    vm.status(VmStatus.DOWN);
    vm.memory(1L << 30);
    vm.cluster(reference(new Cluster(), "c1"));
    vm.template(reference(new Template(), "t1"));
    vm.quota(reference(new Quota(), "q1"));
    vms.put(id, vm.freeze());
  }

  private static Tag makeTag(String id, String name) {
    Tag tag = new Tag();
    tag.id(id);
    tag.name(name);
    return tag;
  }

  private static <T extends Struct> T reference(T struct, String id) {
    struct.set("id", id);
    return struct;
  }

  private void note(Call call) {
    lastCall =
        call.operation().key()
            + " for "
            + call.context(TestCaller.class).name()
            + " under "
            + call.context(RequestInfo.class).correlationId();
  }

  @Override
  public Api get(GetRequest request) {
    note(request.call());
    return new Api().productInfo(new ProductInfo().name("Overt"));
  }

  @Override
  public VmsService vms() {
    return new Vms();
  }

  @Override
  public TagsService tags() {
    return new Tags();
  }

  @Override
  public ClustersService clusters() {
    return new ClustersService() {
      @Override
      public ClusterService cluster(String id) {
        return new ClusterService() {
          @Override
          public Cluster get(GetRequest request) {
            clusterReads.incrementAndGet();
            Cluster cluster = new Cluster();
            cluster.id(id);
            cluster.name("Default");
            cluster.managementNetwork(reference(new Network(), "n1"));
            return cluster;
          }
        };
      }
    };
  }

  @Override
  public EventsService events() {
    return new EventsService() {
      @Override
      public List<Event> list(ListRequest request) {
        return List.of();
      }
    };
  }

  private final class Vms implements VmsService {
    @Override
    public List<Vm> list(ListRequest request) {
      note(request.call());
      if ("explode".equals(request.search())) {
        throw new IllegalStateException("secret inside");
      }
      return new ArrayList<>(vms.values());
    }

    @Override
    public Outcome<Vm> add(AddRequest request) {
      Vm vm = request.vm();
      if (vm == null || vm.name() == null) {
        throw ApiFault.incomplete("Vm", "name", "add");
      }
      if (vms.values().stream().anyMatch(other -> vm.name().equals(other.name()))) {
        throw ApiFault.conflict("Cannot add VM. The VM name is already in use.");
      }
      addVm("new-" + vm.name(), vm.name());
      Vm made = vms.get("new-" + vm.name());
      return Boolean.TRUE.equals(request.clone_())
          ? Outcome.started(made, "job-1")
          : Outcome.done(made);
    }

    @Override
    public VmService vm(String id) {
      return new OneVm(id);
    }
  }

  private final class OneVm implements VmService {
    private final String id;

    OneVm(String id) {
      this.id = id;
    }

    private Vm require() {
      Vm vm = vms.get(id);
      if (vm == null) {
        throw ApiFault.notFound();
      }
      return vm;
    }

    @Override
    public Vm get(GetRequest request) {
      note(request.call());
      assertSame(id, request.call().pathId("vm"));
      return require();
    }

    @Override
    public Outcome<Vm> update(UpdateRequest request) {
      Vm changed = require().copy();
      changed.merge(request.vm());
      vms.put(id, changed.freeze());
      return Outcome.done(changed);
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      require();
      if (id.equals("held")) {
        throw ApiFault.conflict("Cannot remove VM. Related operation is in progress.");
      }
      vms.remove(id);
      return Outcome.removing("job-9");
    }

    @Override
    public Outcome<Action> start(StartRequest request) {
      require();
      if (Boolean.TRUE.equals(request.pause())) {
        throw ApiFault.conflict("Cannot run VM.");
      }
      return Outcome.started(new Action(), "job-2");
    }

    @Override
    public Outcome<Action> stop(StopRequest request) {
      require();
      return Outcome.done(new Action(), "job-3");
    }

    @Override
    public VmNicsService nics() {
      return new VmNicsService() {
        @Override
        public List<Nic> list(ListRequest request) {
          require();
          return List.of(makeNic());
        }

        @Override
        public VmNicService nic(String nicId) {
          return new VmNicService() {
            @Override
            public Nic get(GetRequest request) {
              return makeNic();
            }
          };
        }
      };
    }

    private Nic makeNic() {
      Nic nic = new Nic();
      nic.id("n-" + id);
      nic.name("nic1");
      nic.vm(reference(new Vm(), id));
      return nic;
    }
  }

  private static void assertSame(String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException("expected " + expected + " but got " + actual);
    }
  }

  private final class Tags implements TagsService {
    @Override
    public List<Tag> list(ListRequest request) {
      return new ArrayList<>(tags.values());
    }

    @Override
    public Outcome<Tag> add(AddRequest request) {
      Tag tag = request.tag();
      Tag added = makeTag("t" + tags.size(), tag.name());
      added.parent(reference(new Tag(), "0"));
      tags.put(added.id(), added);
      return Outcome.done(added);
    }

    @Override
    public TagService tag(String id) {
      return new TagService() {
        @Override
        public Tag get(GetRequest request) {
          Tag tag = tags.get(id);
          if (tag == null) {
            throw ApiFault.notFound();
          }
          return tag;
        }

        @Override
        public Outcome<Struct> remove(RemoveRequest request) {
          tags.remove(id);
          return Outcome.removed();
        }
      };
    }
  }

  /** A host reference, for members that a test wants present. */
  static Host host(String id) {
    return reference(new Host(), id);
  }
}
