package io.overt.units.xmlrpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of XML-RPC. A value is a {@link String}, {@link Integer}, {@link Long} (read only),
 * {@link Boolean}, {@link Double}, {@link java.util.List}, {@link java.util.Map} with texts as
 * keys, or null ({@code nil}, as most implementations have it). Dates and base64 are read as their
 * text.
 */
public final class XmlRpc {
  private XmlRpc() {}

  /** A call. */
  public record Call(String method, List<@Nullable Object> parameters) {}

  /** What a call comes to. */
  public sealed interface Response {
    /** A result. */
    record Value(@Nullable Object value) implements Response {}

    /** The server could not, and says why. */
    record Fault(int code, String text) implements Response {}
  }

  public static byte[] write(Call call) {
    return XmlRpcWriter.write(call);
  }

  public static byte[] write(Response response) {
    return XmlRpcWriter.write(response);
  }

  public static Call readCall(byte[] bytes) throws MalformedMessage {
    return new XmlRpcReader(bytes).call();
  }

  public static Response readResponse(byte[] bytes) throws MalformedMessage {
    return new XmlRpcReader(bytes).response();
  }
}
