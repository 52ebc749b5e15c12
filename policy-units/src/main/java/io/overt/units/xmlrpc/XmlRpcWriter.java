package io.overt.units.xmlrpc;

import io.overt.units.xmlrpc.XmlRpc.Call;
import io.overt.units.xmlrpc.XmlRpc.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes messages. */
final class XmlRpcWriter {
  private final StringBuilder out = new StringBuilder("<?xml version='1.0'?>\n");

  private XmlRpcWriter() {}

  static byte[] write(Call call) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.out.append("<methodCall>\n<methodName>");
    writer.text(call.method());
    writer.out.append("</methodName>\n<params>\n");
    for (Object each : call.parameters()) {
      writer.parameter(each);
    }
    writer.out.append("</params>\n</methodCall>\n");
    return writer.bytes();
  }

  static byte[] write(Response response) {
    XmlRpcWriter writer = new XmlRpcWriter();
    writer.out.append("<methodResponse>\n");
    switch (response) {
      case Response.Value value -> {
        writer.out.append("<params>\n");
        writer.parameter(value.value());
        writer.out.append("</params>\n");
      }
      case Response.Fault fault -> {
        writer.out.append("<fault>\n");
        writer.value(
            new TreeMap<String, Object>(
                Map.of("faultCode", fault.code(), "faultString", fault.text())));
        writer.out.append("</fault>\n");
      }
    }
    writer.out.append("</methodResponse>\n");
    return writer.bytes();
  }

  private byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void parameter(@Nullable Object value) {
    out.append("<param>\n");
    value(value);
    out.append("</param>\n");
  }

  private void value(@Nullable Object value) {
    out.append("<value>");
    switch (value) {
      case null -> out.append("<nil/>");
      case String text -> {
        out.append("<string>");
        text(text);
        out.append("</string>");
      }
      case Integer number -> out.append("<int>").append(number).append("</int>");
      case Boolean truth -> out.append("<boolean>").append(truth ? '1' : '0').append("</boolean>");
      case Double number -> out.append("<double>").append(number).append("</double>");
      case List<?> list -> {
        out.append("<array><data>\n");
        for (Object each : list) {
          value(each);
        }
        out.append("</data></array>");
      }
      case Map<?, ?> map -> {
        out.append("<struct>\n");
        for (Map.Entry<?, ?> each : map.entrySet()) {
          out.append("<member>\n<name>");
          text(String.valueOf(each.getKey()));
          out.append("</name>\n");
          value(each.getValue());
          out.append("</member>\n");
        }
        out.append("</struct>");
      }
      default -> throw new IllegalArgumentException("no XML-RPC for " + value.getClass());
    }
    out.append("</value>\n");
  }

  /** What XML cannot hold at all becomes a question mark. */
  private void text(String text) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(allowed(point) ? point : '?');
              }
            });
  }

  private static boolean allowed(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point < 0xD800)
        || (point >= 0xE000 && point != 0xFFFE && point != 0xFFFF);
  }
}
