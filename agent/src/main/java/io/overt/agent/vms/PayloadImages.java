package io.overt.agent.vms;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Where the media are that agents make for guests. */
public interface PayloadImages {

  /** Nobody reads them: nothing is written. */
  PayloadImages NONE =
      new PayloadImages() {
        @Override
        public Path write(UUID vm, Payloads.Payload payload) {
          return Path.of("/run/vdsm/payload", vm + "." + payload.target() + ".img");
        }

        @Override
        public Path write(UUID vm, String target, byte[] image) {
          return Path.of("/run/vdsm/payload", vm + "." + target + ".img");
        }

        @Override
        public Optional<byte[]> read(UUID vm, String target) {
          return Optional.empty();
        }

        @Override
        public void remove(UUID vm) {}
      };

  /**
   * Makes a medium.
   *
   * @throws IllegalStateException when that fails
   */
  Path write(UUID vm, Payloads.Payload payload);

  /**
   * Makes a medium that another host had, byte for byte.
   *
   * @throws IllegalStateException when that fails
   */
  Path write(UUID vm, String target, byte[] image);

  /** The bytes of a medium; empty when there is none. */
  Optional<byte[]> read(UUID vm, String target);

  /** Removes all media of a machine. */
  void remove(UUID vm);
}
