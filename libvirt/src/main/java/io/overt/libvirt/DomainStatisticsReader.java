package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads virDomainStatsRecord: {virDomain *dom; virTypedParameter *params; int nparams}. */
final class DomainStatisticsReader {
  private DomainStatisticsReader() {}

  static List<DomainStatistics> take(Arena arena, MemorySegment out, int count) {
    MemorySegment records = out.get(Native.POINTER, 0);
    try {
      MemorySegment array = records.reinterpret(count * Native.POINTER.byteSize());
      List<DomainStatistics> result = new ArrayList<>(count);
      for (int index = 0; index < count; index++) {
        MemorySegment one = array.getAtIndex(Native.POINTER, index).reinterpret(24);
        MemorySegment domain = one.get(Native.POINTER, 0);
        result.add(
            new DomainStatistics(
                Upcalls.uuid(arena, domain),
                Native.text(Native.pointer(Function.DOMAIN_GET_NAME, domain)),
                TypedParameters.read(one.get(Native.POINTER, 8), one.get(Native.INT, 16))));
      }
      return List.copyOf(result);
    } finally {
      Native.run(Function.DOMAIN_STATS_RECORD_LIST_FREE, records);
    }
  }
}
