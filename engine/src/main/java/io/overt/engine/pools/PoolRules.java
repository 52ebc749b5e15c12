package io.overt.engine.pools;

import io.overt.engine.resource.Names;
import io.overt.model.ApiFault;
import io.overt.model.types.VmPool;
import java.util.Objects;
import java.util.regex.Pattern;

/** What must hold for every pool. */
final class PoolRules {
  private static final int NAME_LIMIT = 255;
  private static final int MOST_MACHINES = 1_000;

  /** Letters, digits, dot, dash, underscore and one run of question marks. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}0-9._-]*\\?*[\\p{L}0-9._-]*");

  private PoolRules() {}

  /**
   * @param size number of machines that the pool is to have
   */
  static void check(VmPool pool, long size) {
    String name = Objects.requireNonNullElse(pool.name(), "");
    Names.length(name, "vm_pool.name", NAME_LIMIT);
    if (!NAME.matcher(name).matches()) {
      throw ApiFault.bad(
          "vm_pool.name '"
              + name
              + "' may only contain letters, digits, '.', '-', '_' and one run of '?' for numbers");
    }
    if (size < 1 || size > MOST_MACHINES) {
      throw ApiFault.bad("vm_pool.size " + size + " must be between 1 and " + MOST_MACHINES);
    }
    Long most = pool.maxUserVms();
    if (most != null && most < 1) {
      throw ApiFault.bad("vm_pool.max_user_vms " + most + " must be at least 1");
    }
    long prestarted = Objects.requireNonNullElse(pool.prestartedVms(), 0L);
    if (prestarted < 0) {
      throw ApiFault.bad("vm_pool.prestarted_vms " + prestarted + " must not be negative");
    }
    if (prestarted > size) {
      throw ApiFault.conflict(
          "vm_pool.prestarted_vms "
              + prestarted
              + " must not exceed the pool's size "
              + size
              + ".");
    }
  }
}
