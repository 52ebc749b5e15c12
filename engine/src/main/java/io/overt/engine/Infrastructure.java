package io.overt.engine;

import io.overt.engine.affinity.AffinityLabels;
import io.overt.engine.catalogue.ClusterLevels;
import io.overt.engine.catalogue.Icons;
import io.overt.engine.catalogue.KatelloErrata;
import io.overt.engine.catalogue.OperatingSystems;
import io.overt.engine.catalogue.Options;
import io.overt.engine.catalogue.Providers;
import io.overt.engine.clusters.Clusters;
import io.overt.engine.datacenters.DataCenters;
import io.overt.engine.instancetypes.InstanceTypes;
import io.overt.engine.networks.MacPools;
import io.overt.engine.networks.NetworkFilters;
import io.overt.engine.networks.Networks;
import io.overt.engine.networks.VnicProfiles;
import io.overt.engine.policies.PolicyUnits;
import io.overt.engine.policies.SchedulingPolicies;
import io.overt.engine.qos.CpuProfiles;
import io.overt.engine.qos.DiskProfiles;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Key;
import io.overt.inventory.Transaction;
import io.overt.model.Service;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AttachedStorageDomainsService;
import io.overt.model.services.HostsService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The features around data centers, clusters and networks, and what a new engine has of them. */
final class Infrastructure {
  private Infrastructure() {}

  /**
   * The services by URL segment.
   *
   * @param permissions serves the permissions of an object
   * @param storageDomains serves the storage domains that are attached to a data center
   * @param hosts serves the hosts; asked when a request needs them
   */
  static Map<String, Service> services(
      Platform platform,
      Function<Key, AssignedPermissionsService> permissions,
      Function<String, AttachedStorageDomainsService> storageDomains,
      Supplier<HostsService> hosts) {
    Clusters clusters = new Clusters(platform, permissions, hosts);
    Networks networks = new Networks(platform, permissions);
    Map<String, Service> services = new LinkedHashMap<>();
    services.put(
        "datacenters", new DataCenters(platform, clusters, networks, permissions, storageDomains));
    services.put("clusters", clusters);
    services.put("networks", networks);
    services.put("vnicprofiles", new VnicProfiles(platform, permissions));
    services.put("networkfilters", new NetworkFilters(platform));
    services.put("macpools", new MacPools(platform, permissions));
    services.put("cpuprofiles", new CpuProfiles(platform, permissions));
    services.put("diskprofiles", new DiskProfiles(platform, permissions));
    services.put("schedulingpolicies", new SchedulingPolicies(platform));
    services.put("schedulingpolicyunits", new PolicyUnits(platform));
    services.put("affinitylabels", new AffinityLabels(platform));
    services.put("instancetypes", new InstanceTypes(platform));
    services.put("clusterlevels", new ClusterLevels());
    services.put("operatingsystems", new OperatingSystems(platform));
    services.put("icons", new Icons(platform));
    services.put("options", new Options(platform));
    services.put("katelloerrata", new KatelloErrata());
    services.putAll(Providers.services(platform));
    return services;
  }

  /** The group Everyone must be there. */
  static void install(Transaction transaction) {
    MacPools.install(transaction);
    SchedulingPolicies.install(transaction);
    NetworkFilters.install(transaction);
    OperatingSystems.install(transaction);
    InstanceTypes.install(transaction);
    DataCenters.install(transaction);
    Networks.install(transaction, DataCenters.DEFAULT);
    Clusters.install(transaction, DataCenters.DEFAULT);
  }
}
