package io.overt.model;

import org.jspecify.annotations.Nullable;

/**
 * What a change answers.
 *
 * @param entity the object after the change, or the action with its outputs; null after a removal
 * @param job id of the job that the change started or finished, if any
 * @param pending true while the job still runs
 * @param assigned true when an add only assigned an existing object, which is no creation: HTTP 200
 * @param content answered instead of a document, null for a document
 */
public record Outcome<T extends Struct>(
    @Nullable T entity,
    @Nullable String job,
    boolean pending,
    boolean assigned,
    @Nullable Content content) {

  /** A file, or a picture. */
  public static final class Content {
    private final String mediaType;
    private final byte[] bytes;

    public Content(String mediaType, byte[] bytes) {
      this.mediaType = mediaType;
      this.bytes = bytes.clone();
    }

    public String mediaType() {
      return mediaType;
    }

    public byte[] bytes() {
      return bytes.clone();
    }
  }

  public Outcome(@Nullable T entity, @Nullable String job, boolean pending) {
    this(entity, job, pending, false, null);
  }

  /** An add that made nothing new, but put what there is into the collection. */
  public static <T extends Struct> Outcome<T> assigned(T entity) {
    return new Outcome<>(entity, null, false, true, null);
  }

  /** Finished, nothing left to do. */
  public static <T extends Struct> Outcome<T> done(T entity) {
    return new Outcome<>(entity, null, false);
  }

  /** An action whose answer is no document. */
  public static <T extends Struct> Outcome<T> content(Content content) {
    return new Outcome<>(null, null, false, false, content);
  }

  /** Finished under a job. */
  public static <T extends Struct> Outcome<T> done(T entity, String job) {
    return new Outcome<>(entity, job, false);
  }

  /** Removed. */
  public static <T extends Struct> Outcome<T> removed() {
    return new Outcome<>(null, null, false);
  }

  /** Removed, or being removed, under a job. */
  public static <T extends Struct> Outcome<T> removing(String job) {
    return new Outcome<>(null, job, true);
  }

  /** Work goes on under a job. */
  public static <T extends Struct> Outcome<T> started(T entity, String job) {
    return new Outcome<>(entity, job, true);
  }
}
