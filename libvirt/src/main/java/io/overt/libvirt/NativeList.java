package io.overt.libvirt;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of pointers that libvirt allocated and gave us, with or without what it points to. */
final class NativeList {
  interface Reader<T> {
    T read(MemorySegment element);
  }

  private NativeList() {}

  /**
   * Reads and frees.
   *
   * @param out where libvirt stored the array's address
   * @param free frees an element after it was read, or null when the reader takes it over
   */
  static <T> List<T> take(MemorySegment out, int count, Reader<T> reader, @Nullable Function free) {
    MemorySegment address = out.get(Native.POINTER, 0);
    if (address.address() == 0) {
      return List.of();
    }
    MemorySegment array = address.reinterpret(count * Native.POINTER.byteSize());
    List<T> result = new ArrayList<>(count);
    int index = 0;
    try {
      while (index < count) {
        MemorySegment element = array.getAtIndex(Native.POINTER, index);
        index++;
        try {
          result.add(reader.read(element));
        } finally {
          if (free != null) {
            Native.run(free, element);
          }
        }
      }
      return List.copyOf(result);
    } finally {
      for (; free != null && index < count; index++) {
        Native.run(free, array.getAtIndex(Native.POINTER, index));
      }
      Native.run(Function.FREE, address);
    }
  }
}
