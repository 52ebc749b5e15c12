package io.overt.agent.vms;

import java.util.Optional;
import java.util.UUID;

/** A virtual machine's images on this host. */
public interface DiskPaths {

  /**
   * Prepares the image and tells its path.
   *
   * @throws RuntimeException whose message names what is missing
   */
  String resolve(Image image);

  /** No machine of this host uses the image any longer; files stay as they are. */
  default void release(Image image) {}

  /** The text that an image holds from its beginning. */
  String read(Image image);

  /** Makes an image hold a text. */
  void write(Image image, String text);

  /** What the upper image held is in the lower one now, which takes its place. */
  void merged(Image lower, Image upper);

  /** Takes {@link #merged} back: the upper image is the one that counts. */
  void separate(Image lower, Image upper);

  /**
   * Whether something newer has taken a volume's place. It outlives the machine and the host: of
   * two copies, the one that is not superseded is the disk.
   */
  void setSuperseded(Image image, boolean superseded);

  /** A guest sees the image in this size now. */
  void resized(Image image, long bytes);

  /** VDSM's quadruple of an image; the pool may be unknown. */
  record Image(Optional<UUID> pool, UUID domain, UUID image, UUID volume) {}
}
