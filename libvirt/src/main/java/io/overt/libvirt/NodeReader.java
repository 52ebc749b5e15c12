package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/** Reads virNodeInfo, virNodeCPUStats and virNodeMemoryStats. */
final class NodeReader {
  // Both statistics are {char field[80]; unsigned long long value}.
  private static final long STATISTIC_SIZE = 88;
  private static final long VALUE_OFFSET = 80;

  private NodeReader() {}

  static NodeInfo info(Arena arena, MemorySegment connection) {
    MemorySegment info = arena.allocate(64, 8);
    Native.check(Function.NODE_GET_INFO, connection, info);
    return new NodeInfo(
        info.getString(0),
        info.get(Native.LONG, 32),
        info.get(Native.INT, 40),
        info.get(Native.INT, 44),
        info.get(Native.INT, 48),
        info.get(Native.INT, 52),
        info.get(Native.INT, 56),
        info.get(Native.INT, 60));
  }

  /** The first call asks how many there are. */
  static Map<String, Long> statistics(
      Arena arena, MemorySegment connection, Function function, int which) {
    MemorySegment count = arena.allocate(Native.INT);
    Native.check(function, connection, which, Native.NULL, count, 0);
    MemorySegment array = arena.allocate(count.get(Native.INT, 0) * STATISTIC_SIZE, 8);
    Native.check(function, connection, which, array, count, 0);
    Map<String, Long> result = new TreeMap<>();
    for (int index = 0; index < count.get(Native.INT, 0); index++) {
      MemorySegment one = array.asSlice(index * STATISTIC_SIZE, STATISTIC_SIZE);
      result.put(one.getString(0), one.get(Native.LONG, VALUE_OFFSET));
    }
    return result;
  }
}
