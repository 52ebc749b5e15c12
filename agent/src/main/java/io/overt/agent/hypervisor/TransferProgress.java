package io.overt.agent.hypervisor;

/**
 * How far a move is.
 *
 * @param total bytes, including what has to be sent again
 * @param remaining bytes
 * @param iteration of the passes over the guest's memory
 */
public record TransferProgress(long total, long remaining, long iteration) {

  /** 0 to 99: the move itself says when it is done. */
  public int percent() {
    return total <= 0 ? 0 : Math.clamp(100 - 100 * remaining / total, 0, 99);
  }
}
