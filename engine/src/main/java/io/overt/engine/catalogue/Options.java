package io.overt.engine.catalogue;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.model.ApiFault;
import io.overt.model.services.SystemOptionService;
import io.overt.model.services.SystemOptionsService;
import io.overt.model.types.SystemOption;
import io.overt.model.types.SystemOptionValue;
import io.overt.model.types.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
        Function<@Nullable Version, String> value = value(id);
        if (value == null) {
          throw ApiFault.notFound();
        }
        return new SystemOption().id(id).name(id).values(values(value, request.version()));
      }
    };
  }

  private @Nullable Function<@Nullable Version, String> value(String name) {
    CustomProperties properties = platform.customProperties();
    return switch (name) {
      case "PredefinedVMProperties" -> version -> properties.machines().at(version).predefined();
      case "UserDefinedVMProperties" -> version -> properties.machines().at(version).userDefined();
      case "CustomDeviceProperties" -> version -> properties.devices().at(version).text();
      case "PreDefinedNetworkCustomProperties" ->
          version -> properties.networks().at(version).predefined();
      case "UserDefinedNetworkCustomProperties" ->
          version -> properties.networks().at(version).userDefined();
      default -> {
        String general = GENERAL.get(name);
        yield general == null ? null : version -> general;
      }
    };
  }

  private static List<SystemOptionValue> values(
      Function<@Nullable Version, String> value, @Nullable String version) {
    return Stream.concat(
            Stream.of(new SystemOptionValue().version(ANY).value(value.apply(null))),
            CompatibilityVersions.all().stream()
                .map(
                    known ->
                        new SystemOptionValue()
                            .version(CompatibilityVersions.text(known))
                            .value(value.apply(known))))
        .filter(known -> Objects.equals(known.version(), version == null ? ANY : version))
        .toList();
  }
}
