package io.overt.engine.catalogue;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Tables;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiEnum;
import io.overt.model.services.OperatingSystemService;
import io.overt.model.services.OperatingSystemsService;
import io.overt.model.types.Architecture;
import io.overt.model.types.Icon;
import io.overt.model.types.OperatingSystemInfo;
import io.overt.model.types.TpmSupport;
import java.util.Arrays;
import java.util.List;

/** {@code /operatingsystems}: what guests may be, by oVirt's numbers. */
public final class OperatingSystems implements OperatingSystemsService {
  private final Resource<OperatingSystemInfo> resource;

  public OperatingSystems(Platform platform) {
    this.resource = new Resource<>(platform, Kinds.OPERATING_SYSTEM);
  }

  /** All operating systems and their icons. */
  public static void install(Transaction transaction) {
    for (List<String> row : Tables.read(OperatingSystems.class, "icons.tsv")) {
      transaction.insert(
          Kinds.ICON, new Icon().id(row.get(0)).mediaType(row.get(1)).data(row.get(2)));
    }
    for (List<String> row : Tables.read(OperatingSystems.class, "operating-systems.tsv")) {
      OperatingSystemInfo system =
          new OperatingSystemInfo()
              .id(row.get(0))
              .name(row.get(1))
              .description(row.get(2))
              .architecture(named(Architecture.values(), row.get(3)))
              .tpmSupport(named(TpmSupport.values(), row.get(6)));
      if (!row.get(4).isEmpty()) {
        system.largeIcon(new Icon().id(row.get(4))).smallIcon(new Icon().id(row.get(5)));
      }
      transaction.insert(Kinds.OPERATING_SYSTEM, system);
    }
  }

  private static <E extends ApiEnum> E named(E[] values, String wire) {
    return Arrays.stream(values)
        .filter(value -> value.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("operating-systems.tsv has " + wire));
  }

  @Override
  public List<OperatingSystemInfo> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public OperatingSystemService operatingSystem(String id) {
    return new OperatingSystemService() {
      @Override
      public OperatingSystemInfo get(GetRequest request) {
        return resource.get(request.call(), id);
      }
    };
  }
}
