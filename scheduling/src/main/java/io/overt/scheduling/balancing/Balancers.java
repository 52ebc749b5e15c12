package io.overt.scheduling.balancing;

import io.overt.scheduling.Policies;
import io.overt.scheduling.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The load balancers that every installation has, by their policy unit's id. */
public final class Balancers {
  /** Id of {@code OptimalForEvenDistribution}. */
  public static final String EVEN = "7db4ab05-81ab-42e8-868a-aee2df483ed2";

  /** Id of {@code OptimalForPowerSaving}. */
  public static final String POWER_SAVING = "736999d0-1023-46a4-9a75-1316ed50e151";

  /** Id of {@code OptimalForEvenGuestDistribution}. */
  public static final String EVEN_GUESTS = "d58c8e32-44e1-418f-9222-52cd887bf9e0";

  private static final Balancer NONE = round -> List.of();

  private static final Map<String, Balancer> BALANCERS =
      Map.of(
          Policies.NO_BALANCING.unitId(),
          NONE,
          EVEN,
          new EvenBalancer(),
          POWER_SAVING,
          new PowerBalancer(),
          EVEN_GUESTS,
          new GuestBalancer());

  private Balancers() {}

  public static Optional<Balancer> find(String unitId) {
    return Optional.ofNullable(BALANCERS.get(unitId));
  }

  /** Whether the unit may ever move a machine: where none does, there is nothing to look at. */
  public static boolean moves(String unitId) {
    return !unitId.equals(Policies.NO_BALANCING.unitId());
  }

  /**
   * The unit that a policy names, by the rules of the policy's profile.
   *
   * @param random for rules that leave a choice to chance
   */
  public static Optional<Balancer> of(Policy policy, RandomGenerator random) {
    String unitId = policy.balancing().unitId();
    return switch (policy.profile()) {
      case CURRENT -> find(unitId);
      case OVIRT_3_4 -> classic(unitId, random);
    };
  }

  /**
   * The unit as it was in oVirt 3.4.
   *
   * @param random chooses among the hosts that are too busy
   */
  public static Optional<Balancer> classic(String unitId, RandomGenerator random) {
    return Optional.ofNullable(
        switch (unitId) {
          case EVEN -> new ClassicBalancer(ClassicBalancer.Kind.EVEN, random);
          case POWER_SAVING -> new ClassicBalancer(ClassicBalancer.Kind.POWER, random);
          case EVEN_GUESTS -> new ClassicBalancer(ClassicBalancer.Kind.GUEST, random);
          default -> BALANCERS.get(unitId);
        });
  }
}
