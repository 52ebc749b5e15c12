package io.overt.inventory.search;

import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be searched. */
public final class SearchObjects {
  private static final Map<Kind<?>, SearchObject<?>> BY_KIND = new HashMap<>();
  private static final Map<String, Kind<?>> BY_PREFIX = new HashMap<>();

  static {
    add(ComputeObjects.vms(), "vms", "vm");
    add(ComputeObjects.hosts(), "hosts", "host");
    add(ComputeObjects.templates(Kinds.TEMPLATE), "template", "templates");
    add(ComputeObjects.templates(Kinds.INSTANCE_TYPE), "instancetypes", "instancetype");
    add(ComputeObjects.pools(), "pools", "pool");
    add(ComputeObjects.clusters(), "clusters", "cluster");
    add(ComputeObjects.dataCenters(), "datacenter", "datacenters");
    add(StorageObjects.domains(), "storage");
    add(StorageObjects.disks(), "disks", "disk");
    add(StorageObjects.quotas(), "quota");
    add(NetworkObjects.networks(), "networks", "network");
    add(NetworkObjects.profiles(), "vnicprofiles", "vnicprofile");
    add(
        NetworkObjects.providers(Kinds.OPEN_STACK_NETWORK_PROVIDER, "openstack_network"),
        "providers",
        "provider");
    add(NetworkObjects.providers(Kinds.OPEN_STACK_IMAGE_PROVIDER, "openstack_image"));
    add(NetworkObjects.providers(Kinds.OPEN_STACK_VOLUME_PROVIDER, "openstack_volume"));
    add(NetworkObjects.providers(Kinds.EXTERNAL_HOST_PROVIDER, "foreman"));
    add(PeopleObjects.users(), "users", "user");
    add(PeopleObjects.groups(), "groups", "group");
    add(PeopleObjects.events(), "events", "event");
    add(PeopleObjects.jobs(), "jobs", "job");
  }

  private SearchObjects() {}

  /** Whether entities of that kind can be searched. */
  public static boolean searchable(Kind<?> kind) {
    return BY_KIND.containsKey(kind);
  }

  /**
   * The kind that a search text of the web UI names before its colon: {@code VMs}, {@code
   * Datacenter}, in any case.
   */
  public static Optional<Kind<?>> kindOf(String prefix) {
    return Optional.ofNullable(BY_PREFIX.get(prefix.strip().toLowerCase(Locale.ROOT)));
  }

  /** What a search text of the web UI may name before its colon, one word for each kind. */
  public static List<String> prefixes() {
    Map<Kind<?>, String> longest = new HashMap<>();
    BY_PREFIX.forEach(
        (prefix, kind) ->
            longest.merge(
                kind, prefix, (one, other) -> one.length() > other.length() ? one : other));
    return longest.values().stream()
        .map(prefix -> prefix.substring(0, 1).toUpperCase(Locale.ROOT) + prefix.substring(1))
        .sorted()
        .toList();
  }

  static SearchObject<?> of(Kind<?> kind) {
    SearchObject<?> object = BY_KIND.get(kind);
    if (object == null) {
      throw new IllegalArgumentException(
          "objects of kind " + kind + " cannot be searched; those of " + BY_KIND.keySet() + " can");
    }
    return object;
  }

  static List<SearchObject<?>> all() {
    return List.copyOf(BY_KIND.values());
  }

  static Supplier<SearchObject<?>> lazy(Kind<?> kind) {
    return () -> of(kind);
  }

  /** Builds once, on first use. */
  static Supplier<SearchObject<?>> lazily(Supplier<SearchObject<?>> source) {
    return new Supplier<>() {
      private volatile @Nullable SearchObject<?> built;

      @Override
      public SearchObject<?> get() {
        SearchObject<?> known = built;
        if (known == null) {
          known = source.get();
          built = known;
        }
        return known;
      }
    };
  }

  private static <T extends Struct> void add(SearchObject<T> object, String... prefixes) {
    BY_KIND.put(object.kind(), object);
    for (String prefix : prefixes) {
      BY_PREFIX.put(prefix, object.kind());
    }
  }
}
