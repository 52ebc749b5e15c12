package io.overt.agent.vms;

import java.util.Optional;
import java.util.UUID;

/** Where a virtual machine's images are on this host. */
public interface DiskPaths {

  /**
   * Prepares the image and tells its path.
   *
   * @throws RuntimeException whose message names what is missing
   */
  String resolve(Image image);

  /** No machine of this host uses the image any longer; files stay as they are. */
  default void release(Image image) {}

  /** VDSM's quadruple of an image; the pool may be unknown. */
  record Image(Optional<UUID> pool, UUID domain, UUID image, UUID volume) {}
}
