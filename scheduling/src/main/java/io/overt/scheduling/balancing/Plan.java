package io.overt.scheduling.balancing;

import io.overt.scheduling.Placement;
import java.util.List;

/**
 * Moves to be made one after another: each was checked against the cluster as the earlier ones will
 * have left it.
 *
 * @param before how even the cluster is
 * @param after how even it would be
 * @param unplaced machines that have to leave their host and find no other
 */
public record Plan(List<Move> moves, Balance before, Balance after, List<Unplaced> unplaced) {
  public Plan {
    moves = List.copyOf(moves);
    unplaced = List.copyOf(unplaced);
  }

  /**
   * A machine goes from one host to another.
   *
   * @param memoryMb that have to be copied
   * @param gain by how much more than it costs the sum of squared deviations falls, in percent²; 0
   *     for a machine that has to leave
   */
  public record Move(
      String machineId,
      String machineName,
      String fromId,
      String fromName,
      String toId,
      String toName,
      long memoryMb,
      double gain) {}

  /** A machine without a place, and why. */
  public record Unplaced(String machineId, String machineName, Placement.Refused reason) {}

  /** MiB that the moves copy in all. */
  public long memoryMb() {
    return moves.stream().mapToLong(Move::memoryMb).sum();
  }
}
