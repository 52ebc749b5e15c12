package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore.Backing;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Merges of a volume of an image into the one below it: the lower one takes its place. Every part
 * may be repeated. The upper volume remains, marked illegal, until it is removed.
 */
public final class Merges {

  private final DomainStore store;
  private final Volumes volumes;

  public Merges(DomainStore store, Volumes volumes) {
    this.store = store;
    this.volumes = volumes;
  }

  /**
   * The two volumes of a merge.
   *
   * @param top built directly on the base
   */
  public record Subchain(UUID domain, UUID image, UUID base, UUID top) {

    VolumeAddress lower() {
      return new VolumeAddress(domain, image, base);
    }

    VolumeAddress upper() {
      return new VolumeAddress(domain, image, top);
    }
  }

  /** Makes sure that the base can take what the top holds. */
  public void prepare(Subchain chain) {
    Map<String, String> base = volumes.metadata(chain.lower());
    Map<String, String> top = volumes.metadata(chain.upper());
    if (!chain.base().toString().equals(top.get("PUUID"))) {
      throw new VdsmError(
          ErrorCode.MERGE_SNAPSHOTS,
          "Volume %s is built on %s, not on %s"
              .formatted(chain.top(), top.get("PUUID"), chain.base()));
    }
    if (capacity(top) > capacity(base)) {
      volumes.change(chain.lower(), Map.of("CAP", Long.toString(capacity(top))));
    }
  }

  /** Copies what the top holds into the base; no machine may use them. */
  public void commit(Subchain chain) {
    Map<String, String> top = volumes.metadata(chain.upper());
    Map<String, String> base = volumes.metadata(chain.lower());
    store.commitVolume(chain.upper(), Volumes.format(top), chain.lower(), Volumes.format(base));
  }

  /** What was built on the top is built on the base. */
  public void complete(Subchain chain) {
    Map<String, String> base = volumes.metadata(chain.lower());
    for (UUID child : volumes.children(chain.domain(), chain.image(), chain.top())) {
      VolumeAddress address = new VolumeAddress(chain.domain(), chain.image(), child);
      store.rebaseVolume(
          address,
          Volumes.format(volumes.metadata(address)),
          new Backing(chain.base(), Volumes.format(base)));
    }
    noted(chain);
  }

  /** Notes that the contents are merged. */
  public void noted(Subchain chain) {
    List<UUID> children = volumes.children(chain.domain(), chain.image(), chain.top());
    for (UUID child : children) {
      volumes.change(
          new VolumeAddress(chain.domain(), chain.image(), child),
          Map.of("PUUID", chain.base().toString()));
    }
    store
        .volumeMetadata(chain.upper())
        .ifPresent(
            top -> {
              Map<String, String> base = volumes.metadata(chain.lower());
              String role = top.getOrDefault("VOLTYPE", "LEAF");
              volumes.change(
                  chain.lower(),
                  Map.of(
                      "VOLTYPE",
                      "ILLEGAL".equals(top.get("LEGALITY"))
                          ? base.getOrDefault("VOLTYPE", "LEAF")
                          : role,
                      "CAP",
                      Long.toString(Math.max(capacity(base), capacity(top)))));
              volumes.change(chain.upper(), Map.of("LEGALITY", "ILLEGAL"));
            });
  }

  /** Takes back what was noted of two uppermost volumes: the top is the leaf. */
  public void separate(Subchain chain) {
    volumes.change(chain.upper(), Map.of("LEGALITY", "LEGAL", "VOLTYPE", "LEAF"));
    volumes.change(chain.lower(), Map.of("VOLTYPE", "INTERNAL"));
  }

  private static long capacity(Map<String, String> metadata) {
    return Long.parseLong(metadata.getOrDefault("CAP", "0"));
  }
}
