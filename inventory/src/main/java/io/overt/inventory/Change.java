package io.overt.inventory;

import org.jspecify.annotations.Nullable;

/** What became of one entity: inserted (no before), deleted (no after) or updated. */
public record Change(Key key, @Nullable Entity<?> before, @Nullable Entity<?> after) {}
