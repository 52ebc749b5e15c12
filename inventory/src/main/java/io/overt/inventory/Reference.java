package io.overt.inventory;

/**
 * That an entity refers to another one.
 *
 * @param member path of model names: {@code cluster}, {@code lease.storage_domain}
 * @param strength what the target's deletion means for the entity
 */
record Reference(String member, Key target, Strength strength) {
  enum Strength {
    /** The target cannot be deleted. */
    GUARDED,
    /** The entity is deleted with its target. */
    CASCADING,
    /** The reference disappears with its target. */
    WEAK,
    /** Nobody looks; it may dangle. */
    SOFT
  }
}
