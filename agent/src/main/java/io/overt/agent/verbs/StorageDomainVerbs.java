package io.overt.agent.verbs;

import io.overt.agent.storage.DomainStore.Capacity;
import io.overt.agent.storage.DomainType;
import io.overt.agent.storage.StorageDomains;
import io.overt.agent.storage.StorageDomains.DomainClass;
import io.overt.agent.storage.StorageDomains.NewDomain;
import io.overt.agent.storage.StoragePools;
import io.overt.agent.storage.Volumes;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The StorageDomain verbs. */
final class StorageDomainVerbs implements Verbs.VerbGroup {

  private final StorageDomains domains;
  private final StoragePools pools;
  private final Volumes volumes;

  StorageDomainVerbs(StorageDomains domains, StoragePools pools, Volumes volumes) {
    this.domains = domains;
    this.pools = pools;
    this.volumes = volumes;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("StorageDomain.create", this::create);
    registry.add("StorageDomain.format", this::format);
    registry.add("StorageDomain.getInfo", this::info);
    registry.add("StorageDomain.getStats", this::statistics);
    registry.add("StorageDomain.setDescription", this::setDescription);
    registry.add("StorageDomain.getImages", this::images);
    registry.add("StorageDomain.getVolumes", this::volumes);
    registry.add("StorageDomain.attach", this::attach);
    registry.add("StorageDomain.detach", this::detach);
    registry.add("StorageDomain.activate", this::activate);
    registry.add("StorageDomain.deactivate", this::deactivate);
  }

  private Object create(Parameters call) {
    domains.create(
        new NewDomain(
            call.uuid("storagedomainID"),
            DomainType.parse(call.text("domainType")),
            call.text("typeArgs"),
            call.text("name"),
            DomainClass.parse(call.text("domainClass", "1")),
            call.number("version", 5)));
    return true;
  }

  private Object format(Parameters call) {
    domains.format(call.uuid("storagedomainID"), call.flag("autoDetach", false));
    return true;
  }

  private Object info(Parameters call) {
    UUID id = call.uuid("storagedomainID");
    Map<String, String> metadata = domains.metadata(id);
    String pool = metadata.getOrDefault("POOL_UUID", "");
    return Answer.object()
        .put("uuid", id.toString())
        .put("name", metadata.getOrDefault("DESCRIPTION", ""))
        .put("type", metadata.getOrDefault("TYPE", ""))
        .put("class", metadata.getOrDefault("CLASS", "Data"))
        .put("role", metadata.getOrDefault("ROLE", "Regular"))
        .put("pool", pool.isEmpty() ? List.of() : List.of(pool))
        .put("version", metadata.getOrDefault("VERSION", "5"))
        .put("master_ver", number(metadata, "MASTER_VERSION", 0))
        .put("lver", number(metadata, "POOL_SPM_LVER", -1))
        .put("spm_id", number(metadata, "POOL_SPM_ID", -1))
        .put("remotePath", metadata.getOrDefault("REMOTE_PATH", ""))
        .put("block_size", number(metadata, "BLOCK_SIZE", 512))
        .put("alignment", number(metadata, "ALIGNMENT", 1048576))
        .build();
  }

  private static long number(Map<String, String> metadata, String key, long otherwise) {
    String text = metadata.get(key);
    return text == null || text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private Object statistics(Parameters call) {
    Capacity capacity = domains.capacity(call.uuid("storagedomainID"));
    return Answer.object()
        .text("disktotal", capacity.totalBytes())
        .text("diskfree", capacity.freeBytes())
        .put("mdasize", 0)
        .put("mdafree", 0)
        .put("mdavalid", true)
        .put("mdathreshold", true)
        .build();
  }

  private Object setDescription(Parameters call) {
    domains.setDescription(call.uuid("storagedomainID"), call.text("description"));
    return true;
  }

  private Object images(Parameters call) {
    return volumes.images(call.uuid("storagedomainID")).stream().map(UUID::toString).toList();
  }

  private Object volumes(Parameters call) {
    return volumes.volumes(call.uuid("storagedomainID"), call.uuid("imageID")).stream()
        .map(UUID::toString)
        .toList();
  }

  private Object attach(Parameters call) {
    pools.attach(call.uuid("storagepoolID"), call.uuid("storagedomainID"));
    return true;
  }

  private Object detach(Parameters call) {
    pools.detach(
        call.uuid("storagepoolID"), call.uuid("storagedomainID"), call.flag("force", false));
    return true;
  }

  private Object activate(Parameters call) {
    pools.activate(call.uuid("storagepoolID"), call.uuid("storagedomainID"));
    return true;
  }

  private Object deactivate(Parameters call) {
    pools.deactivate(call.uuid("storagepoolID"), call.uuid("storagedomainID"));
    return true;
  }
}
