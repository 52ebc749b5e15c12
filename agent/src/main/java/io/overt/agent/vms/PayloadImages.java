package io.overt.agent.vms;

import java.nio.file.Path;
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
        public void remove(UUID vm) {}
      };

  /**
   * Makes a medium.
   *
   * @throws IllegalStateException when that fails
   */
  Path write(UUID vm, Payloads.Payload payload);

  /** Removes all media of a machine. */
  void remove(UUID vm);
}
