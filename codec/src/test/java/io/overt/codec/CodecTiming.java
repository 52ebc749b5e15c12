package io.overt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overt.model.Struct;
import io.overt.model.types.*;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints how long documents take, warm: run it by hand, it asserts nothing.
 *
 * <p>Best of many rounds, since the machine may be shared.
 */
final class CodecTiming {
  private static final int ROUNDS = 300;

  private interface Work {
    void run() throws IOException;
  }

  private CodecTiming() {}

  public static void main(String[] arguments) throws IOException {
    List<Vm> vms = new ArrayList<>();
    for (int index = 0; index < 1_000; index++) {
      vms.add(vm(index));
    }
    Decorator bare = new SampleDecorator(Map.of(), Map.of());
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    XmlCodec.writeCollection(Vm.TYPE, vms, CollectionSize.NONE, bare, xml);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonCodec.writeCollection(Vm.TYPE, vms, CollectionSize.NONE, bare, json);
    System.out.printf("1,000 VMs: XML %,d bytes, JSON %,d bytes%n", xml.size(), json.size());
    OutputStream nowhere = OutputStream.nullOutputStream();
    time(
        "write XML",
        () -> XmlCodec.writeCollection(Vm.TYPE, vms, CollectionSize.NONE, bare, nowhere));
    time(
        "write JSON",
        () -> JsonCodec.writeCollection(Vm.TYPE, vms, CollectionSize.NONE, bare, nowhere));
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    XmlCodec.write(vms.get(0), bare, one);
    time(
        "read XML, 1,000 documents",
        () -> {
          for (int index = 0; index < 1_000; index++) {
            XmlCodec.read(Vm.TYPE, new ByteArrayInputStream(one.toByteArray()));
          }
        });
    List<byte[]> stored = vms.stream().map(vm -> JsonCodec.toText(vm).getBytes(UTF_8)).toList();
    time("to storage", () -> vms.forEach(JsonCodec::toText));
    time("from storage", () -> stored.forEach(text -> JsonCodec.fromText(Vm.TYPE, text)));
  }

  private static void time(String what, Work work) throws IOException {
    long best = Long.MAX_VALUE;
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long bytes = allocatedBytes();
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
      allocated = allocatedBytes() - bytes;
    }
    System.out.printf("%-28s %6.2f ms, %,d KB allocated%n", what, best / 1e6, allocated / 1024);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static Struct reference(Struct struct, int index) {
    struct.set("id", "%08x-0000-4000-8000-000000000000".formatted(index % 10));
    return struct;
  }

  private static Vm vm(int index) {
    Vm vm =
        new Vm()
            .id("%08x-1111-4000-8000-000000000000".formatted(index))
            .name("vm%05d".formatted(index))
            .description("")
            .comment("")
            .cpu(
                new Cpu()
                    .architecture(Architecture.X86_64)
                    .topology(new CpuTopology().cores(2L).sockets(1L).threads(1L)))
            .creationTime(Instant.ofEpochMilli(1_700_000_000_000L + index))
            .deleteProtected(false)
            .memory(1L << 30)
            .memoryPolicy(new MemoryPolicy().guaranteed(1L << 30).max(4L << 30).ballooning(true))
            .os(
                new OperatingSystem()
                    .boot(new Boot().devices(List.of(BootDevice.HD)))
                    .type_("other"))
            .stateless(false)
            .type_(VmType.SERVER);
    return vm.cluster((Cluster) reference(new Cluster(), index))
        .status(VmStatus.UP)
        .template((Template) reference(new Template(), index))
        .freeze();
  }
}
