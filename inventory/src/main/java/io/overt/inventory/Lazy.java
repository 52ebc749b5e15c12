package io.overt.inventory;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, once. */
final class Lazy<V> implements Supplier<V> {
  private volatile @Nullable V value;
  private @Nullable Supplier<V> maker;

  private Lazy(@Nullable V value, @Nullable Supplier<V> maker) {
    this.value = value;
    this.maker = maker;
  }

  static <V> Lazy<V> of(Supplier<V> maker) {
    return new Lazy<>(null, maker);
  }

  static <V> Lazy<V> made(V value) {
    return new Lazy<>(value, null);
  }

  @Override
  public V get() {
    V known = value;
    return known == null ? make() : known;
  }

  private synchronized V make() {
    V known = value;
    if (known != null) {
      return known;
    }
    if (maker == null) {
      throw new IllegalStateException("neither a value nor what makes it");
    }
    V made = maker.get();
    value = made;
    maker = null;
    return made;
  }
}
