package io.overt.engine.catalogue;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Platform;
import io.overt.model.ApiFault;
import io.overt.model.services.SystemOptionService;
import io.overt.model.services.SystemOptionsService;
import io.overt.model.types.SystemOption;
import io.overt.model.types.SystemOptionValue;
import io.overt.model.types.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /options/{name}}: settings that clients may ask for; an unknown name is not found. */
public final class Options implements SystemOptionsService {
  /** Values that hold for every compatibility version, which clients see as {@code general}. */
  private static final Map<String, String> GENERAL =
      Map.of(
          "DefaultGeneralTimeZone", "Etc/GMT",
          "DefaultWindowsTimeZone", "GMT Standard Time");

  private static final String ANY = "general";

  private final Platform platform;

  public Options(Platform platform) {
    this.platform = platform;
  }

  @Override
  public SystemOptionService option(String id) {
    return new SystemOptionService() {
      @Override
      public SystemOption get(GetRequest request) {
        String value = value(id);
        if (value == null) {
          throw ApiFault.notFound();
        }
        return new SystemOption().id(id).name(id).values(values(value, request.version()));
      }
    };
  }

  private @Nullable String value(String name) {
    return switch (name) {
      case "PredefinedVMProperties" -> platform.vmProperties().predefined();
      case "UserDefinedVMProperties" -> platform.vmProperties().userDefined();
      default -> GENERAL.get(name);
    };
  }

  private static List<SystemOptionValue> values(String value, @Nullable String version) {
    return Stream.concat(
            Stream.of(ANY),
            CompatibilityVersions.all().stream()
                .map((Version known) -> CompatibilityVersions.text(known)))
        .filter(known -> version == null ? known.equals(ANY) : Objects.equals(known, version))
        .map(known -> new SystemOptionValue().version(known).value(value))
        .toList();
  }
}
