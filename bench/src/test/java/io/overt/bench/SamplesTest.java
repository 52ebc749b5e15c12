package io.overt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void sharesAreCountedFromTheLeast() {
    Samples samples = Samples.of(4, 1, 3, 2, 5);
    assertThat(samples.least()).isEqualTo(1);
    assertThat(samples.median()).isEqualTo(3);
    assertThat(samples.at(0.99)).isEqualTo(5);
    assertThat(samples.most()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTwo() {
    assertThat(Samples.of(1, 2, 4, 9).median()).isEqualTo(3);
  }

  @Test
  void columnsOfAReportAreAligned() {
    Report report = new Report("what", "ms");
    report.row("a list", "1.25");
    assertThat(report.text()).isEqualTo("what      ms\na list  1.25\n");
  }
}
