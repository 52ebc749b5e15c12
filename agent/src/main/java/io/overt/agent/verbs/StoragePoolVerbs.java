package io.overt.agent.verbs;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore;
import io.overt.agent.storage.DomainStore.Capacity;
import io.overt.agent.storage.DomainType;
import io.overt.agent.storage.StorageConnection;
import io.overt.agent.storage.StorageDomains;
import io.overt.agent.storage.StoragePools;
import io.overt.agent.storage.StoragePools.Pool;
import io.overt.agent.storage.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The StoragePool verbs. */
final class StoragePoolVerbs implements Verbs.VerbGroup {

  private static final Logger log = LoggerFactory.getLogger(StoragePoolVerbs.class);

  private final DomainStore store;
  private final StorageDomains domains;
  private final StoragePools pools;
  private final Tasks tasks;

  StoragePoolVerbs(DomainStore store, StorageDomains domains, StoragePools pools, Tasks tasks) {
    this.store = store;
    this.domains = domains;
    this.pools = pools;
    this.tasks = tasks;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("StoragePool.connectStorageServer", call -> eachConnection(call, store::connect));
    registry.add(
        "StoragePool.disconnectStorageServer", call -> eachConnection(call, store::disconnect));
    registry.add("StoragePool.create", this::create);
    registry.add("StoragePool.reconstructMaster", this::reconstruct);
    registry.add("StoragePool.connect", this::connect);
    registry.add("StoragePool.disconnect", this::disconnect);
    registry.add("StoragePool.destroy", this::destroy);
    registry.add("StoragePool.spmStart", this::spmStart);
    registry.add("StoragePool.spmStop", this::spmStop);
    registry.add("StoragePool.getSpmStatus", this::spmStatus);
    registry.add("StoragePool.getInfo", this::info);
  }

  /** One connection's failure is its status; the others are still tried. */
  private static Object eachConnection(Parameters call, Consumer<StorageConnection> work) {
    DomainType type = DomainType.parse(call.text("domainType"));
    List<Object> statuses = new ArrayList<>();
    for (Parameters each : call.objects("connectionParams")) {
      int status = 0;
      try {
        work.accept(
            new StorageConnection(
                type,
                each.text("connection"),
                each.text("vfs_type", each.text("vfsType", "")),
                each.text("mnt_options", each.text("mntOptions", ""))));
      } catch (VdsmError e) {
        log.warn("Storage server {}: {}", each.text("connection", ""), e.getMessage());
        status = e.code();
      }
      statuses.add(Answer.object().put("id", each.text("id")).put("status", status).build());
    }
    return statuses;
  }

  private Object create(Parameters call) {
    pools.create(
        call.uuid("storagepoolID"),
        call.text("name"),
        call.uuid("masterSdUUID"),
        call.number("masterVersion"),
        call.uuids("domainList"));
    return true;
  }

  private Object reconstruct(Parameters call) {
    Map<UUID, String> members = new LinkedHashMap<>();
    Parameters dictionary = call.object("domainDict");
    for (String key : dictionary.values().keySet()) {
      String status = dictionary.text(key).toLowerCase(Locale.ROOT);
      members.put(UUID.fromString(key), status.equals("active") ? "Active" : "Attached");
    }
    pools.reconstruct(
        call.uuid("storagepoolID"),
        call.text("name", ""),
        call.uuid("masterSdUUID"),
        call.number("masterVersion"),
        members);
    return true;
  }

  private Object connect(Parameters call) {
    pools.connect(
        call.uuid("storagepoolID"),
        call.number("hostID"),
        call.uuid("masterSdUUID"),
        call.number("masterVersion"));
    return true;
  }

  private Object disconnect(Parameters call) {
    pools.disconnect(call.uuid("storagepoolID"));
    return true;
  }

  private Object destroy(Parameters call) {
    pools.destroy(call.uuid("storagepoolID"));
    return true;
  }

  /** The engine chose this host; the task is there because the engine waits for one. */
  private Object spmStart(Parameters call) {
    UUID pool = call.uuid("storagepoolID");
    pools.get(pool);
    return tasks.start("spmStart", () -> pools.manage(pool)).toString();
  }

  private Object spmStop(Parameters call) {
    pools.resign(call.uuid("storagepoolID"));
    return true;
  }

  private Object spmStatus(Parameters call) {
    Pool pool = pools.get(call.uuid("storagepoolID"));
    return Answer.object()
        .put("spmId", pool.spmId())
        .put("spmStatus", pools.manages(pool.id()) ? "SPM" : "Free")
        .put("spmLver", pool.spmVersion())
        .build();
  }

  private Object info(Parameters call) {
    Pool pool = pools.get(call.uuid("storagepoolID"));
    Map<String, String> master = domains.metadata(pool.master());
    Map<String, Object> members = new LinkedHashMap<>();
    pool.domains().forEach((id, status) -> members.put(id.toString(), member(id, status)));
    return Answer.object()
        .put(
            "info",
            Answer.object()
                .put("name", pool.name())
                .put("type", master.getOrDefault("TYPE", ""))
                .put("version", master.getOrDefault("VERSION", "5"))
                .put("master_uuid", pool.master().toString())
                .put("master_ver", pool.masterVersion())
                .put("lver", pool.spmVersion())
                .put("spm_id", pool.spmId())
                .put("pool_status", "connected")
                .put("isoprefix", "")
                .put(
                    "domains",
                    pool.domains().entrySet().stream()
                        .map(each -> each.getKey() + ":" + each.getValue())
                        .collect(Collectors.joining(",")))
                .build())
        .put("dominfo", members)
        .build();
  }

  /** A domain that cannot be read shows no sizes, as upstream. */
  private Map<String, Object> member(UUID id, String status) {
    Answer answer =
        Answer.object().put("status", status).put("alerts", List.of()).put("isoprefix", "");
    try {
      Capacity capacity = domains.capacity(id);
      answer
          .text("disktotal", capacity.totalBytes())
          .text("diskfree", capacity.freeBytes())
          .put("version", Integer.parseInt(domains.metadata(id).getOrDefault("VERSION", "5")));
    } catch (VdsmError e) {
      answer.put("disktotal", "").put("diskfree", "").put("version", -1);
    }
    return answer.build();
  }
}
