package io.overt.engine.vms.run;

import io.overt.engine.vms.Secrets;
import io.overt.inventory.Entity;
import io.overt.model.types.File;
import io.overt.model.types.Initialization;
import io.overt.model.types.Payload;
import io.overt.model.types.Vm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The discs that a machine gets at a start: its payloads, and its guest's first configuration. */
final class Media {
  /** Private attribute of a machine that has run: its guest is configured. */
  static final String INITIALIZED = "initialized";

  /** They come before the drive for discs. */
  private static final String CONFIGURATION_DRIVE = "sdy";

  private static final char LAST_PAYLOAD_DRIVE = 'x';

  private Media() {}

  /**
   * @param parts the machine as it shall run
   */
  static List<Medium> of(VmParts parts) {
    List<Medium> media = new ArrayList<>();
    char drive = LAST_PAYLOAD_DRIVE;
    List<Payload> payloads =
        Objects.requireNonNullElse(parts.vm().value().payloads(), List.<Payload>of());
    for (Payload payload : payloads) {
      media.add(payload("sd" + drive--, payload));
    }
    if (configures(parts.vm())) {
      media.add(configuration(parts));
    }
    return media;
  }

  private static Medium configuration(VmParts parts) {
    Vm vm = parts.vm().value();
    return isWindows(vm)
        ? new Medium(
            CONFIGURATION_DRIVE,
            Sysprep.LABEL,
            new Sysprep(parts, String.valueOf(Objects.requireNonNull(vm.os()).type_())).files())
        : new Medium(CONFIGURATION_DRIVE, CloudInit.LABEL, new CloudInit(parts).files());
  }

  /** Floppies too become discs: a machine of the type q35 has no drive for them. */
  private static Medium payload(String drive, Payload payload) {
    Map<String, String> files = new LinkedHashMap<>();
    for (File file : Objects.requireNonNullElse(payload.files(), List.<File>of())) {
      if (file.name() != null) {
        files.put(file.name(), Objects.requireNonNullElse(file.content(), ""));
      }
    }
    return new Medium(drive, Objects.requireNonNullElse(payload.volumeId(), ""), files);
  }

  /** At the first run of a guest that has a configuration, and at every run that asks for it. */
  private static boolean configures(Entity<Vm> vm) {
    return RunOnce.initializes(vm) || (vm.internal(INITIALIZED) == null && hasConfiguration(vm));
  }

  private static boolean isWindows(Vm vm) {
    return vm.os() != null
        && vm.os().type_() != null
        && vm.os().type_().toLowerCase(Locale.ROOT).contains("windows");
  }

  private static boolean hasConfiguration(Entity<Vm> vm) {
    Initialization configured = vm.value().initialization();
    if (vm.internal(Secrets.ROOT_PASSWORD) != null) {
      return true;
    }
    if (configured == null) {
      return false;
    }
    Initialization rest = configured.copy();
    rest.configuration(null).regenerateIds(null).cloudInitNetworkProtocol(null);
    if (Boolean.FALSE.equals(rest.regenerateSshKeys())) {
      rest.regenerateSshKeys(null);
    }
    return !rest.equals(new Initialization());
  }
}
