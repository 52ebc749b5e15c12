package io.overt.fleet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes a second of the interfaces of a machine or a host: hosts report totals with the time of
 * their sample, and leave the rates to the engine.
 */
final class NetworkRates {
  private NetworkRates() {}

  /**
   * The interfaces of a new report with {@code rxRate} and {@code txRate}, as far as there is an
   * earlier sample. A total that went back began anew, which says nothing about its rate.
   *
   * @param before the interfaces of the last report, by device
   * @param now those of the new one; null when it has none
   */
  static Map<String, Object> of(Map<String, Object> before, @Nullable Object now) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (now instanceof Map<?, ?> interfaces) {
      interfaces.forEach(
          (name, values) ->
              all.put(
                  String.valueOf(name),
                  values instanceof Map<?, ?> nic
                      ? measured(before.get(String.valueOf(name)), nic)
                      : values));
    }
    return Map.copyOf(all);
  }

  private static Map<String, Object> measured(@Nullable Object before, Map<?, ?> now) {
    Map<String, Object> nic = new HashMap<>();
    now.forEach((key, value) -> nic.put(String.valueOf(key), value));
    if (before instanceof Map<?, ?> earlier) {
      add(nic, "rxRate", "rx", earlier);
      add(nic, "txRate", "tx", earlier);
    }
    return nic;
  }

  private static void add(Map<String, Object> nic, String rate, String total, Map<?, ?> earlier) {
    BigDecimal seconds = difference(nic, earlier, "sampleTime");
    BigDecimal bytes = difference(nic, earlier, total);
    if (seconds != null && seconds.signum() > 0 && bytes != null && bytes.signum() >= 0) {
      nic.put(rate, bytes.divide(seconds, 0, RoundingMode.HALF_UP));
    } else if (earlier.get(rate) != null && seconds != null && seconds.signum() == 0) {
      nic.put(rate, earlier.get(rate));
    }
  }

  private static @Nullable BigDecimal difference(
      Map<String, Object> now, Map<?, ?> earlier, String key) {
    BigDecimal last = Report.decimal(now.get(key));
    BigDecimal first = Report.decimal(earlier.get(key));
    return last == null || first == null ? null : last.subtract(first);
  }
}
