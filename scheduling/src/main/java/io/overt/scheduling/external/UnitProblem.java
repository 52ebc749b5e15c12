package io.overt.scheduling.external;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for an event and the log.
 *
 * @param unit the unit, or at discovery its file; null when it concerns all of them
 * @param message one line, bounded, for people
 * @param effect what became of the answer
 */
public record UnitProblem(@Nullable String unit, String message, Effect effect) {

  /** What became of the answer. */
  public enum Effect {
    /** What the unit said was used; it should be mended all the same. */
    USED,
    /** The unit did not take part. */
    IGNORED,
    /** It did not take part and must: no host was accepted in its name. */
    REFUSED,
    /** The other side could not be reached at all. */
    UNREACHABLE
  }
}
