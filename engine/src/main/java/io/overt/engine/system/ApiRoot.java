package io.overt.engine.system;

import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.engine.tags.Tags;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Outcome;
import io.overt.model.Service;
import io.overt.model.services.SystemService;
import io.overt.model.types.Action;
import io.overt.model.types.Api;
import io.overt.model.types.ApiSummary;
import io.overt.model.types.ApiSummaryItem;
import io.overt.model.types.EngineBackupInfo;
import io.overt.model.types.HostStatus;
import io.overt.model.types.ProductInfo;
import io.overt.model.types.SpecialObjects;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.Tag;
import io.overt.model.types.Template;
import io.overt.model.types.User;
import io.overt.model.types.Version;
import io.overt.model.types.VmStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /ovirt-engine/api}. */
public final class ApiRoot implements SystemService {
  /** The Blank template's id in every oVirt engine. */
  public static final String BLANK = "00000000-0000-0000-0000-000000000000";

  /** The version that clients see. */
  public static final String FULL_VERSION = "4.5.8-1.overt";

  private final Platform platform;
  private final String instanceId;
  private final Map<String, Service> collections;

  /**
   * @param collections by URL segment; what is missing answers 501 below its URL
   */
  public ApiRoot(Platform platform, String instanceId, Map<String, Service> collections) {
    this.platform = platform;
    this.instanceId = instanceId;
    this.collections = Map.copyOf(collections);
  }

  @Override
  public @Nullable Service locate(String segment) {
    Service collection = collections.get(segment);
    return collection == null ? SystemService.super.locate(segment) : collection;
  }

  @Override
  public Api get(GetRequest request) {
    Caller caller = platform.caller(request.call());
    Snapshot snapshot = platform.snapshot();
    ProductInfo product = new ProductInfo().name("Overt").vendor("overt.io").version(version());
    Api api =
        new Api()
            .productInfo(product)
            .specialObjects(
                new SpecialObjects()
                    .blankTemplate(new Template().id(BLANK))
                    .rootTag(new Tag().id(Tags.ROOT)))
            .time(platform.clock().instant())
            .authenticatedUser(new User().id(caller.userId()))
            .effectiveUser(new User().id(caller.userId()));
    if (!caller.filter()) {
      product.instanceId(instanceId);
      api.engineBackup(new EngineBackupInfo()).summary(summary(snapshot));
    }
    return api;
  }

  /** Clients compare it with the features that they need: the model's version, not Overt's. */
  private static Version version() {
    return new Version().major(4L).minor(5L).build(8L).revision(0L).fullVersion(FULL_VERSION);
  }

  private static ApiSummary summary(Snapshot snapshot) {
    long domains = snapshot.count(Kinds.STORAGE_DOMAIN);
    long unattached = snapshot.count(Kinds.STORAGE_DOMAIN, StorageDomainStatus.UNATTACHED.wire());
    long users = snapshot.count(Kinds.USER);
    return new ApiSummary()
        .hosts(item(snapshot.count(Kinds.HOST, HostStatus.UP.wire()), snapshot.count(Kinds.HOST)))
        .storageDomains(item(domains - unattached, domains))
        .users(item(users, users))
        .vms(item(snapshot.count(Kinds.VM, VmStatus.UP.wire()), snapshot.count(Kinds.VM)));
  }

  private static ApiSummaryItem item(long active, long total) {
    return new ApiSummaryItem().active(active).total(total);
  }

  @Override
  public Outcome<Action> reloadConfigurations(ReloadConfigurationsRequest request) {
    return Outcome.done(new Action());
  }
}
