package io.overt.engine.clusters;

import io.overt.model.types.Architecture;
import io.overt.model.types.CpuType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The CPU types that a cluster may have, by architecture and level, as in oVirt engine 4.5. */
public final class CpuTypes {
  private static final List<String> INTEL =
      List.of(
          "Intel Nehalem Family",
          "Intel Westmere Family",
          "Intel SandyBridge Family",
          "Intel IvyBridge Family",
          "Intel Haswell Family",
          "Intel Broadwell Family",
          "Intel Skylake Client Family",
          "Intel Skylake Server Family",
          "Intel Cascadelake Server Family",
          "Intel Icelake Server Family");
  private static final List<String> AMD =
      List.of("AMD Opteron G4", "AMD Opteron G5", "AMD EPYC", "Secure AMD EPYC");
  private static final List<String> POWER = List.of("IBM POWER8", "IBM POWER9");
  private static final List<String> Z =
      List.of("IBM z114, z196", "IBM zBC12, zEC12", "IBM z13s, z13", "IBM z14");
  private static final List<CpuType> ALL = all();

  private CpuTypes() {}

  private static List<CpuType> all() {
    List<String> intel = new ArrayList<>();
    for (String name : INTEL) {
      intel.add(name);
      intel.add("Secure " + name);
    }
    List<CpuType> types = new ArrayList<>();
    add(types, Architecture.X86_64, intel);
    add(types, Architecture.X86_64, AMD);
    add(types, Architecture.PPC64, POWER);
    add(types, Architecture.S390X, Z);
    return List.copyOf(types);
  }

  private static void add(List<CpuType> types, Architecture architecture, List<String> names) {
    long level = 1;
    for (String name : names) {
      types.add(new CpuType().architecture(architecture).level(level++).name(name).freeze());
    }
  }

  /** Each vendor's types in the order of their levels. */
  public static List<CpuType> list() {
    return ALL;
  }

  public static Optional<CpuType> named(String name) {
    return ALL.stream().filter(type -> name.equals(type.name())).findFirst();
  }
}
