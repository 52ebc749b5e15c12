package io.overt.vdsmrpc;

import java.time.Duration;

/**
 * The two numbers of a {@code heart-beat} header, milliseconds; zero means never.
 *
 * @param sends what the header's author can guarantee to send
 * @param wants what the author would like to receive
 */
record HeartBeat(long sends, long wants) {
  private static final long SHORTEST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  static HeartBeat parse(String header) throws MalformedFrameException {
    String[] numbers = header.split(",", -1);
    if (numbers.length == 2) {
      try {
        long sends = Long.parseLong(numbers[0].strip());
        long wants = Long.parseLong(numbers[1].strip());
        if (sends >= 0 && wants >= 0) {
          return new HeartBeat(Math.min(sends, LONGEST_MILLIS), Math.min(wants, LONGEST_MILLIS));
        }
      } catch (NumberFormatException notNumbers) {
        // Answered below, like every other shape that is not two numbers.
      }
    }
    throw new MalformedFrameException("heart-beat is two numbers of milliseconds, comma between");
  }

  /** What VDSM's server answers: the numbers swapped, each that is not zero at least 1000. */
  HeartBeat answer() {
    return new HeartBeat(atLeastOneSecond(wants), atLeastOneSecond(sends));
  }

  private static long atLeastOneSecond(long millis) {
    return millis == 0 ? 0 : Math.max(millis, SHORTEST_MILLIS);
  }

  /**
   * How long to stay quiet when a byte was promised every {@code promised} ms: half of it, since
   * the peer's clock starts when the byte arrives and clients give no more than 15 s × 1.5.
   */
  static Duration sendingInterval(long promised) {
    return Duration.ofMillis(promised / 2);
  }

  /** When to give up a peer that promised a byte every {@code promised} ms: half as long again. */
  static Duration toleratedSilence(long promised) {
    return Duration.ofMillis(promised + promised / 2);
  }

  @Override
  public String toString() {
    return sends + "," + wants;
  }
}
