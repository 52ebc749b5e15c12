package io.overt.bench;

import io.overt.dist.api.ApiClient;
import io.overt.libvirt.Connection;
import io.overt.libvirt.Domain;
import io.overt.libvirt.Flags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "vm",
    description = "What engine and agent add to the start of a machine by libvirt alone.")
final class VmCommand implements Callable<Integer> {
  private static final String NAME = "bench1";

  @Mixin private final Site site = new Site();

  @Option(names = "--repeat", paramLabel = "N", description = "starts of each kind (9)")
  private int repeat = 9;

  @Override
  public Integer call() throws IOException {
    String machine = ProcessTree.machine();
    try (RealEngine engine = RealEngine.start(site);
        Starts starts = new Starts(engine.libvirt())) {
      measure(engine, starts, machine);
    }
    return 0;
  }

  private void measure(RealEngine engine, Starts starts, String machine) throws IOException {
    ApiClient api = engine.api();
    String id = engine.machine(NAME);
    String path = "/vms/" + id;
    engine.await(id, List.of("down"));
    List<Double> managed = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    // The first round of each is not counted: libvirt looks at QEMU, and code is compiled.
    for (int turn = -1; turn < repeat; turn++) {
      Site.say(turn < 0 ? "a first start of each kind" : "start " + (turn + 1));
      UUID uuid = UUID.fromString(id);
      long asked = System.nanoTime();
      api.post(path + "/start", Map.of());
      double seconds = starts.await(uuid, asked);
      String xml = engine.libvirt().domain(uuid).xml(Flags.Xml.SECURE, Flags.Xml.INACTIVE);
      engine.await(id, List.of("up", "powering_up"));
      Site.await(() -> !api.post(path + "/stop", Map.of()).members().isEmpty(), "it is stopped");
      engine.await(id, List.of("down"));
      double alone = plainly(engine.libvirt(), starts, xml, id);
      if (turn >= 0) {
        managed.add(seconds * 1_000);
        plain.add(alone * 1_000);
      }
    }
    print(Samples.of(managed), Samples.of(plain), machine);
  }

  /** Starts a machine like the engine's, of another name and id, by libvirt alone. */
  private static double plainly(Connection libvirt, Starts starts, String xml, String id) {
    UUID uuid = UUID.randomUUID();
    String other = xml.replace(id, uuid.toString()).replace(NAME, NAME + "-plain");
    long asked = System.nanoTime();
    Domain domain = libvirt.createDomain(other);
    double seconds = starts.await(uuid, asked);
    domain.destroy();
    return seconds;
  }

  private void print(Samples managed, Samples plain, String machine) {
    Report table = new Report("start of a machine", "runs", "median ms", "least", "most");
    add(table, "POST .../start to the guest running", managed);
    add(table, "libvirt alone, same domain XML", plain);
    double more = managed.median() / plain.median();
    System.out.printf(
        Locale.ROOT,
        "Until libvirt reports the guest's QEMU as started; %s, then %s%n%s%nratio of the medians:"
            + " %.3f; added: %.0f ms%n",
        machine,
        ProcessTree.load(),
        table.text(),
        more,
        managed.median() - plain.median());
    System.out.println(
        "Plot: "
            + Plot.write(
                site.directory().resolve("vm.svg"),
                "ms",
                List.of(
                    new Plot.Line("engine and agent", managed),
                    new Plot.Line("libvirt alone", plain))));
  }

  private static void add(Report table, String name, Samples values) {
    table.row(
        name,
        Integer.toString(values.count()),
        RestCommand.number(0, values.median()),
        RestCommand.number(0, values.least()),
        RestCommand.number(0, values.most()));
  }
}
