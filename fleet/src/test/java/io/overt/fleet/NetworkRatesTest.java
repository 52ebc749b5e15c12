package io.overt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkRatesTest {
  private static Map<String, Object> sample(double time, long received, long sent) {
    return Map.of(
        "vnet0",
        Map.of("rx", Long.toString(received), "tx", Long.toString(sent), "sampleTime", time));
  }

  private static Map<?, ?> nic(Map<String, Object> interfaces) {
    return (Map<?, ?>) interfaces.get("vnet0");
  }

  @Test
  void theRateIsTheGrowthOverTheTimeBetweenTheSamples() {
    Map<String, Object> first = NetworkRates.of(Map.of(), sample(10, 1_000, 500));
    assertThat(nic(first).get("rxRate")).isNull();
    Map<String, Object> second = NetworkRates.of(first, sample(14, 5_000, 500));
    assertThat(nic(second).get("rxRate")).isEqualTo(BigDecimal.valueOf(1_000));
    assertThat(nic(second).get("txRate")).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void theSameSampleAgainKeepsTheRate() {
    Map<String, Object> first = NetworkRates.of(Map.of(), sample(10, 0, 0));
    Map<String, Object> second = NetworkRates.of(first, sample(12, 200, 20));
    Map<String, Object> again = NetworkRates.of(second, sample(12, 200, 20));
    assertThat(nic(again).get("rxRate")).isEqualTo(BigDecimal.valueOf(100));
  }

  @Test
  void aTotalThatBeganAnewHasNoRate() {
    Map<String, Object> first = NetworkRates.of(Map.of(), sample(10, 9_000, 9_000));
    Map<String, Object> second = NetworkRates.of(first, sample(12, 10, 10));
    assertThat(nic(second).get("rxRate")).isNull();
  }
}
