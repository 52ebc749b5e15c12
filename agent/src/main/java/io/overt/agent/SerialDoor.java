package io.overt.agent;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.SerialLines;
import io.overt.vdsmrpc.ByteStream;
import io.overt.vdsmrpc.StreamHandler;
import io.overt.vdsmrpc.StreamRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /serial/ID}: what a machine's serial console says and hears, for the engine. Each
 * direction takes the next bytes when the last are gone, so that nothing piles up.
 */
final class SerialDoor implements StreamHandler {
  private static final Logger log = LoggerFactory.getLogger(SerialDoor.class);
  private static final String PATH = "/serial/";
  private static final int CHUNK = 16 << 10;

  private final PeerAccess access;
  private final SerialLines lines;

  SerialDoor(PeerAccess access, SerialLines lines) {
    this.access = access;
    this.lines = lines;
  }

  @Override
  public void serve(Request request, Accepting connection) throws IOException {
    access.checkStream(request.peer());
    SerialLines.Line line = open(request);
    ByteStream peer;
    try {
      peer = connection.accept();
    } catch (IOException e) {
      line.close();
      throw e;
    }
    log.info("{} is at the serial console of {}", request.user(), request.path());
    carry(peer, line);
  }

  private static void carry(ByteStream peer, SerialLines.Line line) {
    Thread typing = Thread.ofVirtual().name("serial-in").start(() -> typed(peer, line));
    try {
      shown(line, peer.output());
    } finally {
      // Ends the other direction, which may wait for a key.
      line.close();
      peer.close();
    }
    try {
      typing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SerialLines.Line open(Request request) {
    try {
      if (request.path().startsWith(PATH)) {
        UUID vm = UUID.fromString(request.path().substring(PATH.length()));
        return lines.open(vm, request.user(), request.take());
      }
      throw new StreamRefused(StreamRefused.MISSING, "There is no " + request.path());
    } catch (IllegalArgumentException e) {
      throw new StreamRefused(StreamRefused.MISSING, request.path() + " holds no machine's id");
    } catch (SerialLines.BusyException e) {
      throw new StreamRefused(StreamRefused.BUSY, String.valueOf(e.getMessage()));
    } catch (VdsmError | HypervisorException e) {
      throw new StreamRefused(StreamRefused.MISSING, String.valueOf(e.getMessage()));
    }
  }

  private static void shown(SerialLines.Line line, OutputStream output) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try {
      while (line.channel().read(chunk) >= 0) {
        output.write(chunk.array(), 0, chunk.position());
        output.flush();
        chunk.clear();
      }
    } catch (IOException e) {
      log.debug("A serial console ended", e);
    }
    String successor = line.successor();
    if (!successor.isEmpty()) {
      try {
        output.write(
            "\r\n[%s took this console over]\r\n"
                .formatted(successor)
                .getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        log.debug("Nobody heard that the console was taken over", e);
      }
    }
  }

  private static void typed(ByteStream peer, SerialLines.Line line) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int count = peer.input().read(chunk); count >= 0; count = peer.input().read(chunk)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
        while (bytes.hasRemaining()) {
          line.channel().write(bytes);
        }
      }
    } catch (IOException e) {
      log.debug("A serial console ended", e);
    } finally {
      line.close();
    }
  }
}
