package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object with an id of its own. */
public abstract class Entity extends Struct {
  public static final String ID = "id";
  public static final String NAME = "name";
  public static final String DESCRIPTION = "description";
  public static final String COMMENT = "comment";

  /** Of a node that has the type which this class stands for. */
  protected Entity(Node node) {
    super(node);
  }

  /**
   * The engine's id of it.
   *
   * @throws NoSuchElementException when the engine does not know it yet
   */
  public String id() {
    return node()
        .id()
        .orElseThrow(
            () -> new NoSuchElementException("this %s has no id".formatted(node().type().name())));
  }

  /** The path of its address, if the engine sent it. */
  public Optional<String> href() {
    return node().href();
  }

  public @Nullable String name() {
    return text(NAME);
  }

  public @Nullable String description() {
    return text(DESCRIPTION);
  }

  public @Nullable String comment() {
    return text(COMMENT);
  }

  /** This object, to be named in another. */
  public Ref ref() {
    return Ref.id(id());
  }

  /**
   * What builders of entities have in common.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> extends Struct.Builder<B> {
    protected Builder(Node.Builder node) {
      super(node);
    }

    public B id(String value) {
      return put(ID, value);
    }

    public B name(String value) {
      return put(NAME, value);
    }

    /** Null to empty it. */
    public B description(@Nullable String value) {
      return put(DESCRIPTION, value);
    }

    /** Null to empty it. */
    public B comment(@Nullable String value) {
      return put(COMMENT, value);
    }
  }
}
