package io.overt.engine.networks;

import io.overt.model.ApiFault;
import io.overt.model.types.MacPool;
import io.overt.model.types.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ranges of MAC addresses as numbers. */
public final class MacRanges {
  private static final Pattern ADDRESS = Pattern.compile("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}");
  private static final long MULTICAST = 1L << 40;

  /** Both ends belong to the range; the first may be the higher one before {@link #check}. */
  public record Span(long first, long last) {
    long low() {
      return Math.min(first, last);
    }

    long high() {
      return Math.max(first, last);
    }

    boolean overlaps(Span other) {
      return low() <= other.high() && other.low() <= high();
    }
  }

  private final List<Span> spans;

  private MacRanges(List<Span> spans) {
    this.spans = List.copyOf(spans);
  }

  /** The ranges of a stored pool. */
  public static MacRanges of(MacPool pool) {
    return parse(Objects.requireNonNullElse(pool.ranges(), List.of()));
  }

  /**
   * Reads ranges.
   *
   * @throws ApiFault 400 when an address is malformed
   */
  static MacRanges parse(List<Range> ranges) {
    List<Span> spans = new ArrayList<>();
    for (Range range : ranges) {
      spans.add(
          new Span(
              number(range.from(), "mac_pool.ranges.from"),
              number(range.to(), "mac_pool.ranges.to")));
    }
    return new MacRanges(spans);
  }

  private static long number(@Nullable String address, String field) {
    if (address == null || !ADDRESS.matcher(address).matches()) {
      throw ApiFault.bad(
          field
              + " '"
              + address
              + "' is no MAC address; expected six pairs of hexadecimal digits"
              + " separated by ':'");
    }
    return Long.parseLong(address.replace(":", ""), 16);
  }

  /** {@code 56:6f:01:02:00:00}. */
  public static String address(long number) {
    return String.format("%012x", number).replaceAll("(..)(?!$)", "$1:");
  }

  /** In the order given. */
  public List<Span> spans() {
    return spans;
  }

  boolean overlaps(MacRanges other) {
    return spans.stream().anyMatch(one -> other.spans.stream().anyMatch(one::overlaps));
  }

  /** Ranges must ascend, be of unicast addresses and not overlap each other. */
  void check() {
    for (int index = 0; index < spans.size(); index++) {
      Span span = spans.get(index);
      String text = address(span.first()) + "-" + address(span.last());
      if (span.first() > span.last()) {
        throw ApiFault.bad("mac_pool.ranges " + text + " begins after its end");
      }
      if ((span.first() & MULTICAST) != 0 || (span.last() & MULTICAST) != 0) {
        throw ApiFault.bad("mac_pool.ranges " + text + " contains multicast addresses");
      }
      if (spans.subList(0, index).stream().anyMatch(span::overlaps)) {
        throw ApiFault.conflict("mac_pool.ranges " + text + " overlaps another range of the pool");
      }
    }
  }
}
