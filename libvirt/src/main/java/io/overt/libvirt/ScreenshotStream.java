package io.overt.libvirt;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads an image through a libvirt stream. */
final class ScreenshotStream {
  private static final int CHUNK = 256 * 1024;

  private ScreenshotStream() {}

  static Screenshot take(Arena arena, MemorySegment domain, int screen) {
    MemorySegment connection = Native.pointer(Function.DOMAIN_GET_CONNECT, domain);
    MemorySegment stream = Native.pointer(Function.STREAM_NEW, connection, 0);
    try {
      String mimeType = Native.ownedText(Function.DOMAIN_SCREENSHOT, domain, stream, screen, 0);
      try {
        byte[] data = read(arena, stream);
        Native.check(Function.STREAM_FINISH, stream);
        return new Screenshot(mimeType, data);
      } catch (LibvirtException problem) {
        Native.number(Function.STREAM_ABORT, stream);
        throw problem;
      }
    } finally {
      Native.number(Function.STREAM_FREE, stream);
    }
  }

  private static byte[] read(Arena arena, MemorySegment stream) {
    MemorySegment chunk = arena.allocate(CHUNK);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    while (true) {
      int count = Native.check(Function.STREAM_RECV, stream, chunk, (long) CHUNK);
      if (count == 0) {
        return data.toByteArray();
      }
      data.writeBytes(chunk.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
    }
  }
}
