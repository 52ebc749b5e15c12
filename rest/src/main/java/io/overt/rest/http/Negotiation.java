package io.overt.rest.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which form a request has and which form its answer gets (oVirt engine 4.5): XML unless JSON is
 * wanted more; only {@code application/*} types; a query parameter {@code accept} adds to the
 * header.
 */
public final class Negotiation {
  private Negotiation() {}

  /** Form and character set of a request's body. */
  public record Content(Format format, Charset charset) {}

  /**
   * @throws HttpProblem 400 when malformed, 406 when neither form is acceptable
   */
  public static Format answer(List<String> acceptHeaders, @Nullable String acceptParameter) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String header : acceptHeaders) {
      ranges.addAll(ranges(header));
    }
    if (acceptParameter != null) {
      ranges.addAll(ranges(acceptParameter));
    }
    if (ranges.isEmpty()) {
      return Format.XML;
    }
    double xml = quality(ranges, Format.XML);
    double json = quality(ranges, Format.JSON);
    if (xml < 0 && json < 0) {
      throw new HttpProblem(406, null);
    }
    return json > xml ? Format.JSON : Format.XML;
  }

  private static List<MediaRange> ranges(String text) {
    List<MediaRange> ranges = MediaRange.parseAll(text);
    if (ranges == null) {
      throw new HttpProblem(400, "Bad Request");
    }
    return ranges;
  }

  /** Quality by the closest range, the best of equally close ones; -1 when none covers it. */
  private static double quality(List<MediaRange> ranges, Format format) {
    int closest = -1;
    double quality = -1;
    for (MediaRange range : ranges) {
      int closeness = range.closeness("application", format.subtype());
      if (closeness > closest) {
        closest = closeness;
        quality = range.quality();
      } else if (closeness == closest && closeness >= 0) {
        quality = Math.max(quality, range.quality());
      }
    }
    return quality;
  }

  /**
   * The form of a request's body.
   *
   * @throws HttpProblem 400 when the header is malformed, 415 when it is missing or names neither
   */
  public static Content content(@Nullable String contentType) {
    if (contentType == null) {
      throw new HttpProblem(415, null);
    }
    MediaRange type = MediaRange.parse(contentType);
    if (type == null) {
      throw new HttpProblem(400, "Bad Request");
    }
    for (Format format : Format.values()) {
      if (type.type().equals("application") && type.subtype().equals(format.subtype())) {
        return new Content(format, charset(type.charset()));
      }
    }
    throw new HttpProblem(415, null);
  }

  private static Charset charset(@Nullable String name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new HttpProblem(415, null);
    }
  }
}
